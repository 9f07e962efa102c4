// replications::lstm_stack over the kernels of fused_lstm_stack.h: weights laid out, images shared among threads, gradients as libtorch has them.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "fused_lstm_stack.h"

namespace fused {

// K_is, b, K_ss, h and c before the first line of each direction, then W and w.
inline int64_t lstm_layer_tensors(bool diagonal) { return diagonal ? 12 : 7; }

// What is kept for the derivative: each image's maps, and what the LSTMs did before the image.
struct LstmKept {
  at::Tensor maps, triangles;
};

// input, gradient: float32, channels last. The sum of the connections, [N, head, H, W]; kept: null where nothing is learned.
at::Tensor lstm_stack_forward(const LstmShape& s, const at::Tensor& input, at::TensorList layers, at::TensorList connected, const at::Tensor& bias, LstmKept* kept);

// Of the input, the layers' tensors and the connections.
std::vector<at::Tensor> lstm_stack_backward(const LstmShape& s, const at::Tensor& gradient, const LstmKept& kept, at::TensorList layers, at::TensorList connected);

}  // namespace fused
