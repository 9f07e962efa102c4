// replications::lstm_stack: the layers of a Row LSTM or a Diagonal BiLSTM and the first matrices of its head, as one operator: see fused_lstm_stack.h.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "fused_autocast.h"
#include "fused_lstm_stack_run.h"

namespace {

using at::Tensor;
using fused::LstmShape;
using fused::lstm_layer_tensors;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto kChannelsLast = at::MemoryFormat::ChannelsLast;

// Each row one place further than the row above: [N, F, H, W] to [N, F, H, W + H - 1].
Tensor skewed(const Tensor& map) {
  const int64_t height = map.size(2), width = map.size(3);
  return at::constant_pad_nd(map, {0, height}).flatten(2).narrow(2, 0, height * (width + height - 1)).unflatten(2, {height, width + height - 1});
}

Tensor straightened(const Tensor& map, int64_t width) {
  const int64_t height = map.size(2);
  return at::constant_pad_nd(map.flatten(2), {0, height}).unflatten(2, {height, width + height}).narrow(3, 0, width);
}

// One LSTM over the lines of what its gates see of x, [N, 4h, H, W]. At least in float32: a recurrence adds its roundings up.
Tensor along(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKeySet({c10::DispatchKey::AutocastCPU, c10::DispatchKey::AutocastCUDA}));
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

// The same in operators that have derivatives of every order, for any device and type.
Tensor composite(Tensor x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  Tensor sum = bias.view({1, -1, 1, 1});
  const size_t tensors = lstm_layer_tensors(diagonal), count = layers.size() / tensors, unconnected = count - connected.size();
  for (size_t l = 0; l < count; ++l) {
    const Tensor* w = &layers[l * tensors];
    const auto states = [&](const Tensor& seen, const Tensor* way) {
      return along(at::conv2d(seen, way[0], way[1], 1, at::IntArrayRef({0, diagonal ? 0 : 1})), way[2], way[3], way[4], diagonal);
    };
    Tensor all = states(x, w);
    if (diagonal) {
      // The second has seen what is to the right in its own row.
      const Tensor mirrored = states(x.flip(3), w + 5).flip(3);
      all = all + at::constant_pad_nd(mirrored.narrow(2, 0, x.size(2) - 1), {0, 0, 1, 0});
    }
    const Tensor* up = w + tensors - 2;
    x = x + at::conv2d(all, up[0], up[1]);
    if (l >= unconnected) sum = sum + at::conv2d(x.relu(), connected[l - unconnected]);
  }
  return sum;
}

LstmShape shape_of(const Tensor& x, at::TensorList layers, at::TensorList connected, bool diagonal) {
  const auto count = static_cast<int64_t>(layers.size()) / lstm_layer_tensors(diagonal);
  return {x.size(2), x.size(3), x.size(1) / 2, connected[0].size(0), count, static_cast<int64_t>(connected.size()), diagonal};
}

bool fits(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  const LstmShape s = shape_of(x, layers, connected, diagonal);
  const auto plain = [](const Tensor& t) { return t.is_cpu() && t.scalar_type() == at::kFloat; };
  bool same = plain(x) && plain(bias) && s.h % 16 == 0 && s.head % 16 == 0 && x.numel() > 0;
  for (const Tensor& w : layers) same = same && plain(w);
  for (const Tensor& w : connected) same = same && plain(w);
  return same && fused::lstm_kernels() != nullptr;
}

struct LstmStack : torch::autograd::Function<LstmStack> {
  static Tensor forward(AutogradContext* ctx, const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal, bool learn) {
    fused::LstmKept kept;
    const Tensor sum = fused::lstm_stack_forward(shape_of(x, layers, connected, diagonal), x.contiguous(kChannelsLast), layers, connected, bias, learn ? &kept : nullptr);
    variable_list saved = {x, bias, kept.maps, kept.triangles};
    saved.insert(saved.end(), layers.begin(), layers.end());
    saved.insert(saved.end(), connected.begin(), connected.end());
    ctx->save_for_backward(std::move(saved));
    ctx->saved_data["diagonal"] = diagonal;
    ctx->saved_data["layers"] = static_cast<int64_t>(layers.size());
    return sum;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], &bias = saved[1];
    const bool diagonal = ctx->saved_data["diagonal"].toBool();
    const size_t count = ctx->saved_data["layers"].toInt();
    const at::TensorList all(saved), layers = all.slice(4, count), connected = all.slice(4 + count);
    variable_list result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one.
      variable_list inputs = {x};
      inputs.insert(inputs.end(), saved.begin() + 4, saved.end());
      inputs.push_back(bias);
      result = torch::autograd::grad({composite(x, layers, connected, bias, diagonal)}, inputs, gradients, true, true, true);
    } else {
      const Tensor g = gradients[0].to(at::kFloat).contiguous(kChannelsLast);
      result = fused::lstm_stack_backward(shape_of(x, layers, connected, diagonal), g, {saved[2], saved[3]}, layers, connected);
      result.push_back(g.sum({0, 2, 3}));
    }
    result.resize(result.size() + 2);  // diagonal, learn
    return result;
  }
};

