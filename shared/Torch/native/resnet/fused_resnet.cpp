// replications::gated_resnet: a gated resnet of PixelCNN++ as one operator: see fused_resnet.h.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <optional>

#include "fused_autocast.h"
#include "fused_resnet_weights.h"
#include "fused_second.h"
#include "fused_shares.h"

namespace {

using at::Tensor;
using fused::Dropout;
using fused::OptionalTensor;
using fused::ResnetShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto kChannelsLast = at::MemoryFormat::ChannelsLast;

// Everything but the numbers of the features.
struct Inputs {
  Tensor x;
  std::vector<Tensor> auxiliary;
  Tensor v1, g1, b1, va, ga, v2, g2, b2, shift;  // va, ga and shift may be undefined
  ResnetShape shape() const {
    int64_t features = 0;
    for (const Tensor& a : auxiliary) features += a.size(1);
    return {x.size(2), x.size(3), x.size(1), features, v1.size(3), false};
  }
  std::vector<Tensor> all() const {
    std::vector<Tensor> list = {x, v1, g1, b1, va, ga, v2, g2, b2, shift};
    list.insert(list.end(), auxiliary.begin(), auxiliary.end());
    return list;
  }
  static Inputs from(const variable_list& list) {
    return {list[0], {list.begin() + 10, list.end()}, list[1], list[2], list[3], list[4], list[5], list[6], list[7], list[8], list[9]};
  }
};

// The weights as they are multiplied, from the norms of their directions.
struct Matrices {
  Tensor norms[3];
  fused::Matrix first, beside, second;
  Matrices(const Inputs& i, const Tensor& n1, const Tensor& na, const Tensor& n2, bool winograd)
      : norms{n1, na, n2},
        first{i.v1.contiguous(), scale(i.g1, n1), false, true, winograd},
        beside{i.va.defined() ? i.va.contiguous() : i.va, scale(i.ga, na), false, true},
        second{i.v2.contiguous(), scale(i.g2, n2), true, true, winograd} {}
  Matrices(const Inputs& i, bool winograd) : Matrices(i, fused::norms(i.v1), i.va.defined() ? fused::norms(i.va) : Tensor(), fused::norms(i.v2), winograd) {}

