// fused_stack.h with products of bfloat16 and sums in float32, for AVX512-BF16.
#include "fused_half.h"
#include "fused_stack.h"

#define FUSED_TYPE Half16
#define FUSED_KERNELS "fused_stack_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_HALF
#include "fused_sets.inc"

namespace fused {

const StackKernels<Half16>* stack_kernels(const Half16*) { return chosen_kernels(); }

}  // namespace fused
