// What Gibbs sampling and annealing of binary units need in one pass over memory:
//   replications::logistic_bernoulli_  logits become draws of Bernoulli(sigmoid(scale * logit + bias)), as zeros and ones
//   replications::softplus_difference  the sum over units of softplus(to * x) - softplus(from * x), in float64
//
// A word of fused_random.h gives two numbers of 24 bits. A generator is an int64 tensor [key, position] on the CPU: its whole
// state, so that whoever keeps the tensor can go on with the same numbers. They depend on neither the threads nor the device.
#include <torch/library.h>

#include <ATen/Parallel.h>

#include "fused_autocast.h"
#include "fused_exponentials.h"
#include "fused_random.h"

namespace {

using at::Tensor;
using fused::OptionalTensor;

using fused::kFirst;
using fused::kGamma;
using fused::kSecond;
constexpr int64_t kPart = 256;
constexpr float kUnit = 1.0f / (1 << 24);

FUSED_KERNEL void words(uint64_t* out, uint64_t key, uint64_t first, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = fused::random_word(key, first + static_cast<uint64_t>(i));
}

FUSED_KERNEL void draw(float* x, const float* bias, float scale, const uint32_t* bits, float* probabilities, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float p = fused::logistic(scale * x[i] + bias[i]);
    probabilities[i] = p;
    const float u = static_cast<float>(bits[i] >> 8) * kUnit;
    x[i] = p != p ? p : (u < p ? 1.0f : 0.0f);
  }
}

void draw(double* x, const double* bias, double scale, const uint32_t* bits, double* probabilities, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const double p = 1 / (1 + std::exp(-(scale * x[i] + bias[i])));
    probabilities[i] = p;
    x[i] = p != p ? p : ((bits[i] >> 8) * static_cast<double>(kUnit) < p ? 1.0 : 0.0);
  }
}

// Words that a row takes: two numbers come of one.
int64_t words_of(int64_t width) { return (width + 1) / 2; }

template <typename T>
void draw_rows(Tensor& x, const Tensor& bias, double scale, uint64_t key, uint64_t position, const Tensor& probabilities) {
  const int64_t width = x.size(-1), rows = x.numel() / std::max<int64_t>(1, width);
  T *values = x.data_ptr<T>(), *p = probabilities.defined() ? probabilities.data_ptr<T>() : nullptr;
  const T* b = bias.defined() ? bias.data_ptr<T>() : nullptr;
  at::parallel_for(0, rows, std::max<int64_t>(1, 8192 / std::max<int64_t>(1, width)), [&](int64_t from, int64_t to) {
    uint64_t raw[kPart / 2];
    T spare[kPart];
    const T none[kPart] = {};
    for (int64_t r = from; r < to; ++r)
      for (int64_t c = 0; c < width; c += kPart) {
        const int64_t n = std::min(kPart, width - c);
        words(raw, key, position + r * words_of(width) + c / 2, words_of(n));
        uint32_t bits[kPart];
        __builtin_memcpy(bits, raw, words_of(n) * sizeof(uint64_t));
        draw(values + r * width + c, b == nullptr ? none : b + c, static_cast<T>(scale), bits, p == nullptr ? spare : p + r * width + c, n);
      }
  });
}

Tensor logical_shift(const Tensor& z, int64_t by) { return z.bitwise_right_shift(by).bitwise_and((int64_t{1} << (64 - by)) - 1); }

// The same numbers by operators that every device has.
Tensor uniform_like(const Tensor& x, uint64_t key, uint64_t position) {
  const int64_t width = x.size(-1), rows = x.numel() / std::max<int64_t>(1, width), count = rows * words_of(width);
  Tensor z = at::arange(1, count + 1, x.options().dtype(at::kLong)).add(static_cast<int64_t>(position)).mul(static_cast<int64_t>(kGamma)).add(static_cast<int64_t>(key));
  z = z.bitwise_xor(logical_shift(z, 30)).mul(static_cast<int64_t>(kFirst));
  z = z.bitwise_xor(logical_shift(z, 27)).mul(static_cast<int64_t>(kSecond));
  z = z.bitwise_xor(logical_shift(z, 31));
  const Tensor low = z.bitwise_and(int64_t{0xFFFFFFFF}), high = logical_shift(z, 32);
  return at::stack({low, high}, 1).reshape({rows, 2 * words_of(width)}).narrow(1, 0, width).bitwise_right_shift(8).to(x.scalar_type()).mul(kUnit).view(x.sizes());
}