 private:
  static Tensor scale(const Tensor& g, const Tensor& norm) { return g.defined() ? g.div(norm) : Tensor(); }
};

Inputs inputs_of(const Tensor& x, at::TensorList auxiliary, const Tensor& v1, const Tensor& g1, const Tensor& b1, const OptionalTensor& va, const OptionalTensor& ga,
                 const Tensor& v2, const Tensor& g2, const Tensor& b2, const OptionalTensor& shift) {
  return {x, auxiliary.vec(), v1, g1, b1, va.value_or(Tensor()), ga.value_or(Tensor()), v2, g2, b2, shift.value_or(Tensor())};
}

// libtorch's own weight normalisation.
Tensor normalised(const Tensor& v, const Tensor& g) { return at::_weight_norm(v, g.reshape({-1, 1, 1, 1}), 0); }

Tensor concat_elu(const Tensor& x) { return at::elu(at::cat({x, x.neg()}, 1)); }

// A row above, and columns so that a pixel sees one to its left.
Tensor padded(const Tensor& x, int64_t columns) { return at::constant_pad_nd(x, {1, columns - 2, 1, 0}); }

// The same in operators that have derivatives of every order, for any device and type.
Tensor composite(const Inputs& i, double dropout) {
  const int64_t columns = i.v1.size(3);
  Tensor c = at::conv2d(padded(concat_elu(i.x), columns), normalised(i.v1, i.g1), i.b1);
  if (!i.auxiliary.empty()) c = c + at::conv2d(concat_elu(at::cat(i.auxiliary, 1)), normalised(i.va, i.ga));
  c = concat_elu(c);
  if (dropout > 0) c = at::dropout(c, dropout, true);
  c = at::conv2d(padded(c, columns), normalised(i.v2, i.g2), i.b2);
  if (i.shift.defined()) c = c + i.shift.unsqueeze(2).unsqueeze(3);
  const auto halves = c.chunk(2, 1);
  return i.x + halves[0] * halves[1].sigmoid();
}

bool fits(const Inputs& i) {
  const auto plain = [](const Tensor& t) { return !t.defined() || (t.is_cpu() && t.scalar_type() == at::kFloat); };
  bool same = i.x.size(1) % fused::kGroup == 0 && i.x.numel() > 0 && (i.v1.size(3) == 2 || i.v1.size(3) == 3);
  for (const Tensor& t : i.all()) same = same && plain(t);
  for (const Tensor& a : i.auxiliary) same = same && a.size(1) % fused::kGroup == 0;
  return same && fused::resnet_kernels(static_cast<const float*>(nullptr)) != nullptr;
}

// run(a number of the type to multiply in).
template <class F>
auto in_type(bool half, const F& run) {
  return fused::in_type(half, fused::resnet_kernels(static_cast<const fused::Half16*>(nullptr)) != nullptr, run);
}

void check(const Inputs& i, double dropout) {
  TORCH_CHECK(i.x.dim() == 4 && i.v1.dim() == 4 && i.v2.dim() == 4, "gated_resnet takes images and weights of four dimensions");
  const int64_t f = i.x.size(1);
  TORCH_CHECK(i.v1.sizes() == at::IntArrayRef({f, 2 * f, 2, i.v1.size(3)}), "gated_resnet: the first weight must be [F, 2F, 2, columns], not ", i.v1.sizes());
  TORCH_CHECK(i.v2.sizes() == at::IntArrayRef({2 * f, 2 * f, 2, i.v1.size(3)}), "gated_resnet: the second weight must be [2F, 2F, 2, columns], not ", i.v2.sizes());
  TORCH_CHECK(i.b1.sizes() == at::IntArrayRef({f}) && i.b2.sizes() == at::IntArrayRef({2 * f}), "gated_resnet: biases must be [F] and [2F]");
  for (const Tensor& a : i.auxiliary)
    TORCH_CHECK(a.dim() == 4 && a.size(0) == i.x.size(0) && a.size(2) == i.x.size(2) && a.size(3) == i.x.size(3), "gated_resnet: auxiliary inputs must be images of the same size");
  TORCH_CHECK(i.auxiliary.empty() != i.va.defined() && i.va.defined() == i.ga.defined(), "gated_resnet: auxiliary inputs, their weight and its lengths go together");
  TORCH_CHECK(!i.va.defined() || i.va.sizes() == at::IntArrayRef({f, 2 * i.shape().auxiliary, 1, 1}), "gated_resnet: the auxiliary weight must be [F, 2A, 1, 1], not ", i.va.sizes());
  TORCH_CHECK(i.g1.sizes() == at::IntArrayRef({f}) && i.g2.sizes() == at::IntArrayRef({2 * f}) && (!i.ga.defined() || i.ga.sizes() == at::IntArrayRef({f})),
              "gated_resnet: a weight has a length for each output");
  TORCH_CHECK(!i.shift.defined() || i.shift.sizes() == at::IntArrayRef({i.x.size(0), 2 * f}), "gated_resnet: a shift must be [N, 2F]");
  TORCH_CHECK(dropout >= 0 && dropout < 1, "gated_resnet: dropout must lie in [0, 1), not ", dropout);
}

// One image of each input.
class Images {
 public:
  explicit Images(const Inputs& i) {
    if (i.x.defined()) x_ = i.x.contiguous(kChannelsLast);
    for (const Tensor& a : i.auxiliary) {
      maps_.push_back(a.contiguous(kChannelsLast));
      widths_.push_back(a.size(1));
    }
    if (i.shift.defined()) shift_ = fused::halves_in_blocks(i.shift);
  }
  // `auxiliary` is where the list of pointers is kept.
  fused::ResnetImage at(int64_t n, std::vector<const float*>& auxiliary) const {
    auxiliary.clear();
    for (const Tensor& map : maps_) auxiliary.push_back(map.data_ptr<float>() + n * map.stride(0));
    return {x_.data_ptr<float>() + n * x_.stride(0), auxiliary.data(), widths_.data(), static_cast<int64_t>(widths_.size()),
            shift_.defined() ? shift_.data_ptr<float>() + n * shift_.stride(0) : nullptr, static_cast<uint64_t>(n)};
  }

