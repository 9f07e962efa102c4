// A stack of residual blocks x + W3 relu(W2 * relu(W1 relu(x))) whose middle convolution, 3 x 3, sees the pixels before and the pixel itself,
// with a bias and a sum of matrices on relu(x) after each of the last blocks as its result: the body of a PixelCNN. One image goes through the whole stack while it
// is in cache. Kernels for float32 (AVX-512, AVX2) and bfloat16 (AVX512-BF16; where there is none, float32
// rounded to bfloat16); fused_residual.cpp has the operator and its plain form.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fused_convert.h"

namespace fused {

constexpr int kTaps = 5;  // of 3 x 3: three above, one to the left, the pixel itself

// Sizes. Features are multiples of 16. Maps that the middle convolution reads have a border: a row above and below, a column to the left,
// and one or two to the right, so that rows begin at even places.
struct ResidualShape {
  int64_t height, width, h, head, layers, connected;
  int64_t pixels() const { return height * width; }
  int64_t even_pixels() const { return (pixels() + 1) / 2 * 2; }
  int64_t stride() const { return (width + 3) / 2 * 2; }
  int64_t bordered() const { return (height + 2) * stride(); }
  // Rows of which the derivative is taken at once: an even number, with some 50 pixels or two rows.
  int64_t band_rows() const { return 2 * (width < 28 ? (28 + width - 1) / width : 1); }
  int64_t band() const { return band_rows() * stride(); }
  bool is_connected(int64_t layer) const { return layer >= layers - connected; }
  // Elements kept of one image for the derivative: relu(x) before each block and after the last, and both inner maps of each block.
  int64_t outer() const { return even_pixels() * 2 * h; }
  int64_t inner() const { return even_pixels() * h; }
  int64_t inner_bordered() const { return bordered() * h; }
  int64_t kept_of_layer() const { return outer() + inner_bordered() + inner(); }
  int64_t kept() const { return layers * kept_of_layer() + outer(); }
  // Elements of T that an image needs besides, there and back.
  int64_t scratch() const { return inner_bordered() + 3 * width * h; }
  int64_t scratch_back() const { return 2 * even_pixels() * head + 3 * inner_bordered() + 8 * band() * h; }
  // Elements of the weights of one block, of its connection, and float32 sums of their gradients in the same order:
  // W1 [2h, h], b1, W2 [5, h, h], b2, W3 [h, 2h], b3, H [2h, head]; inputs first.
  int64_t block() const { return 2 * h * h + h + kTaps * h * h + h + 2 * h * h + 2 * h + 2 * h * head; }
};

// Weights of one block as they are multiplied: [taps, inputs, outputs], on the way back [taps, outputs, inputs] and no biases; T is float, Half16 (pairs of what is summed
// over side by side) or Rounded.
template <typename T>
struct BlockWeights {
  const T *w1, *w2, *w3, *connection;
  const float *b1, *b2, *b3;
};

// Where the gradients of one block are summed, one place for each share of images.
struct BlockGradients {
  float *w1, *b1, *w2, *b2, *w3, *b3, *connection;
};

// x: [pixels, 2h], overwritten. sum: [pixels, head], already holding the bias. kept: null, or kept() elements, overwritten. scratch: scratch()
// elements, zeros at first, whose borders stay so; on the way back scratch_back(). gradient: [pixels, head]. dx: [pixels, 2h], written.
template <typename T>
struct ResidualKernels {
  void (*forward)(const ResidualShape&, const BlockWeights<T>*, float* x, float* sum, T* kept, T* scratch);
  void (*backward)(const ResidualShape&, const BlockWeights<T>*, const BlockGradients*, const float* gradient, const T* kept, float* dx, T* scratch);
};

// Null where this processor has no kernels.
const ResidualKernels<float>* residual_kernels(const float*);
const ResidualKernels<Half16>* residual_kernels(const Half16*);
const ResidualKernels<Rounded>* residual_kernels(const Rounded*);

}  // namespace fused
