// What operators of layers one after another share (residual_stack, gated_stack, lstm_stack). Streams, [N, features, H, W], go through the layers; the result is a bias and a
// sum of matrices on relu(x) after each of the last layers, x one of the streams. Each has kernels that take float32 on the CPU, for AVX-512 and AVX2 and the sizes that it says, and a plain form for all else.
#pragma once

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

#include "fused_autocast.h"
#include "fused_second.h"

namespace fused {

// What such an operator is given: its streams, each layer's tensors in turn, a matrix [head, features, 1, 1] for each of the last layers, the bias of their sum, [head], and the one
// thing that it must know besides: bfloat16, or diagonals.
struct Stacked {
  at::TensorList streams, layers, connected;
  const at::Tensor& bias;
  bool option;
};

// A kind of stack has
//   kName
//   tensors(option)              of a layer
//   check(Stacked)               of the sizes of the streams and the layers' tensors
//   fits(Stacked)                whether the kernels take these sizes; they take float32
//   composite(Stacked)           the same in operators that have derivatives of every order, for any device and type
//   forward(Stacked, kept)       kept: null where nothing is learned, receives what is kept for the derivative. Streams are channels last
//   backward(Stacked, gradient, kept)   of the streams, the layers' tensors and the connections
template <class Stack>
int64_t layers_of(const Stacked& g) {
  return static_cast<int64_t>(g.layers.size()) / Stack::tensors(g.option);
}

// Of one of the last of so many layers, its matrix; null for those before.
inline const at::Tensor* connection_of(const Stacked& g, int64_t layers, int64_t layer) {
  const int64_t at = layer - layers + static_cast<int64_t>(g.connected.size());
  return at < 0 ? nullptr : &g.connected[at];
}

template <class Stack>
void check_stack(const Stacked& g) {
  const auto tensors = static_cast<size_t>(Stack::tensors(g.option));
  for (const at::Tensor& x : g.streams)
    TORCH_CHECK(x.dim() == 4 && x.sizes() == g.streams[0].sizes(), Stack::kName, " takes images of one size, not ", g.streams[0].sizes(), " and ", x.sizes());
  TORCH_CHECK(!g.layers.empty() && g.layers.size() % tensors == 0 && !g.connected.empty() && g.connected.size() <= g.layers.size() / tensors, Stack::kName, " takes ", tensors,
              " tensors for each layer, and a matrix for each of the last layers");
  Stack::check(g);
  TORCH_CHECK(g.bias.dim() == 1, Stack::kName, ": the bias must be [head], not ", g.bias.sizes());
  const std::vector<int64_t> matrix = {g.bias.size(0), g.streams[0].size(1), 1, 1};
  for (const at::Tensor& w : g.connected) TORCH_CHECK(w.sizes() == matrix, Stack::kName, ": connections must be ", at::IntArrayRef(matrix), ", not ", w.sizes());
}

template <class Stack>
bool has_kernels(const Stacked& g) {
  const auto all_plain = [](at::TensorList tensors) {
    return std::all_of(tensors.begin(), tensors.end(), [](const at::Tensor& t) { return t.is_cpu() && t.scalar_type() == at::kFloat; });
  };
  return all_plain(g.streams) && all_plain(g.layers) && all_plain(g.connected) && all_plain(g.bias) && g.streams[0].numel() > 0 && Stack::fits(g);
}

template <class Stack>
struct StackFunction : torch::autograd::Function<StackFunction<Stack>> {
  using Context = torch::autograd::AutogradContext;
  using Variables = torch::autograd::variable_list;

  static at::Tensor forward(Context* ctx, at::TensorList streams, at::TensorList layers, at::TensorList connected, const at::Tensor& bias, bool option, bool learn) {
    Variables rows, kept;
    for (const at::Tensor& x : streams) rows.push_back(x.contiguous(at::MemoryFormat::ChannelsLast));
    const at::Tensor sum = Stack::forward({rows, layers, connected, bias, option}, learn ? &kept : nullptr);
    ctx->saved_data["option"] = option;
    ctx->saved_data["streams"] = static_cast<int64_t>(streams.size());
    ctx->saved_data["layers"] = static_cast<int64_t>(layers.size());
    ctx->saved_data["connected"] = static_cast<int64_t>(connected.size());
    Variables saved(streams.begin(), streams.end());
    saved.insert(saved.end(), layers.begin(), layers.end());
    saved.insert(saved.end(), connected.begin(), connected.end());
    saved.push_back(bias);
    saved.insert(saved.end(), kept.begin(), kept.end());
    ctx->save_for_backward(std::move(saved));
    return sum;
  }

  static Variables backward(Context* ctx, Variables gradients) {
    const Variables saved = ctx->get_saved_variables();
    const auto count = [&](const char* what) { return static_cast<size_t>(ctx->saved_data[what].toInt()); };
    const size_t streams = count("streams"), layers = count("layers"), connected = count("connected"), inputs = streams + layers + connected + 1;
    const bool option = ctx->saved_data["option"].toBool();
    const auto stacked = [&](at::TensorList all) -> Stacked {
      return {all.slice(0, streams), all.slice(streams, layers), all.slice(streams + layers, connected), all[inputs - 1], option};
    };
    const at::TensorList all(saved);
    Variables result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one, in float32 also where the kernels round to bfloat16.
      result = gradients_by([&](const Variables& given) { return Stack::composite(stacked(given)); }, all.slice(0, inputs).vec(), gradients);
    } else {
      const at::Tensor gradient = gradients[0].to(at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
      result = Stack::backward(stacked(all), gradient, all.slice(inputs));
      result.push_back(gradient.sum({0, 2, 3}));
    }
    result.resize(result.size() + 2);  // option, learn
    return result;
  }
};

template <class Stack>
at::Tensor run_stack(const Stacked& g) {
  check_stack<Stack>(g);
  if (!has_kernels<Stack>(g)) return Stack::composite(g);
  return StackFunction<Stack>::apply(g.streams, g.layers, g.connected, g.bias, g.option, is_learned({g.streams, g.layers, g.connected, g.bias}));
}

// With autocast on, which `key` is.
template <class Stack>
at::Tensor run_stack_autocast(const Stacked& g, c10::DispatchKey key) {
  check_stack<Stack>(g);
  std::vector<at::Tensor> wide;
  for (const at::Tensor& x : g.streams) wide.push_back(x.scalar_type() == at::kBFloat16 ? x.to(at::kFloat) : x);
  const Stacked widened = {wide, g.layers, g.connected, g.bias, g.option};
  // Where there are no kernels, libtorch's own rules cast each convolution; what layers add to stays float32, as in the kernels.
  if (!has_kernels<Stack>(widened)) return Stack::composite(widened);
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return run_stack<Stack>(widened);
}

// The result before the layers add to it: the bias at every pixel of every image, channels last.
inline at::Tensor sum_of_bias(const Stacked& g) {
  const at::Tensor& x = g.streams[0];
  at::Tensor sum = at::empty({x.size(0), g.bias.size(0), x.size(2), x.size(3)}, x.options().requires_grad(false).memory_format(at::MemoryFormat::ChannelsLast));
  return sum.copy_(g.bias.view({1, -1, 1, 1}).expand_as(sum));
}

}  // namespace fused
