#include "fused_plan.h"

#include "fused_simd.h"

namespace fused {

namespace {

// Elements in the same order of memory. Strides of a dimension of size 1 say nothing: the gradient of a 1 x 1 convolution has others than its weight.
bool in_one_order(const at::Tensor& a, const at::Tensor& b) {
  return a.sizes() == b.sizes() && (a.strides() == b.strides() || (a.is_contiguous() && b.is_contiguous()));
}

bool alike(const at::Tensor& a, const at::Tensor& b) { return b.is_cpu() && a.scalar_type() == b.scalar_type() && in_one_order(a, b); }

template <typename T>
FUSED_INLINE double squares_of(const T* values, int64_t n) {
  // Eight partial sums let the compiler use vectors while the order of additions stays fixed.
  double part[8] = {};
  int64_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (int k = 0; k < 8; ++k) part[k] += static_cast<double>(values[i + k]) * static_cast<double>(values[i + k]);
  for (; i < n; ++i) part[0] += static_cast<double>(values[i]) * static_cast<double>(values[i]);
  return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

FUSED_KERNEL double squares(const float* values, int64_t n) { return squares_of(values, n); }
FUSED_KERNEL double squares(const double* values, int64_t n) { return squares_of(values, n); }

template <typename T>
double chunk_squares(const Slice& slice, int64_t begin, int64_t end) {
  const T* values = slice.gradient.data_ptr<T>();
  if (!slice.mask) return squares(values + begin, end - begin);
  double sum = 0;
  T block[kBlock];
  for (; begin < end; begin += kBlock) {
    const int64_t n = std::min(kBlock, end - begin);
    std::copy(values + begin, values + begin + n, block);
    apply_mask(slice.mask, block, begin, n);
    sum += squares(block, n);
  }
  return sum;
}

}  // namespace

std::vector<Slice> plan(at::TensorList parameters, const std::array<at::TensorList, 3>& states, const at::Tensor& steps,
                        const Extras& extras) {
  TORCH_CHECK(steps.is_cpu() && steps.scalar_type() == at::kLong && steps.numel() == static_cast<int64_t>(parameters.size()),
              "steps must be an int64 tensor on the CPU with one element per parameter");
  for (const auto& list : {extras.averages, extras.copies, extras.masks, states[0], states[1], states[2]})
    TORCH_CHECK(list.empty() || list.size() == parameters.size(), "expected no tensors or ", parameters.size(), ", got ", list.size());
  std::vector<Slice> slices;
  slices.reserve(parameters.size());
  const int64_t* made = steps.data_ptr<int64_t>();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const at::Tensor& gradient = parameters[i].grad();
    for (const at::TensorList& list : {extras.averages, extras.copies})
      TORCH_CHECK(!given(list, static_cast<int64_t>(i)) || list[i].sizes() == parameters[i].sizes(),
                  "expected an average or copy of size ", parameters[i].sizes(), ", got ", list[i].sizes());
    if (!gradient.defined()) continue;
    TORCH_CHECK(!gradient.is_sparse(), "sparse gradients are not supported by the fused update");
    Slice slice;
    slice.index = static_cast<int64_t>(i);
    slice.parameter = parameters[i];
    slice.gradient = gradient;
    slice.step = made[i] + 1;
    for (size_t k = 0; k < states.size(); ++k)
      if (given(states[k], slice.index)) slice.states[k] = states[k][i];
    if (given(extras.averages, slice.index)) slice.average = extras.averages[i];
    if (given(extras.copies, slice.index)) slice.copy = extras.copies[i];
    const bool dense = parameters[i].is_cpu() && parameters[i].is_contiguous();
    if (dense && !alike(parameters[i], gradient) && gradient.scalar_type() == parameters[i].scalar_type())
      slice.gradient = gradient.contiguous();
    if (given(extras.masks, slice.index)) {
      slice.in_blocks = dense;
      if (dense) slice.mask = mask_of(extras.masks[i], parameters[i]);
    }
    slices.push_back(std::move(slice));
  }
  return slices;
}

bool dense_on_cpu(const std::vector<Slice>& slices) {
  for (const Slice& slice : slices) {
    const at::Tensor& p = slice.parameter;
    if (!slice.in_blocks || !p.is_cpu() || (p.scalar_type() != at::kFloat && p.scalar_type() != at::kDouble)) return false;
    if (!p.is_non_overlapping_and_dense() || !alike(p, slice.gradient)) return false;
    for (const at::Tensor& state : slice.states)
      if (state.defined() && !alike(p, state)) return false;
    if (slice.average.defined() && !alike(p, slice.average)) return false;
    if (slice.copy.defined() && (!slice.copy.is_cpu() || slice.copy.scalar_type() != at::kBFloat16 || !in_one_order(p, slice.copy))) return false;
  }
  return true;
}

double global_norm(const std::vector<Slice>& slices) {
  std::vector<std::pair<size_t, int64_t>> chunks;
  for (size_t s = 0; s < slices.size(); ++s)
    for (int64_t begin = 0; begin < slices[s].gradient.numel(); begin += kChunk) chunks.emplace_back(s, begin);
  std::vector<double> sums(chunks.size());
  at::parallel_for(0, static_cast<int64_t>(chunks.size()), 1, [&](int64_t from, int64_t to) {
    for (int64_t c = from; c < to; ++c) {
      const Slice& slice = slices[chunks[c].first];
      const int64_t begin = chunks[c].second, end = std::min(begin + kChunk, slice.gradient.numel());
      sums[c] = slice.gradient.scalar_type() == at::kFloat ? chunk_squares<float>(slice, begin, end)
                                                           : chunk_squares<double>(slice, begin, end);
    }
  });
  double sum = 0;
  for (double part : sums) sum += part;
  return std::sqrt(sum);
}

void follow_without_gradients(at::TensorList parameters, const std::vector<Slice>& slices, const Extras& extras) {
  size_t next = 0;
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (next < slices.size() && slices[next].index == static_cast<int64_t>(i))
      ++next;
    else if (given(extras.averages, static_cast<int64_t>(i)))
      extras.averages[i].lerp_(parameters[i], 1 - extras.average_decay);
  }
}

void mark_written(const Slice& slice, int uses, bool gradient) {
  const auto mark = [](const at::Tensor& written) {
    if (written.defined()) written.unsafeGetTensorImpl()->bump_version();
  };
  mark(slice.parameter), mark(slice.average), mark(slice.copy);
  for (int k = 0; k < 3; ++k)
    if (uses & (1 << k)) mark(slice.states[k]);
  if (gradient) mark(slice.gradient);
}

void release_gradients(const std::vector<Slice>& slices, int64_t release, bool zeroed) {
  for (const Slice& slice : slices) {
    if (release == 1 && !(zeroed && slice.gradient.is_same(slice.parameter.grad()))) slice.parameter.grad().zero_();
    if (release == 2) slice.parameter.mutable_grad() = at::Tensor();
  }
}

}  // namespace fused
