// fused_resnet.h in float32 rounded to bfloat16, for processors without fast products of bfloat16.
#include "fused_random.h"
#include "fused_resnet.h"

#define FUSED_TYPE Rounded
#define FUSED_KERNELS "fused_resnet_kernels.inc"
#define FUSED_WIDE_ROWS 8
#define FUSED_NARROW_ROWS 6
#include "fused_sets.inc"

namespace fused {

const ResnetKernels<Rounded>* resnet_kernels(const Rounded*) { return chosen_kernels(); }

}  // namespace fused
