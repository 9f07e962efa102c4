// Memory of CUDA's caching allocator, where the headers of CUDA's runtime were there to build with.
#include "door.h"

// <crt/host_defines.h>, which the first of them includes, is of another package where Python's packages bring them.
#if defined(RT_WITH_CUDA) && RT_TORCH_AT_LEAST(2, 0) && __has_include(<cuda_runtime_api.h>) && __has_include(<crt/host_defines.h>) && __has_include(<c10/cuda/CUDACachingAllocator.h>)
#include <c10/cuda/CUDACachingAllocator.h>
#define RT_CUDA_MEMORY 1
#endif

// The most bytes that tensors took at once since the process began; -1 where that is not to be had.
RT_EXPORT int rt_cuda_peak_memory(int32_t device, int64_t* peak) {
  return rt::guarded([&] {
    *peak = -1;
#ifdef RT_CUDA_MEMORY
    // Before the first tensor the allocator knows no device and would throw.
    if (!c10::cuda::CUDACachingAllocator::get()->initialized()) return;
    const auto statistics = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    // The first statistic is that of all pools together.
    *peak = statistics.allocated_bytes[0].peak;
#endif
  });
}
