// Rows between float32, float64 and bfloat16.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "fused_simd.h"

namespace fused {

// The bits of a bfloat16: the upper half of a float32.
struct Half16 {
  uint16_t bits;
};

// A float32 that is a bfloat16's value: what takes the place of a bfloat16 where the processor has no products of those, or slow ones.
struct Rounded {
  float value;
};

// What a row is worked on in: double when either side is, else float.
template <typename To, typename From>
using Wide = std::conditional_t<std::is_same_v<To, double> || std::is_same_v<From, double>, double, float>;

// Round to nearest even, NaN kept: the same bits as c10::BFloat16(float).
FUSED_INLINE Half16 round_to_half(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  const uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  return {static_cast<uint16_t>(value != value ? 0x7fc0 : rounded)};
}

// One number in the type of the products.
FUSED_INLINE void assign(float& to, float value) { to = value; }
FUSED_INLINE void assign(Half16& to, float value) { to = round_to_half(value); }
FUSED_INLINE void assign(Rounded& to, float value) {
  const uint32_t bits = static_cast<uint32_t>(round_to_half(value).bits) << 16;
  std::memcpy(&to.value, &bits, 4);
}

// Types of the size of a float32, as float32.
FUSED_INLINE float* floats_at(float* p) { return p; }
FUSED_INLINE const float* floats_at(const float* p) { return p; }
FUSED_INLINE float* floats_at(Rounded* p) { return &p->value; }
FUSED_INLINE const float* floats_at(const Rounded* p) { return &p->value; }

// Elements that stand side by side in one product.
template <typename T>
constexpr int64_t kSideBySide = std::is_same_v<T, Half16> ? 2 : 1;

// Whether bfloat16 is multiplied by the processor's own products of pairs, where there are kernels of them; float32 rounded to bfloat16 otherwise. At
// the start: whether that is faster here.
bool uses_pair_products();
void use_pair_products(bool use);

// Whether the kernels of fused_sets.inc are those for AVX-512 where the processor has it; those for AVX2 otherwise.
bool uses_wide_vectors();
void use_wide_vectors(bool use);

// f(a number of the type to multiply in), for float32 or bfloat16; has_products: there are kernels with products of bfloat16.
template <class F>
auto in_type(bool half, bool has_products, const F& f) {
  return !half ? f(float()) : has_products && uses_pair_products() ? f(Half16()) : f(Rounded());
}

void narrow(Half16* to, const float* from, int64_t n);
void widen(float* to, const Half16* from, int64_t n);
inline void narrow(float* to, const float* from, int64_t n) { std::memcpy(to, from, n * sizeof(float)); }
inline void narrow(double* to, const double* from, int64_t n) { std::memcpy(to, from, n * sizeof(double)); }
inline void widen(float* to, const float* from, int64_t n) { std::memcpy(to, from, n * sizeof(float)); }
inline void widen(double* to, const double* from, int64_t n) { std::memcpy(to, from, n * sizeof(double)); }

}  // namespace fused
