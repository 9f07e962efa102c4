// Exponential and logarithm of one float32 in plain arithmetic, which the compiler turns into vectors.
#pragma once

#include <cmath>
#include <cstdint>

#include "fused_simd.h"

namespace fused {

// Below this, e^x is no longer a normal float32 and adds nothing to 1.
constexpr float kLeastExponent = -87.0f;

// x = k ln 2 + r with |r| <= ln 2 / 2, for x <= 0.
struct Reduced {
  float k, r;
};

FUSED_INLINE Reduced reduce(float x) {
  x = x < kLeastExponent ? kLeastExponent : x;
  const float k = std::nearbyintf(x * 1.44269504088896341f);
  return {k, (x - k * 0.693359375f) + k * 2.12194440e-4f};  // ln 2 in two parts, the first exact in the product
}

// e^r - 1 for |r| <= ln 2 / 2 by the Taylor series, whose remainder there is below 1e-8.
FUSED_INLINE float exp_less_one_near_zero(float r) {
  float p = 1.0f / 5040.0f;
  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  return p * r;
}

FUSED_INLINE float power_of_two(float k) {
  const int32_t bits = (static_cast<int32_t>(k) + 127) << 23;
  float scale;
  __builtin_memcpy(&scale, &bits, 4);
  return scale;
}

// e^x for x <= 0, to within 2 units in the last place.
FUSED_INLINE float exp_of_negative(float x) {
  const Reduced a = reduce(x);
  return (exp_less_one_near_zero(a.r) + 1.0f) * power_of_two(a.k);
}

// e^x - 1 for x <= 0, exact to a few units in the last place also where it is tiny.
FUSED_INLINE float exp_less_one_of_negative(float x) {
  const Reduced a = reduce(x);
  const float scale = power_of_two(a.k);
  return scale * exp_less_one_near_zero(a.r) + (scale - 1.0f);
}

// log(1 + e) for -1/2 <= e <= 1 by the series of 2 artanh(e / (2 + e)), whose argument is at most 1/3.
FUSED_INLINE float log_of_one_plus(float e) {
  const float s = e / (2.0f + e), q = s * s;
  float p = 1.0f / 15.0f;
  p = p * q + 1.0f / 13.0f;
  p = p * q + 1.0f / 11.0f;
  p = p * q + 1.0f / 9.0f;
  p = p * q + 1.0f / 7.0f;
  p = p * q + 1.0f / 5.0f;
  p = p * q + 1.0f / 3.0f;
  p = p * q + 1.0f;
  return 2.0f * s * p;
}

// 1 / (1 + e^-x), zero where e^x is below every normal float32: what is impossible is never drawn. NaN stays NaN.
FUSED_INLINE float logistic(float x) {
  const float e = exp_of_negative(-std::fabs(x));
  return x != x ? x : (x >= 0 ? 1.0f : x < kLeastExponent ? 0.0f : e) / (1.0f + e);
}

}  // namespace fused
