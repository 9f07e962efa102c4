// Pairs of bfloat16, as one number of 32 bits.
#pragma once

#include "fused_convert.h"

namespace fused {

FUSED_INLINE int32_t pair_at(const Half16* p) {
  int32_t pair;
  std::memcpy(&pair, p, sizeof(pair));
  return pair;
}

}  // namespace fused
