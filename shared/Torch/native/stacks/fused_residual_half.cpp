// fused_residual.h with products of bfloat16 and sums in float32, for AVX512-BF16.
#include "fused_half.h"
#include "fused_residual.h"

#define FUSED_TYPE Half16
#define FUSED_KERNELS "fused_residual_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_HALF
#include "fused_sets.inc"

namespace fused {

const ResidualKernels<Half16>* residual_kernels(const Half16*) { return chosen_kernels(); }

}  // namespace fused
