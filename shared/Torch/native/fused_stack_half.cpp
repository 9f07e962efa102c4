// fused_stack.h with products of bfloat16 and sums in float32, for processors with AVX512-BF16.
#include "fused_stack.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx2,fma")

namespace fused {

namespace {

using T = Half16;
using Vector = __m512bh;
template <int N>
struct Size {
  static constexpr int value = N;
};

constexpr int kStep = 2;
FUSED_INLINE Vector broadcast(const T* p) {
  int32_t pair;
  __builtin_memcpy(&pair, p, sizeof(pair));
  return (Vector)_mm512_set1_epi32(pair);
}
FUSED_INLINE Vector load(const T* p) { return (Vector)_mm512_loadu_si512(p); }
FUSED_INLINE __m512 multiply_add(__m512 c, Vector a, Vector b) { return _mm512_dpbf16_ps(c, a, b); }
FUSED_INLINE Vector ones() { return (Vector)_mm512_set1_epi32(0x3f803f80); }
FUSED_INLINE void put(T* p, __m512 v) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), (__m256i)_mm512_cvtneps_pbh(v)); }
FUSED_INLINE __mmask16 positive(const T* p) {
  return _mm256_cmpgt_epi16_mask(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)), _mm256_setzero_si256());
}
FUSED_INLINE void pair(T* to, const T* a, const T* b, int64_t n) {
  for (int64_t i = 0; i < n; i += 16) {
    const __m512i first = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m512i second = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    _mm512_storeu_si512(to + 2 * i, _mm512_or_si512(first, _mm512_slli_epi32(second, 16)));
  }
}

#include "fused_stack_kernels.inc"

}  // namespace

bool stack_in_half() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bf16"); }

void stack_forward(const StackShape& s, const BlockWeights<Half16>* blocks, const float* x, float* sum, Half16* kept, float* work) {
  forward(s, blocks, x, sum, kept, work);
}

void stack_backward(const StackShape& s, const BlockWeights<Half16>* blocks, const BlockGradients* sums, const float* gradient, const Half16* kept,
                    float* dx, Half16* scratch) {
  backward(s, blocks, sums, gradient, kept, dx, scratch);
}

}  // namespace fused

#pragma GCC pop_options

#else

namespace fused {

bool stack_in_half() { return false; }
void stack_forward(const StackShape&, const BlockWeights<Half16>*, const float*, float*, Half16*, float*) {}
void stack_backward(const StackShape&, const BlockWeights<Half16>*, const BlockGradients*, const float*, const Half16*, float*, Half16*) {}

}  // namespace fused

#endif
