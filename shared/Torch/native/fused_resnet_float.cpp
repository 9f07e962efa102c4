// fused_resnet.h in float32, for AVX-512 and for AVX2.
#include "fused_random.h"
#include "fused_resnet.h"

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

constexpr int kRows = 8;

#include "fused_float_avx512.inc"
#include "fused_vectors.inc"
#include "fused_tiles.inc"
#include "fused_resnet_kernels.inc"

}  // namespace wide

#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

namespace narrow {

constexpr int kRows = 6;

#include "fused_float_avx2.inc"
#include "fused_vectors.inc"
#include "fused_tiles.inc"
#include "fused_resnet_kernels.inc"

}  // namespace narrow

#pragma GCC pop_options

}  // namespace

const ResnetKernels<float>* resnet_kernels(const float*) {
  static const ResnetKernels<float> wide_ones = {wide::kStep, wide::kPanels, &wide::forward, &wide::backward};
  static const ResnetKernels<float> narrow_ones = {narrow::kStep, narrow::kPanels, &narrow::forward, &narrow::backward};
  return __builtin_cpu_supports("x86-64-v4") ? &wide_ones : __builtin_cpu_supports("x86-64-v3") ? &narrow_ones : nullptr;
}

}  // namespace fused

#else

namespace fused {

const ResnetKernels<float>* resnet_kernels(const float*) { return nullptr; }

}  // namespace fused

#endif
