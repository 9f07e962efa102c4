// Layers of LSTMs whose state is a line of pixels (van den Oord et al. 2016, equation 3), one after another, one image at a time:
//   [o, f, i, g] = s(K_is * x + b + K_ss h before),  c = f c before + i g,  h = o tanh(c),  x <- x + W h + w,  s the logistic function, for g tanh,
// with a bias and a sum of matrices on relu(x) after each of the last layers as the result. Lines are rows, from the top, whose pixels see three of the row above; or diagonals, from the
// top left, whose pixels see the pixel to the left, whose c is also theirs, and the one above. A layer of diagonals has two LSTMs: the second sees the image
// mirrored, and its states are taken one row further down before they are added. In the paper's skewed map the diagonals begin before the image, in a triangle to
// its left where there is nothing: it is the same for all images, and worked out once for them. K_is sees the pixel itself, of a row also the one to its left.
// One image goes through all layers while it is in cache. Kernels for AVX-512 and AVX2; fused_lstm.cpp has the operator and its plain form.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fused_convert.h"

namespace fused {

// Where the pixels of the lines are among the places of a map: pixel p of line t is `first + p * position + t * line`. The line before the first is the
// initial state, pixel p at `initial + p * initial_position`.
struct Lines {
  int64_t count, positions, first, position, line, initial, initial_position;
  int64_t columns;   // of an image with diagonals, or 0
  bool is_triangle;  // of the triangle, line t has the positions after t
  int64_t from(int64_t t) const { return is_triangle ? t + 1 : columns > 0 && t >= columns ? t - columns + 1 : 0; }
  int64_t to(int64_t t) const { return columns > 0 && t + 1 < positions ? t + 1 : positions; }
  int64_t place(int64_t p, int64_t t) const { return first + p * position + t * line; }
};

constexpr int kMostDirections = 2;

// Sizes. h and the features of the result are multiples of 16; x has 2h. Maps have a border: a row above and below, a column to each side.
struct LstmShape {
  int64_t height, width, h, head, layers, connected;
  bool diagonal;
  int64_t directions() const { return diagonal ? 2 : 1; }
  int64_t wide() const { return 2 * h; }
  int64_t input_taps() const { return diagonal ? 1 : 2; }
  int64_t taps() const { return diagonal ? 2 : 3; }
  int64_t pixels() const { return height * width; }
  int64_t stride() const { return width + 2; }
  int64_t place(int64_t row) const { return (row + 1) * stride() + 1; }
  int64_t places() const { return (height + 2) * stride(); }
  bool is_connected(int64_t layer) const { return layer >= layers - connected; }
  Lines lines() const {
    const int64_t s = stride();
    return diagonal ? Lines{height + width - 1, height, s + 1, s - 1, 1, s, s, width, false} : Lines{height, width, s + 1, 1, s, 1, 1, 0, false};
  }
  // The triangle: line t in a row of its own below the initial state.
  Lines triangle() const { return {height - 1, height, height, 1, height, 0, 1, 0, true}; }
  int64_t triangle_places() const { return (height + 2) * height; }
  int64_t positions() const { return diagonal ? height : width; }
  // The initial states of all positions, or the cells.
  int64_t initial() const { return positions() * h; }
  // Of a direction, elements of a map's places: h of the states, h of the cells, 4h of the gates.
  int64_t maps() const { return places() * 6 * h; }
  int64_t triangle_maps() const { return triangle_places() * 6 * h; }
  // Kept of one image for the derivative: x before each layer and what its LSTMs did, and x after the last.
  int64_t kept_of_layer() const { return places() * wide() + directions() * maps(); }
  int64_t kept() const { return layers * kept_of_layer() + places() * wide(); }
  // Floats that an image needs besides, there and back.
  int64_t scratch() const { return width * wide() + places() * h; }
  int64_t scratch_back() const { return places() * (2 * wide() + head + 3 * h + 8 * h) + 2 * initial(); }
  // Sums of the gradients of a direction: K_is [taps, 2h, 4h], b, K_ss [taps, h, 4h], the initial states and cells.
  int64_t state_sums() const { return taps() * 4 * h * h; }
  int64_t direction_sums() const { return input_taps() * wide() * 4 * h + 4 * h + state_sums() + 2 * initial(); }
  // And of a layer: of its directions, W [h, 2h], w, and its connection [2h, head].
  int64_t layer_sums() const { return directions() * direction_sums() + h * wide() + wide() + wide() * head; }
};

// What one LSTM does: states and cells, [places, h] each, and the gates after their functions, [places, 4h].
struct LstmMaps {
  float *states, *cells, *gates;
  LstmMaps(float* start, int64_t places, int64_t h) : states(start), cells(start + places * h), gates(start + 2 * places * h) {}
};

// Weights as they are multiplied: [taps, inputs, outputs], on the way back [taps, outputs, inputs] and nothing else; the initial states and cells, [positions, h].
struct LstmDirection {
  const float *k_is, *bias, *k_ss, *hidden, *cells;
};

struct LstmLayer {
  LstmDirection directions[kMostDirections];
  const float *up, *up_bias, *connection;
};

struct LstmDirectionSums {
  float *k_is, *bias, *k_ss, *hidden, *cells;
};

struct LstmLayerSums {
  LstmDirectionSums directions[kMostDirections];
  float *up, *up_bias, *connection;
};

struct LstmKernels {
  // One LSTM. The gates hold K_is * x + b of each pixel; the initial states and cells are in place, and the places around them are zero.
  void (*along)(const LstmShape&, const Lines&, const float* k_ss, const LstmMaps&);
  // gradient: of the states, [places, h]. cell_gradients: [positions, h], holds what comes from after the last line, receives the gradients of the initial cells.
  // state_gradients: [positions, h], receives those of the initial states. gate_gradients: [places, 4h], zero outside of the lines, written. sums: of K_ss, added to.
  void (*back_along)(const LstmShape&, const Lines&, const float* k_ss, const LstmMaps&, const float* gradient, float* gate_gradients, float* state_gradients,
                     float* cell_gradients, float* sums);
  // x, its gradient: [pixels, 2h]. sum and its gradient: [pixels, head], the sum already holding the bias. kept: kept() elements, overwritten; where nothing is
  // learned kept_of_layer(). scratch: zeros at first, and borders stay so.
  void (*forward)(const LstmShape&, const LstmLayer*, const float* x, float* sum, float* kept, bool learn, float* scratch);
  void (*backward)(const LstmShape&, const LstmLayer*, const LstmLayerSums*, const float* gradient, const float* kept, float* dx, float* scratch);
};

// Null where this processor has no kernels.
const LstmKernels* lstm_kernels();

}  // namespace fused