 private:
  Tensor x_, shift_;
  std::vector<Tensor> maps_;
  std::vector<int64_t> widths_;
};

Tensor bytes(at::IntArrayRef sizes, const Tensor& like) { return at::empty(sizes, like.options().dtype(at::kByte).requires_grad(false)); }

// What each thread works in. A thread that takes one image lays out the panels of the weights one after another, each into its second-level cache; for several images
// all are laid out beforehand.
template <typename T>
class Rooms {
 public:
  Rooms(const Inputs& i, int64_t products, std::initializer_list<fused::Packing<T>*> weights) {
    const int64_t threads = at::get_num_threads();
    int64_t panel = 0;
    for (fused::Packing<T>* w : weights) {
      if (w == nullptr) continue;
      if (i.x.size(0) > threads)
        w->pack_all();
      else
        panel = std::max(panel, w->room());
    }
    products_ = at::empty({threads, products}, i.x.options().requires_grad(false));
    panels_ = bytes({threads, panel * static_cast<int64_t>(sizeof(T))}, i.x);
  }
  fused::Room<T> of(int64_t thread) const {
    return {products_.data_ptr<float>() + thread * products_.stride(0), reinterpret_cast<T*>(panels_.data_ptr<uint8_t>() + thread * panels_.stride(0))};
  }

