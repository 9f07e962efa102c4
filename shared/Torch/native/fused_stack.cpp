// replications::residual_stack: the blocks of a PixelCNN and the first matrices of its head, as one operator: see fused_stack.h.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <algorithm>

#include "fused_aligned.h"
#include "fused_autocast.h"
#include "fused_stack_weights.h"

namespace {

using at::Tensor;
using fused::StackShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto kChannelsLast = at::MemoryFormat::ChannelsLast;

// The same in operators that have derivatives of every order, for any device and type.
Tensor composite(Tensor x, at::TensorList blocks, at::TensorList connected, const Tensor& bias) {
  Tensor sum;
  const size_t layers = blocks.size() / fused::kBlockTensors, unconnected = layers - connected.size();
  for (size_t l = 0; l < layers; ++l) {
    const Tensor* w = &blocks[l * fused::kBlockTensors];
    const Tensor inner = at::conv2d(at::relu(x), w[0], w[1]).relu();
    x = x + at::conv2d(at::conv2d(inner, w[2], w[3], 1, 1).relu(), w[4], w[5]);
    if (l < unconnected) continue;
    const Tensor part = l + 1 < layers ? at::conv2d(at::relu(x), connected[l - unconnected]) : at::conv2d(at::relu(x), connected[l - unconnected], bias);
    sum = sum.defined() ? sum + part : part;
  }
  return sum;
}

StackShape shape_of(const Tensor& x, at::TensorList blocks, at::TensorList connected) {
  const int64_t layers = static_cast<int64_t>(blocks.size()) / fused::kBlockTensors;
  return {x.size(2), x.size(3), blocks[0].size(0), connected[0].size(0), layers, static_cast<int64_t>(connected.size())};
}

bool fits(const Tensor& x, at::TensorList blocks, at::TensorList connected) {
  const StackShape s = shape_of(x, blocks, connected);
  bool same = x.is_cpu() && x.scalar_type() == at::kFloat && s.h % 16 == 0 && s.head % 16 == 0 && s.width > 1;
  for (const Tensor& w : blocks) same = same && w.is_cpu() && w.scalar_type() == at::kFloat;
  return same && fused::stack_kernels(static_cast<const float*>(nullptr)) != nullptr;
}

// run(a number of the type to multiply in).
template <class F>
auto in_type(bool half, const F& run) {
  return fused::in_type(half, fused::stack_kernels(static_cast<const fused::Half16*>(nullptr)) != nullptr, run);
}

template <typename T>
Tensor run_forward(const StackShape& s, const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, Tensor* kept) {
  const int64_t images = x.size(0);
  const auto& kernels = *fused::stack_kernels(static_cast<const T*>(nullptr));
  const fused::PackedStack<T> weights(s, blocks, connected);
  Tensor sum = at::empty({images, s.head, s.height, s.width}, x.options().requires_grad(false).memory_format(kChannelsLast));
  sum.copy_(bias.view({1, s.head, 1, 1}).expand_as(sum));
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
variable_list run_backward(const StackShape& s, const Tensor& gradient, const Tensor& kept, at::TensorList blocks, at::TensorList connected) {
  const int64_t images = gradient.size(0);
  const auto& kernels = *fused::stack_kernels(static_cast<const T*>(nullptr));
  const fused::PackedStack<T> weights(s, blocks, connected);
  Tensor dx = at::empty({images, 2 * s.h, s.height, s.width}, gradient.options().memory_format(kChannelsLast));
  const int threads = at::get_num_threads();
  Tensor sums = at::zeros({threads, s.layers * s.block()}, gradient.options());
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    fused::AlignedVector<T> scratch(s.scratch_back());
    const auto places = fused::gradient_places(s, sums.data_ptr<float>() + at::get_thread_num() * sums.stride(0));
    for (int64_t n = from; n < to; ++n)
      kernels.backward(s, weights.blocks(), places.data(), gradient.data_ptr<float>() + n * s.pixels() * s.head,
                            reinterpret_cast<const T*>(kept.data_ptr<uint8_t>() + n * kept.stride(0)),
                            dx.data_ptr<float>() + n * s.pixels() * 2 * s.h, scratch.data());
  });
  variable_list result = fused::unpacked_gradients(s, threads > 1 ? sums.sum(0) : sums[0]);
  result.insert(result.begin(), dx);
  return result;
}

struct ResidualStack : torch::autograd::Function<ResidualStack> {
  static Tensor forward(AutogradContext* ctx, const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, bool half, bool learn) {
    const StackShape s = shape_of(x, blocks, connected);
    const Tensor rows = x.contiguous(kChannelsLast);
    Tensor kept;
    const Tensor sum = in_type(half, [&](auto t) { return run_forward<decltype(t)>(s, rows, blocks, connected, bias, learn ? &kept : nullptr); });
    variable_list saved = {x, bias, kept};
    saved.insert(saved.end(), blocks.begin(), blocks.end());
    saved.insert(saved.end(), connected.begin(), connected.end());
    ctx->save_for_backward(std::move(saved));
    ctx->saved_data["half"] = half;
    ctx->saved_data["blocks"] = static_cast<int64_t>(blocks.size());
    return sum;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], &bias = saved[1];
    const size_t count = ctx->saved_data["blocks"].toInt();
    const at::TensorList all(saved), blocks = all.slice(3, count), connected = all.slice(3 + count);
    variable_list result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one.
      variable_list inputs = {x};
      inputs.insert(inputs.end(), saved.begin() + 3, saved.end());
      inputs.push_back(bias);
      result = torch::autograd::grad({composite(x, blocks, connected, bias)}, inputs, gradients, true, true, true);
    } else {
      const StackShape s = shape_of(x, blocks, connected);
      const Tensor g = gradients[0].to(at::kFloat).contiguous(kChannelsLast);
      result = in_type(ctx->saved_data["half"].toBool(), [&](auto t) { return run_backward<decltype(t)>(s, g, saved[2], blocks, connected); });
      result.push_back(g.sum({0, 2, 3}));
    }
    result.resize(result.size() + 2);  // half, learn
    return result;
  }
};

Tensor residual_stack(const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, bool half) {
  TORCH_CHECK(x.dim() == 4 && !blocks.empty() && blocks.size() % fused::kBlockTensors == 0 && !connected.empty() &&
                  connected.size() <= blocks.size() / fused::kBlockTensors,
              "residual_stack takes images, ", fused::kBlockTensors, " tensors for each block, and a matrix for each of the last blocks");
  if (!fits(x, blocks, connected)) return composite(x, blocks, connected, bias);
  return ResidualStack::apply(x, blocks, connected, bias, half, c10::GradMode::is_enabled());
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor residual_stack_autocast(const Tensor& x, at::TensorList blocks, at::TensorList connected, const Tensor& bias, bool) {
  // Where there are no kernels, libtorch's own rules cast each convolution.
  const Tensor wide = x.scalar_type() == at::kBFloat16 ? x.to(at::kFloat) : x;
  if (!fits(wide, blocks, connected)) return composite(x, blocks, connected, bias);
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return residual_stack(wide, blocks, connected, bias, fused::autocast_type(device) == at::kBFloat16);
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
