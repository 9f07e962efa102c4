#include "fused_resnet_weights.h"

#include <ATen/Parallel.h>

namespace fused {

namespace {

// The first of the 8 features that stand together in each half of a block; -1 where there are none.
struct Features {
  int64_t first[2];
  Features(int64_t count, bool halved, int64_t block) {
    for (int64_t half = 0; half < 2; ++half) {
      const int64_t f = halved ? half * (count / 2) + block * kGroup : (2 * block + half) * kGroup;
      first[half] = f < count ? f : -1;
    }
  }
};

// All taps of 16 outputs and 16 inputs of a weight.
struct Square {
  Features outputs, inputs;
  int64_t taps, row;  // row: elements from output to output
  const float* scale;
  Square(const Matrix& m, int64_t output_block, int64_t input_block)
      : outputs(m.weight.size(0), m.halved_outputs, output_block),
        inputs(m.weight.size(1), m.halved_inputs, input_block),
        taps(m.taps()),
        row(m.weight.size(1) * taps),
        scale(m.scale.data_ptr<float>()) {}
};

typedef float Floats __attribute__((vector_size(32)));
typedef int32_t Ints __attribute__((vector_size(32)));

FUSED_INLINE void load(Floats& v, const float* p) { __builtin_memcpy(&v, p, sizeof(v)); }
FUSED_INLINE void store(float* p, const Floats& v) { __builtin_memcpy(p, &v, sizeof(v)); }

// Rows become columns.
FUSED_INLINE void transpose(Floats (&rows)[8]) {
  constexpr Ints low_pairs = {0, 8, 1, 9, 4, 12, 5, 13}, high_pairs = {2, 10, 3, 11, 6, 14, 7, 15};
  constexpr Ints low_fours = {0, 1, 8, 9, 4, 5, 12, 13}, high_fours = {2, 3, 10, 11, 6, 7, 14, 15};
  constexpr Ints low_half = {0, 1, 2, 3, 8, 9, 10, 11}, high_half = {4, 5, 6, 7, 12, 13, 14, 15};
  Floats pairs[8], fours[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = __builtin_shuffle(rows[i], rows[i + 1], low_pairs);
    pairs[i + 1] = __builtin_shuffle(rows[i], rows[i + 1], high_pairs);
  }
  for (int i = 0; i < 8; i += 4)
    for (int k = 0; k < 2; ++k) {
      fours[i + 2 * k] = __builtin_shuffle(pairs[i + k], pairs[i + 2 + k], low_fours);
      fours[i + 2 * k + 1] = __builtin_shuffle(pairs[i + k], pairs[i + 2 + k], high_fours);
    }
  for (int i = 0; i < 4; ++i) {
    rows[i] = __builtin_shuffle(fours[i], fours[i + 4], low_half);
    rows[i + 4] = __builtin_shuffle(fours[i], fours[i + 4], high_half);
  }
}

using Cube = float[kMostTaps][kBlock][kBlock];  // taps, inputs of the product, its outputs

// f(first of 8 outputs, first of 8 inputs, both in the square, where their numbers begin in the weight, what the outputs are multiplied with) for all that are
// there.
template <class F>
FUSED_INLINE void for_quarters(const Square& s, const F& f) {
  for (int64_t o = 0; o < 2; ++o)
    for (int64_t i = 0; i < 2; ++i)
      if (s.outputs.first[o] >= 0 && s.inputs.first[i] >= 0)
        f(o * kGroup, i * kGroup, s.outputs.first[o] * s.row + s.inputs.first[i] * s.taps, s.scale + s.outputs.first[o]);
}

// f(a number of taps that the compiler knows).
template <class F>
FUSED_INLINE void with_taps(int64_t taps, const F& f) {
  if (taps == 1)
    f(std::integral_constant<int, 1>());
  else if (taps == 4)
    f(std::integral_constant<int, 4>());
  else
    f(std::integral_constant<int, 6>());
}

// An output has 8 inputs one after another, each with its taps: eight numbers of eight outputs are transposed at once.
FUSED_KERNEL void read_square(Cube& cube, const float* weight, const Square& square) {
  with_taps(square.taps, [&](auto count) __attribute__((always_inline)) {
    constexpr int taps = decltype(count)::value;
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at, const float* scale) __attribute__((always_inline)) {
      for (int first = 0; first < kGroup * taps; first += kGroup) {
        Floats rows[8];
        for (int k = 0; k < kGroup; ++k) {
          load(rows[k], weight + at + k * square.row + first);
          rows[k] *= scale[k];
        }
        transpose(rows);
        for (int k = 0; k < kGroup; ++k) store(&cube[(first + k) % taps][i + (first + k) / taps][o], rows[k]);
      }
    });
  });
}

