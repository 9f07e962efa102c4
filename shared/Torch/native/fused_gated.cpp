// replications::gated_stack: the layers of a Gated PixelCNN and the first matrices of its head, as one operator: see fused_gated.h.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <algorithm>

#include "fused_aligned.h"
#include "fused_autocast.h"
#include "fused_gated.h"

namespace {

using at::Tensor;
using fused::GatedShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto kChannelsLast = at::MemoryFormat::ChannelsLast;
constexpr size_t kLayerTensors = 7;  // Wv, bv, Wa, Wh, bh, Wo, bo

Tensor gate(const Tensor& x) {
  const auto halves = x.chunk(2, 1);
  return halves[0].tanh() * halves[1].sigmoid();
}

// The same in operators that have derivatives of every order, for any device and type.
Tensor composite(Tensor v, Tensor h, at::TensorList layers, at::TensorList connected, const Tensor& bias) {
  Tensor sum = bias.view({1, -1, 1, 1});
  const size_t count = layers.size() / kLayerTensors;
  for (size_t l = 0; l < count; ++l) {
    const Tensor* w = &layers[l * kLayerTensors];
    const Tensor a = at::conv2d(at::constant_pad_nd(v, {1, 1, 1, 0}), w[0], w[1]);
    const Tensor b = at::conv2d(h, w[3], w[4], 1, at::IntArrayRef({0, 1})) + at::conv2d(a, w[2]);
    v = gate(a);
    h = h + at::conv2d(gate(b), w[5], w[6]);
    const size_t unconnected = count - connected.size();
    if (l >= unconnected) sum = sum + at::conv2d(h.relu(), connected[l - unconnected]);
  }
  return sum;
}

GatedShape shape_of(const Tensor& v, at::TensorList layers, at::TensorList connected) {
  return {v.size(2), v.size(3), v.size(1), connected[0].size(0), static_cast<int64_t>(layers.size() / kLayerTensors), static_cast<int64_t>(connected.size())};
}

bool fits(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected) {
  const GatedShape s = shape_of(v, layers, connected);
  const auto plain = [](const Tensor& t) { return t.is_cpu() && t.scalar_type() == at::kFloat; };
  bool same = plain(v) && plain(h) && s.p % 16 == 0 && s.head % 16 == 0 && v.numel() > 0;
  for (const Tensor& w : layers) same = same && plain(w);
  for (const Tensor& w : connected) same = same && plain(w);
  return same && fused::gated_kernels(static_cast<const float*>(nullptr)) != nullptr;
}

// run(a number of the type to multiply in). Products of pairs have no kernels here.
template <class F>
auto in_type(bool half, const F& run) {
  return half ? run(fused::Rounded()) : run(float());
}

// A weight [outputs, inputs, rows, columns] whose first taps alone count, as the kernels multiply it.
template <typename T>
const T* laid_out(const Tensor& weight, int64_t taps, bool back, std::vector<Tensor>& kept) {
  Tensor w = weight.flatten(2).narrow(2, 0, taps).permute(back ? at::IntArrayRef({2, 0, 1}) : at::IntArrayRef({2, 1, 0}));
  if (std::is_same_v<T, fused::Rounded>) w = w.to(at::kBFloat16).to(at::kFloat);
  kept.push_back(w.contiguous());
  return reinterpret_cast<const T*>(kept.back().data_ptr<float>());
}

template <typename T>
std::vector<fused::GatedWeights<T>> laid_out(const GatedShape& s, at::TensorList layers, at::TensorList connected, std::vector<Tensor>& kept) {
  const auto bias = [&](const Tensor& b) {
    kept.push_back(b.contiguous());
    return static_cast<const float*>(kept.back().data_ptr<float>());
  };
  std::vector<fused::GatedWeights<T>> result(s.layers);
  for (int64_t l = 0; l < s.layers; ++l) {
    const Tensor* w = &layers[l * kLayerTensors];
    fused::GatedWeights<T>& to = result[l];
    const auto both = [&](const Tensor& weight, int64_t taps, const T*& forward, const T*& back) {
      forward = laid_out<T>(weight, taps, false, kept);
      back = laid_out<T>(weight, taps, true, kept);
    };
    both(w[0], fused::kAboveTaps, to.wv, to.wv_back);
    both(w[2], 1, to.wa, to.wa_back);
    both(w[3], fused::kLeftTaps, to.wh, to.wh_back);
    both(w[5], 1, to.wo, to.wo_back);
    if (s.is_connected(l)) both(connected[l - s.layers + s.connected], 1, to.connection, to.connection_back);
    to.bv = bias(w[1]), to.bh = bias(w[4]), to.bo = bias(w[6]);
  }
  return result;
}

std::vector<fused::GatedGradients> gradient_places(const GatedShape& s, float* sums) {
  std::vector<fused::GatedGradients> places(s.layers);
  for (fused::GatedGradients& p : places) {
    const int64_t wide = 2 * s.p;
    p.wv = sums, p.bv = p.wv + fused::kAboveTaps * s.p * wide;
    p.wa = p.bv + wide, p.wh = p.wa + wide * wide;
    p.bh = p.wh + fused::kLeftTaps * s.p * wide, p.wo = p.bh + wide;
    p.bo = p.wo + s.p * s.p, p.connection = p.bo + s.p;
    sums += s.layer();
  }
  return places;
}

// Gradients as libtorch lays the weights out, from one sum of each: kLayerTensors for each layer, then the connections.
variable_list gradients_from(const GatedShape& s, const Tensor& sums) {
  variable_list result, connections;
  int64_t at = 0;
  const auto take = [&](at::IntArrayRef sizes) {
    const int64_t count = c10::multiply_integers(sizes);
    at += count;
    return sums.narrow(0, at - count, count).view(sizes);
  };
  // [taps, inputs, outputs] to [outputs, inputs, rows, columns]; taps that are not multiplied get nothing.
  const auto weight = [&](int64_t taps, int64_t inputs, int64_t outputs, int64_t rows, int64_t columns) {
    const Tensor found = take({taps, inputs, outputs}).permute({2, 1, 0});
    return at::constant_pad_nd(found, {0, rows * columns - taps}).view({outputs, inputs, rows, columns});
  };
  for (int64_t l = 0; l < s.layers; ++l) {
    const int64_t p = s.p, wide = 2 * p;
    const Tensor wv = weight(fused::kAboveTaps, p, wide, 2, 3), bv = take({wide}).clone(), wa = weight(1, wide, wide, 1, 1);
    const Tensor wh = weight(fused::kLeftTaps, p, wide, 1, 3), bh = take({wide}).clone(), wo = weight(1, p, p, 1, 1), bo = take({p}).clone();
    const Tensor connection = weight(1, p, s.head, 1, 1);
    result.insert(result.end(), {wv, bv, wa, wh, bh, wo, bo});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

template <typename T>
Tensor run_forward(const GatedShape& s, const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, Tensor* kept) {
  const auto& kernels = *fused::gated_kernels(static_cast<const T*>(nullptr));
  std::vector<Tensor> tensors;
  const auto weights = laid_out<T>(s, layers, connected, tensors);
  const int64_t images = v.size(0), size = s.pixels() * s.p;
  const auto floats = v.options().requires_grad(false);
  Tensor sum = at::empty({images, s.head, s.height, s.width}, floats.memory_format(kChannelsLast));
  sum.copy_(bias.view({1, s.head, 1, 1}).expand_as(sum));
  if (kept != nullptr) *kept = at::empty({images, s.kept()}, floats);
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    fused::AlignedVector<float> stream(size), work(s.work());
    fused::AlignedVector<T> scratch(s.scratch());
    for (int64_t n = from; n < to; ++n) {
      const float* image = h.data_ptr<float>() + n * size;
      std::copy(image, image + size, stream.begin());
      T* place = kept != nullptr ? reinterpret_cast<T*>(kept->data_ptr<float>() + n * s.kept()) : nullptr;
      kernels.forward(s, weights.data(), v.data_ptr<float>() + n * size, stream.data(), sum.data_ptr<float>() + n * s.pixels() * s.head, place, scratch.data(), work.data());
    }
  });
  return sum;
}

// Of v, h, the layers and the connections.
template <typename T>
variable_list run_backward(const GatedShape& s, const Tensor& gradient, const Tensor& kept, at::TensorList layers, at::TensorList connected) {
  const auto& kernels = *fused::gated_kernels(static_cast<const T*>(nullptr));
  std::vector<Tensor> tensors;
  const auto weights = laid_out<T>(s, layers, connected, tensors);
  const int64_t images = gradient.size(0), threads = at::get_num_threads();
  const Tensor dv = at::empty({images, s.p, s.height, s.width}, gradient.options().memory_format(kChannelsLast)), dh = at::empty_like(dv);
  const Tensor sums = at::zeros({threads, s.layers * s.layer()}, gradient.options());
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    fused::AlignedVector<T> scratch(s.scratch_back());
    fused::AlignedVector<float> work(s.work());
    const auto places = gradient_places(s, sums.data_ptr<float>() + at::get_thread_num() * sums.stride(0));
    for (int64_t n = from; n < to; ++n) {
      const int64_t map = n * s.pixels();
      kernels.backward(s, weights.data(), places.data(), gradient.data_ptr<float>() + map * s.head, reinterpret_cast<const T*>(kept.data_ptr<float>() + n * s.kept()),
                       dv.data_ptr<float>() + map * s.p, dh.data_ptr<float>() + map * s.p, scratch.data(), work.data());
    }
  });
  variable_list result = gradients_from(s, threads > 1 ? sums.sum(0) : sums[0]);
  result.insert(result.begin(), {dv, dh});
  return result;
}