 private:
  Tensor products_, panels_;
};

// Where nothing is learned, pixels are multiplied one by one: no rounding then depends on what a pixel may not see. Products of bfloat16 would round what
// fused_winograd.h multiplies.
template <typename T>
ResnetShape shape_for(const Inputs& i, bool learn) {
  ResnetShape s = i.shape();
  s.winograd = learn && !std::is_same_v<T, fused::Half16> && s.can_winograd();
  return s;
}

// Tensors kept for the derivative: three norms and the maps.
constexpr int kKept = 4;

template <typename T>
Tensor run_forward(const Inputs& i, const Dropout& dropout, variable_list* kept) {
  const auto& kernels = *fused::resnet_kernels(static_cast<const T*>(nullptr));
  const bool learn = kept != nullptr;
  const ResnetShape s = shape_for<T>(i, learn);
  const Matrices m(i, s.winograd);
  std::vector<fused::Matrix> first = {m.first};
  if (s.auxiliary > 0) first.push_back(m.beside);
  fused::Packing<T> w1(first, false, kernels.panels), w2({m.second}, false, kernels.panels);
  const Rooms<T> rooms(i, s.winograd_scratch(false), {&w1, &w2});
  const Tensor b1 = at::constant_pad_nd(i.b1, {0, s.blocks() * fused::kBlock - s.features}).contiguous(), b2 = fused::halves_in_blocks(i.b2);
  const fused::ResnetWeights<T> weights = {&w1, &w2, nullptr, nullptr, nullptr, b1.data_ptr<float>(), b2.data_ptr<float>()};
  const Images images(i);
  const int64_t count = i.x.size(0);
  Tensor y = at::empty({count, s.features, s.height, s.width}, i.x.options().requires_grad(false).memory_format(kChannelsLast));
  const Tensor maps = bytes({learn ? count : at::get_num_threads(), s.kept() * static_cast<int64_t>(sizeof(T))}, i.x);
  fused::for_each_image(count, [&] {
    return [&, thread = at::get_thread_num(), auxiliary = std::vector<const float*>()](int64_t n) mutable {
      T* place = reinterpret_cast<T*>(maps.data_ptr<uint8_t>() + (learn ? n : thread) * maps.stride(0));
      kernels.forward(s, weights, dropout, images.at(n, auxiliary), place, y.data_ptr<float>() + n * y.stride(0), rooms.of(thread));
    };
  });
  if (learn) *kept = {m.norms[0], m.norms[1], m.norms[2], maps};
  return y;
}

// Gradients in the order of Inputs::all().
template <typename T>
variable_list run_backward(const Inputs& i, const Dropout& dropout, const variable_list& kept, const Tensor& gradient) {
  const auto& kernels = *fused::resnet_kernels(static_cast<const T*>(nullptr));
  const ResnetShape s = shape_for<T>(i, true);
  const Tensor& maps = kept[3];
  TORCH_CHECK(maps.size(1) == s.kept() * static_cast<int64_t>(sizeof(T)), "gated_resnet: kernels of another type were chosen between a pass and its way back");
  const Matrices m(i, kept[0], kept[1], kept[2], s.winograd);
  fused::Packing<T> w1({m.first}, true, kernels.panels), w2({m.second}, true, kernels.panels);
  std::optional<fused::Packing<T>> wa;
  if (s.auxiliary > 0) wa.emplace(std::vector<fused::Matrix>{m.beside}, true, kernels.panels);
  const Rooms<T> rooms(i, s.winograd_scratch(true), {&w1, wa ? &*wa : nullptr, &w2});
  const fused::ResnetWeights<T> weights = {nullptr, nullptr, &w1, wa ? &*wa : nullptr, &w2, nullptr, nullptr};
  const Images images(i);
  const int64_t count = i.x.size(0), threads = at::get_num_threads(), blocks = s.blocks() * fused::kBlock, groups = s.groups() * fused::kBlock;
  const auto floats = gradient.options().requires_grad(false);
  const auto like = [&](const Tensor& t) { return at::empty(t.sizes(), floats.memory_format(kChannelsLast)); };
  Tensor dx = like(i.x);
  std::vector<Tensor> others;
  for (const Tensor& a : i.auxiliary) others.push_back(like(a));
  const int64_t sizes[] = {s.first_sums(), s.auxiliary_sums(), s.second_sums()};
  const int64_t all = sizes[0] + sizes[1] + sizes[2];
  // A share's sums begin with its first image.
  const int64_t shares = fused::shares_for_sums(count, s.pixels());
  const Tensor sums = at::empty({shares, all}, floats), biases = at::zeros({shares, blocks + groups}, floats);
  Tensor shift = i.shift.defined() ? at::empty({count, groups}, floats) : Tensor();
  const Tensor scratch = bytes({threads, s.scratch(fused::kSideBySide<T>) * static_cast<int64_t>(sizeof(T))}, gradient);
  fused::in_shares(count, shares, [&] {
    return [&, thread = at::get_thread_num(), auxiliary = std::vector<const float*>()](int64_t share, int64_t from, int64_t to) mutable {
      float *p = sums.data_ptr<float>() + share * all, *bias = biases.data_ptr<float>() + share * (blocks + groups);
      for (int64_t n = from; n < to; ++n) {
        const fused::ResnetGradients places = {p, p + sizes[0], p + sizes[0] + sizes[1], bias, bias + blocks, n == from};
        std::vector<float*> gradients;
        for (const Tensor& other : others) gradients.push_back(other.data_ptr<float>() + n * other.stride(0));
        kernels.backward(s, weights, places, dropout, images.at(n, auxiliary), reinterpret_cast<const T*>(maps.data_ptr<uint8_t>() + n * maps.stride(0)),
                         gradient.data_ptr<float>() + n * gradient.stride(0), dx.data_ptr<float>() + n * dx.stride(0), gradients.data(),
                         shift.defined() ? shift.data_ptr<float>() + n * groups : nullptr, reinterpret_cast<T*>(scratch.data_ptr<uint8_t>() + thread * scratch.stride(0)), rooms.of(thread));
      }
    };
  });
  const auto unpack = [&](const fused::Matrix& matrix, const Tensor& norms, int64_t offset) {
    std::vector<const float*> parts;
    for (int64_t share = 0; share < shares; ++share) parts.push_back(sums.data_ptr<float>() + share * all + offset);
    return fused::unpacked(parts, matrix, norms);
  };
  const fused::WeightGradients first = unpack(m.first, m.norms[0], 0), second = unpack(m.second, m.norms[2], sizes[0] + sizes[1]);
  const fused::WeightGradients beside = s.auxiliary > 0 ? unpack(m.beside, m.norms[1], sizes[0]) : fused::WeightGradients();
  const Tensor bias = fused::sum_of_shares(biases);
  variable_list result = {dx, first.v, first.g, bias.narrow(0, 0, s.features).clone(), beside.v, beside.g, second.v, second.g,
                          fused::halves_from_blocks(bias.narrow(0, blocks, groups)), shift.defined() ? fused::halves_from_blocks(shift) : Tensor()};
  result.insert(result.end(), others.begin(), others.end());
  return result;
}

struct GatedResnet : torch::autograd::Function<GatedResnet> {
  // Gradients are made for what is handed over as a tensor, or as a list of tensors, in this order.
  static Tensor forward(AutogradContext* ctx, const Tensor& x, const Tensor& v1, const Tensor& g1, const Tensor& b1, const OptionalTensor& va,
                        const OptionalTensor& ga, const Tensor& v2, const Tensor& g2, const Tensor& b2, const OptionalTensor& shift, at::TensorList auxiliary,
                        double dropout, bool half, bool learn) {
    const Inputs inputs = inputs_of(x, auxiliary, v1, g1, b1, va, ga, v2, g2, b2, shift);
    Dropout random = {0, 65536};
    if (dropout > 0) {
      random.kept = static_cast<uint32_t>(std::lround((1 - dropout) * 65536));
      // From libtorch's generator, whose state is saved with a run.
      random.key = static_cast<uint64_t>(at::empty({1}, at::kLong).random_().item<int64_t>());
    }
    variable_list kept(kKept);
    const Tensor y = in_type(half, [&](auto t) { return run_forward<decltype(t)>(inputs, random, learn ? &kept : nullptr); });
    variable_list saved = inputs.all();
    saved.insert(saved.end(), kept.begin(), kept.end());
    ctx->save_for_backward(std::move(saved));
    ctx->saved_data["half"] = half;
    ctx->saved_data["key"] = static_cast<int64_t>(random.key);
    ctx->saved_data["kept"] = static_cast<int64_t>(random.kept);
    return y;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    variable_list saved = ctx->get_saved_variables();
    const variable_list kept(saved.end() - kKept, saved.end());
    saved.resize(saved.size() - kKept);
    const Dropout random = {static_cast<uint64_t>(ctx->saved_data["key"].toInt()), static_cast<uint32_t>(ctx->saved_data["kept"].toInt())};
    variable_list result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one, in float32 also where the kernels round to bfloat16.
      TORCH_CHECK(!random.is_on(), "gated_resnet has no second derivative with dropout");
      result = fused::gradients_by([](const variable_list& given) { return composite(Inputs::from(given), 0); }, saved, gradients);
    } else {
      const Inputs inputs = Inputs::from(saved);
      const Tensor g = gradients[0].to(at::kFloat).contiguous(kChannelsLast);
      result = in_type(ctx->saved_data["half"].toBool(), [&](auto t) { return run_backward<decltype(t)>(inputs, random, kept, g); });
    }
    result.resize(result.size() + 3);  // dropout, half, learn
    return result;
  }
};

