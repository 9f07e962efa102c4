// replications::residual_stack: the blocks of a PixelCNN and the first matrices of its head, as one operator: see fused_residual.h.
#include <torch/library.h>

#include "fused_aligned.h"
#include "fused_packing.h"
#include "fused_residual.h"
#include "fused_shares.h"
#include "fused_stacks.h"

namespace {

using at::Tensor;
using fused::ResidualShape;
using fused::Stacked;
using torch::autograd::variable_list;

constexpr int64_t kBlockTensors = 6;  // W1, b1, W2, b2, W3, b3

// One stream. The option: bfloat16.
struct ResidualStack {
  static constexpr const char* kName = "residual_stack";
  static int64_t tensors(bool) { return kBlockTensors; }
  static void check(const Stacked&);
  static bool fits(const Stacked&);
  static Tensor composite(const Stacked&);
  static Tensor forward(const Stacked&, variable_list* kept);
  static variable_list backward(const Stacked&, const Tensor& gradient, at::TensorList kept);
};

Tensor ResidualStack::composite(const Stacked& g) {
  Tensor x = g.streams[0], sum;
  const int64_t layers = fused::layers_of<ResidualStack>(g);
  for (int64_t l = 0; l < layers; ++l) {
    const Tensor* w = &g.layers[l * kBlockTensors];
    const Tensor inner = at::conv2d(at::relu(x), w[0], w[1]).relu();
    x = x + at::conv2d(at::conv2d(inner, w[2], w[3], 1, 1).relu(), w[4], w[5]);
    const Tensor* connection = fused::connection_of(g, layers, l);
    if (connection == nullptr) continue;
    const Tensor part = l + 1 < layers ? at::conv2d(at::relu(x), *connection) : at::conv2d(at::relu(x), *connection, g.bias);
    sum = sum.defined() ? sum + part : part;
  }
  return sum;
}

ResidualShape shape_of(const Stacked& g) {
  const Tensor& x = g.streams[0];
  return {x.size(2), x.size(3), x.size(1) / 2, g.bias.size(0), fused::layers_of<ResidualStack>(g), static_cast<int64_t>(g.connected.size())};
}

bool ResidualStack::fits(const Stacked& g) {
  const ResidualShape s = shape_of(g);
  return s.h % 16 == 0 && s.head % 16 == 0 && s.width > 1 && fused::residual_kernels(static_cast<const float*>(nullptr)) != nullptr;
}

// run(a number of the type to multiply in).
template <class F>
auto in_type(bool half, const F& run) {
  return fused::in_type(half, fused::residual_kernels(static_cast<const fused::Half16*>(nullptr)) != nullptr, run);
}

template <typename T>
std::vector<fused::BlockWeights<T>> packed(const Stacked& g, fused::StackPacking<T>& packing) {
  const int64_t layers = fused::layers_of<ResidualStack>(g);
  std::vector<fused::BlockWeights<T>> result(layers);
  for (int64_t l = 0; l < layers; ++l) {
    const Tensor* w = &g.layers[l * kBlockTensors];
    fused::BlockWeights<T>& to = result[l];
    to.w1 = packing.matrix(w[0], 1), to.w2 = packing.matrix(w[2], fused::kTaps), to.w3 = packing.matrix(w[4], 1);
    to.b1 = packing.plain(w[1]), to.b2 = packing.plain(w[3]), to.b3 = packing.plain(w[5]);
    const Tensor* connection = fused::connection_of(g, layers, l);
    if (connection != nullptr) to.connection = packing.matrix(*connection, 1);
  }
  return result;
}

// Places for the gradients of each block in ResidualShape::block() floats.
std::vector<fused::BlockGradients> gradient_places(const ResidualShape& s, float* sums) {
  std::vector<fused::BlockGradients> places(s.layers);
  for (fused::BlockGradients& p : places) {
    const int64_t h = s.h;
    p.w1 = sums, p.b1 = p.w1 + 2 * h * h;
    p.w2 = p.b1 + h, p.b2 = p.w2 + fused::kTaps * h * h;
    p.w3 = p.b2 + h, p.b3 = p.w3 + 2 * h * h;
    p.connection = p.b3 + 2 * h;
    sums += s.block();
  }
  return places;
}

// Gradients as libtorch lays the weights out, from one sum of each: kBlockTensors for each block, then the connections.
variable_list gradients_from(const ResidualShape& s, const Tensor& sums) {
  const int64_t h = s.h, wide = 2 * h;
  variable_list result, connections;
  fused::SumReader reader(sums);
  for (int64_t l = 0; l < s.layers; ++l) {
    const Tensor w1 = reader.weight(1, wide, h), b1 = reader.bias(h), w2 = reader.weight(fused::kTaps, h, h, 3, 3), b2 = reader.bias(h);
    const Tensor w3 = reader.weight(1, h, wide), b3 = reader.bias(wide), connection = reader.weight(1, wide, s.head);
    result.insert(result.end(), {w1, b1, w2, b2, w3, b3});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

template <typename T>
Tensor run_forward(const Stacked& g, Tensor* kept) {
  const ResidualShape s = shape_of(g);
  const Tensor& x = g.streams[0];
  const int64_t images = x.size(0);
  const auto& kernels = *fused::residual_kernels(static_cast<const T*>(nullptr));
  fused::StackPacking<T> packing(s.layers * s.block(), false);
  const auto weights = packed(g, packing);
  const Tensor sum = fused::sum_of_bias(g);
  if (kept != nullptr) *kept = at::empty({images, s.kept() * static_cast<int64_t>(sizeof(T))}, x.options().dtype(at::kByte).requires_grad(false));
  const int64_t size = s.pixels() * 2 * s.h;
  fused::for_each_image(images, [&] {
    return [&, stream = fused::AlignedVector<float>(size), scratch = fused::AlignedVector<T>(s.scratch())](int64_t n) mutable {
      const float* image = x.data_ptr<float>() + n * size;
      std::copy(image, image + size, stream.begin());
      T* place = kept != nullptr ? reinterpret_cast<T*>(kept->data_ptr<uint8_t>() + n * kept->stride(0)) : nullptr;
      kernels.forward(s, weights.data(), stream.data(), sum.data_ptr<float>() + n * s.pixels() * s.head, place, scratch.data());
    };
  });
  return sum;
}

template <typename T>
variable_list run_backward(const Stacked& g, const Tensor& gradient, const Tensor& kept) {
  const ResidualShape s = shape_of(g);
  TORCH_CHECK(kept.size(1) == s.kept() * static_cast<int64_t>(sizeof(T)), "residual_stack: kernels of another type were chosen between a pass and its way back");
  const int64_t images = gradient.size(0);
  const auto& kernels = *fused::residual_kernels(static_cast<const T*>(nullptr));
  fused::StackPacking<T> packing(s.layers * s.block(), true);
  const auto weights = packed(g, packing);
  Tensor dx = at::empty({images, 2 * s.h, s.height, s.width}, gradient.options().memory_format(at::MemoryFormat::ChannelsLast));
  const int64_t shares = fused::shares_for_sums(images, s.pixels());
  const Tensor sums = at::zeros({shares, s.layers * s.block()}, gradient.options());
  fused::in_shares(images, shares, [&] {
    return [&, scratch = fused::AlignedVector<T>(s.scratch_back())](int64_t share, int64_t from, int64_t to) mutable {
      const auto places = gradient_places(s, sums.data_ptr<float>() + share * sums.stride(0));
      for (int64_t n = from; n < to; ++n)
        kernels.backward(s, weights.data(), places.data(), gradient.data_ptr<float>() + n * s.pixels() * s.head,
                         reinterpret_cast<const T*>(kept.data_ptr<uint8_t>() + n * kept.stride(0)), dx.data_ptr<float>() + n * s.pixels() * 2 * s.h, scratch.data());
    };
  });
  variable_list result = gradients_from(s, fused::sum_of_shares(sums));
  result.insert(result.begin(), dx);
  return result;
}

Tensor ResidualStack::forward(const Stacked& g, variable_list* kept) {
  if (kept != nullptr) kept->resize(1);
  return in_type(g.option, [&](auto t) { return run_forward<decltype(t)>(g, kept != nullptr ? kept->data() : nullptr); });
}

variable_list ResidualStack::backward(const Stacked& g, const Tensor& gradient, at::TensorList kept) {
  return in_type(g.option, [&](auto t) { return run_backward<decltype(t)>(g, gradient, kept[0]); });
}

void ResidualStack::check(const Stacked& g) {
  const int64_t wide = g.streams[0].size(1), h = wide / 2;
  TORCH_CHECK(wide % 2 == 0, "residual_stack takes images of 2h features, not ", g.streams[0].sizes());
  for (size_t l = 0; l < g.layers.size(); l += kBlockTensors) {
    const Tensor* w = &g.layers[l];
    TORCH_CHECK(w[0].sizes() == at::IntArrayRef({h, wide, 1, 1}) && w[2].sizes() == at::IntArrayRef({h, h, 3, 3}) && w[4].sizes() == at::IntArrayRef({wide, h, 1, 1}),
                "residual_stack: weights must be [h, 2h, 1, 1], [h, h, 3, 3] and [2h, h, 1, 1], not ", w[0].sizes(), ", ", w[2].sizes(), " and ", w[4].sizes());
    TORCH_CHECK(w[1].sizes() == at::IntArrayRef({h}) && w[3].sizes() == at::IntArrayRef({h}) && w[5].sizes() == at::IntArrayRef({wide}),
                "residual_stack: biases must be [h], [h] and [2h]");
  }
}

Tensor residual_stack(const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, bool half) {
  return fused::run_stack<ResidualStack>({x, blocks, connected, bias, half});
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor residual_stack_autocast(const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, bool) {
  return fused::run_stack_autocast<ResidualStack>({x, blocks, connected, bias, fused::autocast_type(device) == at::kBFloat16}, key);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("residual_stack(Tensor input, Tensor[] blocks, Tensor[] connected, Tensor bias, bool half=False) -> Tensor", &residual_stack);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) {
  m.impl("residual_stack", &residual_stack_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) {
  m.impl("residual_stack", &residual_stack_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}
