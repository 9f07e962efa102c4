// fused_lstm.h for AVX-512 and for AVX2.
#include "fused_lstm.h"

#define FUSED_TYPE float
#define FUSED_KERNELS "fused_lstm_kernels.inc"
#define FUSED_WIDE_ROWS 14
#define FUSED_NARROW_ROWS 6
#include "fused_sets.inc"

namespace fused {

const LstmKernels* lstm_kernels() { return chosen_kernels(); }

}  // namespace fused
