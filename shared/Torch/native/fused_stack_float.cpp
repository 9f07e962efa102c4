// fused_stack.h in float32, for AVX-512 and for AVX2.
#include "fused_stack.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"

namespace fused {

namespace {

using T = float;

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")

namespace wide {

constexpr int kRows = 14;

#include "fused_float_avx512.inc"
#include "fused_stack_kernels.inc"

}  // namespace wide

#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

namespace narrow {

constexpr int kRows = 6;

#include "fused_float_avx2.inc"
#include "fused_stack_kernels.inc"

}  // namespace narrow

#pragma GCC pop_options

}  // namespace

const StackKernels<float>* stack_kernels(const float*) {
  static const StackKernels<float> wide_ones = {&wide::forward, &wide::backward}, narrow_ones = {&narrow::forward, &narrow::backward};
  const bool has_wide = __builtin_cpu_supports("x86-64-v4");
  return has_wide ? &wide_ones : __builtin_cpu_supports("x86-64-v3") ? &narrow_ones : nullptr;
}

}  // namespace fused

#else

namespace fused {

const StackKernels<float>* stack_kernels(const float*) { return nullptr; }

}  // namespace fused

#endif
