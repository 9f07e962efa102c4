// fused_stack.h in float32, for processors with AVX-512.
#include "fused_stack.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma")

namespace fused {

namespace {

using T = float;
using Vector = __m512;
template <int N>
struct Size {
  static constexpr int value = N;
};

constexpr int kStep = 1;
FUSED_INLINE Vector broadcast(const T* p) { return _mm512_set1_ps(*p); }
FUSED_INLINE Vector load(const T* p) { return _mm512_loadu_ps(p); }
FUSED_INLINE __m512 multiply_add(__m512 c, Vector a, Vector b) { return _mm512_fmadd_ps(a, b, c); }
FUSED_INLINE Vector ones() { return _mm512_set1_ps(1.0f); }
FUSED_INLINE void put(T* p, __m512 v) { _mm512_storeu_ps(p, v); }
FUSED_INLINE __mmask16 positive(const T* p) { return _mm512_cmp_ps_mask(_mm512_loadu_ps(p), _mm512_setzero_ps(), _CMP_GT_OQ); }
FUSED_INLINE void pair(T*, const T*, const T*, int64_t) {}

#include "fused_stack_kernels.inc"

}  // namespace

bool stack_in_float() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"); }

void stack_forward(const StackShape& s, const BlockWeights<float>* blocks, const float* x, float* sum, float* kept, float* work) {
  forward(s, blocks, x, sum, kept, work);
}

void stack_backward(const StackShape& s, const BlockWeights<float>* blocks, const BlockGradients* sums, const float* gradient, const float* kept,
                    float* dx, float* scratch) {
  backward(s, blocks, sums, gradient, kept, dx, scratch);
}

}  // namespace fused

#pragma GCC pop_options

#else

namespace fused {

bool stack_in_float() { return false; }
void stack_forward(const StackShape&, const BlockWeights<float>*, const float*, float*, float*, float*) {}
void stack_backward(const StackShape&, const BlockWeights<float>*, const BlockGradients*, const float*, const float*, float*, float*) {}

}  // namespace fused

#endif