Tensor& logistic_bernoulli_(Tensor& x, Tensor& generator, double scale, const OptionalTensor& bias, const OptionalTensor& probabilities) {
  TORCH_CHECK(x.dim() > 0 && x.is_floating_point(), "logistic_bernoulli_: logits must be floating numbers in rows");
  TORCH_CHECK(generator.is_cpu() && generator.scalar_type() == at::kLong && generator.numel() == 2 && generator.is_contiguous(),
              "logistic_bernoulli_: a generator is int64 [key, position] on the CPU");
  TORCH_CHECK(!bias.has_value() || (bias->dim() == 1 && bias->size(0) == x.size(-1)), "logistic_bernoulli_: one bias for each unit of a row");
  TORCH_CHECK(!probabilities.has_value() || (probabilities->sizes() == x.sizes() && probabilities->scalar_type() == x.scalar_type()),
              "logistic_bernoulli_: probabilities must be like the logits");
  fused::check_devices("logistic_bernoulli_", {x, bias.value_or(Tensor()), probabilities.value_or(Tensor())});
  TORCH_CHECK(!c10::GradMode::is_enabled() || !(x.requires_grad() || (probabilities.has_value() && probabilities->requires_grad())),
              "logistic_bernoulli_: draws have no derivative: switch gradients off or detach the logits");
  at::NoGradGuard no_grad;
  if (x.scalar_type() == at::kHalf || x.scalar_type() == at::kBFloat16) {
    // A number below 1 with more digits than the type has would be rounded to it, up to 1 itself, and draws be fewer than their probability says.
    Tensor wide = x.to(at::kFloat), p = probabilities.has_value() ? at::empty_like(wide) : Tensor();
    logistic_bernoulli_(wide, generator, scale, bias, p.defined() ? OptionalTensor(p) : OptionalTensor());
    if (p.defined()) probabilities->copy_(p);
    return x.copy_(wide);
  }
  int64_t* state = generator.data_ptr<int64_t>();
  const auto key = static_cast<uint64_t>(state[0]), position = static_cast<uint64_t>(state[1]);
  const Tensor b = bias.has_value() ? bias->to(x.scalar_type()).contiguous() : Tensor();
  const auto type = x.scalar_type();
  const bool plain = x.is_cpu() && x.is_contiguous() && (type == at::kFloat || type == at::kDouble) &&
                     (!probabilities.has_value() || probabilities->is_contiguous());
  if (plain && type == at::kFloat) {
    draw_rows<float>(x, b, scale, key, position, probabilities.value_or(Tensor()));
  } else if (plain) {
    draw_rows<double>(x, b, scale, key, position, probabilities.value_or(Tensor()));
  } else {
    Tensor p = x.mul(scale);
    if (b.defined()) p.add_(b);
    p.sigmoid_();
    if (probabilities.has_value()) probabilities->copy_(p);
    x.copy_(at::where(p.isnan(), p, uniform_like(x, key, position).lt(p).to(type)));
  }
  state[1] += static_cast<int64_t>(x.numel() / std::max<int64_t>(1, x.size(-1)) * words_of(x.size(-1)));
  // Written past libtorch, which must know it, so that a graph which kept one of them is refused.
  generator.unsafeGetTensorImpl()->bump_version();
  if (plain) {
    x.unsafeGetTensorImpl()->bump_version();
    if (probabilities.has_value()) probabilities->unsafeGetTensorImpl()->bump_version();
  }
  return x;
}

