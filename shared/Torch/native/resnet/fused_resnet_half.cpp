// fused_resnet.h with products of bfloat16 and sums in float32, for AVX512-BF16.
#include "fused_half.h"
#include "fused_random.h"
#include "fused_resnet.h"

#define FUSED_TYPE Half16
#define FUSED_KERNELS "fused_resnet_kernels.inc"
#define FUSED_WIDE_ROWS 8
#define FUSED_HALF
#include "fused_sets.inc"

namespace fused {

const ResnetKernels<Half16>* resnet_kernels(const Half16*) { return chosen_kernels(); }

}  // namespace fused
