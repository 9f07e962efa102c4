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
  Square(const Matrix& m, int64_t output_block, int64_t input_block)
      : outputs(m.weight.size(0), m.halved_outputs, output_block),
        inputs(m.weight.size(1), m.halved_inputs, input_block),
        taps(m.taps()),
        row(m.weight.size(1) * taps) {}
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

using Cube = float[2 * kMostPoints][kBlock][kBlock];  // taps, inputs of the product, its outputs

// f(first of 8 outputs, first of 8 inputs, both in the square, where their numbers begin in the weight) for all that are there.
template <class F>
FUSED_INLINE void for_quarters(const Square& s, const F& f) {
  for (int64_t o = 0; o < 2; ++o)
    for (int64_t i = 0; i < 2; ++i)
      if (s.outputs.first[o] >= 0 && s.inputs.first[i] >= 0) f(o * kGroup, i * kGroup, s.outputs.first[o] * s.row + s.inputs.first[i] * s.taps);
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
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at) __attribute__((always_inline)) {
      for (int first = 0; first < kGroup * taps; first += kGroup) {
        Floats rows[8];
        for (int k = 0; k < kGroup; ++k) load(rows[k], weight + at + k * square.row + first);
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
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at) __attribute__((always_inline)) {
      for (int64_t k = 0; k < kGroup; ++k) {
        const float* from = weight + at + k * square.row;
        if constexpr (taps == 1) {
          __builtin_memcpy(&cube[0][o + k][i], from, kGroup * sizeof(float));
          continue;
        }
        Floats rows[8];
        for (int input = 0; input < kGroup - 1; ++input) load(rows[input], from + input * taps);
        load(rows[7], from + 7 * taps - late);
        rows[7] = __builtin_shuffle(rows[7], later & 7);
        transpose(rows);
        for (int t = 0; t < taps; ++t) store(&cube[t][o + k][i], rows[t]);
      }
    });
  });
}

