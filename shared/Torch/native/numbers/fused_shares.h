// Images are handed out to threads a share at a time, to whichever is free. Cores are not equally fast: one whose other half works for a neighbour of the machine takes half as long
// again, and with equal parts the others would wait for it.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace fused {

// Shares for what is summed over images. Each has sums of its own, so that what is added to what does not depend on who was faster. To clear and to add them costs as much as some
// hundred pixels do, so there is at most one for 1024 pixels; and no more than 24, which up to eight threads take in about equal numbers. More threads, or fewer pixels: one for each thread.
inline int64_t shares_for_sums(int64_t images, int64_t pixels) {
  constexpr int64_t kPixels = 1024, kMost = 24, kThreads = 8;
  const int64_t threads = at::get_num_threads(), wanted = threads > kThreads ? threads : std::min(images * pixels / kPixels, kMost);
  return std::min(images, std::max(wanted, threads));
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

// The sums of the shares, [shares, n], added in their order: libtorch's own sum takes another one in some columns, which depends on the threads.
inline at::Tensor sum_of_shares(const at::Tensor& sums) {
  at::Tensor total = sums.select(0, 0).clone();
  const int64_t shares = sums.size(0), size = sums.size(1);
  at::parallel_for(0, size, 4096, [&](int64_t from, int64_t to) {
    float* to_add_to = total.data_ptr<float>();
    for (int64_t share = 1; share < shares; ++share) {
      const float* sum = sums.data_ptr<float>() + share * size;
      for (int64_t i = from; i < to; ++i) to_add_to[i] += sum[i];
    }
  });
  return total;
}

}  // namespace fused