void check(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  const size_t tensors = lstm_layer_tensors(diagonal);
  TORCH_CHECK(x.dim() == 4 && x.size(1) % 2 == 0, "lstm_stack takes images of 2h features, not ", x.sizes());
  TORCH_CHECK(!layers.empty() && layers.size() % tensors == 0 && !connected.empty() && connected.size() <= layers.size() / tensors, "lstm_stack takes ", tensors,
              " tensors for each layer of ", diagonal ? "diagonals" : "rows", ", and a matrix for each of the last layers");
  const int64_t wide = x.size(1), h = wide / 2, four = 4 * h, columns = diagonal ? 1 : 3;
  for (size_t l = 0; l < layers.size(); l += tensors) {
    const Tensor* w = &layers[l];
    for (int d = 0; d < (diagonal ? 2 : 1); ++d, w += 5) {
      TORCH_CHECK(w[0].sizes() == at::IntArrayRef({four, wide, 1, columns}), "lstm_stack: input to state must be [4h, 2h, 1, ", columns, "], not ", w[0].sizes());
      TORCH_CHECK(w[1].sizes() == at::IntArrayRef({four}), "lstm_stack: the bias of input to state must be [4h], not ", w[1].sizes());
      TORCH_CHECK(w[2].sizes() == at::IntArrayRef({four, h, diagonal ? 2 : 3}), "lstm_stack: state to state must be [4h, h, ", diagonal ? 2 : 3, "], not ", w[2].sizes());
      TORCH_CHECK(w[3].sizes() == at::IntArrayRef({1, h, 1}) && w[4].sizes() == w[3].sizes(), "lstm_stack: the initial state must be [1, h, 1] twice");
    }
    TORCH_CHECK(w[0].sizes() == at::IntArrayRef({wide, h, 1, 1}) && w[1].sizes() == at::IntArrayRef({wide}), "lstm_stack: the way up must be [2h, h, 1, 1] and [2h]");
  }
  TORCH_CHECK(bias.dim() == 1, "lstm_stack: the bias must be [head]");
  for (const Tensor& w : connected)
    TORCH_CHECK(w.sizes() == at::IntArrayRef({bias.size(0), wide, 1, 1}), "lstm_stack: connections must be [head, 2h, 1, 1], not ", w.sizes());
}

Tensor lstm_stack(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  check(x, layers, connected, bias, diagonal);
  if (!fits(x, layers, connected, bias, diagonal)) return composite(x, layers, connected, bias, diagonal);
  return LstmStack::apply(x, layers, connected, bias, diagonal, c10::GradMode::is_enabled());
}

Tensor lstm_stack_autocast(const Tensor& x, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool diagonal) {
  check(x, layers, connected, bias, diagonal);
  const Tensor wide = x.scalar_type() == at::kBFloat16 ? x.to(at::kFloat) : x;
  // Where there are no kernels, libtorch's own rules cast each convolution.
  if (!fits(wide, layers, connected, bias, diagonal)) return composite(x, layers, connected, bias, diagonal);
  c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
  return lstm_stack(wide, layers, connected, bias, diagonal);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("lstm_stack(Tensor input, Tensor[] layers, Tensor[] connected, Tensor bias, bool diagonal) -> Tensor", &lstm_stack);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) { m.impl("lstm_stack", &lstm_stack_autocast); }