Tensor run(const Inputs& i, double dropout, bool half) {
  const auto given = [](const Tensor& t) { return t.defined() ? OptionalTensor(t) : OptionalTensor(); };
  return GatedResnet::apply(i.x, i.v1, i.g1, i.b1, given(i.va), given(i.ga), i.v2, i.g2, i.b2, given(i.shift), at::TensorList(i.auxiliary), dropout, half,
                            fused::is_learned({i.all()}));
}

Tensor gated_resnet(const Tensor& x, at::TensorList auxiliary, const Tensor& v1, const Tensor& g1, const Tensor& b1, const OptionalTensor& va, const OptionalTensor& ga,
                    const Tensor& v2, const Tensor& g2, const Tensor& b2, const OptionalTensor& shift, double dropout) {
  const Inputs i = inputs_of(x, auxiliary, v1, g1, b1, va, ga, v2, g2, b2, shift);
  check(i, dropout);
  return fits(i) ? run(i, dropout, false) : composite(i, dropout);
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor gated_resnet_autocast(const Tensor& x, at::TensorList auxiliary, const Tensor& v1, const Tensor& g1, const Tensor& b1, const OptionalTensor& va, const OptionalTensor& ga,
                             const Tensor& v2, const Tensor& g2, const Tensor& b2, const OptionalTensor& shift, double dropout) {
  const auto widened = [](const Tensor& t) { return t.defined() && t.scalar_type() == at::kBFloat16 ? t.to(at::kFloat) : t; };
  Inputs i = inputs_of(x, auxiliary, v1, g1, b1, va, ga, v2, g2, b2, shift);
  check(i, dropout);
  Inputs wide = {widened(i.x), {}, widened(i.v1), widened(i.g1), widened(i.b1), widened(i.va), widened(i.ga), widened(i.v2), widened(i.g2), widened(i.b2), widened(i.shift)};
  for (const Tensor& a : i.auxiliary) wide.auxiliary.push_back(widened(a));
  // Where there are no kernels, libtorch's own rules cast each convolution; what the block adds to stays float32, as in the kernels.
  if (!fits(wide)) return composite(wide, dropout);
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return run(wide, dropout, fused::autocast_type(device) == at::kBFloat16);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("gated_resnet(Tensor input, Tensor[] auxiliary, Tensor v1, Tensor g1, Tensor b1, Tensor? va, Tensor? ga, Tensor v2, Tensor g2, Tensor b2, Tensor? shift, "
        "float dropout) -> Tensor", &gated_resnet);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) {
  m.impl("gated_resnet", &gated_resnet_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) {
  m.impl("gated_resnet", &gated_resnet_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}
