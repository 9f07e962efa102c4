// fused_resnet.h in float32, for AVX-512 and for AVX2.
#include "fused_random.h"
#include "fused_resnet.h"

#define FUSED_TYPE float
#define FUSED_KERNELS "fused_resnet_kernels.inc"
#define FUSED_WIDE_ROWS 8
#define FUSED_NARROW_ROWS 6
#include "fused_sets.inc"

namespace fused {

const ResnetKernels<float>* resnet_kernels(const float*) { return chosen_kernels(); }

}  // namespace fused
