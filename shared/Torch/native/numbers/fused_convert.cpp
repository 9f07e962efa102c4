#include "fused_convert.h"

#include <atomic>

namespace fused {

namespace {

// Half as many multiplications a second by vdpbf16ps as by float32 vfmadd were measured on one of Intel's processors, family 6, model 207; taken to hold
// of all that have AVX512-FP16, Sapphire Rapids and later, where products of bfloat16 are AMX's, which these kernels do not use.
bool pair_products_are_fast() {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
  return !(__builtin_cpu_is("intel") && __builtin_cpu_supports("avx512fp16"));
#else
  return false;
#endif
}

std::atomic<bool> pair_products{pair_products_are_fast()}, wide_vectors{true};

FUSED_KERNEL void narrow_row(Half16* to, const float* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) to[i] = round_to_half(from[i]);
}

FUSED_KERNEL void widen_row(float* to, const Half16* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const uint32_t bits = static_cast<uint32_t>(from[i].bits) << 16;
    std::memcpy(to + i, &bits, 4);
  }
}

}  // namespace

bool uses_pair_products() { return pair_products; }
void use_pair_products(bool use) { pair_products = use; }

bool uses_wide_vectors() { return wide_vectors; }
void use_wide_vectors(bool use) { wide_vectors = use; }

void narrow(Half16* to, const float* from, int64_t n) { narrow_row(to, from, n); }
void widen(float* to, const Half16* from, int64_t n) { widen_row(to, from, n); }

}  // namespace fused
