#include "fused_masked_products.h"

#include <ATen/Parallel.h>

#include "fused_convert.h"
#include "fused_products.h"
#include "fused_simd.h"

namespace fused {

namespace {

constexpr int64_t kBlocks = 16;         // steps of a staircase: half a step of 1/16 is computed for nothing
constexpr int64_t kGradientRows = 512;  // rows of a gradient that are still in cache when they are masked

FUSED_KERNEL void mask_row(const Mask& mask, float* values, int64_t begin, int64_t n) { apply_mask(mask, values, begin, n); }
FUSED_KERNEL void mask_row(const Mask& mask, double* values, int64_t begin, int64_t n) { apply_mask(mask, values, begin, n); }

// Rows of `from` (row stride `stride`, as float32, float64 or bfloat16) to rows of a weight's shape, masked. Under stairs what
// is kept of a row is copied as it is, the rest is filled with zeros; a row that is already in its place is not copied at all.
template <typename To, typename From>
void mask_in(at::Tensor& to, const at::Tensor& from, const Stairs& stairs, int64_t row, int64_t rows) {
  const int64_t columns = to.size(1), stride = from.stride(0);
  if (columns == 0) return;
  To* target = static_cast<To*>(to.data_ptr()) + row * columns;
  const From* source = static_cast<const From*>(from.data_ptr());
  at::parallel_for(0, rows, std::max<int64_t>(1, 16384 / columns), [&](int64_t first, int64_t last) {
    std::vector<Wide<To, From>> line(columns);
    for (int64_t r = first; r < last; ++r) {
      To* t = target + r * columns;
      const From* f = source + r * stride;
      const int64_t kept = stairs.sorted() ? stairs.prefix(row + r) : columns;
      if (!stairs.sorted() || static_cast<const void*>(t) != static_cast<const void*>(f)) {
        widen(line.data(), f, kept);
        if (!stairs.sorted()) mask_row(stairs.mask(), line.data(), (row + r) * columns, columns);
        narrow(t, line.data(), kept);
      }
      std::memset(static_cast<void*>(t + kept), 0, (columns - kept) * sizeof(To));
    }
  });
}

// The element types that occur: float32 or float64 masters, products in either or in bfloat16.
void mask_rows(at::Tensor& to, const at::Tensor& from, const Stairs& mask, int64_t row, int64_t rows) {
  const auto t = to.scalar_type(), f = from.scalar_type();
  if (t == at::kFloat && f == at::kFloat) return mask_in<float, float>(to, from, mask, row, rows);
  if (t == at::kDouble && f == at::kDouble) return mask_in<double, double>(to, from, mask, row, rows);
  if (t == at::kBFloat16 && f == at::kFloat) return mask_in<Half16, float>(to, from, mask, row, rows);
  if (t == at::kFloat && f == at::kBFloat16) return mask_in<float, Half16>(to, from, mask, row, rows);
  if (t == at::kBFloat16 && f == at::kBFloat16) return mask_in<Half16, Half16>(to, from, mask, row, rows);
  TORCH_CHECK(false, "masked_linear takes float32, float64 or bfloat16, not ", f, " to ", t);
}

}  // namespace

at::Tensor masked_weight(const at::Tensor& weight, const at::Tensor& mask, at::ScalarType type) {
  const at::Tensor source = weight.contiguous();
  at::Tensor result = at::empty(weight.sizes(), weight.options().dtype(type).requires_grad(false));
  mask_rows(result, source, Stairs(mask_of(mask, weight), weight.size(0), weight.size(1)), 0, weight.size(0));
  return result;
}

at::Tensor masked_forward(const at::Tensor& x, const at::Tensor& kept, const at::Tensor& mask) {
  const Stairs stairs(mask_of(mask, kept), kept.size(0), kept.size(1));
  at::Tensor sums = at::empty({x.size(0), kept.size(0)}, options_of_sums(x));
  if (!stairs.sorted()) {
    multiply(sums, x, kept.t());
    return sums;
  }
  for (const Block& b : stairs.row_blocks(kBlocks)) {
    at::Tensor columns = sums.narrow(1, b.begin, b.count);
    if (b.kept == 0)
      columns.zero_();
    else
      multiply(columns, x.narrow(1, 0, b.kept), kept.narrow(0, b.begin, b.count).narrow(1, 0, b.kept).t());
  }
  return sums;
}

at::Tensor masked_input_gradient(const at::Tensor& g, const at::Tensor& kept, const at::Tensor& mask) {
  const Stairs stairs(mask_of(mask, kept), kept.size(0), kept.size(1));
  at::Tensor sums = at::empty({g.size(0), kept.size(1)}, options_of_sums(g));
  if (!stairs.sorted()) {
    multiply(sums, g, kept);
    return sums;
  }
  for (const Block& b : stairs.column_blocks(kBlocks)) {
    at::Tensor columns = sums.narrow(1, b.begin, b.count);
    if (b.kept == 0)
      columns.zero_();
    else
      multiply(columns, g.narrow(1, b.from, b.kept), kept.narrow(0, b.from, b.kept).narrow(1, b.begin, b.count));
  }
  return sums;
}

at::Tensor masked_weight_gradient(const at::Tensor& g, const at::Tensor& x, const at::Tensor& mask, at::ScalarType type) {
  const int64_t rows = g.size(1), columns = x.size(1);
  at::Tensor result = at::empty({rows, columns}, x.options().dtype(type));
  const Stairs stairs(mask_of(mask, result), rows, columns);
  const at::Tensor gt = g.t();
  const int64_t step = std::min(rows, stairs.sorted() ? std::clamp<int64_t>((rows / kBlocks + 15) / 16 * 16, 16, kGradientRows) : kGradientRows);
  const at::TensorOptions sums = options_of_sums(x);
  at::Tensor block = type == sums.dtype() ? at::Tensor() : at::empty({step, columns}, sums);
  for (int64_t row = 0; row < rows; row += step) {
    const int64_t count = std::min(step, rows - row);
    const int64_t kept = stairs.sorted() ? stairs.prefix(row + count - 1) : columns;
    at::Tensor whole = block.defined() ? block.narrow(0, 0, count) : result.narrow(0, row, count);
    if (kept > 0) {
      at::Tensor product = whole.narrow(1, 0, kept);
      multiply(product, gt.narrow(0, row, count), x.narrow(1, 0, kept));
    }
    mask_rows(result, whole, stairs, row, count);
  }
  return result;
}

}  // namespace fused
