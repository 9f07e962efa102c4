// Update rules, one element at a time, in the order of operations of torch/optim (PyTorch 1.13 and 2.x agree on them):
//   parameter, gradient (weight decay, sign and clipping already in it), states.
// A rule knows nothing of tensors; fused_update.h runs it over blocks.
#pragma once

#include <cmath>
#include <type_traits>

#include "fused_simd.h"

namespace fused {

// Every rule: `uses` has a bit for each of the three states it reads; `decay` couples the weight into the gradient;
// `begin(step)` sets what depends on the parameter's step, counted from 1.
struct SgdRule {
  static constexpr int uses = 1;
  double decay, lr, momentum, dampening;
  bool nesterov;
  double keep = 0, take = 1;
  void begin(int64_t step) {
    keep = momentum;
    take = step == 1 ? 1.0 : 1.0 - dampening;  // the first buffer is the gradient itself
  }
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& buffer, T&, T&) const {
    buffer = T(keep) * buffer + T(take) * g;
    const T direction = nesterov ? g + T(momentum) * buffer : buffer;
    p -= T(lr) * direction;
  }
};

struct PlainSgdRule {
  static constexpr int uses = 0;
  double decay, lr;
  void begin(int64_t) {}
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T&, T&, T&) const {
    p -= T(lr) * g;
  }
};

template <bool amsgrad>
struct AdamRule {
  static constexpr int uses = amsgrad ? 7 : 3;
  double decay, lr, beta1, beta2, eps, shrink;  // shrink: lr * weight decay of AdamW, 0 for Adam
  double size = 0, scale = 0;
  void begin(int64_t step) {
    size = lr / (1 - std::pow(beta1, static_cast<double>(step)));
    scale = std::sqrt(1 - std::pow(beta2, static_cast<double>(step)));
  }
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& first, T& second, T& largest) const {
    p -= T(shrink) * p;
    first = T(beta1) * first + T(1 - beta1) * g;
    second = T(beta2) * second + T(1 - beta2) * g * g;
    T v = second;
    if (amsgrad) v = largest = largest > second ? largest : second;
    p -= T(size) * first / (std::sqrt(v) / T(scale) + T(eps));
  }
};

struct AdamaxRule {
  static constexpr int uses = 3;
  double decay, lr, beta1, beta2, eps;
  double size = 0;
  void begin(int64_t step) { size = lr / (1 - std::pow(beta1, static_cast<double>(step))); }
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& average, T& norm, T&) const {
    average = T(beta1) * average + T(1 - beta1) * g;
    const T held = T(beta2) * norm, seen = std::fabs(g) + T(eps);
    norm = held > seen ? held : seen;
    p -= T(size) * average / norm;
  }
};

template <bool centered, bool momentum_used>
struct RmsPropRule {
  static constexpr int uses = 1 | (momentum_used ? 2 : 0) | (centered ? 4 : 0);
  double decay, lr, alpha, eps, momentum;
  void begin(int64_t) {}
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& square, T& buffer, T& mean) const {
    square = T(alpha) * square + T(1 - alpha) * g * g;
    T variance = square;
    if (centered) {
      mean = T(alpha) * mean + T(1 - alpha) * g;
      variance -= mean * mean;
    }
    const T direction = g / (std::sqrt(variance) + T(eps));
    if (momentum_used) {
      buffer = T(momentum) * buffer + direction;
      p -= T(lr) * buffer;
    } else {
      p -= T(lr) * direction;
    }
  }
};

// inside: lr * g / sqrt(sum + eps), the form of Duchi et al.'s diagonal matrix in several official codes;
// otherwise lr * g / (sqrt(sum) + eps), PyTorch's.
template <bool inside>
struct AdagradRule {
  static constexpr int uses = 1;
  double decay, lr, lr_decay, eps;
  double rate = 0;
  void begin(int64_t step) { rate = lr / (1 + static_cast<double>(step - 1) * lr_decay); }
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& sum, T&, T&) const {
    sum += g * g;
    p -= T(rate) * g / (inside ? std::sqrt(sum + T(eps)) : std::sqrt(sum) + T(eps));
  }
};

struct AdadeltaRule {
  static constexpr int uses = 3;
  double decay, lr, rho, eps;
  void begin(int64_t) {}
  template <typename T>
  FUSED_INLINE void apply(T& p, T g, T& square, T& moved, T&) const {
    square = T(rho) * square + T(1 - rho) * g * g;
    const T delta = std::sqrt(moved + T(eps)) / std::sqrt(square + T(eps)) * g;
    moved = T(rho) * moved + T(1 - rho) * delta * delta;
    p -= T(lr) * delta;
  }
};

}  // namespace fused
