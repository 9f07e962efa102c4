#include "fused_logistic.h"

#include <cmath>

#include "fused_simd.h"

namespace fused {

namespace {

// e^x for x <= 0, to within 2 units in the last place: 2^k times a polynomial on [-ln 2 / 2, ln 2 / 2]. Plain arithmetic, which
// the compiler turns into vectors; the coefficients are those of the Taylor series, whose remainder there is below 1e-8.
FUSED_INLINE float exp_of_negative(float x) {
  x = x < -87.0f ? -87.0f : x;  // below, e^x is no longer a normal float32 and adds nothing to 1
  const float k = std::nearbyintf(x * 1.44269504088896341f);
  const float r = (x - k * 0.693359375f) + k * 2.12194440e-4f;  // ln 2 in two parts, the first exact in the product
  float p = 1.0f / 5040.0f;
  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const int32_t bits = (static_cast<int32_t>(k) + 127) << 23;
  float scale;
  __builtin_memcpy(&scale, &bits, 4);
  return p * scale;
}

// log(1 + e) for 0 <= e <= 1 by the series of 2 artanh(e / (2 + e)), whose argument is at most 1/3.
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

constexpr int64_t kPart = 256;

// The terms of a part of a row; their sum is made afterwards, in a fixed order.
FUSED_KERNEL void terms_of(const float* l, const float* t, float* terms, float* residual, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float e = exp_of_negative(-std::fabs(l[i])), above = l[i] > 0 ? l[i] : 0.0f;
    terms[i] = above - l[i] * t[i] + log_of_one_plus(e);
    residual[i] = (l[i] >= 0 ? 1.0f : e) / (1.0f + e) - t[i];
  }
}

}  // namespace

double bernoulli_row(const float* logits, const float* targets, float* residual, int64_t n) {
  float terms[kPart], spare[kPart];
  double sum = 0;
  for (int64_t begin = 0; begin < n; begin += kPart) {
    const int64_t count = n - begin < kPart ? n - begin : kPart;
    terms_of(logits + begin, targets + begin, terms, residual != nullptr ? residual + begin : spare, count);
    for (int64_t i = 0; i < count; ++i) sum += terms[i];
  }
  return sum;
}

double bernoulli_row(const double* logits, const double* targets, double* residual, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    const double l = logits[i], t = targets[i], e = std::exp(-std::fabs(l));
    sum += (l > 0 ? l : 0.0) - l * t + std::log1p(e);
    if (residual != nullptr) residual[i] = (l >= 0 ? 1.0 : e) / (1.0 + e) - t;
  }
  return sum;
}

}  // namespace fused
