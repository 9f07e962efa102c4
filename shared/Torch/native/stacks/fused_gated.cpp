// replications::gated_stack: the layers of a Gated PixelCNN and the first matrices of its head, as one operator: see fused_gated.h.
#include <torch/library.h>

#include "fused_aligned.h"
#include "fused_gated.h"
#include "fused_packing.h"
#include "fused_shares.h"
#include "fused_stacks.h"

namespace {

using at::Tensor;
using fused::GatedShape;
using fused::Stacked;
using torch::autograd::variable_list;

constexpr int64_t kLayerTensors = 7;  // Wv, bv, Wa, Wh, bh, Wo, bo

Tensor gate(const Tensor& x) {
  const auto halves = x.chunk(2, 1);
  return halves[0].tanh() * halves[1].sigmoid();
}

// Streams: v and h. The option: bfloat16.
struct GatedStack {
  static constexpr const char* kName = "gated_stack";
  static int64_t tensors(bool) { return kLayerTensors; }
  static void check(const Stacked&);
  static bool fits(const Stacked& g) { return g.streams[0].size(1) % 16 == 0 && g.bias.size(0) % 16 == 0 && fused::gated_kernels(static_cast<const float*>(nullptr)) != nullptr; }
  static Tensor composite(const Stacked&);
  static Tensor forward(const Stacked&, variable_list* kept);
  static variable_list backward(const Stacked&, const Tensor& gradient, at::TensorList kept);
};

Tensor GatedStack::composite(const Stacked& g) {
  Tensor v = g.streams[0], h = g.streams[1], sum = g.bias.view({1, -1, 1, 1});
  const int64_t layers = fused::layers_of<GatedStack>(g);
  for (int64_t l = 0; l < layers; ++l) {
    const Tensor* w = &g.layers[l * kLayerTensors];
    const Tensor a = at::conv2d(at::constant_pad_nd(v, {1, 1, 1, 0}), w[0], w[1]);
    const Tensor b = at::conv2d(h, w[3], w[4], 1, at::IntArrayRef({0, 1})) + at::conv2d(a, w[2]);
    v = gate(a);
    h = h + at::conv2d(gate(b), w[5], w[6]);
    const Tensor* connection = fused::connection_of(g, layers, l);
    if (connection != nullptr) sum = sum + at::conv2d(h.relu(), *connection);
  }
  return sum;
}

GatedShape shape_of(const Stacked& g) {
  const Tensor& v = g.streams[0];
  return {v.size(2), v.size(3), v.size(1), g.bias.size(0), fused::layers_of<GatedStack>(g), static_cast<int64_t>(g.connected.size())};
}

// run(a number of the type to multiply in).
template <class F>
auto in_type(bool half, const F& run) {
  return fused::in_type(half, fused::gated_kernels(static_cast<const fused::Half16*>(nullptr)) != nullptr, run);
}

template <typename T>
std::vector<fused::GatedWeights<T>> packed(const Stacked& g, fused::StackPacking<T>& packing) {
  const int64_t layers = fused::layers_of<GatedStack>(g);
  std::vector<fused::GatedWeights<T>> result(layers);
  for (int64_t l = 0; l < layers; ++l) {
    const Tensor* w = &g.layers[l * kLayerTensors];
    fused::GatedWeights<T>& to = result[l];
    to.wv = packing.matrix(w[0], fused::kAboveTaps), to.wa = packing.matrix(w[2], 1), to.wh = packing.matrix(w[3], fused::kLeftTaps), to.wo = packing.matrix(w[5], 1);
    to.bv = packing.plain(w[1]), to.bh = packing.plain(w[4]), to.bo = packing.plain(w[6]);
    const Tensor* connection = fused::connection_of(g, layers, l);
    if (connection != nullptr) to.connection = packing.matrix(*connection, 1);
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
  fused::SumReader reader(sums);
  for (int64_t l = 0; l < s.layers; ++l) {
    const int64_t p = s.p, wide = 2 * p;
    const Tensor wv = reader.weight(fused::kAboveTaps, p, wide, 2, 3), bv = reader.bias(wide), wa = reader.weight(1, wide, wide);
    const Tensor wh = reader.weight(fused::kLeftTaps, p, wide, 1, 3), bh = reader.bias(wide), wo = reader.weight(1, p, p), bo = reader.bias(p);
    const Tensor connection = reader.weight(1, p, s.head);
    result.insert(result.end(), {wv, bv, wa, wh, bh, wo, bo});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

template <typename T>
Tensor run_forward(const Stacked& g, Tensor* kept) {
  const GatedShape s = shape_of(g);
  const auto& kernels = *fused::gated_kernels(static_cast<const T*>(nullptr));
  fused::StackPacking<T> packing(s.layers * s.layer(), false);
  const auto weights = packed(g, packing);
  const Tensor &v = g.streams[0], &h = g.streams[1];
  const int64_t images = v.size(0), size = s.pixels() * s.p;
  const Tensor sum = fused::sum_of_bias(g);
  if (kept != nullptr) *kept = at::empty({images, s.kept() * static_cast<int64_t>(sizeof(T))}, v.options().dtype(at::kByte).requires_grad(false));
  fused::for_each_image(images, [&] {
    return [&, stream = fused::AlignedVector<float>(size), work = fused::AlignedVector<float>(s.work()), scratch = fused::AlignedVector<T>(s.scratch())](int64_t n) mutable {
      const float* image = h.data_ptr<float>() + n * size;
      std::copy(image, image + size, stream.begin());
      T* place = kept != nullptr ? reinterpret_cast<T*>(kept->data_ptr<uint8_t>() + n * kept->stride(0)) : nullptr;
      kernels.forward(s, weights.data(), v.data_ptr<float>() + n * size, stream.data(), sum.data_ptr<float>() + n * s.pixels() * s.head, place, scratch.data(), work.data());
    };
  });
  return sum;
}

template <typename T>
variable_list run_backward(const Stacked& g, const Tensor& gradient, const Tensor& kept) {
  const GatedShape s = shape_of(g);
  TORCH_CHECK(kept.size(1) == s.kept() * static_cast<int64_t>(sizeof(T)), "gated_stack: kernels of another type were chosen between a pass and its way back");
  const auto& kernels = *fused::gated_kernels(static_cast<const T*>(nullptr));
  fused::StackPacking<T> packing(s.layers * s.layer(), true);
  const auto weights = packed(g, packing);
  const int64_t images = gradient.size(0), shares = fused::shares_for_sums(images, s.pixels());
  const Tensor dv = at::empty({images, s.p, s.height, s.width}, gradient.options().memory_format(at::MemoryFormat::ChannelsLast)), dh = at::empty_like(dv);
  const Tensor sums = at::zeros({shares, s.layers * s.layer()}, gradient.options());
  fused::in_shares(images, shares, [&] {
    return [&, scratch = fused::AlignedVector<T>(s.scratch_back()), work = fused::AlignedVector<float>(s.work())](int64_t share, int64_t from, int64_t to) mutable {
      const auto places = gradient_places(s, sums.data_ptr<float>() + share * sums.stride(0));
      for (int64_t n = from; n < to; ++n) {
        const int64_t map = n * s.pixels();
        kernels.backward(s, weights.data(), places.data(), gradient.data_ptr<float>() + map * s.head, reinterpret_cast<const T*>(kept.data_ptr<uint8_t>() + n * kept.stride(0)),
                         dv.data_ptr<float>() + map * s.p, dh.data_ptr<float>() + map * s.p, scratch.data(), work.data());
      }
    };
  });
  variable_list result = gradients_from(s, fused::sum_of_shares(sums));
  result.insert(result.begin(), {dv, dh});
  return result;
}

Tensor GatedStack::forward(const Stacked& g, variable_list* kept) {
  if (kept != nullptr) kept->resize(1);
  return in_type(g.option, [&](auto t) { return run_forward<decltype(t)>(g, kept != nullptr ? kept->data() : nullptr); });
}

variable_list GatedStack::backward(const Stacked& g, const Tensor& gradient, at::TensorList kept) {
  return in_type(g.option, [&](auto t) { return run_backward<decltype(t)>(g, gradient, kept[0]); });
}

void GatedStack::check(const Stacked& g) {
  const int64_t p = g.streams[0].size(1);
  for (size_t l = 0; l < g.layers.size(); l += kLayerTensors) {
    const Tensor* w = &g.layers[l];
    TORCH_CHECK(w[0].sizes() == at::IntArrayRef({2 * p, p, 2, 3}), "gated_stack: the vertical weight must be [2p, p, 2, 3], not ", w[0].sizes());
    TORCH_CHECK(w[2].sizes() == at::IntArrayRef({2 * p, 2 * p, 1, 1}), "gated_stack: the weight across must be [2p, 2p, 1, 1], not ", w[2].sizes());
    TORCH_CHECK(w[3].sizes() == at::IntArrayRef({2 * p, p, 1, 3}), "gated_stack: the horizontal weight must be [2p, p, 1, 3], not ", w[3].sizes());
    TORCH_CHECK(w[5].sizes() == at::IntArrayRef({p, p, 1, 1}), "gated_stack: the output weight must be [p, p, 1, 1], not ", w[5].sizes());
    TORCH_CHECK(w[1].sizes() == at::IntArrayRef({2 * p}) && w[4].sizes() == at::IntArrayRef({2 * p}) && w[6].sizes() == at::IntArrayRef({p}),
                "gated_stack: biases must be [2p], [2p] and [p]");
  }
}

Tensor gated_stack(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool half) {
  const std::vector<Tensor> streams = {v, h};
  return fused::run_stack<GatedStack>({streams, layers, connected, bias, half});
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor gated_stack_autocast(const Tensor& v, const Tensor& h, at::TensorList layers, at::TensorList connected, const Tensor& bias, bool) {
  const std::vector<Tensor> streams = {v, h};
  return fused::run_stack_autocast<GatedStack>({streams, layers, connected, bias, fused::autocast_type(device) == at::kBFloat16}, key);
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
