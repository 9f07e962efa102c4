// replications::residual_stack: the blocks of a PixelCNN and the first matrices of its head, as one operator: see fused_residual.h.
#include <torch/library.h>

#include <ATen/Parallel.h>

#include "fused_aligned.h"
#include "fused_residual_weights.h"
#include "fused_stacks.h"

namespace {

using at::Tensor;
using fused::ResidualShape;
using fused::Stacked;
using torch::autograd::variable_list;

// One stream. The option: bfloat16.
struct ResidualStack {
  static constexpr const char* kName = "residual_stack";
  static int64_t tensors(bool) { return fused::kBlockTensors; }
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
    const Tensor* w = &g.layers[l * fused::kBlockTensors];
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
Tensor run_forward(const Stacked& g, Tensor* kept) {
  const ResidualShape s = shape_of(g);
  const Tensor& x = g.streams[0];
  const int64_t images = x.size(0);
  const auto& kernels = *fused::residual_kernels(static_cast<const T*>(nullptr));
  const fused::PackedResidual<T> weights(s, g.layers, g.connected);
  const Tensor sum = fused::sum_of_bias(g);
  if (kept != nullptr) *kept = at::empty({images, s.kept() * static_cast<int64_t>(sizeof(T))}, x.options().dtype(at::kByte).requires_grad(false));
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    const int64_t size = s.pixels() * 2 * s.h;
    fused::AlignedVector<float> stream(size);
    fused::AlignedVector<T> scratch(s.scratch());
    for (int64_t n = from; n < to; ++n) {
      const float* image = x.data_ptr<float>() + n * size;
      std::copy(image, image + size, stream.begin());
      T* place = kept != nullptr ? reinterpret_cast<T*>(kept->data_ptr<uint8_t>() + n * kept->stride(0)) : nullptr;
      kernels.forward(s, weights.blocks(), stream.data(), sum.data_ptr<float>() + n * s.pixels() * s.head, place, scratch.data());
    }
  });
  return sum;
}

template <typename T>
variable_list run_backward(const Stacked& g, const Tensor& gradient, const Tensor& kept) {
  const ResidualShape s = shape_of(g);
  TORCH_CHECK(kept.size(1) == s.kept() * static_cast<int64_t>(sizeof(T)), "residual_stack: kernels of another type were chosen between a pass and its way back");
  const int64_t images = gradient.size(0);
  const auto& kernels = *fused::residual_kernels(static_cast<const T*>(nullptr));
  const fused::PackedResidual<T> weights(s, g.layers, g.connected);
  Tensor dx = at::empty({images, 2 * s.h, s.height, s.width}, gradient.options().memory_format(at::MemoryFormat::ChannelsLast));
  const int threads = at::get_num_threads();
  Tensor sums = at::zeros({threads, s.layers * s.block()}, gradient.options());
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    fused::AlignedVector<T> scratch(s.scratch_back());
    const auto places = fused::gradient_places(s, sums.data_ptr<float>() + at::get_thread_num() * sums.stride(0));
    for (int64_t n = from; n < to; ++n)
      kernels.backward(s, weights.blocks(), places.data(), gradient.data_ptr<float>() + n * s.pixels() * s.head,
                       reinterpret_cast<const T*>(kept.data_ptr<uint8_t>() + n * kept.stride(0)), dx.data_ptr<float>() + n * s.pixels() * 2 * s.h, scratch.data());
  });
  variable_list result = fused::unpacked_gradients(s, threads > 1 ? sums.sum(0) : sums[0]);
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
  for (size_t l = 0; l < g.layers.size(); l += fused::kBlockTensors) {
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
