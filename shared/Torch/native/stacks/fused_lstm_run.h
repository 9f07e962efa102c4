// replications::lstm_stack over the kernels of fused_lstm.h: weights laid out, images shared among threads, gradients as libtorch has them.
#pragma once

#include <vector>

#include "fused_lstm.h"
#include "fused_stacks.h"

namespace fused {

constexpr int64_t kLstmTensors = 5;  // K_is, b, K_ss, h and c before the first line

// Of its one LSTM or its two, then W and w.
inline int64_t lstm_layer_tensors(bool diagonal) { return (diagonal ? 2 : 1) * kLstmTensors + 2; }

// Streams are float32, channels last. kept: each image's maps, and what the LSTMs of diagonals did before the image.
at::Tensor lstm_forward(const LstmShape& s, const Stacked& g, std::vector<at::Tensor>* kept);
std::vector<at::Tensor> lstm_backward(const LstmShape& s, const Stacked& g, const at::Tensor& gradient, at::TensorList kept);

}  // namespace fused
