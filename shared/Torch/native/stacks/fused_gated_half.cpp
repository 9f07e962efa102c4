// fused_gated.h with products of bfloat16 and sums in float32, for AVX512-BF16.
#include "fused_gated.h"
#include "fused_half.h"

#define FUSED_TYPE Half16
#define FUSED_KERNELS "fused_gated_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_HALF
#include "fused_sets.inc"

namespace fused {

const GatedKernels<Half16>* gated_kernels(const Half16*) { return chosen_kernels(); }

}  // namespace fused
