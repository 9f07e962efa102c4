#include "fused_logistic.h"

#include <cmath>

#include "fused_exponentials.h"

namespace fused {

namespace {

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