// The taps of eight inputs of an output are transposed; the last input's are read with what is before them, not what is behind.
FUSED_KERNEL void read_turned(Cube& cube, const float* weight, const Square& square) {
  with_taps(square.taps, [&](auto count) __attribute__((always_inline)) {
    constexpr int taps = decltype(count)::value, late = kGroup - taps;
    constexpr Ints later = {late, late + 1, late + 2, late + 3, late + 4, late + 5, late + 6, late + 7};
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at, const float* scale) __attribute__((always_inline)) {
      for (int64_t k = 0; k < kGroup; ++k) {
        const float* from = weight + at + k * square.row;
        Floats rows[8];
        if constexpr (taps == 1) {
          load(rows[0], from);
          store(&cube[0][o + k][i], rows[0] * scale[k]);
          continue;
        }
        for (int input = 0; input < kGroup - 1; ++input) load(rows[input], from + input * taps);
        load(rows[7], from + 7 * taps - late);
        rows[7] = __builtin_shuffle(rows[7], later & 7);
        transpose(rows);
        for (int t = 0; t < taps; ++t) store(&cube[t][o + k][i], rows[t] * scale[k]);
      }
    });
  });
}

// The sum of some sums [tap][input][output].
FUSED_KERNEL void write_square(float* weight, const std::vector<const float*>& sums, int64_t offset, const Square& square) {
  with_taps(square.taps, [&](auto count) __attribute__((always_inline)) {
    constexpr int taps = decltype(count)::value;
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at, const float*) __attribute__((always_inline)) {
      for (int first = 0; first < kGroup * taps; first += kGroup) {
        Floats rows[8] = {};
        for (const float* part : sums)
          for (int k = 0; k < kGroup; ++k) {
            Floats more;
            load(more, part + offset + ((first + k) % taps * kBlock + i + (first + k) / taps) * kBlock + o);
            rows[k] += more;
          }
        transpose(rows);
        for (int k = 0; k < kGroup; ++k) store(weight + at + k * square.row + first, rows[k]);
      }
    });
  });
}

// The sum of the products of a multiple of 8 numbers.
FUSED_INLINE float dot_of(const float* a, const float* b, int64_t n) {
  Floats sums[4] = {}, x, y;
  int64_t i = 0;
  for (; i + 4 * kGroup <= n; i += 4 * kGroup)
    for (int k = 0; k < 4; ++k) {
      load(x, a + i + k * kGroup);
      load(y, b + i + k * kGroup);
      sums[k] += x * y;
    }
  for (; i < n; i += kGroup) {
    load(x, a + i);
    load(y, b + i);
    sums[0] += x * y;
  }
  const Floats all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  return ((all[0] + all[1]) + (all[2] + all[3])) + ((all[4] + all[5]) + (all[6] + all[7]));
}

FUSED_KERNEL float square_sum(const float* v, int64_t n) { return dot_of(v, v, n); }

// From the gradient of an output's numbers, w = scale v, to that of v; what it returns is the gradient of g:
//   dg = dw v / |v|,  dv = scale (dw - dg v / |v|).
FUSED_KERNEL float to_directions(float* dw, const float* v, int64_t n, float scale, float norm) {
  const float dg = dot_of(dw, v, n) / norm, along = dg / norm;
  for (int64_t i = 0; i < n; ++i) dw[i] = scale * (dw[i] - along * v[i]);
  return dg;
}

