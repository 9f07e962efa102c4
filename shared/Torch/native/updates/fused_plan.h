// The parameters of one update, cut into blocks that fit the first-level cache, so that gradient loading, the rule, the
// averages and the low-precision copies are one pass over memory. Blocks are independent and their order is fixed:
// the result does not depend on the number of threads.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <array>
#include <cmath>
#include <vector>

#include "fused_mask.h"

namespace fused {

constexpr int64_t kBlock = 1024;          // elements: six streams of float64 fit 48 KiB
constexpr int64_t kChunk = 64 * kBlock;   // elements a thread takes at once

// What goes with an update besides the rule.
struct Extras {
  at::TensorList averages;   // empty, or one per parameter (an undefined or empty tensor: none): average += (1 - decay) * (p - average)
  double average_decay = 0;
  at::TensorList copies;     // empty, or one bfloat16 copy per parameter, written after the update
  at::TensorList masks;      // empty, or one mask per parameter: masked gradients are zero
  double factor = 1;         // scale of the gradients: what is clipped is the norm of the scaled ones
  double max_norm = 0;       // clip the global norm of the gradients to this; 0 does not clip
  bool check = false;        // make no update when the global norm is not finite
  int64_t release = 0;       // gradients afterwards: 0 kept, 1 filled with zeros, 2 dropped

  bool norm_needed() const { return max_norm > 0 || check; }
};

struct Slice {
  at::Tensor parameter, gradient;
  std::array<at::Tensor, 3> states;
  at::Tensor average, copy;
  Mask mask;
  bool in_blocks = true;  // false: a mask that does not lie as the memory does
  int64_t index = 0, step = 0;
};

inline bool given(at::TensorList list, int64_t i) {
  return !list.empty() && list[i].defined() && list[i].numel() > 0;
}

// Parameters that have a gradient, with their step counted up. `states` holds one list per state, each empty or whole.
std::vector<Slice> plan(at::TensorList parameters, const std::array<at::TensorList, 3>& states, const at::Tensor& steps,
                        const Extras& extras);

// True when every slice is dense float32 or float64 on the CPU, so that blocks of raw memory can be worked on.
bool dense_on_cpu(const std::vector<Slice>& slices);

// Euclidean norm of all gradients after masking, summed in double.
double global_norm(const std::vector<Slice>& slices);

// The factor of torch.nn.utils.clip_grad_norm_: 1 when the norm is within max_norm. As there a norm that is not a number goes
// into the gradients.
inline double clip_factor(double norm, double max_norm) {
  if (!(max_norm > 0)) return 1;
  const double factor = max_norm / (norm + 1e-6);
  return factor >= 1 ? 1 : factor;
}

// A parameter without a gradient stays as it is, and its average goes on towards it.
void follow_without_gradients(at::TensorList parameters, const std::vector<Slice>& slices, const Extras& extras);

// Tells libtorch what was written past it, so that a graph which kept one of them is refused. `uses`: the rule's states.
void mark_written(const Slice& slice, int uses, bool gradient);

// `zeroed`: the pass over blocks has already filled the gradients it read with zeros.
void release_gradients(const std::vector<Slice>& slices, int64_t release, bool zeroed);

// body(slice, begin, end) for every chunk of every slice.
template <typename Body>
void for_each_chunk(const std::vector<Slice>& slices, const Body& body) {
  std::vector<std::pair<const Slice*, int64_t>> chunks;
  for (const Slice& slice : slices)
    for (int64_t begin = 0; begin < slice.parameter.numel(); begin += kChunk) chunks.emplace_back(&slice, begin);
  at::parallel_for(0, static_cast<int64_t>(chunks.size()), 1, [&](int64_t from, int64_t to) {
    for (int64_t c = from; c < to; ++c) {
      const auto& [slice, begin] = chunks[c];
      body(*slice, begin, std::min(begin + kChunk, slice->parameter.numel()));
    }
  });
}

}  // namespace fused
