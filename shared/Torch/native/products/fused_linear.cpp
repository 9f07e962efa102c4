// replications::linear: aten::linear, with its products and those of its derivative by fused_products.h.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "fused_autocast.h"
#include "fused_products.h"

namespace {

using at::Tensor;
using fused::OptionalTensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

Tensor flat(const Tensor& t) { return t.dim() == 2 ? t : t.reshape({-1, t.size(-1)}); }

struct Linear : torch::autograd::Function<Linear> {
  static Tensor forward(AutogradContext* ctx, const Tensor& input, const Tensor& weight, const OptionalTensor& bias) {
    const Tensor x = flat(input);
    Tensor sums = at::empty({x.size(0), weight.size(0)}, fused::options_of_sums(x));
    if (bias.has_value()) {
      sums.copy_(bias->expand_as(sums));
      fused::multiply_add(sums, x, weight.t());
    } else {
      fused::multiply(sums, x, weight.t());
    }
    const Tensor y = fused::rounded(sums, x.scalar_type());
    ctx->save_for_backward({input, weight});
    ctx->saved_data["bias"] = bias.has_value();
    if (input.dim() == 2) return y;
    auto sizes = input.sizes().vec();
    sizes.back() = weight.size(0);
    return y.view(sizes);
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &input = saved[0], &weight = saved[1];
    const Tensor g = flat(gradients[0]).contiguous(), x = flat(input);
    variable_list result(3);
    if (ctx->saved_data["bias"].toBool() && ctx->needs_input_grad(2)) result[2] = g.sum(0);
    if (c10::GradMode::is_enabled()) {
      // A second derivative is wanted: operators that have one, in the type of the products below, whatever is cast.
      c10::impl::ExcludeDispatchKeyGuard no_autocast(fused::autocast_keys());
      if (ctx->needs_input_grad(0)) result[0] = g.mm(weight).view(input.sizes());
      if (ctx->needs_input_grad(1)) result[1] = g.t().mm(x);
      return result;
    }
    if (ctx->needs_input_grad(0)) {
      Tensor sums = at::empty(x.sizes(), fused::options_of_sums(g));
      fused::multiply(sums, g, weight);
      result[0] = fused::rounded(sums, g.scalar_type()).view(input.sizes());
    }
    if (ctx->needs_input_grad(1)) {
      Tensor sums = at::empty(weight.sizes(), fused::options_of_sums(g));
      fused::multiply(sums, g.t(), x);
      result[1] = fused::rounded(sums, g.scalar_type());
    }
    return result;
  }
};

Tensor linear_layer(const Tensor& input, const Tensor& weight, const OptionalTensor& bias) {
  const bool taken = input.scalar_type() == at::kFloat || input.scalar_type() == at::kBFloat16;
  const bool faster = taken && input.numel() > 0 && input.dim() > 1 && weight.dim() == 2 && input.size(-1) == weight.size(1) && input.is_cpu() &&
                      (!bias.has_value() || (bias->scalar_type() == input.scalar_type() && bias->sizes() == weight.sizes().slice(0, 1))) &&
                      fused::multiplies_faster(flat(input), weight.t());
  return faster ? Linear::apply(input, weight, bias) : at::linear(input, weight, bias);
}

// Casts to what libtorch's own rule for aten::linear casts to.
template <c10::DeviceType device, c10::DispatchKey key>
Tensor linear_autocast(const Tensor& input, const Tensor& weight, const OptionalTensor& bias) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  const auto cast = [](const Tensor& t) { return fused::autocast_to(t, fused::autocast_type(device), device); };
  return linear_layer(cast(input), cast(weight), bias.has_value() ? OptionalTensor(cast(*bias)) : bias);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) { m.def("linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", &linear_layer); }

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) {
  m.impl("linear", &linear_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) {
  m.impl("linear", &linear_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}
