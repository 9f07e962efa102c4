// Matrix products by oneDNN's gemm, where libtorch brings a oneDNN whose functions can be found (Debian's does), else by libtorch's own product. In
// float32, BLAS libraries know processors by name, oneDNN asks for instructions: on a processor that an OpenBLAS takes for an older one, its products are
// twice as fast. In bfloat16 libtorch goes to oneDNN too, but builds a primitive for each product and rounds what comes out.
#pragma once

#include <ATen/ATen.h>

namespace fused {

// Of what products of a tensor add up in: float32 for bfloat16, else its own type.
inline at::TensorOptions options_of_sums(const at::Tensor& t) {
  return t.options().dtype(t.scalar_type() == at::kBFloat16 ? at::kFloat : t.scalar_type()).requires_grad(false);
}

// c = a · b, of any strides; a and b of one type, c of that of their sums.
void multiply(at::Tensor& c, const at::Tensor& a, const at::Tensor& b);

// c += a · b
void multiply_add(at::Tensor& c, const at::Tensor& a, const at::Tensor& b);

// Whether these two would be multiplied by oneDNN.
bool multiplies_faster(const at::Tensor& a, const at::Tensor& b);

// Sums, as the type that was multiplied.
at::Tensor rounded(const at::Tensor& sums, at::ScalarType type);

}  // namespace fused
