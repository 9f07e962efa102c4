// Weights of a stack's layers between libtorch's layout and that of its kernels.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "fused_aligned.h"
#include "fused_convert.h"

namespace fused {

// Weights as one pass multiplies them, in the type T of its products, one after another in memory.
template <typename T>
class StackPacking {
 public:
  // Room for so many numbers.
  StackPacking(int64_t size, bool back) : memory_(size), back_(back) {}

  // The first taps of a weight [outputs, inputs, ...], which alone count: [taps, inputs, outputs], on the way back [taps, outputs, inputs]. Of what is summed over as many
  // numbers stand side by side as a product takes.
  const T* matrix(const at::Tensor& weight, int64_t taps) {
    const at::Tensor w = weight.contiguous();
    const int64_t outputs = w.size(0), inputs = w.size(1), all = c10::multiply_integers(w.sizes().slice(2)), step = kSideBySide<T>;
    const int64_t rows = back_ ? outputs : inputs, columns = back_ ? inputs : outputs, to_row = back_ ? inputs * all : all, to_column = back_ ? all : inputs * all;
    const float* from = w.data_ptr<float>();
    T* to = take(taps * rows * columns);
    for (int64_t t = 0; t < taps; ++t, ++from)
      for (int64_t r = 0; r < rows; ++r)
        for (int64_t c = 0; c < columns; ++c) assign(to[((t * rows + r) / step * columns + c) * step + r % step], from[r * to_row + c * to_column]);
    return to;
  }

  // The numbers of what is not multiplied as they are; nothing on the way back, which reads none of it.
  const float* plain(const at::Tensor& t) {
    if (back_) return nullptr;
    kept_.push_back(t.contiguous());
    return kept_.back().data_ptr<float>();
  }

 private:
  T* take(int64_t count) {
    used_ += count;
    TORCH_INTERNAL_ASSERT(used_ <= static_cast<int64_t>(memory_.size()));
    return memory_.data() + used_ - count;
  }

  AlignedVector<T> memory_;
  std::vector<at::Tensor> kept_;
  int64_t used_ = 0;
  bool back_;
};

// Reads one sum of gradients after another, as kernels leave them.
class SumReader {
 public:
  explicit SumReader(const at::Tensor& sums) : sums_(sums) {}
  at::Tensor take(at::IntArrayRef sizes) {
    const int64_t count = c10::multiply_integers(sizes);
    at_ += count;
    return sums_.narrow(0, at_ - count, count).view(sizes);
  }
  at::Tensor bias(int64_t size) { return take({size}).clone(); }
  // [taps, inputs, outputs] as [outputs, inputs, rows, columns]; taps that are not multiplied get nothing.
  at::Tensor weight(int64_t taps, int64_t inputs, int64_t outputs, int64_t rows = 1, int64_t columns = 1) {
    const int64_t all = rows * columns;
    const float* from = sums_.data_ptr<float>() + at_;
    at_ += taps * inputs * outputs;
    at::Tensor found = at::empty({outputs, inputs, rows, columns}, sums_.options());
    float* to = found.data_ptr<float>();
    for (int64_t o = 0; o < outputs; ++o)
      for (int64_t i = 0; i < inputs; ++i)
        for (int64_t t = 0; t < all; ++t) *to++ = t < taps ? from[(t * inputs + i) * outputs + o] : 0.0f;
    return found;
  }

 private:
  at::Tensor sums_;
  int64_t at_ = 0;
};

}  // namespace fused