struct GatedStack : torch::autograd::Function<GatedStack> {
  static Tensor forward(AutogradContext* ctx, const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool half,
                        bool learn) {
    const GatedShape s = shape_of(v, layers, connected);
    const Tensor rows = v.contiguous(kChannelsLast), stream = h.contiguous(kChannelsLast);
    Tensor kept;
    const Tensor sum = in_type(half, [&](auto t) { return run_forward<decltype(t)>(s, rows, stream, layers, connected, bias, learn ? &kept : nullptr); });
    variable_list saved = {v, h, bias, kept};
    saved.insert(saved.end(), layers.begin(), layers.end());
    saved.insert(saved.end(), connected.begin(), connected.end());
    ctx->save_for_backward(std::move(saved));
    ctx->saved_data["half"] = half;
    ctx->saved_data["layers"] = static_cast<int64_t>(layers.size());
    return sum;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &v = saved[0], &h = saved[1], &bias = saved[2];
    const size_t count = ctx->saved_data["layers"].toInt();
    const at::TensorList all(saved), layers = all.slice(4, count), connected = all.slice(4 + count);
    variable_list result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one.
      variable_list inputs = {v, h};
      inputs.insert(inputs.end(), saved.begin() + 4, saved.end());
      inputs.push_back(bias);
      result = torch::autograd::grad({composite(v, h, layers, connected, bias)}, inputs, gradients, true, true, true);
    } else {
      const GatedShape s = shape_of(v, layers, connected);
      const Tensor g = gradients[0].to(at::kFloat).contiguous(kChannelsLast);
      result = in_type(ctx->saved_data["half"].toBool(), [&](auto t) { return run_backward<decltype(t)>(s, g, saved[3], layers, connected); });
      result.push_back(g.sum({0, 2, 3}));
    }
    result.resize(result.size() + 2);  // half, learn
    return result;
  }
};

