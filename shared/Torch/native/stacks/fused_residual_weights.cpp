#include "fused_residual_weights.h"

#include "fused_stacks.h"

namespace fused {

namespace {

// A matrix [taps, inputs, outputs] from a weight [outputs, inputs, taps] whose first taps alone count; `turned`: [taps, outputs, inputs].
// Pairs of inputs stand side by side.
template <typename T>
T* pack(T* to, const float* w, int64_t outputs, int64_t inputs, int64_t taps, int64_t all_taps, bool turned) {
  const int64_t rows = turned ? outputs : inputs, columns = turned ? inputs : outputs, step = kSideBySide<T>;
  for (int64_t t = 0; t < taps; ++t)
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t c = 0; c < columns; ++c) {
        const float value = turned ? w[(r * inputs + c) * all_taps + t] : w[(c * inputs + r) * all_taps + t];
        assign(to[t * rows * columns + (r / step) * step * columns + c * step + r % step], value);
      }
  return to + taps * rows * columns;
}

}  // namespace

template <typename T>
PackedResidual<T>::PackedResidual(const ResidualShape& s, at::TensorList blocks, at::TensorList connected)
    : matrices_(2 * s.layers * s.block()), blocks_(s.layers) {
  T* to = matrices_.data();
  const auto both = [&](const at::Tensor& given, int64_t taps, const T*& straight, const T*& turned) {
    const at::Tensor w = given.contiguous();
    const int64_t all = w.size(2) * w.size(3);
    straight = to;
    to = pack(to, w.data_ptr<float>(), w.size(0), w.size(1), taps, all, false);
    turned = to;
    to = pack(to, w.data_ptr<float>(), w.size(0), w.size(1), taps, all, true);
  };
  const auto bias = [&](const at::Tensor& given) {
    biases_.push_back(given.contiguous());
    return biases_.back().data_ptr<float>();
  };
  for (int64_t l = 0; l < s.layers; ++l) {
    const at::Tensor* w = &blocks[l * kBlockTensors];
    BlockWeights<T>& b = blocks_[l];
    both(w[0], 1, b.w1, b.w1t);
    both(w[2], kTaps, b.w2, b.w2t);
    both(w[4], 1, b.w3, b.w3t);
    b.b1 = bias(w[1]), b.b2 = bias(w[3]), b.b3 = bias(w[5]);
    if (s.is_connected(l)) both(connected[l - (s.layers - s.connected)], 1, b.connection, b.connectiont);
  }
}

template class PackedResidual<float>;
template class PackedResidual<Half16>;
template class PackedResidual<Rounded>;

std::vector<BlockGradients> gradient_places(const ResidualShape& s, float* sums) {
  std::vector<BlockGradients> places(s.layers);
  for (BlockGradients& p : places) {
    const int64_t h = s.h;
    p.w1 = sums, p.b1 = p.w1 + 2 * h * h;
    p.w2 = p.b1 + h, p.b2 = p.w2 + kTaps * h * h;
    p.w3 = p.b2 + h, p.b3 = p.w3 + 2 * h * h;
    p.connection = p.b3 + 2 * h;
    sums += s.block();
  }
  return places;
}

std::vector<at::Tensor> unpacked_gradients(const ResidualShape& s, const at::Tensor& sums) {
  const int64_t h = s.h, wide = 2 * h;
  std::vector<at::Tensor> result, connections;
  SumReader reader(sums);
  for (int64_t l = 0; l < s.layers; ++l) {
    const at::Tensor w1 = reader.weight(1, wide, h), b1 = reader.bias(h), w2 = reader.weight(kTaps, h, h, 3, 3), b2 = reader.bias(h);
    const at::Tensor w3 = reader.weight(1, h, wide), b3 = reader.bias(wide), connection = reader.weight(1, wide, s.head);
    result.insert(result.end(), {w1, b1, w2, b2, w3, b3});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

}  // namespace fused