// softplus(to x) - softplus(from x) = (to - from) max(x, 0) + log((1 + e^(-to |x|)) / (1 + e^(-from |x|))): a small difference keeps
// all its digits, where two large terms subtracted would lose them.
// The step comes as itself: the difference of two rounded temperatures would have lost most of it.
FUSED_KERNEL double difference_of(const float* x, const float* bias, float from, float step, int64_t n) {
  double sums[16] = {};
  float terms[16] = {};
  for (int64_t i = 0; i < n; i += 16) {
    const int64_t count = n - i < 16 ? n - i : 16;
    float padded[16] = {};
    for (int64_t j = 0; j < count; ++j) padded[j] = x[i + j] + bias[i + j];
    for (int j = 0; j < 16; ++j) {
      const float v = padded[j], size = std::fabs(v), e = fused::exp_of_negative(-from * size);
      const float less = fused::exp_less_one_of_negative(-step * size);
      terms[j] = step * (v > 0 ? v : 0.0f) + fused::log_of_one_plus(e * less / (1.0f + e)) + (v != v ? v : 0.0f);
    }
    for (int j = 0; j < 16; ++j) sums[j] += j < count ? terms[j] : 0.0;
  }
  double sum = 0;
  for (double s : sums) sum += s;
  return sum;
}

double difference_of(const double* x, const double* bias, double from, double step, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    const double v = x[i] + bias[i], size = std::fabs(v), e = std::exp(-from * size);
    sum += step * (v > 0 ? v : 0.0) + std::log1p(e * std::expm1(-step * size) / (1 + e)) + (v != v ? v : 0.0);
  }
  return sum;
}

template <typename T>
void difference_rows(const Tensor& x, const Tensor& bias, double from, double to, Tensor& sums) {
  const int64_t rows = x.size(0), width = x.size(1);
  const T *values = x.data_ptr<T>(), *b = bias.data_ptr<T>();
  double* s = sums.data_ptr<double>();
  at::parallel_for(0, rows, std::max<int64_t>(1, 4096 / std::max<int64_t>(1, width)), [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) s[r] = difference_of(values + r * width, b, static_cast<T>(from), static_cast<T>(to - from), width);
  });
}

Tensor log_one_plus_exp(const Tensor& x) { return at::logaddexp(x, at::zeros({}, x.options())); }

Tensor softplus_difference(const Tensor& x, double from, double to, const OptionalTensor& bias) {
  TORCH_CHECK(x.dim() == 2 && x.is_floating_point(), "softplus_difference: x must be floating numbers [rows, units]");
  TORCH_CHECK(0 <= from && 0 <= to, "softplus_difference: inverse temperatures are not negative");
  TORCH_CHECK(!bias.has_value() || (bias->dim() == 1 && bias->size(0) == x.size(1)), "softplus_difference: one bias for each unit");
  fused::check_devices("softplus_difference", {x, bias.value_or(Tensor())});
  // Upwards is the direction whose exponentials do not overflow.
  if (from > to) return softplus_difference(x, to, from, bias).neg_();
  at::NoGradGuard no_grad;
  const auto type = x.scalar_type();
  if (!x.is_cpu() || (type != at::kFloat && type != at::kDouble)) {
    Tensor wide = x.to(at::kDouble);
    if (bias.has_value()) wide = wide.add(bias->to(at::kDouble));
    return log_one_plus_exp(wide.mul(to)).sub_(log_one_plus_exp(wide.mul(from))).sum(1);
  }
  const Tensor rows = x.contiguous(), b = bias.has_value() ? bias->to(type).contiguous() : at::zeros({x.size(1)}, x.options());
  Tensor sums = at::empty({x.size(0)}, x.options().dtype(at::kDouble));
  if (type == at::kFloat)
    difference_rows<float>(rows, b, from, to, sums);
  else
    difference_rows<double>(rows, b, from, to, sums);
  return sums;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(replications, m) {
  m.def("logistic_bernoulli_(Tensor(a!) logits, Tensor(b!) generator, float scale=1, Tensor? bias=None, Tensor(c!)? probabilities=None) -> Tensor(a!)",
        &logistic_bernoulli_);
  m.def("softplus_difference(Tensor x, float from, float to, Tensor? bias=None) -> Tensor", &softplus_difference);
}