// As assign() makes numbers.
FUSED_INLINE void round_to(const float*, Floats&) {}
FUSED_INLINE void round_to(const Rounded*, Floats& v) {
  const Ints bits = (Ints)v;
  v = v != v ? (Floats)(Ints{} + 0x7fc00000) : (Floats)((bits + 0x7fff + ((bits >> 16) & 1)) & static_cast<int32_t>(0xffff0000u));
}

// What a square of two rows of R columns is multiplied as, from the numbers as they are multiplied elsewhere; points are `point` elements apart, inputs `stride`.
template <int R, typename T>
FUSED_INLINE void winograd_square(T* to, int64_t point, int64_t stride, const Cube& from, bool turned) {
  for (int row = 0; row < 2; ++row)
    for (int64_t k = 0; k < kBlock; ++k)
      for (int64_t lane = 0; lane < kBlock; lane += kGroup) {
        Floats numbers[R];
        for (int t = 0; t < R; ++t) {
          load(numbers[t], &from[row * R + (turned ? R - 1 - t : t)][k][lane]);
          round_to(to, numbers[t]);
        }
#pragma GCC unroll 8
        for (int p = 0; p < Winograd<R>::kPoints; ++p) {
          Floats sum = {};
#pragma GCC unroll 4
          for (int t = 0; t < R; ++t)
            if (kWinograd<R>.g[p][t] != 0) sum += kWinograd<R>.g[p][t] * numbers[t];
          store(floats_at(to) + (p * 2 + row) * point + k * stride + lane, sum);
        }
      }
}

FUSED_KERNEL void put_points(float* to, int64_t point, int64_t stride, const Cube& from, int64_t columns, bool turned) {
  columns == 3 ? winograd_square<3>(to, point, stride, from, turned) : winograd_square<2>(to, point, stride, from, turned);
}
FUSED_KERNEL void put_points(Rounded* to, int64_t point, int64_t stride, const Cube& from, int64_t columns, bool turned) {
  columns == 3 ? winograd_square<3>(to, point, stride, from, turned) : winograd_square<2>(to, point, stride, from, turned);
}

// One tap of a square among the rows of a panel, `stride` elements from row to row.
template <typename T>
FUSED_INLINE void square_rows(T* to, const float (*rows)[kBlock], int64_t stride) {
  for (int64_t k = 0; k < kBlock; ++k)
    for (int64_t lane = 0; lane < kBlock; lane += kGroup) {
      Floats numbers;
      load(numbers, rows[k] + lane);
      round_to(to, numbers);
      store(floats_at(to) + k * stride + lane, numbers);
    }
}

FUSED_KERNEL void put_rows(float* to, const float (*rows)[kBlock], int64_t stride) { square_rows(to, rows, stride); }
FUSED_KERNEL void put_rows(Rounded* to, const float (*rows)[kBlock], int64_t stride) { square_rows(to, rows, stride); }
FUSED_KERNEL void put_rows(Half16* to, const float (*rows)[kBlock], int64_t stride) {
  for (int64_t k = 0; k < kBlock; k += 2)
    for (int64_t lane = 0; lane < kBlock; ++lane) {
      to[k * stride + 2 * lane] = round_to_half(rows[k][lane]);
      to[k * stride + 2 * lane + 1] = round_to_half(rows[k + 1][lane]);
    }
}

}  // namespace

template <typename T>
Packing<T>::Packing(std::vector<Matrix> parts, bool turned, int64_t panels)
    : turned_(turned), panels_(panels), outputs_(turned ? parts[0].input_blocks() : parts[0].output_blocks()) {
  for (Matrix& m : parts) {
    const int64_t inputs = turned ? m.output_blocks() : m.input_blocks(), rows = m.packed_taps() * inputs;
    parts_.push_back({std::move(m), inputs, rows_});
    rows_ += rows;
  }
}