// The sum of some sums [tap][input][output].
FUSED_KERNEL void write_square(float* weight, const std::vector<const float*>& sums, int64_t offset, const Square& square) {
  with_taps(square.taps, [&](auto count) __attribute__((always_inline)) {
    constexpr int taps = decltype(count)::value;
    for_quarters(square, [&](int64_t o, int64_t i, int64_t at) __attribute__((always_inline)) {
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

// What a square of two rows of R columns is multiplied as, from the numbers as they are multiplied elsewhere.
template <typename T, int R>
FUSED_INLINE void winograd_square(Cube& to, const Cube& from, bool turned) {
  Cube as_multiplied;
  for (int t = 0; t < 2 * R; ++t)
    for (int64_t k = 0; k < kBlock; ++k)
      for (int64_t lane = 0; lane < kBlock; ++lane) {
        T number;
        assign(number, from[turned ? t / R * R + R - 1 - t % R : t][k][lane]);
        as_multiplied[t][k][lane] = *floats_at(&number);
      }
#pragma GCC unroll 8
  for (int p = 0; p < Winograd<R>::kPoints; ++p)
    for (int row = 0; row < 2; ++row)
      for (int64_t k = 0; k < kBlock; ++k)
        for (int64_t lane = 0; lane < kBlock; ++lane) {
          float sum = 0;
          for (int t = 0; t < R; ++t) sum += kWinograd<R>.g[p][t] * as_multiplied[row * R + t][k][lane];
          to[p * 2 + row][k][lane] = sum;
        }
}

FUSED_KERNEL void winograd_cube(Cube& to, const Cube& from, int64_t columns, bool turned, const float*) {
  if (columns == 3)
    winograd_square<float, 3>(to, from, turned);
  else
    winograd_square<float, 2>(to, from, turned);
}
FUSED_KERNEL void winograd_cube(Cube& to, const Cube& from, int64_t columns, bool turned, const Rounded*) {
  if (columns == 3)
    winograd_square<Rounded, 3>(to, from, turned);
  else
    winograd_square<Rounded, 2>(to, from, turned);
}

// One tap of a square among the rows of a panel, `stride` elements from row to row.
FUSED_KERNEL void put_rows(float* to, const float (*rows)[kBlock], int64_t stride) {
  for (int64_t k = 0; k < kBlock; ++k) __builtin_memcpy(to + k * stride, rows[k], sizeof(rows[k]));
}
FUSED_KERNEL void put_rows(Rounded* to, const float (*rows)[kBlock], int64_t stride) {
  for (int64_t k = 0; k < kBlock; ++k)
    for (int64_t lane = 0; lane < kBlock; ++lane) assign(to[k * stride + lane], rows[k][lane]);
}
FUSED_KERNEL void put_rows(Half16* to, const float (*rows)[kBlock], int64_t stride) {
  for (int64_t k = 0; k < kBlock; k += 2)
    for (int64_t lane = 0; lane < kBlock; ++lane) {
      to[k * stride + 2 * lane] = round_to_half(rows[k][lane]);
      to[k * stride + 2 * lane + 1] = round_to_half(rows[k + 1][lane]);
    }
}

template <typename T>
void pack_part(T* all, const Matrix& m, bool turned, int64_t panels, int64_t rows, int64_t first_row) {
  const int64_t outputs = turned ? m.input_blocks() : m.output_blocks(), inputs = turned ? m.output_blocks() : m.input_blocks();
  const at::Tensor weight = m.weight.contiguous();
  const float* from = weight.data_ptr<float>();
  at::parallel_for(0, outputs * inputs, 4, [&](int64_t begin, int64_t end) {
    Cube cube;
    for (int64_t i = begin; i < end; ++i) {
      const int64_t n = i / inputs, k = i % inputs, panel = n / panels * panels;
      const int64_t width = panel + panels <= outputs ? panels : 1, start = width > 1 ? panel : n;
      const Square square(m, turned ? k : n, turned ? n : k);
      if (square.outputs.first[1] < 0 || square.inputs.first[1] < 0) __builtin_memset(cube, 0, sizeof(cube));
      if (turned)
        read_turned(cube, from, square);
      else
        read_square(cube, from, square);
      const auto place = [&](int64_t t) {
        const int64_t row = first_row + t * inputs + k;
        return all + (start * rows + row * width) * kBlock * kBlock + (n - start) * kBlock * kSideBySide<T>;
      };
      if constexpr (!std::is_same_v<T, Half16>) {
        if (m.winograd) {
          Cube points;
          winograd_cube(points, cube, m.weight.size(3), turned, all);
          for (int64_t t = 0; t < m.packed_taps(); ++t) put_rows(floats_at(place(t)), points[t], width * kBlock);
          continue;
        }
      }
      for (int64_t t = 0; t < square.taps; ++t) put_rows(place(t), cube[t], width * kBlock);
    }
  });
}

}  // namespace

template <typename T>
at::Tensor packed(const std::vector<Matrix>& parts, bool turned, int64_t panels) {
  const int64_t outputs = turned ? parts[0].input_blocks() : parts[0].output_blocks();
  int64_t rows = 0;
  for (const Matrix& m : parts) rows += m.packed_taps() * (turned ? m.output_blocks() : m.input_blocks());
  const auto type = std::is_same_v<T, Half16> ? at::kBFloat16 : at::kFloat;
  at::Tensor all = at::empty({outputs * rows * kBlock * kBlock}, parts[0].weight.options().dtype(type).requires_grad(false));
  int64_t row = 0;
  for (const Matrix& m : parts) {
    pack_part(static_cast<T*>(all.data_ptr()), m, turned, panels, rows, row);
    row += m.packed_taps() * (turned ? m.output_blocks() : m.input_blocks());
  }
  return all;
}

template at::Tensor packed<float>(const std::vector<Matrix>&, bool, int64_t);
template at::Tensor packed<Half16>(const std::vector<Matrix>&, bool, int64_t);
template at::Tensor packed<Rounded>(const std::vector<Matrix>&, bool, int64_t);

at::Tensor unpacked(const std::vector<const float*>& sums, const Matrix& m) {
  at::Tensor weight = at::empty(m.weight.sizes(), m.weight.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous));
  const int64_t outputs = m.output_blocks(), size = m.taps() * kBlock * kBlock;
  at::parallel_for(0, m.input_blocks() * outputs, 4, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) write_square(weight.data_ptr<float>(), sums, i * size, Square(m, i % outputs, i / outputs));
  });
  return weight;
}

at::Tensor halves_in_blocks(const at::Tensor& features) {
  return features.unflatten(-1, {2, features.size(-1) / kBlock, kGroup}).transpose(-3, -2).contiguous();
}

at::Tensor halves_from_blocks(const at::Tensor& blocks) {
  return blocks.unflatten(-1, {blocks.size(-1) / kBlock, 2, kGroup}).transpose(-3, -2).flatten(-3);
}

}  // namespace fused
