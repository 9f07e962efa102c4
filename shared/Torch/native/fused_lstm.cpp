// replications::line_lstm: an LSTM along the rows or the diagonals of an image as one operator: see fused_lstm.h.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <vector>

#include "fused_aligned.h"
#include "fused_autocast.h"
#include "fused_lstm.h"

namespace {

using at::Tensor;
using fused::Lines;
using fused::LstmMaps;
using fused::LstmShape;
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

// The same in operators that have derivatives of every order, for any device and type.
Tensor composite(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal) {
  const int64_t features = weight.size(1);
  const Tensor map = diagonal ? skewed(input) : input.transpose(2, 3);
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

LstmShape shape_of(const Tensor& input, const Tensor& weight, bool diagonal) { return {input.size(2), input.size(3), weight.size(1), diagonal}; }

bool fits(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell) {
  const auto plain = [](const Tensor& t) { return t.is_cpu() && t.scalar_type() == at::kFloat; };
  return plain(input) && plain(weight) && plain(hidden) && plain(cell) && weight.size(1) % 16 == 0 && input.numel() > 0 && fused::lstm_kernels() != nullptr;
}

LstmMaps maps_at(float* start, int64_t places, int64_t h) { return {start, start + places * h, start + 2 * places * h}; }

void copy(float* to, const float* from, int64_t n) { std::memcpy(to, from, n * sizeof(float)); }

void add(float* to, const float* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) to[i] += from[i];
}

// The initial state of each position in an image's map.
void begin(const LstmShape& s, const LstmMaps& maps, const LstmMaps& triangle, const float* hidden, const float* cell) {
  const Lines lines = s.lines();
  std::memset(maps.states, 0, 2 * s.places() * s.h * sizeof(float));
  for (int64_t p = 0; p < s.positions(); ++p) {
    const int64_t to = (lines.initial + p * lines.initial_position) * s.h, from = (p * s.height + p) * s.h;
    copy(maps.states + to, s.diagonal ? triangle.states + from : hidden, s.h);
    copy(maps.cells + to, s.diagonal ? triangle.cells + from : cell, s.h);
  }
}

// f(first place, first pixel) for the rows of an image.
template <class F>
void for_rows(const LstmShape& s, const F& f) {
  for (int64_t i = 0; i < s.height; ++i) f((i + 1) * s.stride() + 1, i * s.width);
}

// What is kept for the derivative: each image's maps, and those of the triangle.
Tensor run_forward(const LstmShape& s, const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, Tensor* kept, Tensor* triangle) {
  const auto& kernels = *fused::lstm_kernels();
  const Tensor weights = weight.permute({2, 1, 0}).contiguous(), h0 = hidden.contiguous(), c0 = cell.contiguous();
  const int64_t images = input.size(0), pixels = s.height * s.width;
  const auto plain = input.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  const Tensor before = at::zeros({s.diagonal ? s.triangle_kept() : 0}, plain);
  const LstmMaps first = maps_at(before.data_ptr<float>(), s.triangle_places(), s.h);
  if (s.diagonal) {
    for (int64_t p = 0; p < s.height; ++p) {
      copy(first.states + p * s.h, h0.data_ptr<float>(), s.h);
      copy(first.cells + p * s.h, c0.data_ptr<float>(), s.h);
    }
    kernels.forward(s, s.triangle(), weights.data_ptr<float>(), nullptr, 0, 0, first);
  }
  Tensor y = at::empty({images, s.h, s.height, s.width}, plain.memory_format(kChannelsLast));
  const bool learn = kept != nullptr;
  const Tensor all = at::empty({learn ? images : at::get_num_threads(), s.kept()}, plain);
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    for (int64_t n = from; n < to; ++n) {
      const LstmMaps maps = maps_at(all.data_ptr<float>() + (learn ? n : at::get_thread_num()) * s.kept(), s.places(), s.h);
      begin(s, maps, first, h0.data_ptr<float>(), c0.data_ptr<float>());
      kernels.forward(s, s.lines(), weights.data_ptr<float>(), input.data_ptr<float>() + n * pixels * 4 * s.h, s.diagonal ? s.width - 1 : 1, s.diagonal ? 1 : s.width, maps);
      for_rows(s, [&](int64_t place, int64_t pixel) { copy(y.data_ptr<float>() + (n * pixels + pixel) * s.h, maps.states + place * s.h, s.width * s.h); });
    }
  });
  if (learn) {
    *kept = all;
    *triangle = before;
  }
  return y;
}

