// Before and after the rule, on one block in the first-level cache.
#include "fused_update.h"

namespace fused {

namespace {

template <typename T>
FUSED_INLINE void combine_of(T* g, const T* gradient, const T* p, int64_t n, double factor, double decay) {
  const T f = T(factor), d = T(decay);
  if (decay != 0) {
    for (int64_t i = 0; i < n; ++i) g[i] = f * gradient[i] + d * p[i];
  } else {
    for (int64_t i = 0; i < n; ++i) g[i] = f * gradient[i];
  }
}

template <typename T>
FUSED_INLINE void average_of(T* average, const T* p, int64_t n, double decay) {
  const T move = T(1 - decay);
  for (int64_t i = 0; i < n; ++i) average[i] += move * (p[i] - average[i]);
}

FUSED_KERNEL void combine(float* g, const float* s, const float* p, int64_t n, double f, double d) { combine_of(g, s, p, n, f, d); }
FUSED_KERNEL void combine(double* g, const double* s, const double* p, int64_t n, double f, double d) { combine_of(g, s, p, n, f, d); }
FUSED_KERNEL void average(float* a, const float* p, int64_t n, double decay) { average_of(a, p, n, decay); }
FUSED_KERNEL void average(double* a, const double* p, int64_t n, double decay) { average_of(a, p, n, decay); }
FUSED_KERNEL void mask_out(const Mask& mask, float* g, int64_t begin, int64_t n) { apply_mask(mask, g, begin, n); }
FUSED_KERNEL void mask_out(const Mask& mask, double* g, int64_t begin, int64_t n) { apply_mask(mask, g, begin, n); }

void copy_block(Half16* to, const float* from, int64_t n) { narrow(to, from, n); }
void copy_block(Half16* to, const double* from, int64_t n) {
  float single[kBlock];
  for (int64_t i = 0; i < n; ++i) single[i] = static_cast<float>(from[i]);
  narrow(to, single, n);
}

}  // namespace

template <typename T>
void load_gradient(T* g, const Pointers<T>& memory, const Mask& mask, int64_t begin, int64_t n, double factor, double decay) {
  combine(g, memory.gradient + begin, memory.p + begin, n, factor, decay);
  if (mask) mask_out(mask, g, begin, n);
}

template <typename T>
void finish_block(const Pointers<T>& memory, int64_t begin, int64_t n, double average_decay, bool zero) {
  if (memory.average != nullptr) average(memory.average + begin, memory.p + begin, n, average_decay);
  if (memory.copy != nullptr) copy_block(memory.copy + begin, memory.p + begin, n);
  if (zero) std::fill_n(memory.gradient + begin, n, T(0));
}

template void load_gradient<float>(float*, const Pointers<float>&, const Mask&, int64_t, int64_t, double, double);
template void load_gradient<double>(double*, const Pointers<double>&, const Mask&, int64_t, int64_t, double, double);
template void finish_block<float>(const Pointers<float>&, int64_t, int64_t, double, bool);
template void finish_block<double>(const Pointers<double>&, int64_t, int64_t, double, bool);

}  // namespace fused
