#include "fused_convert.h"

namespace fused {

namespace {

FUSED_KERNEL void narrow_row(Half16* to, const float* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) to[i] = round_to_half(from[i]);
}

FUSED_KERNEL void widen_row(float* to, const Half16* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const uint32_t bits = static_cast<uint32_t>(from[i].bits) << 16;
    std::memcpy(to + i, &bits, 4);
  }
}

}  // namespace

void narrow(Half16* to, const float* from, int64_t n) { narrow_row(to, from, n); }
void widen(float* to, const Half16* from, int64_t n) { widen_row(to, from, n); }

}  // namespace fused
