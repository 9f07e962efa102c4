// The weights of a gated resnet as its kernels read them, and their gradients as libtorch lays the weights out.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "fused_resnet.h"

namespace fused {

// A weight [outputs, inputs, rows, columns], what the numbers of each output are multiplied with, and the order of its features. Halved features are those of
// concat_elu and of c2, 8 of the first half beside 8 of the second; others come one after another, with zeros up to a multiple of 16.
struct Matrix {
  at::Tensor weight, scale;
  bool halved_outputs, halved_inputs;
  bool winograd = false;  // its columns as fused_winograd.h's points
  int64_t taps() const { return weight.size(2) * weight.size(3); }
  int64_t packed_taps() const { return winograd ? weight.size(2) * winograd_points(weight.size(3)) : taps(); }
  int64_t output_blocks() const { return (weight.size(0) + kBlock - 1) / kBlock; }
  int64_t input_blocks() const { return (weight.size(1) + kBlock - 1) / kBlock; }
};

// Matrices that are multiplied one after another, their weights contiguous; turned: inputs and outputs exchanged. A panel is laid out when it is asked for, or all are
// beforehand, by all threads, which is for threads that would each ask for it several times.
template <typename T>
class Packing : public Panels<T> {
 public:
  Packing(std::vector<Matrix> parts, bool turned, int64_t panels);
  void pack_all();
  // Elements of T that a panel takes.
  int64_t room() const { return panels_ * rows_ * kBlock * kBlock; }
  const T* panel(int64_t first, int64_t width, T* room) const override;

 private:
  struct Part {
    Matrix matrix;
    int64_t inputs, first_row;
  };
  void pack(T* to, int64_t first, int64_t width, const Part& part, int64_t input) const;

  std::vector<Part> parts_;
  bool turned_;
  int64_t panels_, outputs_, rows_ = 0;
  at::Tensor all_;
};

extern template class Packing<float>;
extern template class Packing<Half16>;
extern template class Packing<Rounded>;

// The norm of each output's numbers.
at::Tensor norms(const at::Tensor& weight);

// Of directions v and lengths g, where scale is g / |v|.
struct WeightGradients {
  at::Tensor v, g;
};

// From the gradient of g v / |v|, which is the sum of sums [input blocks, output blocks, taps, 16, 16].
WeightGradients unpacked(const std::vector<const float*>& sums, const Matrix& matrix, const at::Tensor& norms);

// [..., 2F], the two halves one after the other, in the order of the blocks; and back.
at::Tensor halves_in_blocks(const at::Tensor& features);
at::Tensor halves_from_blocks(const at::Tensor& blocks);

}  // namespace fused
