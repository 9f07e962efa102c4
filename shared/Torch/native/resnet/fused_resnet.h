// The gated resnet of PixelCNN++ (Salimans et al. 2017; pixel_cnn_pp/nn.py, gated_resnet), one image at a time:
//   c1 = W1 * concat_elu(x) + Wa concat_elu(a) + b1,  c2 = W2 * dropout(concat_elu(c1)) + b2 + shift,  y = x + c2[:F] sigmoid(c2[F:]),  concat_elu(x) = elu([x, -x])
// with weight normalisation, W = g v / |v| for each output (Salimans and Kingma 2016). W1 and W2 have two rows: they see the row above and the row itself, from
// one column to the left on. fused_resnet.cpp has the operator and its plain form.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fused_convert.h"
#include "fused_winograd.h"

namespace fused {

constexpr int kBlock = 16;                // features of a map that stand together: maps are [blocks][places][16]
constexpr int kGroup = kBlock / 2;        // of concat_elu and of the two halves of c2, a block holds 8 of the first half and the 8 of the second that belong to them
constexpr int kMostTaps = 6;
constexpr int64_t kInputsAtOnce = 8;      // input blocks that fused_winograd.inc works on at once

// Sizes. Features are multiples of 8. Maps have a border of zeros: a row above and below, a column to the left, one or two to the right, so
// that rows begin at even places.
struct ResnetShape {
  int64_t height, width, features, auxiliary, columns;  // columns of W1 and W2: 2 or 3
  bool winograd = false;                                // products as fused_winograd.inc makes them, where can_winograd
  int64_t pixels() const { return height * width; }
  int64_t stride() const { return (width + 3) / 2 * 2; }
  int64_t places() const { return (height + 2) * stride(); }
  int64_t place(int64_t row) const { return (row + 1) * stride() + 1; }
  int64_t map(int64_t blocks) const { return blocks * places() * kBlock; }
  int taps() const { return static_cast<int>(2 * columns); }
  int64_t groups() const { return features / kGroup; }
  int64_t auxiliary_groups() const { return auxiliary / kGroup; }
  int64_t blocks() const { return (features + kBlock - 1) / kBlock; }
  // Kept for the derivative, after a margin of one place that may be read, and does not count: concat_elu(x), concat_elu(a), dropout(concat_elu(c1)), and
  // c2[:F] beside sigmoid(c2[F:]).
  int64_t kept() const { return kBlock + map(3 * groups() + auxiliary_groups()); }
  int64_t scratch(int64_t step) const { return kBlock + step * map(groups() + blocks()) + (step > 1 ? 2 * map(1) : 0); }
  // Tiles go in pairs. Small images have too few to be worth the sums around their products.
  bool can_winograd() const { return width % (2 * kTile) == 0 && pixels() >= 256; }
  int64_t tiles() const { return width / kTile; }
  // float32 numbers that fused_winograd.inc works with.
  int64_t winograd_scratch(bool backward) const {
    if (!winograd) return 0;
    const int64_t points = winograd_points(columns), row = tiles() * points * kBlock * groups();
    return backward ? (2 * height + 1) * row + kInputsAtOnce * 2 * points * 2 * kBlock * kBlock : (height + 1) * row;
  }
  // float32 sums of the gradients of the weights: 16 x 16 numbers for each input block, output block and tap, in this order.
  int64_t first_sums() const { return groups() * blocks() * taps() * kBlock * kBlock; }
  int64_t auxiliary_sums() const { return auxiliary_groups() * blocks() * kBlock * kBlock; }
  int64_t second_sums() const { return groups() * groups() * taps() * kBlock * kBlock; }
};

// Which elements of concat_elu(c1) stay: 16 bits of a random word each, found again from the key; see fused_sampling.cpp for the numbers.
struct Dropout {
  uint64_t key;
  uint32_t kept;  // of 65536
  float scale() const { return 65536.0f / static_cast<float>(kept); }
  bool is_on() const { return kept < 65536; }
};

// Weights as the kernels read them, a panel of output blocks at a time: every tap, input block and input, 16 outputs of each block.
template <typename T>
class Panels {
 public:
  // `width` output blocks, the kernels' number of them or one, from `first` on; `room` may be written to, until the next is asked for.
  virtual const T* panel(int64_t first, int64_t width, T* room) const = 0;

 protected:
  ~Panels() = default;
};

template <typename T>
struct ResnetWeights {
  const Panels<T> *first, *second;                          // the auxiliary ones follow the first ones within each panel
  const Panels<T> *first_back, *auxiliary_back, *second_back;  // inputs and outputs exchanged
  const float *first_bias, *second_bias;                     // in the order of the blocks
};

// What one thread works in: winograd_scratch, and room for a panel.
template <typename T>
struct Room {
  float* products;
  T* panel;
};

// Where gradients are summed, biases in the order of the blocks. Fresh: the sums of the weights are still to be set to zero.
struct ResnetGradients {
  float *first, *auxiliary, *second, *first_bias, *second_bias;
  bool fresh;
};

// One image. Features of inputs and outputs stand side by side, [pixels, features].
struct ResnetImage {
  const float* x;
  const float* const* auxiliary;  // one for each auxiliary input
  const int64_t* widths;          // and their features
  int64_t inputs;
  const float* shift;  // in the order of the blocks, or null
  uint64_t number;     // for the random numbers
};

template <typename T>
struct ResnetKernels {
  int panels;  // output blocks of a panel
  void (*forward)(const ResnetShape&, const ResnetWeights<T>&, const Dropout&, const ResnetImage&, T* kept, float* y, const Room<T>&);
  // shift_gradient: in the order of the blocks, or null.
  void (*backward)(const ResnetShape&, const ResnetWeights<T>&, const ResnetGradients&, const Dropout&, const ResnetImage&, const T* kept, const float* gradient,
                   float* dx, float* const* auxiliary_gradients, float* shift_gradient, T* scratch, const Room<T>&);
};

// Null where this processor has no kernels: for AVX-512 or AVX2; of Half16 for AVX512-BF16.
const ResnetKernels<float>* resnet_kernels(const float*);
const ResnetKernels<Half16>* resnet_kernels(const Half16*);
const ResnetKernels<Rounded>* resnet_kernels(const Rounded*);

}  // namespace fused
