// Threads, devices, versions and libtorch's global switches.
#include "door.h"
#include "fused_convert.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <torch/cuda.h>

#ifdef _OPENMP
#include <omp.h>
#endif

RT_EXPORT const char* rt_version() { return TORCH_VERSION; }

RT_EXPORT int rt_set_num_threads(int32_t count) {
  return rt::guarded([&] {
    at::set_num_threads(count);
#ifdef _OPENMP
    // With OMP_DYNAMIC set a busy machine would give fewer threads than asked for: what each of them adds up would be another share, rounded differently from run to run.
    omp_set_dynamic(0);
#endif
  });
}
RT_EXPORT int32_t rt_get_num_threads() { return at::get_num_threads(); }
RT_EXPORT int rt_set_num_interop_threads(int32_t count) {
  return rt::guarded([&] { at::set_num_interop_threads(count); });
}
RT_EXPORT int32_t rt_get_num_interop_threads() { return static_cast<int32_t>(at::get_num_interop_threads()); }

RT_EXPORT int rt_cuda_is_available(int32_t* answer) {
  return rt::guarded([&] { *answer = torch::cuda::is_available() ? 1 : 0; });
}
RT_EXPORT int rt_cudnn_is_available(int32_t* answer) {
  return rt::guarded([&] { *answer = torch::cuda::cudnn_is_available() ? 1 : 0; });
}
RT_EXPORT int rt_cuda_device_count(int32_t* count) {
  return rt::guarded([&] { *count = static_cast<int32_t>(torch::cuda::device_count()); });
}
RT_EXPORT int rt_cuda_synchronize(int64_t index) {
  return rt::guarded([&] { torch::cuda::synchronize(index); });
}
RT_EXPORT int rt_cuda_manual_seed(uint64_t seed, int32_t all) {
  return rt::guarded([&] {
    if (all != 0)
      torch::cuda::manual_seed_all(seed);
    else
      torch::cuda::manual_seed(seed);
  });
}

RT_EXPORT int rt_default_dtype(int32_t* dtype) {
  return rt::guarded([&] { *dtype = static_cast<int32_t>(c10::get_default_dtype_as_scalartype()); });
}
RT_EXPORT int rt_default_dtype_set(int32_t dtype) {
  return rt::guarded(
      [&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype))); });
}

// How this libtorch was built and which instruction set it uses; or why that cannot be said.
RT_EXPORT const char* rt_show_config() {
  thread_local std::string text;
  if (rt::guarded([&] { text = at::show_config(); }) != 0)
    text = rt::last_error();
  return text.c_str();
}

RT_EXPORT int32_t rt_pair_products() { return fused::uses_pair_products() ? 1 : 0; }
RT_EXPORT void rt_pair_products_set(int32_t use) { fused::use_pair_products(use != 0); }

RT_EXPORT int32_t rt_wide_vectors() { return fused::uses_wide_vectors() ? 1 : 0; }
RT_EXPORT void rt_wide_vectors_set(int32_t use) { fused::use_wide_vectors(use != 0); }

RT_EXPORT int rt_deterministic(int32_t enabled, int32_t warn_only) {
  return rt::guarded([&] {
    at::globalContext().setDeterministicAlgorithms(enabled != 0, warn_only != 0);
#if RT_TORCH_AT_LEAST(2, 2)
    // Filling memory that is written anyway costs time and changes no result of code that does not read it first.
    at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
    at::globalContext().setDeterministicCuDNN(enabled != 0);
    at::globalContext().setBenchmarkCuDNN(false);
  });
}
RT_EXPORT int32_t rt_is_deterministic() { return at::globalContext().deterministicAlgorithms() ? 1 : 0; }

// Whether float32 products on CUDA may use TensorFloat-32.
RT_EXPORT int rt_tf32(int32_t matmul, int32_t cudnn) {
  return rt::guarded([&] {
    at::globalContext().setAllowTF32CuBLAS(matmul != 0);
    at::globalContext().setAllowTF32CuDNN(cudnn != 0);
  });
}

// Whether bfloat16 products on CUDA may also add up in bfloat16.
RT_EXPORT int rt_bfloat16_sums(int32_t allowed) {
  return rt::guarded([&] {
#if RT_TORCH_AT_LEAST(2, 0)
    at::globalContext().setAllowBF16ReductionCuBLAS(allowed != 0);
#endif
  });
}

static void set_autocast(c10::DeviceType device, c10::ScalarType type, bool enabled) {
#if RT_TORCH_AT_LEAST(2, 4)
  at::autocast::set_autocast_enabled(device, enabled);
  at::autocast::set_autocast_dtype(device, type);
#else
  if (device == c10::DeviceType::CPU) {
    at::autocast::set_cpu_enabled(enabled);
    at::autocast::set_autocast_cpu_dtype(type);
  } else {
    at::autocast::set_enabled(enabled);
    at::autocast::set_autocast_gpu_dtype(type);
  }
#endif
}

// Autocast on this thread; the return value of `previous` is given back when leaving.
RT_EXPORT int rt_autocast_enter(int32_t device, int32_t dtype, int32_t enabled, int32_t* previous, int32_t* previous_dtype) {
  return rt::guarded([&] {
    const auto where = static_cast<c10::DeviceType>(device);
#if RT_TORCH_AT_LEAST(2, 4)
    *previous = at::autocast::is_autocast_enabled(where) ? 1 : 0;
    *previous_dtype = static_cast<int32_t>(at::autocast::get_autocast_dtype(where));
#else
    const bool cpu = where == c10::DeviceType::CPU;
    *previous = (cpu ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled()) ? 1 : 0;
    *previous_dtype = static_cast<int32_t>(cpu ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype());
#endif
    // Cast weights would outlive an update: what follows it in the same scope would multiply by those from before.
    at::autocast::set_autocast_cache_enabled(false);
    set_autocast(where, static_cast<c10::ScalarType>(dtype), enabled != 0);
  });
}

RT_EXPORT int rt_autocast_leave(int32_t device, int32_t dtype, int32_t enabled) {
  return rt::guarded([&] { set_autocast(static_cast<c10::DeviceType>(device), static_cast<c10::ScalarType>(dtype), enabled != 0); });
}
