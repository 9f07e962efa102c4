// The rules as libtorch's multi-tensor operators: the form for CUDA (one kernel over many tensors, no compiler for it
// needed here), for bfloat16 parameters and for layouts that are not plain memory.
#pragma once

#include "fused_update.h"

namespace fused {

// The slices' tensors as the lists that multi-tensor operators take. Parameters of one update may differ in step, which
// several rules turn into a factor per tensor.
struct Lists {
  std::vector<at::Tensor> p, g, a, b, c;
  std::vector<at::Scalar> scalars;

  explicit Lists(const std::vector<Slice>& slices) {
    for (const Slice& s : slices) {
      p.push_back(s.parameter), g.push_back(s.gradient);
      a.push_back(s.states[0]), b.push_back(s.states[1]), c.push_back(s.states[2]);
    }
  }

  template <typename F>
  at::ArrayRef<at::Scalar> each(const std::vector<Slice>& slices, F value) {
    scalars.clear();
    for (const Slice& s : slices) scalars.emplace_back(value(s));
    return scalars;
  }
};

// average = keep * average + (1 - keep) * g * g
inline void track_squares(std::vector<at::Tensor>& average, const std::vector<at::Tensor>& g, double keep) {
  at::_foreach_mul_(average, keep);
  at::_foreach_addcmul_(average, g, g, 1 - keep);
}

inline void track(std::vector<at::Tensor>& average, const std::vector<at::Tensor>& g, double keep, double take) {
  at::_foreach_mul_(average, keep);
  at::_foreach_add_(average, g, take);
}

inline void composite(const PlainSgdRule& r, const std::vector<Slice>& slices, Lists& t) { at::_foreach_add_(t.p, t.g, -r.lr); }

inline void composite(SgdRule r, const std::vector<Slice>& slices, Lists& t) {
  at::_foreach_mul_(t.a, r.momentum);
  auto taken = at::_foreach_mul(t.g, t.each(slices, [&](const Slice& s) { r.begin(s.step); return r.take; }));
  at::_foreach_add_(t.a, taken, 1.0);
  if (r.nesterov) {
    at::_foreach_add_(t.p, t.g, -r.lr);
    at::_foreach_add_(t.p, t.a, -r.lr * r.momentum);
  } else {
    at::_foreach_add_(t.p, t.a, -r.lr);
  }
}

template <bool amsgrad>
void composite(AdamRule<amsgrad> r, const std::vector<Slice>& slices, Lists& t) {
  if (r.shrink != 0) at::_foreach_mul_(t.p, 1 - r.shrink);
  track(t.a, t.g, r.beta1, 1 - r.beta1);
  track_squares(t.b, t.g, r.beta2);
  if (amsgrad)
    for (size_t i = 0; i < t.c.size(); ++i) at::maximum_out(t.c[i], t.c[i], t.b[i]);
  auto denominator = at::_foreach_sqrt(amsgrad ? t.c : t.b);
  at::_foreach_div_(denominator, t.each(slices, [&](const Slice& s) { r.begin(s.step); return r.scale; }));
  at::_foreach_add_(denominator, r.eps);
  at::_foreach_addcdiv_(t.p, t.a, denominator, t.each(slices, [&](const Slice& s) { r.begin(s.step); return -r.size; }));
}

inline void composite(AdamaxRule r, const std::vector<Slice>& slices, Lists& t) {
  track(t.a, t.g, r.beta1, 1 - r.beta1);
  at::_foreach_mul_(t.b, r.beta2);
  auto seen = at::_foreach_abs(t.g);
  at::_foreach_add_(seen, r.eps);
  for (size_t i = 0; i < t.b.size(); ++i) at::maximum_out(t.b[i], t.b[i], seen[i]);
  at::_foreach_addcdiv_(t.p, t.a, t.b, t.each(slices, [&](const Slice& s) { r.begin(s.step); return -r.size; }));
}

template <bool centered, bool momentum_used>
void composite(const RmsPropRule<centered, momentum_used>& r, const std::vector<Slice>& slices, Lists& t) {
  track_squares(t.a, t.g, r.alpha);
  std::vector<at::Tensor> denominator;
  if (centered) {
    track(t.c, t.g, r.alpha, 1 - r.alpha);
    denominator = at::_foreach_addcmul(t.a, t.c, t.c, -1.0);
    at::_foreach_sqrt_(denominator);
  } else {
    denominator = at::_foreach_sqrt(t.a);
  }
  at::_foreach_add_(denominator, r.eps);
  if (momentum_used) {
    at::_foreach_mul_(t.b, r.momentum);
    at::_foreach_addcdiv_(t.b, t.g, denominator, 1.0);
    at::_foreach_add_(t.p, t.b, -r.lr);
  } else {
    at::_foreach_addcdiv_(t.p, t.g, denominator, -r.lr);
  }
}

template <bool inside>
void composite(AdagradRule<inside> r, const std::vector<Slice>& slices, Lists& t) {
  at::_foreach_addcmul_(t.a, t.g, t.g, 1.0);
  std::vector<at::Tensor> denominator;
  if (inside) {
    denominator = at::_foreach_add(t.a, r.eps);
    at::_foreach_sqrt_(denominator);
  } else {
    denominator = at::_foreach_sqrt(t.a);
    at::_foreach_add_(denominator, r.eps);
  }
  at::_foreach_addcdiv_(t.p, t.g, denominator, t.each(slices, [&](const Slice& s) { r.begin(s.step); return -r.rate; }));
}

inline void composite(const AdadeltaRule& r, const std::vector<Slice>& slices, Lists& t) {
  track_squares(t.a, t.g, r.rho);
  auto delta = at::_foreach_add(t.b, r.eps);
  at::_foreach_sqrt_(delta);
  auto root = at::_foreach_add(t.a, r.eps);
  at::_foreach_sqrt_(root);
  at::_foreach_div_(delta, root);
  at::_foreach_mul_(delta, t.g);
  track_squares(t.b, delta, r.rho);
  at::_foreach_add_(t.p, delta, -r.lr);
}

template <typename Rule>
void composite_update(const Rule& rule, std::vector<Slice>& slices, double factor, double sign, const Extras& extras) {
  if (slices.empty()) return;
  prepare_composite(slices, factor * sign, rule.decay, extras);
  Lists lists(slices);
  composite(rule, slices, lists);
  finish_composite(slices, extras);
}

}  // namespace fused