// One input block of a panel.
template <typename T>
void Packing<T>::pack(T* to, int64_t first, int64_t width, const Part& part, int64_t input) const {
  const Matrix& m = part.matrix;
  const int64_t tap = part.inputs * width * kBlock * kBlock, stride = width * kBlock;
  Cube cube;
  to += (part.first_row + input) * width * kBlock * kBlock;
  for (int64_t n = first; n < first + width; ++n, to += kBlock * kSideBySide<T>) {
    const Square square(m, turned_ ? input : n, turned_ ? n : input);
    if (square.outputs.first[1] < 0 || square.inputs.first[1] < 0) __builtin_memset(cube, 0, sizeof(cube));
    (turned_ ? read_turned : read_square)(cube, m.weight.data_ptr<float>(), square);
    if constexpr (!std::is_same_v<T, Half16>) {
      if (m.winograd) {
        put_points(to, tap, stride, cube, m.weight.size(3), turned_);
        continue;
      }
    }
    for (int64_t t = 0; t < square.taps; ++t) put_rows(to + t * tap, cube[t], stride);
  }
}

template <typename T>
const T* Packing<T>::panel(int64_t first, int64_t width, T* room) const {
  if (all_.defined()) return static_cast<const T*>(all_.data_ptr()) + first * rows_ * kBlock * kBlock;
  for (const Part& part : parts_)
    for (int64_t k = 0; k < part.inputs; ++k) pack(room, first, width, part, k);
  return room;
}

template <typename T>
void Packing<T>::pack_all() {
  const auto type = std::is_same_v<T, Half16> ? at::kBFloat16 : at::kFloat;
  all_ = at::empty({outputs_ * rows_ * kBlock * kBlock}, parts_[0].matrix.weight.options().dtype(type).requires_grad(false));
  for (const Part& part : parts_)
    at::parallel_for(0, (outputs_ / panels_ + outputs_ % panels_) * part.inputs, 2, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const int64_t panel = i / part.inputs, wide = outputs_ / panels_;
        const int64_t first = panel < wide ? panel * panels_ : wide * panels_ + panel - wide;
        pack(static_cast<T*>(all_.data_ptr()) + first * rows_ * kBlock * kBlock, first, panel < wide ? panels_ : 1, part, i % part.inputs);
      }
    });
}

template class Packing<float>;
template class Packing<Half16>;
template class Packing<Rounded>;

at::Tensor norms(const at::Tensor& weight) {
  const at::Tensor given = weight.contiguous();
  const int64_t outputs = given.size(0), row = given.numel() / outputs;
  at::Tensor found = at::empty({outputs}, given.options().requires_grad(false));
  at::parallel_for(0, outputs, 16, [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; ++o) found.data_ptr<float>()[o] = std::sqrt(square_sum(given.data_ptr<float>() + o * row, row));
  });
  return found;
}

WeightGradients unpacked(const std::vector<const float*>& sums, const Matrix& m, const at::Tensor& norms) {
  const at::Tensor given = m.weight.contiguous();
  const auto options = given.options().requires_grad(false);
  const WeightGradients gradients = {at::empty(given.sizes(), options), at::empty({given.size(0)}, options)};
  const int64_t inputs = m.input_blocks(), outputs = m.output_blocks(), size = m.taps() * kBlock * kBlock, row = given.size(1) * m.taps();
  const float *v = given.data_ptr<float>(), *scale = m.scale.data_ptr<float>(), *norm = norms.data_ptr<float>();
  float *dv = gradients.v.data_ptr<float>(), *dg = gradients.g.data_ptr<float>();
  at::parallel_for(0, outputs, 1, [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; ++n) {
      for (int64_t k = 0; k < inputs; ++k) write_square(dv, sums, (k * outputs + n) * size, Square(m, n, k));
      for (const int64_t first : Features(given.size(0), m.halved_outputs, n).first)
        for (int64_t o = first; o >= 0 && o < first + kGroup; ++o) dg[o] = to_directions(dv + o * row, v + o * row, row, scale[o], norm[o]);
    }
  });
  return gradients;
}

at::Tensor halves_in_blocks(const at::Tensor& features) {
  return features.unflatten(-1, {2, features.size(-1) / kBlock, kGroup}).transpose(-3, -2).contiguous();
}

at::Tensor halves_from_blocks(const at::Tensor& blocks) {
  return blocks.unflatten(-1, {blocks.size(-1) / kBlock, 2, kGroup}).transpose(-3, -2).flatten(-3);
}

}  // namespace fused
