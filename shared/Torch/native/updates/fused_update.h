// One update of all parameters by one rule: masking, clipping, the rule, averages, copies and the release of gradients
// in one pass. On the CPU over blocks of raw memory; elsewhere by libtorch's multi-tensor operators.
#pragma once

#include <limits>

#include "fused_convert.h"
#include "fused_plan.h"
#include "fused_rules.h"

namespace fused {

// The rule over one block: pointers, not tensors, so that the compiler sees a plain loop.
template <typename Rule, typename T>
FUSED_INLINE void sweep(const Rule& rule, T* __restrict p, const T* __restrict g, T* __restrict a, T* __restrict b,
                        T* __restrict c, int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    T unused = 0;
    rule.apply(p[i], g[i], (Rule::uses & 1) ? a[i] : unused, (Rule::uses & 2) ? b[i] : unused, (Rule::uses & 4) ? c[i] : unused);
  }
}

// The memory that one chunk's update reads and writes.
template <typename T>
struct Pointers {
  T* p;
  T* gradient;
  T* states[3];
  T* average;
  Half16* copy;

  explicit Pointers(const Slice& slice) {
    p = slice.parameter.data_ptr<T>();
    gradient = slice.gradient.data_ptr<T>();
    for (int k = 0; k < 3; ++k) states[k] = slice.states[k].defined() ? slice.states[k].template data_ptr<T>() : nullptr;
    average = slice.average.defined() ? slice.average.data_ptr<T>() : nullptr;
    copy = slice.copy.defined() ? static_cast<Half16*>(slice.copy.data_ptr()) : nullptr;
  }
};

// g = factor * gradient + decay * p, zero where masked.
template <typename T>
void load_gradient(T* g, const Pointers<T>& memory, const Mask& mask, int64_t begin, int64_t n, double factor, double decay);

// The average, the copy and the zeroing of one block after its update.
template <typename T>
void finish_block(const Pointers<T>& memory, int64_t begin, int64_t n, double average_decay, bool zero);

template <typename T, typename Rule, typename Sweep>
void update_block(const Pointers<T>& memory, const Mask& mask, const Rule& rule, const Sweep& run, int64_t begin, int64_t n,
                  double factor, const Extras& extras) {
  T g[kBlock];
  load_gradient(g, memory, mask, begin, n, factor, rule.decay);
  const auto at = [&](int k) { return memory.states[k] == nullptr ? nullptr : memory.states[k] + begin; };
  run(rule, memory.p + begin, g, at(0), at(1), at(2), n);
  finish_block(memory, begin, n, extras.average_decay, extras.release == 1);
}

template <typename T, typename Rule, typename Sweep>
void update_chunk(const Slice& slice, Rule rule, const Sweep& run, int64_t begin, int64_t end, double factor, const Extras& extras) {
  const Pointers<T> memory(slice);
  rule.begin(slice.step);
  for (; begin < end; begin += kBlock)
    update_block(memory, slice.mask, rule, run, begin, std::min(kBlock, end - begin), factor, extras);
}

// The multi-tensor form of the same rules, for any device and type: fused_composite.h.
template <typename Rule>
void composite_update(const Rule& rule, std::vector<Slice>& slices, double factor, double sign, const Extras& extras);

double composite_norm(std::vector<Slice>& slices, const Extras& extras);
void prepare_composite(std::vector<Slice>& slices, double factor, double decay, const Extras& extras);
void finish_composite(const std::vector<Slice>& slices, const Extras& extras);

// Returns the global norm of the gradients as they came, before scaling and clipping, or 0 when neither clipping nor the
// check asks for it. With `check` and a norm that is not finite nothing is changed.
template <typename Rule, typename Sweep>
double update(const Rule& rule, const Sweep& run, at::TensorList parameters, const std::array<at::TensorList, 3>& states,
              const at::Tensor& steps, bool maximize, const Extras& extras) {
  c10::NoGradGuard no_grad;
  std::vector<Slice> slices = plan(parameters, states, steps, extras);
  const bool dense = dense_on_cpu(slices);
  double norm = 0;
  if (extras.norm_needed()) {
    norm = dense ? global_norm(slices) : composite_norm(slices, extras);
    if (extras.check && !std::isfinite(norm)) return norm;
  }
  for (const Slice& slice : slices)
    for (int k = 0; k < 3; ++k)
      TORCH_CHECK(!(Rule::uses & (1 << k)) || slice.states[k].defined(), "state ", k, " of parameter ", slice.index, " is missing");
  const double factor = extras.factor * clip_factor(norm * std::fabs(extras.factor), extras.max_norm), sign = maximize ? -1.0 : 1.0;
  for (const Slice& slice : slices) steps.data_ptr<int64_t>()[slice.index] = slice.step;
  steps.unsafeGetTensorImpl()->bump_version();
  if (dense) {
    for_each_chunk(slices, [&](const Slice& slice, int64_t begin, int64_t end) {
      if (slice.parameter.scalar_type() == at::kFloat)
        update_chunk<float>(slice, rule, run, begin, end, factor * sign, extras);
      else
        update_chunk<double>(slice, rule, run, begin, end, factor * sign, extras);
    });
    for (const Slice& slice : slices) mark_written(slice, Rule::uses, extras.release == 1);
  } else {
    composite_update(rule, slices, factor, sign, extras);
  }
  follow_without_gradients(parameters, slices, extras);
  release_gradients(slices, extras.release, dense);
  return norm;
}

}  // namespace fused
