// An LSTM whose state is a line of pixels (van den Oord et al. 2016, equation 3): [o, f, i, g] = s(x + K h before), c = f c before + i g, h = o tanh(c), where x is the
// line's own part and K reaches along the line before. Lines are rows, from the top, whose pixels see three of the row above; or diagonals, from the
// top left, whose pixels see the pixel to the left, whose c is also theirs, and the one above. In the paper's skewed map the diagonals begin before the
// image, in a triangle to its left where x is zero: it is the same for all images, and worked out once. fused_lstm.cpp has the operator and its plain form.
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

// Sizes. h is a multiple of 16. Maps have a border: a row above and below, a column to each side.
struct LstmShape {
  int64_t height, width, h;
  bool diagonal;
  int64_t taps() const { return diagonal ? 2 : 3; }
  int64_t stride() const { return width + 2; }
  int64_t places() const { return (height + 2) * stride(); }
  Lines lines() const {
    const int64_t s = stride();
    return diagonal ? Lines{height + width - 1, height, s + 1, s - 1, 1, s, s, width, false} : Lines{height, width, s + 1, 1, s, 1, 1, 0, false};
  }
  // The triangle: line t in a row of its own below the initial state.
  Lines triangle() const { return {height - 1, height, height, 1, height, 0, 1, 0, true}; }
  int64_t triangle_places() const { return (height + 2) * height; }
  int64_t positions() const { return diagonal ? height : width; }
  // Elements of a map's places: h of the states, h of the cells, 4h of the gates.
  int64_t kept() const { return places() * 6 * h; }
  int64_t triangle_kept() const { return triangle_places() * 6 * h; }
  int64_t weights() const { return taps() * 4 * h * h; }
};

// Float32 throughout. States and cells stand one after the other, [places, h] each, then the gates after their functions, [places, 4h].
struct LstmMaps {
  float *states, *cells, *gates;
};

struct LstmKernels {
  // input: [pixels, 4h], its own strides from position to position and from line to line in pixels; null for zeros. The initial states and cells are in place, and
  // the places around them are zero. weights: [taps, h, 4h].
  void (*forward)(const LstmShape&, const Lines&, const float* weights, const float* input, int64_t input_position, int64_t input_line, const LstmMaps&);
  // gradient: of the states, [places, h]. cell_gradients: [positions, h], holds what comes from after the last line, receives the gradients of the initial cells.
  // state_gradients: [positions, h], receives those of the initial states. gate_gradients: [places, 4h], zero outside of the lines, written. turned: [taps, 4h, h].
  // sums: [taps, h, 4h], added to.
  void (*backward)(const LstmShape&, const Lines&, const float* turned, const LstmMaps&, const float* gradient, float* gate_gradients, float* state_gradients,
                   float* cell_gradients, float* sums);
};

// Null where this processor has no kernels: for AVX-512 or AVX2.
const LstmKernels* lstm_kernels();

}  // namespace fused
