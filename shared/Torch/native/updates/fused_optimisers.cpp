// The operators replications::fused_*_: one call updates every parameter that has a gradient.
//   steps: int64, one per parameter, counted up for those updated.
//   averages, copies, masks: see Extras in fused_plan.h.
//   factor, max_norm, check, release: scale of the gradients, clipping, the finite check, what becomes of the gradients.
// Each returns the global norm of the gradients when clipping or the check needs it, and 0 otherwise.
#include <torch/library.h>

#include "fused_composite.h"

namespace {

using at::Tensor;
using at::TensorList;
using namespace fused;

#define FUSED_RULE(Name, ...)                                                                                          \
  using Name = __VA_ARGS__;                                                                                            \
  FUSED_KERNEL void run(const Name& r, float* p, const float* g, float* a, float* b, float* c, int64_t n) {            \
    sweep(r, p, g, a, b, c, n);                                                                                        \
  }                                                                                                                    \
  FUSED_KERNEL void run(const Name& r, double* p, const double* g, double* a, double* b, double* c, int64_t n) {       \
    sweep(r, p, g, a, b, c, n);                                                                                        \
  }

FUSED_RULE(PlainSgd, PlainSgdRule)
FUSED_RULE(Sgd, SgdRule)
FUSED_RULE(Adam, AdamRule<false>)
FUSED_RULE(AmsGrad, AdamRule<true>)
FUSED_RULE(Adamax, AdamaxRule)
FUSED_RULE(RmsProp, RmsPropRule<false, false>)
FUSED_RULE(RmsPropMomentum, RmsPropRule<false, true>)
FUSED_RULE(RmsPropCentered, RmsPropRule<true, false>)
FUSED_RULE(RmsPropCenteredMomentum, RmsPropRule<true, true>)
FUSED_RULE(Adagrad, AdagradRule<false>)
FUSED_RULE(AdagradInside, AdagradRule<true>)
FUSED_RULE(Adadelta, AdadeltaRule)

const auto sweeper = [](const auto& rule, auto* p, const auto* g, auto* a, auto* b, auto* c, int64_t n) { run(rule, p, g, a, b, c, n); };

#define EXTRAS TensorList averages, double average_decay, TensorList copies, TensorList masks, double factor, double max_norm, bool check, int64_t release
#define EXTRAS_SCHEMA "Tensor[] averages, float average_decay, Tensor[] copies, Tensor[] masks, float factor, float max_norm, bool check, int release) -> float"
#define GIVEN Extras{averages, average_decay, copies, masks, factor, max_norm, check, release}

double sgd(TensorList p, TensorList buffers, const Tensor& steps, double lr, double momentum, double dampening,
           double weight_decay, bool nesterov, bool maximize, EXTRAS) {
  if (momentum == 0) return update(PlainSgd{weight_decay, lr}, sweeper, p, {}, steps, maximize, GIVEN);
  return update(Sgd{weight_decay, lr, momentum, dampening, nesterov}, sweeper, p, {buffers}, steps, maximize, GIVEN);
}

double adam(TensorList p, TensorList first, TensorList second, TensorList largest, const Tensor& steps, double lr,
            double beta1, double beta2, double eps, double weight_decay, bool decoupled, bool maximize, EXTRAS) {
  const double coupled = decoupled ? 0 : weight_decay, shrink = decoupled ? lr * weight_decay : 0;
  if (largest.empty()) return update(Adam{coupled, lr, beta1, beta2, eps, shrink}, sweeper, p, {first, second}, steps, maximize, GIVEN);
  return update(AmsGrad{coupled, lr, beta1, beta2, eps, shrink}, sweeper, p, {first, second, largest}, steps, maximize, GIVEN);
}

double adamax(TensorList p, TensorList average, TensorList norm, const Tensor& steps, double lr, double beta1, double beta2,
              double eps, double weight_decay, EXTRAS) {
  return update(Adamax{weight_decay, lr, beta1, beta2, eps}, sweeper, p, {average, norm}, steps, false, GIVEN);
}

double rmsprop(TensorList p, TensorList square, TensorList buffer, TensorList mean, const Tensor& steps, double lr, double alpha,
               double eps, double weight_decay, double momentum, bool maximize, EXTRAS) {
  const std::array<TensorList, 3> states{square, buffer, mean};
  const auto with = [&](auto rule) { return update(rule, sweeper, p, states, steps, maximize, GIVEN); };
  if (mean.empty()) {
    if (momentum == 0) return with(RmsProp{weight_decay, lr, alpha, eps, momentum});
    return with(RmsPropMomentum{weight_decay, lr, alpha, eps, momentum});
  }
  if (momentum == 0) return with(RmsPropCentered{weight_decay, lr, alpha, eps, momentum});
  return with(RmsPropCenteredMomentum{weight_decay, lr, alpha, eps, momentum});
}

double adagrad(TensorList p, TensorList sum, const Tensor& steps, double lr, double lr_decay, double eps, double weight_decay,
               bool inside, EXTRAS) {
  if (inside) return update(AdagradInside{weight_decay, lr, lr_decay, eps}, sweeper, p, {sum}, steps, false, GIVEN);
  return update(Adagrad{weight_decay, lr, lr_decay, eps}, sweeper, p, {sum}, steps, false, GIVEN);
}

double adadelta(TensorList p, TensorList square, TensorList moved, const Tensor& steps, double lr, double rho, double eps,
                double weight_decay, bool maximize, EXTRAS) {
  return update(Adadelta{weight_decay, lr, rho, eps}, sweeper, p, {square, moved}, steps, maximize, GIVEN);
}

// The norm over several groups, which then pass its clipping on as their factor.
double norm_of(TensorList p, TensorList masks) {
  c10::NoGradGuard no_grad;
  Extras extras;
  extras.masks = masks;
  extras.check = true;
  std::vector<Slice> slices = plan(p, {}, at::zeros({static_cast<int64_t>(p.size())}, at::kLong), extras);
  return dense_on_cpu(slices) ? global_norm(slices) : composite_norm(slices, extras);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("global_norm(Tensor[] p, Tensor[] masks) -> float", &norm_of);
  m.def("fused_sgd_(Tensor[] p, Tensor[] buffers, Tensor steps, float lr, float momentum, float dampening, float weight_decay, "
        "bool nesterov, bool maximize, " EXTRAS_SCHEMA, &sgd);
  m.def("fused_adam_(Tensor[] p, Tensor[] first, Tensor[] second, Tensor[] largest, Tensor steps, float lr, float beta1, "
        "float beta2, float eps, float weight_decay, bool decoupled, bool maximize, " EXTRAS_SCHEMA, &adam);
  m.def("fused_adamax_(Tensor[] p, Tensor[] average, Tensor[] norm, Tensor steps, float lr, float beta1, float beta2, "
        "float eps, float weight_decay, " EXTRAS_SCHEMA, &adamax);
  m.def("fused_rmsprop_(Tensor[] p, Tensor[] square, Tensor[] buffer, Tensor[] mean, Tensor steps, float lr, float alpha, "
        "float eps, float weight_decay, float momentum, bool maximize, " EXTRAS_SCHEMA, &rmsprop);
  m.def("fused_adagrad_(Tensor[] p, Tensor[] sum, Tensor steps, float lr, float lr_decay, float eps, float weight_decay, "
        "bool inside, " EXTRAS_SCHEMA, &adagrad);
  m.def("fused_adadelta_(Tensor[] p, Tensor[] square, Tensor[] moved, Tensor steps, float lr, float rho, float eps, "
        "float weight_decay, bool maximize, " EXTRAS_SCHEMA, &adadelta);
}