void check(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias) {
  TORCH_CHECK(v.dim() == 4 && v.sizes() == h.sizes(), "gated_stack takes two stacks of images of one size");
  TORCH_CHECK(!layers.empty() && layers.size() % kLayerTensors == 0 && !connected.empty() && connected.size() <= layers.size() / kLayerTensors,
              "gated_stack takes ", kLayerTensors, " tensors for each layer, and a matrix for each of the last layers");
  const int64_t p = v.size(1);
  for (size_t l = 0; l < layers.size(); l += kLayerTensors) {
    TORCH_CHECK(layers[l].sizes() == at::IntArrayRef({2 * p, p, 2, 3}), "gated_stack: the vertical weight must be [2p, p, 2, 3], not ", layers[l].sizes());
    TORCH_CHECK(layers[l + 2].sizes() == at::IntArrayRef({2 * p, 2 * p, 1, 1}), "gated_stack: the weight across must be [2p, 2p, 1, 1], not ", layers[l + 2].sizes());
    TORCH_CHECK(layers[l + 3].sizes() == at::IntArrayRef({2 * p, p, 1, 3}), "gated_stack: the horizontal weight must be [2p, p, 1, 3], not ", layers[l + 3].sizes());
    TORCH_CHECK(layers[l + 5].sizes() == at::IntArrayRef({p, p, 1, 1}), "gated_stack: the output weight must be [p, p, 1, 1], not ", layers[l + 5].sizes());
    TORCH_CHECK(layers[l + 1].sizes() == at::IntArrayRef({2 * p}) && layers[l + 4].sizes() == at::IntArrayRef({2 * p}) && layers[l + 6].sizes() == at::IntArrayRef({p}),
                "gated_stack: biases must be [2p], [2p] and [p]");
  }
  TORCH_CHECK(bias.dim() == 1, "gated_stack: the bias must be [head]");
  for (const Tensor& w : connected)
    TORCH_CHECK(w.sizes() == at::IntArrayRef({bias.size(0), p, 1, 1}), "gated_stack: connections must be [head, p, 1, 1], not ", w.sizes());
}

Tensor gated_stack(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool half) {
  check(v, h, layers, connected, bias);
  if (!fits(v, h, layers, connected)) return composite(v, h, layers, connected, bias);
  return GatedStack::apply(v, h, layers, connected, bias, half, c10::GradMode::is_enabled());
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor gated_stack_autocast(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool) {
  const auto widened = [](const Tensor& t) { return t.scalar_type() == at::kBFloat16 ? t.to(at::kFloat) : t; };
  check(v, h, layers, connected, bias);
  const Tensor wide_v = widened(v), wide_h = widened(h);
  // Where there are no kernels, libtorch's own rules cast each convolution.
  if (!fits(wide_v, wide_h, layers, connected)) return composite(v, h, layers, connected, bias);
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return gated_stack(wide_v, wide_h, layers, connected, bias, fused::autocast_type(device) == at::kBFloat16);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("gated_stack(Tensor vertical, Tensor horizontal, Tensor[] layers, Tensor[] connected, Tensor bias, bool half=False) -> Tensor", &gated_stack);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) {
  m.impl("gated_stack", &gated_stack_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) {
  m.impl("gated_stack", &gated_stack_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}
