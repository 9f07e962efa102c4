// fused_resnet.h with products of bfloat16 and sums in float32, for AVX512-BF16, and for AVX2, where pairs are multiplied in float32.
#include "fused_half.h"
#include "fused_random.h"
#include "fused_resnet.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12

#include <immintrin.h>

// GCC 12 takes the undefined lanes of its own intrinsics for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"

namespace fused {

namespace {

using T = Half16;

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,avx512bf16")

namespace wide {

constexpr int kRows = 8;

#include "fused_half_avx512.inc"
#include "fused_vectors.inc"
#include "fused_tiles.inc"
#include "fused_resnet_kernels.inc"

}  // namespace wide

#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

namespace narrow {

constexpr int kRows = 4;

#include "fused_half_avx2.inc"
#include "fused_vectors.inc"
#include "fused_tiles.inc"
#include "fused_resnet_kernels.inc"

}  // namespace narrow

#pragma GCC pop_options

}  // namespace

const ResnetKernels<Half16>* resnet_kernels(const Half16*) {
  static const ResnetKernels<Half16> wide_ones = {wide::kStep, wide::kPanels, &wide::forward, &wide::backward};
  static const ResnetKernels<Half16> narrow_ones = {narrow::kStep, narrow::kPanels, &narrow::forward, &narrow::backward};
  const bool has_wide = __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512bf16");
  return has_wide ? &wide_ones : __builtin_cpu_supports("x86-64-v3") ? &narrow_ones : nullptr;
}

}  // namespace fused

#else

namespace fused {

const ResnetKernels<Half16>* resnet_kernels(const Half16*) { return nullptr; }

}  // namespace fused

#endif
