// Products of the states of binary units, most of which are zero: a sum of the rows whose unit is on. Rows of the others are not read, so that what is
// not finite in them is not seen either.
//   replications::pack_rows      rows in the order in which the product reads them
//   replications::sparse_linear  x · rows + bias
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <memory>

#include "fused_autocast.h"
#include "fused_products.h"
#include "fused_simd.h"

namespace {

using at::Tensor;
using fused::OptionalTensor;

typedef float Floats __attribute__((vector_size(32)));
typedef float InMemory __attribute__((vector_size(32), aligned(4), may_alias));

constexpr int64_t kLanes = 8;
constexpr int kVectors = 4;                    // of a strip of columns
constexpr int64_t kStrip = kVectors * kLanes;  // its columns
constexpr int64_t kBlock = 160;                // rows at once, at most: 20 KiB of a strip, which stay in the nearest cache for all examples
constexpr int64_t kLine = 64;                  // bytes that are fetched at once
constexpr int64_t kAhead = 16;                 // such that an example asks for ahead of time, at most: few examples do not read all rows
constexpr int64_t kExamples = 128;             // rows of x that are listed at once
constexpr double kDense = 0.3;                 // share of x from which on a dense product is taken: on no machine the slower one by much
constexpr int64_t kSmall = 1 << 18;            // multiplications below which lists do not pay

// Columns of a strip begin here. The last strip reaches back: what it shares with the one before is computed twice, to the same sums.
int64_t column_of(int64_t strip, int64_t columns) { return std::min(strip * kStrip, columns - kStrip); }

int64_t blocks_of(int64_t rows) { return (rows + kBlock - 1) / kBlock; }

// Rows of every block but the last, which may have fewer: as even as can be.
int64_t block_of(int64_t rows) {
  const int64_t blocks = blocks_of(rows);
  return (rows + blocks - 1) / blocks;
}

FUSED_INLINE bool is_on(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  return (bits << 1) != 0;  // -0 is off, NaN is on
}

// What of some rows of x is not zero, block of columns after block of columns.
struct Lists {
  std::unique_ptr<int32_t[]> which;  // places in a block of a strip
  std::unique_ptr<float[]> values;   // none where all are ones
  std::unique_ptr<int64_t[]> ends;   // of each example's blocks, counted from its first place
  int64_t inner, blocks, block;

  Lists(int64_t examples, int64_t columns, bool ones)
      : which(new int32_t[examples * (columns + 1)]), values(ones ? nullptr : new float[examples * (columns + 1)]),
        ends(new int64_t[examples * blocks_of(columns)]), inner(columns), blocks(blocks_of(columns)), block(block_of(columns)) {}

  int64_t place(int64_t example) const { return example * (inner + 1); }

