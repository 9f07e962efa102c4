// Images are handed out to threads a share at a time, to whichever is free. Cores are not equally fast: one whose other half works for a neighbour of the machine takes half as long
// again, and with equal parts the others would wait for it.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace fused {

// Shares for what is summed over images. Each has sums of its own, so that what is added to what does not depend on who was faster; to clear and to add them costs as much as some hundred
// pixels do, so a share has a thousand at least. Every thread gets one.
inline int64_t shares_for_sums(int64_t images, int64_t pixels) {
  constexpr int64_t kPixels = 1024, kMost = 8;
  return std::min(images, std::max<int64_t>(std::min(images * pixels / kPixels, kMost), at::get_num_threads()));
}

// start() is called by each thread and gives it its work, a function of (share, first image, image after the last).
template <class Start>
void in_shares(int64_t images, int64_t shares, const Start& start) {
  std::atomic<int64_t> next{0};
  at::parallel_for(0, std::min<int64_t>(shares, at::get_num_threads()), 1, [&](int64_t, int64_t) {
    auto work = start();
    for (int64_t share = next++; share < shares; share = next++) work(share, share * images / shares, (share + 1) * images / shares);
  });
}

// Where nothing is summed, an image is a share; the work is a function of its number.
template <class Start>
void for_each_image(int64_t images, const Start& start) {
  in_shares(images, images, [&] { return [work = start()](int64_t image, int64_t, int64_t) mutable { work(image); }; });
}

}  // namespace fused
