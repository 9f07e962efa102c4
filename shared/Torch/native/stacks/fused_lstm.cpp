// replications::lstm_stack: the layers of a Row LSTM or a Diagonal BiLSTM and the first matrices of its head, as one operator: see fused_lstm.h.
#include <torch/library.h>

#include "fused_lstm_run.h"

namespace {

using at::Tensor;
using fused::LstmShape;
using fused::Stacked;
using torch::autograd::variable_list;

// Each row one place further than the row above: [N, F, H, W] to [N, F, H, W + H - 1].
Tensor skewed(const Tensor& map) {
  const int64_t height = map.size(2), width = map.size(3);
  return at::constant_pad_nd(map, {0, height}).flatten(2).narrow(2, 0, height * (width + height - 1)).unflatten(2, {height, width + height - 1});
}

Tensor straightened(const Tensor& map, int64_t width) {
  const int64_t height = map.size(2);
  return at::constant_pad_nd(map.flatten(2), {0, height}).unflatten(2, {height, width + height}).narrow(3, 0, width);
}

// One LSTM over the lines of what its gates see of x, [N, 4h, H, W]. In the type of its weights, not in that of a cast: a recurrence adds its roundings up.
Tensor along(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(fused::autocast_keys());
  const int64_t features = weight.size(1);
  const Tensor wide = input.to(weight.scalar_type()), map = diagonal ? skewed(wide) : wide.transpose(2, 3);
  Tensor h = hidden.expand({map.size(0), features, map.size(2)}), c = cell.expand_as(h);
  std::vector<Tensor> states;
  for (const Tensor& line : map.unbind(3)) {
    const Tensor all = line + at::conv1d(at::constant_pad_nd(h, {1, diagonal ? 0 : 1}), weight);
    const auto gates = all.narrow(1, 0, 3 * features).sigmoid().chunk(3, 1);
    c = gates[1] * c + gates[2] * all.narrow(1, 3 * features, features).tanh();
    h = gates[0] * c.tanh();
    states.push_back(h);
  }
  const Tensor result = at::stack(states, 3);
  return diagonal ? straightened(result, input.size(3)) : result.transpose(2, 3);
}

// One stream. The option: lines are diagonals.
struct LstmStack {
  static constexpr const char* kName = "lstm_stack";
  static int64_t tensors(bool diagonal) { return fused::lstm_layer_tensors(diagonal); }
  static void check(const Stacked&);
  static LstmShape shape_of(const Stacked& g) {
    const Tensor& x = g.streams[0];
    return {x.size(2), x.size(3), x.size(1) / 2, g.bias.size(0), fused::layers_of<LstmStack>(g), static_cast<int64_t>(g.connected.size()), g.option};
  }
  static bool fits(const Stacked& g) { return g.streams[0].size(1) % 32 == 0 && g.bias.size(0) % 16 == 0 && fused::lstm_kernels() != nullptr; }
  static Tensor composite(const Stacked&);
  static Tensor forward(const Stacked& g, variable_list* kept) { return fused::lstm_forward(shape_of(g), g, kept); }
  static variable_list backward(const Stacked& g, const Tensor& gradient, at::TensorList kept) { return fused::lstm_backward(shape_of(g), g, gradient, kept); }
};

Tensor LstmStack::composite(const Stacked& g) {
  const bool diagonal = g.option;
  Tensor x = g.streams[0], sum = g.bias.view({1, -1, 1, 1});
  const int64_t layers = fused::layers_of<LstmStack>(g);
  for (int64_t l = 0; l < layers; ++l) {
    const Tensor* w = &g.layers[l * tensors(diagonal)];
    const auto states = [&](const Tensor& seen, const Tensor* way) {
      return along(at::conv2d(seen, way[0], way[1], 1, at::IntArrayRef({0, diagonal ? 0 : 1})), way[2], way[3], way[4], diagonal);
    };
    Tensor all = states(x, w);
    if (diagonal) {
      // The second has seen what is to the right in its own row.
      const Tensor mirrored = states(x.flip(3), w + fused::kLstmTensors).flip(3);
      all = all + at::constant_pad_nd(mirrored.narrow(2, 0, x.size(2) - 1), {0, 0, 1, 0});
    }
    const Tensor* up = w + tensors(diagonal) - 2;
    x = x + at::conv2d(all, up[0], up[1]);
    const Tensor* connection = fused::connection_of(g, layers, l);
    if (connection != nullptr) sum = sum + at::conv2d(x.relu(), *connection);
  }
  return sum;
}

void LstmStack::check(const Stacked& g) {
  const bool diagonal = g.option;
  const int64_t wide = g.streams[0].size(1), h = wide / 2, four = 4 * h, columns = diagonal ? 1 : 3, taps = diagonal ? 2 : 3;
  TORCH_CHECK(wide % 2 == 0, "lstm_stack takes images of 2h features, not ", g.streams[0].sizes());
  for (size_t l = 0; l < g.layers.size(); l += tensors(diagonal)) {
    const Tensor* w = &g.layers[l];
    for (int d = 0; d < (diagonal ? 2 : 1); ++d, w += fused::kLstmTensors) {
      TORCH_CHECK(w[0].sizes() == at::IntArrayRef({four, wide, 1, columns}), "lstm_stack: input to state must be [4h, 2h, 1, ", columns, "], not ", w[0].sizes());
      TORCH_CHECK(w[1].sizes() == at::IntArrayRef({four}), "lstm_stack: the bias of input to state must be [4h], not ", w[1].sizes());
      TORCH_CHECK(w[2].sizes() == at::IntArrayRef({four, h, taps}), "lstm_stack: state to state must be [4h, h, ", taps, "], not ", w[2].sizes());
      TORCH_CHECK(w[3].sizes() == at::IntArrayRef({1, h, 1}) && w[4].sizes() == w[3].sizes(), "lstm_stack: the initial state must be [1, h, 1] twice");
    }
    TORCH_CHECK(w[0].sizes() == at::IntArrayRef({wide, h, 1, 1}) && w[1].sizes() == at::IntArrayRef({wide}), "lstm_stack: the way up must be [2h, h, 1, 1] and [2h]");
  }
}

Tensor lstm_stack(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  return fused::run_stack<LstmStack>({x, layers, connected, bias, diagonal});
}

// The kernels have float32 alone, since a recurrence adds its roundings up.
template <c10::DispatchKey key>
Tensor lstm_stack_autocast(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  return fused::run_stack_autocast<LstmStack>({x, layers, connected, bias, diagonal}, key);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("lstm_stack(Tensor input, Tensor[] layers, Tensor[] connected, Tensor bias, bool diagonal) -> Tensor", &lstm_stack);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) { m.impl("lstm_stack", &lstm_stack_autocast<c10::DispatchKey::AutocastCPU>); }

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) { m.impl("lstm_stack", &lstm_stack_autocast<c10::DispatchKey::AutocastCUDA>); }
