// Weights of a residual stack between libtorch's layout and that of its kernels.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "fused_aligned.h"
#include "fused_residual.h"

namespace fused {

constexpr int kBlockTensors = 6;  // W1, b1, W2, b2, W3, b3

// Every matrix both ways round, in the type of the products.
template <typename T>
class PackedResidual {
 public:
  PackedResidual(const ResidualShape& s, at::TensorList blocks, at::TensorList connected);
  const BlockWeights<T>* blocks() const { return blocks_.data(); }

 private:
  AlignedVector<T> matrices_;
  std::vector<at::Tensor> biases_;
  std::vector<BlockWeights<T>> blocks_;
};

extern template class PackedResidual<float>;
extern template class PackedResidual<Half16>;
extern template class PackedResidual<Rounded>;

// Places for the gradients of each block in ResidualShape::block() floats.
std::vector<BlockGradients> gradient_places(const ResidualShape& s, float* sums);

// Gradients as libtorch lays the weights out: six for each block, then one for each connection.
std::vector<at::Tensor> unpacked_gradients(const ResidualShape& s, const at::Tensor& sums);

}  // namespace fused
