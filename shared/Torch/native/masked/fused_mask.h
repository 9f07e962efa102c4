// Masks of connections, in the two forms the fused operators take:
//   - a bool tensor of the weight's shape, or
//   - degrees: int32, one per output and then one per input; a connection is kept where output >= input. A strict
//     comparison is written by the caller as output - 1. Degrees are small, stay in cache, and no 0/1 matrix is read.
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdint>

namespace fused {

struct Mask {
  const bool* kept = nullptr;         // element by element, or
  const int32_t* outputs = nullptr;   // degrees of the rows and
  const int32_t* inputs = nullptr;    // of the columns
  int64_t columns = 0;

  explicit operator bool() const { return kept != nullptr || outputs != nullptr; }
};

// An empty or undefined `mask` keeps everything. The mask's storage must outlive the result.
inline Mask mask_of(const at::Tensor& mask, const at::Tensor& weight) {
  Mask result;
  if (!mask.defined() || mask.numel() == 0) return result;
  TORCH_CHECK(mask.is_cpu() && mask.is_contiguous(), "a mask must be a contiguous tensor on the CPU, with the weight");
  if (mask.scalar_type() == at::kBool) {
    TORCH_CHECK(mask.sizes() == weight.sizes(), "a bool mask must have the weight's shape ", weight.sizes(), ", not ", mask.sizes());
    result.kept = mask.data_ptr<bool>();
    return result;
  }
  TORCH_CHECK(mask.scalar_type() == at::kInt, "a mask is bool, or degrees in int32, not ", mask.scalar_type());
  TORCH_CHECK(weight.dim() == 2 && mask.dim() == 1 && mask.size(0) == weight.size(0) + weight.size(1),
              "degrees for a weight of shape ", weight.sizes(), " are one per output and one per input, not ", mask.sizes());
  result.outputs = mask.data_ptr<int32_t>();
  result.inputs = result.outputs + weight.size(0);
  result.columns = weight.size(1);
  return result;
}

// values[0..n) of the elements begin.. of a row-major matrix: zero where the mask does not keep them.
template <typename T>
inline void apply_mask(const Mask& mask, T* values, int64_t begin, int64_t n) {
  if (!mask || n == 0) return;
  if (mask.kept != nullptr) {
    const bool* kept = mask.kept + begin;
    for (int64_t i = 0; i < n; ++i) values[i] = kept[i] ? values[i] : T(0);
    return;
  }
  int64_t row = begin / mask.columns, column = begin % mask.columns;
  while (n > 0) {
    const int64_t run = std::min(n, mask.columns - column);
    const int32_t degree = mask.outputs[row];
    const int32_t* inputs = mask.inputs + column;
    for (int64_t i = 0; i < run; ++i) values[i] = degree >= inputs[i] ? values[i] : T(0);
    values += run, n -= run, ++row, column = 0;
  }
}

}  // namespace fused
