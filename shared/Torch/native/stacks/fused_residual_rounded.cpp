// fused_residual.h in float32 rounded to bfloat16, for processors without fast products of bfloat16.
#include "fused_residual.h"

#define FUSED_TYPE Rounded
#define FUSED_KERNELS "fused_residual_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_NARROW_ROWS 6
#include "fused_sets.inc"

namespace fused {

const ResidualKernels<Rounded>* residual_kernels(const Rounded*) { return chosen_kernels(); }

}  // namespace fused
