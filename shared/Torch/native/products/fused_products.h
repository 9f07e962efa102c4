// Matrix products in float32 by oneDNN's sgemm, where libtorch brings a oneDNN whose functions can be found (Debian's does), else by
// libtorch's own product. BLAS libraries know processors by name; oneDNN asks for instructions: on a processor that an OpenBLAS
// takes for an older one, its products are twice as fast.
#pragma once

#include <ATen/ATen.h>

namespace fused {

// c = a · b, of any type and strides.
void multiply(at::Tensor& c, const at::Tensor& a, const at::Tensor& b);

// c += a · b
void multiply_add(at::Tensor& c, const at::Tensor& a, const at::Tensor& b);

// Whether these two would be multiplied by oneDNN.
bool multiplies_faster(const at::Tensor& a, const at::Tensor& b);

}  // namespace fused
