// replications::clip_grad_norm_, clip_grad_value_ and zero_grad_: gradients are reached from their parameters, so that
// one call serves a whole model.
#include <torch/library.h>

#include "fused_plan.h"

namespace {

using at::Tensor;
using at::TensorList;

std::vector<Tensor> gradients_of(TensorList parameters) {
  std::vector<Tensor> gradients;
  for (const Tensor& parameter : parameters)
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  return gradients;
}

double clip_norm(TensorList parameters, double max_norm, double norm_type) {
  c10::NoGradGuard no_grad;
  std::vector<Tensor> gradients = gradients_of(parameters);
  if (gradients.empty()) return 0;
  std::vector<Tensor> norms;
  for (const Tensor& gradient : gradients) norms.push_back(at::norm(gradient, norm_type).to(gradients[0].device()));
  const double norm = at::norm(at::stack(norms), norm_type).item<double>();
  const double factor = max_norm / (norm + 1e-6);
  // As in PyTorch a norm that is not finite goes into the gradients.
  if (!(factor >= 1)) at::_foreach_mul_(gradients, factor);
  return norm;
}

void clip_value(TensorList parameters, double value) {
  c10::NoGradGuard no_grad;
  for (Tensor& gradient : gradients_of(parameters)) gradient.clamp_(-value, value);
}

void zero_grad(TensorList parameters) {
  c10::NoGradGuard no_grad;
  for (const Tensor& parameter : parameters) {
    Tensor& gradient = parameter.mutable_grad();
    if (!gradient.defined()) continue;
    if (gradient.grad_fn()) {
      gradient = gradient.detach();
    }
    gradient.zero_();
  }
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("clip_grad_norm_(Tensor[] parameters, float max_norm, float norm_type) -> float", &clip_norm);
  m.def("clip_grad_value_(Tensor[] parameters, float value) -> ()", &clip_value);
  m.def("zero_grad_(Tensor[] parameters) -> ()", &zero_grad);
}