  void read(int64_t example, const float* x) {
    int32_t* w = which.get() + place(example);
    float* v = values == nullptr ? nullptr : values.get() + place(example);
    int64_t count = 0;
    for (int64_t b = 0; b < blocks; ++b) {
      const float* part = x + b * block;
      const int64_t n = std::min(block, inner - b * block);
      for (int64_t i = 0; i < n; ++i) {
        w[count] = static_cast<int32_t>(i * kStrip);
        if (v != nullptr) v[count] = part[i];
        count += is_on(part[i]);
      }
      ends[example * blocks + b] = count;
    }
  }
};

FUSED_INLINE void load(Floats& v, const float* p) { v = *reinterpret_cast<const InMemory*>(p); }

template <bool Ones>
FUSED_INLINE void add_row(Floats* sums, const float* row, const float* value) {
  for (int j = 0; j < kVectors; ++j) {
    Floats part;
    load(part, row + j * kLanes);
    sums[j] += Ones ? part : part * *value;
  }
}

// Two sums of every other row hide the latency of an addition.
template <bool Ones>
FUSED_INLINE void sum_rows(const int32_t* which, const float* values, int64_t count, const float* rows, const float* start, float* out) {
  Floats even[kVectors], odd[kVectors];
  for (int j = 0; j < kVectors; ++j) {
    load(even[j], start + j * kLanes);
    odd[j] = Floats{};
  }
  int64_t k = 0;
  for (; k + 2 <= count; k += 2) {
    add_row<Ones>(even, rows + which[k], values + k);
    add_row<Ones>(odd, rows + which[k + 1], values + k + 1);
  }
  if (k < count) add_row<Ones>(even, rows + which[k], values + k);
  for (int j = 0; j < kVectors; ++j) *reinterpret_cast<InMemory*>(out + j * kLanes) = even[j] + odd[j];
}

// A strip of columns, for all examples block of rows after block of rows.
template <bool Ones>
FUSED_INLINE void sum_strip(const Lists& lists, int64_t examples, const float* strip, const float* start, float* out, int64_t columns) {
  const int64_t lines = lists.block * kStrip * static_cast<int64_t>(sizeof(float)) / kLine;
  const int64_t share = std::min(kAhead, (lines + examples - 1) / examples);
  for (int64_t b = 0; b < lists.blocks; ++b) {
    const float* rows = strip + b * lists.block * kStrip;
    // Each example asks for some lines of the block that comes next, which may be the next strip's. Rows are read as units happen to be on: the processor
    // does not see them coming. Asking for what lies behind the last strip does nothing.
    const char* next = reinterpret_cast<const char*>(rows + std::min(lists.block, lists.inner - b * lists.block) * kStrip);
    for (int64_t e = 0; e < examples; ++e) {
      for (int64_t i = 0; i < share; ++i) __builtin_prefetch(next + (e * share + i) * kLine);
      const int64_t from = b == 0 ? 0 : lists.ends[e * lists.blocks + b - 1], place = lists.place(e) + from;
      float* sums = out + e * columns;
      sum_rows<Ones>(lists.which.get() + place, Ones ? nullptr : lists.values.get() + place, lists.ends[e * lists.blocks + b] - from,
                     rows, b == 0 ? start : sums, sums);
    }
  }
}

FUSED_KERNEL void sum_ones(const Lists& lists, int64_t examples, const float* strip, const float* start, float* out, int64_t columns) {
  sum_strip<true>(lists, examples, strip, start, out, columns);
}

FUSED_KERNEL void sum_values(const Lists& lists, int64_t examples, const float* strip, const float* start, float* out, int64_t columns) {
  sum_strip<false>(lists, examples, strip, start, out, columns);
}

struct Counts {
  int64_t on, ones;
};

FUSED_KERNEL Counts count(const float* x, int64_t n) {
  int64_t on = 0, ones = 0;
  for (int64_t i = 0; i < n; ++i) {
    on += is_on(x[i]);
    ones += x[i] == 1.0f;
  }
  return {on, ones};
}

void multiply_lists(const Tensor& x, const Tensor& packed, const Tensor& bias, bool ones, Tensor& result) {
  const int64_t inner = x.size(1), columns = result.size(1), strips = packed.size(0);
  const float *in = x.data_ptr<float>(), *weights = packed.data_ptr<float>(), *b = bias.defined() ? bias.data_ptr<float>() : nullptr;
  float* out = result.data_ptr<float>();
  at::parallel_for(0, x.size(0), 8, [&](int64_t begin, int64_t end) {
    const float zeros[kStrip] = {};
    Lists lists(std::min(kExamples, end - begin), inner, ones);
    for (int64_t from = begin; from < end; from += kExamples) {
      const int64_t examples = std::min(kExamples, end - from);
      for (int64_t i = 0; i < examples; ++i) lists.read(i, in + (from + i) * inner);
      for (int64_t s = 0; s < strips; ++s) {
        const int64_t column = column_of(s, columns);
        (ones ? sum_ones : sum_values)(lists, examples, weights + s * inner * kStrip, b == nullptr ? zeros : b + column, out + from * columns + column, columns);
      }
    }
  });
}

// [strips, inner, columns of a strip]; empty where no product will read it.
Tensor pack_rows(const Tensor& rows) {
  TORCH_CHECK(rows.dim() == 2, "pack_rows: rows must be [inner, columns], not ", rows.sizes());
  at::NoGradGuard no_grad;
  const int64_t inner = rows.size(0), columns = rows.size(1), strips = (columns + kStrip - 1) / kStrip;
  if (!rows.is_cpu() || rows.scalar_type() != at::kFloat || columns < kStrip) return at::empty({0, inner, kStrip}, rows.options());
  Tensor packed = at::empty({strips, inner, kStrip}, rows.options());
  for (int64_t s = 0; s < strips; ++s) packed.select(0, s).copy_(rows.narrow(1, column_of(s, columns), kStrip));
  return packed;
}

Tensor sparse_linear(const Tensor& x, const Tensor& rows, const Tensor& packed, const OptionalTensor& bias) {
  TORCH_CHECK(x.dim() == 2 && rows.dim() == 2 && x.size(1) == rows.size(0), "sparse_linear: x [N, inner] and rows [inner, columns], not ", x.sizes(), " and ", rows.sizes());
  TORCH_CHECK(!bias.has_value() || (bias->dim() == 1 && bias->size(0) == rows.size(1)), "sparse_linear: one bias for each column");
  TORCH_CHECK(x.scalar_type() == rows.scalar_type() && (!bias.has_value() || bias->scalar_type() == rows.scalar_type()), "sparse_linear: one type for all");
  TORCH_CHECK(packed.dim() == 3 && packed.size(1) == rows.size(0) && packed.size(2) == kStrip && packed.is_contiguous() && packed.scalar_type() == rows.scalar_type() &&
                  (packed.size(0) == 0 || (rows.size(1) >= kStrip && packed.size(0) == (rows.size(1) + kStrip - 1) / kStrip)), "sparse_linear: packed must be pack_rows of the rows");
  TORCH_CHECK(x.device() == rows.device() && packed.device() == rows.device() && (!bias.has_value() || bias->device() == rows.device()),
              "sparse_linear: one device for all");
  at::NoGradGuard no_grad;
  Tensor result = at::empty({x.size(0), rows.size(1)}, x.options());
  if (packed.size(0) > 0 && x.is_cpu() && rows.numel() * x.size(0) >= kSmall) {
    const Tensor states = x.contiguous();
    const Counts counts = count(states.data_ptr<float>(), states.numel());
    if (counts.on <= kDense * states.numel()) {
      multiply_lists(states, packed, bias.has_value() ? bias->contiguous() : Tensor(), counts.on == counts.ones, result);
      return result;
    }
  }
  if (bias.has_value()) {
    result.copy_(bias->expand_as(result));
    fused::multiply_add(result, x, rows);
  } else {
    fused::multiply(result, x, rows);
  }
  return result;
}

// In the rows' type, whatever is cast: states of binary units are the same numbers in any, and sums of rows are no products to round.
Tensor sparse_linear_autocast(const Tensor& x, const Tensor& rows, const Tensor& packed, const OptionalTensor& bias) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(fused::autocast_keys());
  return sparse_linear(x.to(rows.scalar_type()), rows, packed, bias);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("pack_rows(Tensor rows) -> Tensor", &pack_rows);
  m.def("sparse_linear(Tensor x, Tensor rows, Tensor packed, Tensor? bias=None) -> Tensor", &sparse_linear);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) { m.impl("sparse_linear", &sparse_linear_autocast); }

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) { m.impl("sparse_linear", &sparse_linear_autocast); }
