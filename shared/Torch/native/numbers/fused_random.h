// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) read by position: word i of a generator with key k is mix(k + (i + 1) gamma).
#pragma once

#include <cstdint>

#include "fused_simd.h"

namespace fused {

constexpr uint64_t kGamma = 0x9E3779B97F4A7C15ull, kFirst = 0xBF58476D1CE4E5B9ull, kSecond = 0x94D049BB133111EBull;

FUSED_INLINE uint64_t random_word(uint64_t key, uint64_t index) {
  uint64_t z = key + (index + 1) * kGamma;
  z = (z ^ (z >> 30)) * kFirst;
  z = (z ^ (z >> 27)) * kSecond;
  return z ^ (z >> 31);
}

}  // namespace fused
