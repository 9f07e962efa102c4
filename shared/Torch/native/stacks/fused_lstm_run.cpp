#include "fused_lstm_run.h"

#include <ATen/Parallel.h>

#include <cstring>

#include "fused_aligned.h"
#include "fused_packing.h"
#include "fused_shares.h"

namespace fused {

namespace {

using at::Tensor;

// Of each layer and direction of diagonals, the LSTM before the image from the initial state of each position: [layers, directions, a triangle's maps]. Of rows nothing.
Tensor run_triangles(const LstmShape& s, const Stacked& g) {
  const Tensor triangles = at::zeros({s.layers, s.directions(), s.diagonal ? s.triangle_maps() : 0}, g.bias.options().requires_grad(false));
  for (int64_t l = 0; s.diagonal && l < s.layers; ++l)
    for (int64_t d = 0; d < s.directions(); ++d) {
      const Tensor* w = &g.layers[l * lstm_layer_tensors(s.diagonal) + d * kLstmTensors];
      const LstmMaps maps(triangles[l][d].data_ptr<float>(), s.triangle_places(), s.h);
      const Tensor h0 = w[3].contiguous(), c0 = w[4].contiguous();
      StackPacking<float> packing(w[2].numel(), false);
      for (int64_t p = 0; p < s.height; ++p) {
        std::memcpy(maps.states + p * s.h, h0.data_ptr<float>(), s.h * sizeof(float));
        std::memcpy(maps.cells + p * s.h, c0.data_ptr<float>(), s.h * sizeof(float));
      }
      lstm_kernels()->along(s, s.triangle(), packing.matrix(w[2], s.taps()), maps);
    }
  return triangles;
}

// Of the triangle, what the pixels of the first diagonals see to their left: [positions, h] of its states or cells.
Tensor hypotenuse(const LstmShape& s, const Tensor& map) {
  return map.narrow(0, 0, s.triangle_places() * s.h).view({s.triangle_places(), s.h}).slice(0, 0, s.height * s.height, s.height + 1);
}

std::vector<LstmLayer> packed(const LstmShape& s, const Stacked& g, const Tensor& triangles, StackPacking<float>& packing) {
  std::vector<LstmLayer> result(s.layers);
  for (int64_t l = 0; l < s.layers; ++l) {
    const Tensor* w = &g.layers[l * lstm_layer_tensors(s.diagonal)];
    LstmLayer& to = result[l];
    for (int64_t d = 0; d < s.directions(); ++d, w += kLstmTensors) {
      LstmDirection& way = to.directions[d];
      way.k_is = packing.matrix(w[0], s.input_taps()), way.bias = packing.plain(w[1]), way.k_ss = packing.matrix(w[2], s.taps());
      if (s.diagonal) {
        const Tensor triangle = triangles[l][d];
        way.hidden = packing.plain(hypotenuse(s, triangle));
        way.cells = packing.plain(hypotenuse(s, triangle.narrow(0, s.triangle_places() * s.h, s.triangle_places() * s.h)));
      } else {
        way.hidden = packing.plain(w[3].view({1, s.h}).expand({s.positions(), s.h}));
        way.cells = packing.plain(w[4].view({1, s.h}).expand({s.positions(), s.h}));
      }
    }
    to.up = packing.matrix(w[0], 1), to.up_bias = packing.plain(w[1]);
    const Tensor* connection = connection_of(g, s.layers, l);
    if (connection != nullptr) to.connection = packing.matrix(*connection, 1);
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
      way.k_is = take(s.input_taps() * s.wide() * 4 * s.h), way.bias = take(4 * s.h), way.k_ss = take(s.state_sums());
      way.hidden = take(s.initial()), way.cells = take(s.initial());
    }
    p.up = take(s.h * s.wide()), p.up_bias = take(s.wide()), p.connection = take(s.wide() * s.head);
  }
  return places;
}

// Back through the triangle of one LSTM, from the gradients of the initial states and cells of the image to those of its own, in their place.
void back_through_triangle(const LstmShape& s, const float* k_ss, const Tensor& triangle, const LstmDirectionSums& sums) {
  const int64_t places = s.triangle_places();
  AlignedVector<float> gradients(places * s.h), gates(places * 4 * s.h), before(s.initial());
  for (int64_t p = 1; p < s.height; ++p) std::memcpy(gradients.data() + p * (s.height + 1) * s.h, sums.hidden + p * s.h, s.h * sizeof(float));
  lstm_kernels()->back_along(s, s.triangle(), k_ss, LstmMaps(triangle.data_ptr<float>(), places, s.h), gradients.data(), gates.data(), before.data(), sums.cells,
                             sums.k_ss);
  // The first row's pixels have no triangle before them.
  for (int64_t k = 0; k < s.initial(); ++k) sums.hidden[k] = before[k] + (k < s.h ? sums.hidden[k] : 0.0f);
}

// Gradients as libtorch lays the weights out, from one sum of each: the tensors of each layer, then the connections.
std::vector<Tensor> gradients_from(const LstmShape& s, const Tensor& sums) {
  std::vector<Tensor> result, connections;
  SumReader reader(sums);
  const auto initial = [&] { return reader.take({s.positions(), s.h}).sum(0).view({1, s.h, 1}); };
  for (int64_t l = 0; l < s.layers; ++l) {
    for (int64_t d = 0; d < s.directions(); ++d) {
      const Tensor input = reader.weight(s.input_taps(), s.wide(), 4 * s.h, 1, s.diagonal ? 1 : 3), bias = reader.bias(4 * s.h);
      const Tensor state = reader.weight(s.taps(), s.h, 4 * s.h, 1, s.taps()).squeeze(2), hidden = initial(), cell = initial();
      result.insert(result.end(), {input, bias, state, hidden, cell});
    }
    const Tensor up = reader.weight(1, s.h, s.wide()), up_bias = reader.bias(s.wide()), connection = reader.weight(1, s.wide(), s.head);
    result.insert(result.end(), {up, up_bias});
    if (s.is_connected(l)) connections.push_back(connection);
  }
  result.insert(result.end(), connections.begin(), connections.end());
  return result;
}

}  // namespace

