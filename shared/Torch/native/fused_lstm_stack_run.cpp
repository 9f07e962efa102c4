#include "fused_lstm_stack_run.h"

#include <ATen/Parallel.h>

#include <cstring>

#include "fused_aligned.h"

namespace fused {

namespace {

using at::Tensor;

constexpr auto kChannelsLast = at::MemoryFormat::ChannelsLast;

const float* data(const Tensor& t, std::vector<Tensor>& kept) {
  kept.push_back(t.contiguous());
  return kept.back().data_ptr<float>();
}

// The first taps of a weight [outputs, inputs, ...] as the kernels multiply it.
const float* laid_out(const Tensor& weight, int64_t taps, bool back, std::vector<Tensor>& kept) {
  return data(weight.flatten(2).narrow(2, 0, taps).permute(back ? at::IntArrayRef({2, 0, 1}) : at::IntArrayRef({2, 1, 0})), kept);
}

// The LSTM of diagonals before the image, from the initial state of each position.
void run_triangle(const LstmShape& s, const float* state, const Tensor& hidden, const Tensor& cell, float* triangle) {
  const LstmMaps maps(triangle, s.triangle_places(), s.h);
  const Tensor h0 = hidden.contiguous(), c0 = cell.contiguous();
  for (int64_t p = 0; p < s.height; ++p) {
    std::memcpy(maps.states + p * s.h, h0.data_ptr<float>(), s.h * sizeof(float));
    std::memcpy(maps.cells + p * s.h, c0.data_ptr<float>(), s.h * sizeof(float));
  }
  lstm_kernels()->along(s, s.triangle(), state, maps);
}

// Of the triangle, what the pixels of the first diagonals see to their left: [positions, h] of its states or cells.
Tensor hypotenuse(const LstmShape& s, const Tensor& map) {
  return map.narrow(0, 0, s.triangle_places() * s.h).view({s.triangle_places(), s.h}).slice(0, 0, s.height * s.height, s.height + 1);
}

// triangles: [layers, directions, a triangle's maps], zeros, filled; of diagonals alone.
std::vector<LstmLayer> laid_out(const LstmShape& s, at::TensorList layers, at::TensorList connected, const Tensor& triangles, std::vector<Tensor>& kept) {
  std::vector<LstmLayer> result(s.layers);
  for (int64_t l = 0; l < s.layers; ++l) {
    const Tensor* w = &layers[l * lstm_layer_tensors(s.diagonal)];
    LstmLayer& to = result[l];
    for (int64_t d = 0; d < s.directions(); ++d, w += 5) {
      LstmDirection& way = to.directions[d];
      way.input = laid_out(w[0], s.input_taps(), false, kept), way.input_back = laid_out(w[0], s.input_taps(), true, kept);
      way.bias = data(w[1], kept);
      way.state = laid_out(w[2], s.taps(), false, kept), way.state_back = laid_out(w[2], s.taps(), true, kept);
      if (s.diagonal) {
        const Tensor triangle = triangles[l][d];
        run_triangle(s, way.state, w[3], w[4], triangle.data_ptr<float>());
        way.hidden = data(hypotenuse(s, triangle), kept);
        way.cells = data(hypotenuse(s, triangle.narrow(0, s.triangle_places() * s.h, s.triangle_places() * s.h)), kept);
      } else {
        way.hidden = data(w[3].view({1, s.h}).expand({s.positions(), s.h}), kept);
        way.cells = data(w[4].view({1, s.h}).expand({s.positions(), s.h}), kept);
      }
    }
    to.up = laid_out(w[0], 1, false, kept), to.up_back = laid_out(w[0], 1, true, kept), to.up_bias = data(w[1], kept);
    if (!s.is_connected(l)) continue;
    const Tensor& connection = connected[l - s.layers + s.connected];
    to.connection = laid_out(connection, 1, false, kept), to.connection_back = laid_out(connection, 1, true, kept);
  }
  return result;
}

std::vector<LstmLayerSums> sum_places(const LstmShape& s, float* sums) {
  std::vector<LstmLayerSums> places(s.layers);
  const auto take = [&](int64_t count) {
    sums += count;
    return sums - count;
  };
  for (LstmLayerSums& p : places) {
    for (int64_t d = 0; d < s.directions(); ++d) {
      LstmDirectionSums& way = p.directions[d];
      way.input = take(s.input_taps() * s.wide() * 4 * s.h), way.bias = take(4 * s.h), way.state = take(s.state_sums());
      way.hidden = take(s.initial()), way.cells = take(s.initial());
    }
    p.up = take(s.h * s.wide()), p.up_bias = take(s.wide()), p.connection = take(s.wide() * s.head);
  }
  return places;
}

// Back through the triangle of one LSTM, from the gradients of the initial states and cells of the image to those of its own, in their place.
void back_through_triangle(const LstmShape& s, const float* state_back, const Tensor& triangle, const LstmDirectionSums& sums) {
  const int64_t places = s.triangle_places();
  AlignedVector<float> gradients(places * s.h), gates(places * 4 * s.h), before(s.initial());
  for (int64_t p = 1; p < s.height; ++p) std::memcpy(gradients.data() + p * (s.height + 1) * s.h, sums.hidden + p * s.h, s.h * sizeof(float));
  lstm_kernels()->back_along(s, s.triangle(), state_back, LstmMaps(triangle.data_ptr<float>(), places, s.h), gradients.data(), gates.data(), before.data(), sums.cells,
                             sums.state);
  // The first row's pixels have no triangle before them.
  for (int64_t k = 0; k < s.initial(); ++k) sums.hidden[k] = before[k] + (k < s.h ? sums.hidden[k] : 0.0f);
}

// Gradients as libtorch lays the weights out, from one sum of each: the tensors of each layer, then the connections.
std::vector<Tensor> gradients_from(const LstmShape& s, const Tensor& sums) {
  std::vector<Tensor> result, connections;
  int64_t at = 0;
  const auto take = [&](at::IntArrayRef sizes) {
    const int64_t count = c10::multiply_integers(sizes);
    at += count;
    return sums.narrow(0, at - count, count).view(sizes);
  };
  // [taps, inputs, outputs] to [outputs, inputs, taps].
  const auto weight = [&](int64_t taps, int64_t inputs, int64_t outputs) { return take({taps, inputs, outputs}).permute({2, 1, 0}); };
  const int64_t wide = s.wide(), four = 4 * s.h;
  for (int64_t l = 0; l < s.layers; ++l) {
    for (int64_t d = 0; d < s.directions(); ++d) {
      // Of the three columns of rows the last is not multiplied, and gets nothing.
      const Tensor input = at::constant_pad_nd(weight(s.input_taps(), wide, four), {0, s.diagonal ? 0 : 1}).unsqueeze(2);
      const Tensor bias = take({four}).clone(), state = weight(s.taps(), s.h, four).contiguous();
      const Tensor hidden = take({s.positions(), s.h}).sum(0).view({1, s.h, 1}), cell = take({s.positions(), s.h}).sum(0).view({1, s.h, 1});
      result.insert(result.end(), {input, bias, state, hidden, cell});
    }
    const Tensor up = weight(1, s.h, wide).unsqueeze(3).contiguous(), up_bias = take({wide}).clone(), connection = weight(1, wide, s.head).unsqueeze(3).contiguous();
    result.insert(result.end(), {up, up_bias});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

}  // namespace

Tensor lstm_stack_forward(const LstmShape& s, const Tensor& input, at::TensorList layers, at::TensorList connected, const Tensor& bias, LstmKept* kept) {
  const int64_t images = input.size(0);
  const auto plain = input.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  const bool learn = kept != nullptr;
  const Tensor triangles = at::zeros({s.layers, s.directions(), s.diagonal ? s.triangle_maps() : 0}, plain);
  std::vector<Tensor> tensors;
  const auto weights = laid_out(s, layers, connected, triangles, tensors);
  Tensor sum = at::empty({images, s.head, s.height, s.width}, plain.memory_format(kChannelsLast));
  sum.copy_(bias.view({1, s.head, 1, 1}).expand_as(sum));
  const Tensor maps = at::empty({learn ? images : at::get_num_threads(), learn ? s.kept() : s.kept_of_layer()}, plain);
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    AlignedVector<float> scratch(s.scratch());
    for (int64_t n = from; n < to; ++n)
      lstm_kernels()->forward(s, weights.data(), input.data_ptr<float>() + n * s.pixels() * s.wide(), sum.data_ptr<float>() + n * s.pixels() * s.head,
                              maps.data_ptr<float>() + (learn ? n : at::get_thread_num()) * maps.size(1), learn, scratch.data());
  });
  if (learn) *kept = {maps, triangles};
  return sum;
}

std::vector<Tensor> lstm_stack_backward(const LstmShape& s, const Tensor& gradient, const LstmKept& kept, at::TensorList layers, at::TensorList connected) {
  const int64_t images = gradient.size(0);
  const auto plain = gradient.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  std::vector<Tensor> tensors;
  const auto weights = laid_out(s, layers, connected, at::zeros_like(kept.triangles), tensors);
  const Tensor dx = at::empty({images, s.wide(), s.height, s.width}, plain.memory_format(kChannelsLast));
  const Tensor sums = at::zeros({at::get_num_threads(), s.layers * s.layer_sums()}, plain);
  at::parallel_for(0, images, 1, [&](int64_t from, int64_t to) {
    AlignedVector<float> scratch(s.scratch_back());
    const auto places = sum_places(s, sums.data_ptr<float>() + at::get_thread_num() * sums.size(1));
    for (int64_t n = from; n < to; ++n)
      lstm_kernels()->backward(s, weights.data(), places.data(), gradient.data_ptr<float>() + n * s.pixels() * s.head, kept.maps.data_ptr<float>() + n * s.kept(),
                               dx.data_ptr<float>() + n * s.pixels() * s.wide(), scratch.data());
  });
  const Tensor total = sums.sum(0);
  const auto places = sum_places(s, total.data_ptr<float>());
  for (int64_t l = 0; s.diagonal && l < s.layers; ++l)
    for (int64_t d = 0; d < s.directions(); ++d) back_through_triangle(s, weights[l].directions[d].state_back, kept.triangles[l][d], places[l].directions[d]);
  std::vector<Tensor> result = gradients_from(s, total);
  result.insert(result.begin(), dx);
  return result;
}

}  // namespace fused
