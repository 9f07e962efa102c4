// The three products of a masked linear layer on the CPU; of bfloat16, their sums in float32.
#pragma once

#include "fused_stairs.h"

namespace fused {

// weight with zeros where the mask does not keep it, as `type`, in one pass.
at::Tensor masked_weight(const at::Tensor& weight, const at::Tensor& mask, at::ScalarType type);

// x [n, in] · kept [out, in]ᵀ
at::Tensor masked_forward(const at::Tensor& x, const at::Tensor& kept, const at::Tensor& mask);

// g [n, out] · kept [out, in]
at::Tensor masked_input_gradient(const at::Tensor& g, const at::Tensor& kept, const at::Tensor& mask);

// gᵀ [out, n] · x [n, in] with zeros where the mask does not keep the weight, as `type`.
at::Tensor masked_weight_gradient(const at::Tensor& g, const at::Tensor& x, const at::Tensor& mask, at::ScalarType type);

}  // namespace fused
