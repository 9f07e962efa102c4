// Memory of CUDA's caching allocator, where the headers of CUDA's runtime were there to build with.
#include "door.h"

// <crt/host_defines.h>, which the first of them includes, is of another package where Python's packages bring them.
#if defined(RT_WITH_CUDA) && __has_include(<cuda_runtime_api.h>) && __has_include(<crt/host_defines.h>) && __has_include(<c10/cuda/CUDACachingAllocator.h>)
#include <c10/cuda/CUDACachingAllocator.h>
#define RT_CUDA_MEMORY 1
#endif

// Bytes in tensors now, and the most since the last reset; -1 where they are not to be had.
RT_EXPORT int rt_cuda_memory(int32_t device, int64_t* current, int64_t* peak) {
  return rt::guarded([&] {
#ifdef RT_CUDA_MEMORY
    const auto statistics = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    // The first statistic is that of all pools together.
    *current = statistics.allocated_bytes[0].current;
    *peak = statistics.allocated_bytes[0].peak;
#else
    *current = -1;
    *peak = -1;
#endif
  });
}

RT_EXPORT int rt_cuda_memory_reset_peak(int32_t device) {
  return rt::guarded([&] {
#ifdef RT_CUDA_MEMORY
    c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(device));
#endif
  });
}