Tensor lstm_forward(const LstmShape& s, const Stacked& g, std::vector<Tensor>* kept) {
  const Tensor& x = g.streams[0];
  const int64_t images = x.size(0);
  const auto plain = x.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  const bool learn = kept != nullptr;
  const Tensor triangles = run_triangles(s, g);
  StackPacking<float> packing(s.layers * s.layer_sums(), false);
  const auto weights = packed(s, g, triangles, packing);
  const Tensor sum = sum_of_bias(g), maps = at::empty({learn ? images : at::get_num_threads(), learn ? s.kept() : s.kept_of_layer()}, plain);
  for_each_image(images, [&] {
    return [&, thread = at::get_thread_num(), scratch = AlignedVector<float>(s.scratch())](int64_t n) mutable {
      lstm_kernels()->forward(s, weights.data(), x.data_ptr<float>() + n * s.pixels() * s.wide(), sum.data_ptr<float>() + n * s.pixels() * s.head,
                              maps.data_ptr<float>() + (learn ? n : thread) * maps.size(1), learn, scratch.data());
    };
  });
  if (learn) *kept = {maps, triangles};
  return sum;
}

std::vector<Tensor> lstm_backward(const LstmShape& s, const Stacked& g, const Tensor& gradient, at::TensorList kept) {
  const int64_t images = gradient.size(0), shares = shares_for_sums(images, s.pixels());
  const Tensor &maps = kept[0], &triangles = kept[1];
  const auto plain = gradient.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous);
  StackPacking<float> packing(s.layers * s.layer_sums(), true);
  const auto weights = packed(s, g, triangles, packing);
  const Tensor dx = at::empty({images, s.wide(), s.height, s.width}, plain.memory_format(at::MemoryFormat::ChannelsLast));
  const Tensor sums = at::zeros({shares, s.layers * s.layer_sums()}, plain);
  in_shares(images, shares, [&] {
    return [&, scratch = AlignedVector<float>(s.scratch_back())](int64_t share, int64_t from, int64_t to) mutable {
      const auto places = sum_places(s, sums.data_ptr<float>() + share * sums.size(1));
      for (int64_t n = from; n < to; ++n)
        lstm_kernels()->backward(s, weights.data(), places.data(), gradient.data_ptr<float>() + n * s.pixels() * s.head, maps.data_ptr<float>() + n * s.kept(),
                                 dx.data_ptr<float>() + n * s.pixels() * s.wide(), scratch.data());
    };
  });
  const Tensor total = sum_of_shares(sums);
  const auto places = sum_places(s, total.data_ptr<float>());
  for (int64_t l = 0; s.diagonal && l < s.layers; ++l)
    for (int64_t d = 0; d < s.directions(); ++d) back_through_triangle(s, weights[l].directions[d].k_ss, triangles[l][d], places[l].directions[d]);
  std::vector<Tensor> result = gradients_from(s, total);
  result.insert(result.begin(), dx);
  return result;
}

}  // namespace fused
