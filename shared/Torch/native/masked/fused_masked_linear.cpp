// replications::masked_linear: input · (weight ∘ mask)ᵀ + bias, the layer of MADE and of every network whose connections are
// fixed. The mask is a bool tensor or degrees (fused_mask.h). `kept`, when given, is weight ∘ mask as the caller keeps it up to
// date: the weight itself when it is zero where masked, or a bfloat16 copy of it; then nothing is multiplied at all.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "fused_autocast.h"
#include "fused_masked_products.h"
#include "fused_products.h"

namespace {

using at::Tensor;
using fused::OptionalTensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows that are a matrix already stay as they are: without columns there is no telling how many they are.
Tensor flat(const Tensor& t) { return t.dim() == 2 ? t : t.reshape({-1, t.size(-1)}); }

// An empty mask keeps everything, as in fused_mask.h.
Tensor dense_mask(const Tensor& mask, const Tensor& weight) {
  if (mask.numel() == 0) return at::ones({}, mask.options().dtype(at::kBool));
  if (mask.scalar_type() == at::kBool) return mask;
  return mask.narrow(0, 0, weight.size(0)).unsqueeze(1).ge(mask.narrow(0, weight.size(0), weight.size(1)));
}

Tensor composite(const Tensor& input, const Tensor& weight, const Tensor& mask, const OptionalTensor& bias) {
  const Tensor kept = weight.mul(dense_mask(mask, weight)).to(input.scalar_type());
  return bias.has_value() ? at::linear(input, kept, bias->to(input.scalar_type())) : at::linear(input, kept);
}

struct MaskedLinear : torch::autograd::Function<MaskedLinear> {
  static Tensor forward(AutogradContext* ctx, const Tensor& input, const Tensor& weight, const Tensor& mask,
                        const OptionalTensor& bias, const OptionalTensor& given) {
    const Tensor x = flat(input);
    const Tensor kept = given.has_value() ? given->to(x.scalar_type()) : fused::masked_weight(weight, mask, x.scalar_type());
    Tensor sums = fused::masked_forward(x, kept, mask);
    if (bias.has_value()) sums.add_(*bias);
    const Tensor y = fused::rounded(sums, x.scalar_type());
    ctx->save_for_backward({input, weight, mask, kept});
    ctx->saved_data["bias"] = bias.has_value() ? static_cast<int64_t>(bias->scalar_type()) : int64_t(-1);
    auto sizes = input.sizes().vec();
    sizes.back() = weight.size(0);
    return y.view(sizes);
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &input = saved[0], &weight = saved[1], &mask = saved[2], &kept = saved[3];
    const int64_t bias = ctx->saved_data["bias"].toInt();
    const Tensor g = flat(gradients[0]).contiguous(), x = flat(input).contiguous();
    variable_list result(5);
    if (bias >= 0 && ctx->needs_input_grad(3)) result[3] = g.sum(0, false, static_cast<at::ScalarType>(bias));
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: the same products as operators that have one, in the same type, whatever is cast.
      c10::impl::ExcludeDispatchKeyGuard no_autocast(fused::autocast_keys());
      const Tensor keep = dense_mask(mask, weight);
      result[0] = g.mm(weight.mul(keep).to(g.scalar_type())).view(input.sizes());
      result[1] = g.t().mm(x).to(weight.scalar_type()).mul(keep);
      return result;
    }
    if (ctx->needs_input_grad(0)) result[0] = fused::rounded(fused::masked_input_gradient(g, kept, mask), g.scalar_type()).view(input.sizes());
    if (ctx->needs_input_grad(1)) result[1] = fused::masked_weight_gradient(g, x, mask, weight.scalar_type());
    return result;
  }
};

Tensor masked_linear(const Tensor& input, const Tensor& weight, const Tensor& mask, const OptionalTensor& bias, const OptionalTensor& kept) {
  TORCH_CHECK(weight.dim() == 2 && input.dim() > 0 && input.size(-1) == weight.size(1), "masked_linear: input ", input.sizes(),
              " does not fit weight ", weight.sizes());
  fused::check_devices("masked_linear", {input, weight, mask, bias.value_or(Tensor()), kept.value_or(Tensor())});
  TORCH_CHECK(!kept.has_value() || kept->sizes() == weight.sizes(), "masked_linear: kept must have the weight's shape ", weight.sizes(), ", not ", kept->sizes());
  if (!input.is_cpu()) return composite(input, weight, mask, bias);
  return MaskedLinear::apply(input, weight, mask, bias, kept);
}

Tensor apply_mask(Tensor weight, const Tensor& mask) {
  TORCH_CHECK(weight.dim() == 2, "apply_mask: a weight must be [out, in], not ", weight.sizes());
  fused::check_devices("apply_mask", {weight, mask});
  c10::NoGradGuard no_grad;
  return weight.copy_(weight.is_cpu() ? fused::masked_weight(weight, mask, weight.scalar_type()) : weight.mul(dense_mask(mask, weight)));
}

template <c10::DeviceType device, c10::DispatchKey key>
Tensor masked_linear_autocast(const Tensor& input, const Tensor& weight, const Tensor& mask, const OptionalTensor& bias, const OptionalTensor& kept) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return masked_linear(fused::autocast_to(input, fused::autocast_type(device), device), weight, mask, bias, kept);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("masked_linear(Tensor input, Tensor weight, Tensor mask, Tensor? bias=None, Tensor? kept=None) -> Tensor", &masked_linear);
  m.def("apply_mask(Tensor(a!) weight, Tensor mask) -> Tensor(a!)", &apply_mask);
}

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) {
  m.impl("masked_linear", &masked_linear_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) {
  m.impl("masked_linear", &masked_linear_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}