// Of input, weight, hidden and cell.
variable_list run_backward(const LstmShape& s, const Tensor& weight, const Tensor& gradient, const Tensor& kept, const Tensor& triangle) {
  const auto& kernels = *fused::lstm_kernels();
  const Tensor turned = weight.permute({2, 0, 1}).contiguous();
  const int64_t images = gradient.size(0), pixels = s.height * s.width, line = s.positions() * s.h, threads = at::get_num_threads();
  const auto plain = gradient.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  Tensor dx = at::empty({images, 4 * s.h, s.height, s.width}, plain.memory_format(kChannelsLast));
  // Of the weights, then of the initial states and of the initial cells.
  const Tensor sums = at::zeros({threads, s.weights() + 2 * line}, plain);
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    float* mine = sums.data_ptr<float>() + at::get_thread_num() * sums.size(1);
    fused::AlignedVector<float> states(s.places() * s.h), gates(s.places() * 4 * s.h), initial(2 * line);
    for (int64_t n = from; n < to; ++n) {
      for_rows(s, [&](int64_t place, int64_t pixel) { copy(states.data() + place * s.h, gradient.data_ptr<float>() + (n * pixels + pixel) * s.h, s.width * s.h); });
      std::fill(initial.begin(), initial.end(), 0.0f);
      const LstmMaps maps = maps_at(kept.data_ptr<float>() + n * s.kept(), s.places(), s.h);
      kernels.backward(s, s.lines(), turned.data_ptr<float>(), maps, states.data(), gates.data(), initial.data(), initial.data() + line, mine);
      add(mine + s.weights(), initial.data(), 2 * line);
      for_rows(s, [&](int64_t place, int64_t pixel) { copy(dx.data_ptr<float>() + (n * pixels + pixel) * 4 * s.h, gates.data() + place * 4 * s.h, s.width * 4 * s.h); });
    }
  });
  const Tensor total = sums.sum(0), initial = total.narrow(0, s.weights(), 2 * line);
  if (s.diagonal) {
    float *states = initial.data_ptr<float>(), *cells = states + line;
    const Tensor gradients = at::zeros({s.triangle_places() * s.h}, plain), gates = at::zeros({s.triangle_places() * 4 * s.h}, plain);
    for (int64_t p = 1; p < s.height; ++p) copy(gradients.data_ptr<float>() + (p * s.height + p) * s.h, states + p * s.h, s.h);
    fused::AlignedVector<float> before(line);
    kernels.backward(s, s.triangle(), turned.data_ptr<float>(), maps_at(triangle.data_ptr<float>(), s.triangle_places(), s.h), gradients.data_ptr<float>(),
                     gates.data_ptr<float>(), before.data(), cells, total.data_ptr<float>());
    // The first row's pixels have no triangle before them.
    std::fill(states + s.h, states + line, 0.0f);
    add(states, before.data(), line);
  }
  const Tensor both = initial.view({2, s.positions(), s.h}).sum(1);
  const Tensor dw = total.narrow(0, 0, s.weights()).view({s.taps(), s.h, 4 * s.h}).permute({2, 1, 0}).contiguous();
  return {dx, dw, both[0].view({1, s.h, 1}).clone(), both[1].view({1, s.h, 1}).clone()};
}

struct LineLstm : torch::autograd::Function<LineLstm> {
  static Tensor forward(AutogradContext* ctx, const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal, bool learn) {
    Tensor kept, triangle;
    const Tensor y = run_forward(shape_of(input, weight, diagonal), input.contiguous(kChannelsLast), weight, hidden, cell, learn ? &kept : nullptr, learn ? &triangle : nullptr);
    ctx->save_for_backward({input, weight, hidden, cell, kept, triangle});
    ctx->saved_data["diagonal"] = diagonal;
    return y;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const bool diagonal = ctx->saved_data["diagonal"].toBool();
    variable_list result;
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the plain form has one.
      const variable_list inputs(saved.begin(), saved.begin() + 4);
      result = torch::autograd::grad({composite(inputs[0], inputs[1], inputs[2], inputs[3], diagonal)}, inputs, gradients, true, true, true);
    } else {
      const Tensor g = gradients[0].to(at::kFloat).contiguous(kChannelsLast);
      result = run_backward(shape_of(saved[0], saved[1], diagonal), saved[1], g, saved[4], saved[5]);
    }
    result.resize(result.size() + 2);  // diagonal, learn
    return result;
  }
};

Tensor line_lstm(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal) {
  TORCH_CHECK(input.dim() == 4 && weight.dim() == 3 && weight.size(0) == 4 * weight.size(1) && input.size(1) == weight.size(0) && weight.size(2) == (diagonal ? 2 : 3),
              "line_lstm takes images of 4h features and weights [4h, h, 3], of diagonals [4h, h, 2]; not ", input.sizes(), " and ", weight.sizes());
  TORCH_CHECK(hidden.sizes() == at::IntArrayRef({1, weight.size(1), 1}) && cell.sizes() == hidden.sizes(), "line_lstm: the initial state must be [1, h, 1] twice");
  if (!fits(input, weight, hidden, cell)) return composite(input, weight, hidden, cell, diagonal);
  return LineLstm::apply(input, weight, hidden, cell, diagonal, c10::GradMode::is_enabled());
}

// State to state in float32: a recurrence adds its roundings up.
Tensor line_lstm_autocast(const Tensor& input, const Tensor& weight, const Tensor& hidden, const Tensor& cell, bool diagonal) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
  const auto wide = [](const Tensor& t) { return fused::autocast_to(t, at::kFloat, c10::DeviceType::CPU); };
  return line_lstm(wide(input), wide(weight), wide(hidden), wide(cell), diagonal);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) { m.def("line_lstm(Tensor input, Tensor weight, Tensor hidden, Tensor cell, bool diagonal) -> Tensor", &line_lstm); }

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) { m.impl("line_lstm", &line_lstm_autocast); }
