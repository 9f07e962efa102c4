// fused_resnet.h in float32, for AVX-512 and for AVX2.
#include "fused_random.h"
#include "fused_resnet.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"

namespace fused {

namespace {

using T = float;
constexpr int kStep = 1;

FUSED_INLINE void interleave(T*, const T*, const T*) {}

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")

namespace wide {

constexpr int kRows = 8, kPanels = 2, kDeep = 8;
using Sums = __m512;
using Lanes = __m512;
using Value = __m512;
FUSED_INLINE Sums zero() { return _mm512_setzero_ps(); }
FUSED_INLINE Sums load_sums(const float* p) { return _mm512_loadu_ps(p); }
FUSED_INLINE void store_sums(float* p, Sums s) { _mm512_storeu_ps(p, s); }
FUSED_INLINE Lanes load_lanes(const T* p) { return _mm512_loadu_ps(p); }
FUSED_INLINE Value broadcast(const T* p) { return _mm512_set1_ps(*p); }
FUSED_INLINE Sums multiply_add(Sums c, Value a, Lanes b) { return _mm512_fmadd_ps(a, b, c); }

#include "fused_vectors.inc"

#include "fused_tiles.inc"

#include "fused_resnet_kernels.inc"

}  // namespace wide

#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

namespace narrow {

constexpr int kRows = 6, kPanels = 1, kDeep = 4;
struct Sums {
  __m256 low, high;
};
using Lanes = Sums;
using Value = __m256;
FUSED_INLINE Sums zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
FUSED_INLINE Sums load_sums(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
FUSED_INLINE void store_sums(float* p, const Sums& s) {
  _mm256_storeu_ps(p, s.low);
  _mm256_storeu_ps(p + 8, s.high);
}
FUSED_INLINE Lanes load_lanes(const T* p) { return load_sums(p); }
FUSED_INLINE Value broadcast(const T* p) { return _mm256_broadcast_ss(p); }
FUSED_INLINE Sums multiply_add(const Sums& c, Value a, const Lanes& b) { return {_mm256_fmadd_ps(a, b.low, c.low), _mm256_fmadd_ps(a, b.high, c.high)}; }

#include "fused_vectors.inc"

#include "fused_tiles.inc"

#include "fused_resnet_kernels.inc"

}  // namespace narrow

#pragma GCC pop_options

}  // namespace

const ResnetKernels<float>* resnet_kernels(const float*) {
  static const ResnetKernels<float> wide_ones = {kStep, wide::kPanels, &wide::forward, &wide::backward};
  static const ResnetKernels<float> narrow_ones = {kStep, narrow::kPanels, &narrow::forward, &narrow::backward};
  return __builtin_cpu_supports("x86-64-v4") ? &wide_ones : __builtin_cpu_supports("x86-64-v3") ? &narrow_ones : nullptr;
}

}  // namespace fused

#else

namespace fused {

const ResnetKernels<float>* resnet_kernels(const float*) { return nullptr; }

}  // namespace fused

#endif
