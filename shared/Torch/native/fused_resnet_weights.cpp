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

// f(offset in the weight, tap, output, input) for all that are there, for a number of taps that the compiler knows.
template <int taps, class F>
FUSED_INLINE void each(const Square& s, const F& f) {
  for (int64_t o = 0; o < kBlock; ++o) {
    if (s.outputs.first[o / kGroup] < 0) continue;
    const int64_t row = (s.outputs.first[o / kGroup] + o % kGroup) * s.row;
    for (int64_t half = 0; half < 2; ++half) {
      if (s.inputs.first[half] < 0) continue;
      const int64_t at = row + s.inputs.first[half] * taps;
      for (int64_t i = 0; i < kGroup; ++i)
        for (int t = 0; t < taps; ++t) f(at + i * taps + t, t, o, half * kGroup + i);
    }
  }
}

template <class F>
FUSED_INLINE void each(const Square& s, const F& f) {
  if (s.taps == 1)
    each<1>(s, f);
  else if (s.taps == 4)
    each<4>(s, f);
  else
    each<6>(s, f);
}

using Cube = float[kMostTaps][kBlock][kBlock];  // taps, inputs of the product, its outputs

FUSED_KERNEL void read_square(Cube& cube, const float* weight, const Square& square, bool turned) {
  if (square.outputs.first[1] < 0 || square.inputs.first[1] < 0) __builtin_memset(cube, 0, sizeof(cube));
  if (turned)
    each(square, [&](int64_t at, int t, int64_t o, int64_t i) { cube[t][o][i] = weight[at]; });
  else
    each(square, [&](int64_t at, int t, int64_t o, int64_t i) { cube[t][i][o] = weight[at]; });
}

FUSED_KERNEL void write_square(float* weight, const float* sums, const Square& square, bool add) {
  if (add)
    each(square, [&](int64_t at, int t, int64_t o, int64_t i) { weight[at] += sums[(t * kBlock + i) * kBlock + o]; });
  else
    each(square, [&](int64_t at, int t, int64_t o, int64_t i) { weight[at] = sums[(t * kBlock + i) * kBlock + o]; });
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
      read_square(cube, from, square, turned);
      for (int64_t t = 0; t < square.taps; ++t) {
        const int64_t row = first_row + t * inputs + k;
        put_rows(all + (start * rows + row * width) * kBlock * kBlock + (n - start) * kBlock * kSideBySide<T>, cube[t], width * kBlock);
      }
    }
  });
}

}  // namespace

template <typename T>
at::Tensor packed(const std::vector<Matrix>& parts, bool turned, int64_t panels) {
  const int64_t outputs = turned ? parts[0].input_blocks() : parts[0].output_blocks();
  int64_t rows = 0;
  for (const Matrix& m : parts) rows += m.taps() * (turned ? m.output_blocks() : m.input_blocks());
  const auto type = std::is_same_v<T, Half16> ? at::kBFloat16 : at::kFloat;
  at::Tensor all = at::empty({outputs * rows * kBlock * kBlock}, parts[0].weight.options().dtype(type).requires_grad(false));
  int64_t row = 0;
  for (const Matrix& m : parts) {
    pack_part(static_cast<T*>(all.data_ptr()), m, turned, panels, rows, row);
    row += m.taps() * (turned ? m.output_blocks() : m.input_blocks());
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
    for (int64_t i = begin; i < end; ++i)
      for (size_t s = 0; s < sums.size(); ++s) write_square(weight.data_ptr<float>(), sums[s] + i * size, Square(m, i % outputs, i / outputs), s > 0);
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
