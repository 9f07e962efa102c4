// fused_residual.h in float32, for AVX-512 and for AVX2.
#include "fused_residual.h"

#define FUSED_TYPE float
#define FUSED_KERNELS "fused_residual_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_NARROW_ROWS 6
#include "fused_sets.inc"

namespace fused {

const ResidualKernels<float>* residual_kernels(const float*) { return chosen_kernels(); }

}  // namespace fused
