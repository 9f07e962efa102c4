// fused_resnet.h with products of bfloat16 and sums in float32, for AVX512-BF16, and for AVX2, where pairs are multiplied in float32.
#include "fused_random.h"
#include "fused_resnet.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"

namespace fused {

namespace {

using T = Half16;
constexpr int kStep = 2;

FUSED_INLINE void interleave(T* to, const T* a, const T* b) {
  for (int i = 0; i < kBlock; ++i) {
    const uint32_t both = a[i].bits | static_cast<uint32_t>(b[i].bits) << 16;
    __builtin_memcpy(to + 2 * i, &both, sizeof(both));
  }
}
FUSED_INLINE int32_t pair_at(const T* p) {
  int32_t pair;
  __builtin_memcpy(&pair, p, sizeof(pair));
  return pair;
}

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,avx512bf16")

namespace wide {

constexpr int kRows = 8, kPanels = 2, kDeep = 8;
using Sums = __m512;
using Lanes = __m512bh;
using Value = __m512bh;
FUSED_INLINE Sums zero() { return _mm512_setzero_ps(); }
FUSED_INLINE Sums load_sums(const float* p) { return _mm512_loadu_ps(p); }
FUSED_INLINE void store_sums(float* p, Sums s) { _mm512_storeu_ps(p, s); }
FUSED_INLINE Lanes load_lanes(const T* p) { return (Lanes)_mm512_loadu_si512(p); }
FUSED_INLINE Value broadcast(const T* p) { return (Value)_mm512_set1_epi32(pair_at(p)); }
FUSED_INLINE Sums multiply_add(Sums c, Value a, Lanes b) { return _mm512_dpbf16_ps(c, a, b); }

#include "fused_vectors.inc"

#include "fused_tiles.inc"

#include "fused_resnet_kernels.inc"

}  // namespace wide

#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

namespace narrow {

constexpr int kRows = 4, kPanels = 1, kDeep = 4;
struct Sums {
  __m256 low, high;
};
// The first of each pair in `even`, the second in `odd`.
struct Lanes {
  Sums even, odd;
};
struct Value {
  __m256 even, odd;
};
FUSED_INLINE Sums zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
FUSED_INLINE Sums load_sums(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
FUSED_INLINE void store_sums(float* p, const Sums& s) {
  _mm256_storeu_ps(p, s.low);
  _mm256_storeu_ps(p + 8, s.high);
}
FUSED_INLINE __m256 first_of(__m256i pairs) { return _mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)); }
FUSED_INLINE __m256 second_of(__m256i pairs) { return _mm256_castsi256_ps(_mm256_and_si256(pairs, _mm256_set1_epi32(static_cast<int32_t>(0xffff0000u)))); }
FUSED_INLINE Lanes load_lanes(const T* p) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)), high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + kBlock));
  return {{first_of(low), first_of(high)}, {second_of(low), second_of(high)}};
}
FUSED_INLINE Value broadcast(const T* p) {
  const __m256i pairs = _mm256_set1_epi32(pair_at(p));
  return {first_of(pairs), second_of(pairs)};
}
FUSED_INLINE Sums multiply_add(const Sums& c, const Value& a, const Lanes& b) {
  const Sums first = {_mm256_fmadd_ps(a.even, b.even.low, c.low), _mm256_fmadd_ps(a.even, b.even.high, c.high)};
  return {_mm256_fmadd_ps(a.odd, b.odd.low, first.low), _mm256_fmadd_ps(a.odd, b.odd.high, first.high)};
}

#include "fused_vectors.inc"

#include "fused_tiles.inc"

#include "fused_resnet_kernels.inc"

}  // namespace narrow

#pragma GCC pop_options

}  // namespace

const ResnetKernels<Half16>* resnet_kernels(const Half16*) {
  static const ResnetKernels<Half16> wide_ones = {kStep, wide::kPanels, &wide::forward, &wide::backward};
  static const ResnetKernels<Half16> narrow_ones = {kStep, narrow::kPanels, &narrow::forward, &narrow::backward};
  const bool has_wide = __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512bf16");
  return has_wide ? &wide_ones : __builtin_cpu_supports("x86-64-v3") ? &narrow_ones : nullptr;
}

}  // namespace fused

#else

namespace fused {

const ResnetKernels<Half16>* resnet_kernels(const Half16*) { return nullptr; }

}  // namespace fused

#endif
