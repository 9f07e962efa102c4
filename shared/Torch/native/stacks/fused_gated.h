// Layers of a Gated PixelCNN (van den Oord et al. 2016, section 2.2) one after another, one image at a time:
//   a = Wv * v + bv,  b = Wh * h + Wa a + bh,  v <- gate(a),  h <- h + Wo gate(b) + bo,  gate([f, g]) = tanh(f) sigmoid(g)
// with a sum of matrices on relu(h) after each layer as the result. Wv sees the row above and the row itself, one column to either side; Wh the pixel to the left and the
// pixel itself. One image goes through all layers while it is in cache. Kernels for float32 (AVX-512, AVX2) and bfloat16 (AVX512-BF16; where there is none, float32 rounded to
// bfloat16); fused_gated.cpp has the operator and its plain form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "fused_convert.h"

namespace fused {

constexpr int kAboveTaps = 6, kLeftTaps = 2;

// Sizes. p, the features of v and h, and those of the result are multiples of 16. Maps have a border all around, and a place before it.
struct GatedShape {
  int64_t height, width, p, head, layers, connected;
  int64_t pixels() const { return height * width; }
  // Even, so that whole rows are pairs of places.
  int64_t stride() const { return (width + 3) / 2 * 2; }
  int64_t place(int64_t row) const { return (row + 1) * stride() + 1; }
  int64_t map(int64_t features) const { return ((height + 2) * stride() + 1) * features; }
  bool is_connected(int64_t layer) const { return layer >= layers - connected; }
  // Rows of which the derivative is taken at once: what products of their maps add to is then gone over less often.
  int64_t band_rows() const { return width < 28 ? 4 * ((27 + width) / width) : 4; }
  // Kept of one image for the derivative: h and v before each layer, a and b of it, and h after the last.
  int64_t kept_of_layer() const { return 2 * map(p) + 2 * map(2 * p); }
  int64_t kept() const { return layers * kept_of_layer() + map(p); }
  int64_t band() const { return band_rows() * stride(); }
  // Places that the vertical convolution sees from those of a band.
  int64_t surroundings() const { return band() + stride() + 2; }
  // Elements of T that an image needs besides, there and back, and of float32 both ways.
  int64_t scratch() const { return 2 * map(p) + stride() * 6 * p; }
  int64_t scratch_back() const { return 2 * map(2 * p) + band() * (3 * p + head) + surroundings() * 2 * p + band() * (head > 2 * p ? head : 2 * p); }
  int64_t work() const { return width * 2 * p; }
  // float32 sums of the gradients of a layer: Wv [6, p, 2p], bv, Wa [2p, 2p], Wh [2, p, 2p], bh, Wo [p, p], bo, and its connection [p, head]; inputs first.
  int64_t layer() const { return kAboveTaps * 2 * p * p + 2 * p + 4 * p * p + kLeftTaps * 2 * p * p + 2 * p + p * p + p + p * head; }
};

// Weights of one layer as they are multiplied: [taps, inputs, outputs], on the way back [taps, outputs, inputs] and no biases; T is float, Half16 (pairs of what is summed
// over side by side) or Rounded.
template <typename T>
struct GatedWeights {
  const T *wv, *wa, *wh, *wo, *connection;
  const float *bv, *bh, *bo;
};

struct GatedGradients {
  float *wv, *bv, *wa, *wh, *bh, *wo, *bo, *connection;
};

// v, h, their gradients: [pixels, p]; h is overwritten. sum and its gradient: [pixels, head], the sum already holding the bias. kept: null, or
// kept() elements, overwritten. scratch: scratch() elements, on the way back scratch_back(): zeros at first, and borders stay so. work: work() floats.
template <typename T>
struct GatedKernels {
  void (*forward)(const GatedShape&, const GatedWeights<T>*, const float* v, float* h, float* sum, T* kept, T* scratch, float* work);
  void (*backward)(const GatedShape&, const GatedWeights<T>*, const GatedGradients*, const float* gradient, const T* kept, float* dv, float* dh, T* scratch,
                   float* work);
};

// Null where this processor has no kernels.
const GatedKernels<float>* gated_kernels(const float*);
const GatedKernels<Half16>* gated_kernels(const Half16*);
const GatedKernels<Rounded>* gated_kernels(const Rounded*);

}  // namespace fused
