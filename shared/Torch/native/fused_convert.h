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

void narrow(Half16* to, const float* from, int64_t n);
void widen(float* to, const Half16* from, int64_t n);
inline void narrow(float* to, const float* from, int64_t n) { std::memcpy(to, from, n * sizeof(float)); }
inline void narrow(double* to, const double* from, int64_t n) { std::memcpy(to, from, n * sizeof(double)); }
inline void widen(float* to, const float* from, int64_t n) { std::memcpy(to, from, n * sizeof(float)); }
inline void widen(double* to, const double* from, int64_t n) { std::memcpy(to, from, n * sizeof(double)); }

}  // namespace fused
