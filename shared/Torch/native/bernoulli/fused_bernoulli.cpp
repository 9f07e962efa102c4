// replications::bernoulli_nll: per example, the sum of softplus(l) - t * l, and in the same pass the residual
// sigmoid(l) - t, which is its derivative. One pass over memory forward, one backward.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/Parallel.h>

#include "fused_autocast.h"
#include "fused_logistic.h"

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

template <typename T>
void likelihood(const Tensor& logits, const Tensor& targets, Tensor& sums, Tensor* residual) {
  const int64_t rows = logits.size(0), width = rows == 0 ? 0 : logits.numel() / rows;
  const T *l = logits.data_ptr<T>(), *t = targets.data_ptr<T>();
  T *s = sums.data_ptr<T>(), *r = residual != nullptr ? residual->data_ptr<T>() : nullptr;
  at::parallel_for(0, rows, std::max<int64_t>(1, 4096 / std::max<int64_t>(1, width)), [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; ++i)
      s[i] = static_cast<T>(fused::bernoulli_row(l + i * width, t + i * width, r == nullptr ? nullptr : r + i * width, width));
  });
}

Tensor composite(const Tensor& logits, const Tensor& targets) {
  // From here on softplus is taken for the identity: libtorch's own 20 would cost float64 some of its digits.
  const double threshold = logits.scalar_type() == at::kDouble ? 40 : 20;
  const int64_t rows = logits.size(0), width = rows == 0 ? 0 : logits.numel() / rows;
  return at::sub(at::softplus(logits, 1, threshold), logits.mul(targets)).reshape({rows, width}).sum(1);
}

struct BernoulliNll : torch::autograd::Function<BernoulliNll> {
  static Tensor forward(AutogradContext* ctx, const Tensor& logits, const Tensor& targets, bool learn) {
    const Tensor l = logits.contiguous(), t = targets.to(l.scalar_type()).contiguous();
    Tensor sums = at::empty({l.size(0)}, l.options().requires_grad(false));
    Tensor residual = learn ? at::empty(l.sizes(), l.options().requires_grad(false)) : Tensor();
    if (l.scalar_type() == at::kFloat)
      likelihood<float>(l, t, sums, learn ? &residual : nullptr);
    else
      likelihood<double>(l, t, sums, learn ? &residual : nullptr);
    ctx->save_for_backward({logits, targets, residual});
    return sums;
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &logits = saved[0], &targets = saved[1];
    std::vector<int64_t> column(logits.dim(), 1);
    column[0] = logits.size(0);
    const Tensor g = gradients[0].reshape(column);
    variable_list result(3);
    // For a second derivative the residual is made again from operators that have one.
    const Tensor residual = c10::GradMode::is_enabled() || !saved[2].defined() ? at::sigmoid(logits).sub(targets) : saved[2];
    if (ctx->needs_input_grad(0)) result[0] = residual.mul(g);
    if (ctx->needs_input_grad(1)) result[1] = logits.mul(g).neg().to(targets.scalar_type());
    return result;
  }
};

Tensor bernoulli_nll(const Tensor& logits, const Tensor& targets) {
  TORCH_CHECK(logits.dim() > 0 && logits.sizes() == targets.sizes(), "bernoulli_nll: logits ", logits.sizes(), " and targets ", targets.sizes(),
              " must have the same shape, with a batch");
  fused::check_devices("bernoulli_nll", {logits, targets});
  const auto type = logits.scalar_type();
  // The sums are made in float32 at least, whatever the products came in.
  if (type != at::kFloat && type != at::kDouble) return bernoulli_nll(logits.to(at::kFloat), targets);
  if (!logits.is_cpu()) return composite(logits, targets.to(type));
  return BernoulliNll::apply(logits, targets, fused::is_learned({logits, targets}));
}

template <c10::DispatchKey key>
Tensor bernoulli_nll_autocast(const Tensor& logits, const Tensor& targets) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(key);
  return bernoulli_nll(logits, targets);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) { m.def("bernoulli_nll(Tensor logits, Tensor targets) -> Tensor", &bernoulli_nll); }

TORCH_LIBRARY_IMPL(replications, AutocastCPU, m) { m.impl("bernoulli_nll", &bernoulli_nll_autocast<c10::DispatchKey::AutocastCPU>); }

TORCH_LIBRARY_IMPL(replications, AutocastCUDA, m) { m.impl("bernoulli_nll", &bernoulli_nll_autocast<c10::DispatchKey::AutocastCUDA>); }
