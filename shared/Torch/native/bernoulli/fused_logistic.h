// softplus and sigmoid of many numbers at once.
#pragma once

#include <cstdint>

namespace fused {

// Sum over a row of softplus(l) - t * l; the residual sigmoid(l) - t is written where a place is given.
double bernoulli_row(const float* logits, const float* targets, float* residual, int64_t n);
double bernoulli_row(const double* logits, const double* targets, double* residual, int64_t n);

}  // namespace fused
