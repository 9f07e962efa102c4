// Random generators with explicit state.
#include "door.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>

namespace {

void* share(const at::Generator& source) {
  auto counted = source.getIntrusivePtr();
  return counted.release();
}

const at::Generator& default_generator(int32_t type, int32_t index) {
  return at::globalContext().defaultGenerator(
      c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index)));
}

template <class Body>
int locked(void* handle, Body&& body) {
  return rt::guarded([&] {
    auto source = rt::generator(handle);
    std::lock_guard<std::mutex> lock(source.mutex());
    body(source);
  });
}

}  // namespace

RT_EXPORT int rt_generator_default(int32_t type, int32_t index, void** result) {
  return rt::guarded([&] { *result = share(default_generator(type, index)); });
}

// A CPU generator is made; one for another device is a copy of that device's default, so that no header of the device is needed.
RT_EXPORT int rt_generator_new(uint64_t seed, int32_t type, int32_t index, void** result) {
  return rt::guarded([&] {
    auto made = static_cast<c10::DeviceType>(type) == c10::DeviceType::CPU
        ? at::detail::createCPUGenerator(seed)
        : default_generator(type, index).clone();
    made.set_current_seed(seed);
    *result = share(made);
  });
}

RT_EXPORT void rt_generator_free(void* handle) {
  c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(handle));
}

RT_EXPORT int rt_generator_manual_seed(void* handle, uint64_t seed) {
  return locked(handle, [&](at::Generator& source) { source.set_current_seed(seed); });
}

RT_EXPORT int rt_generator_initial_seed(void* handle, uint64_t* seed) {
  return locked(handle, [&](at::Generator& source) { *seed = source.current_seed(); });
}

// Takes a seed from the operating system.
RT_EXPORT int rt_generator_seed(void* handle, uint64_t* seed) {
  return locked(handle, [&](at::Generator& source) { *seed = source.seed(); });
}

RT_EXPORT int rt_generator_get_state(void* handle, void** state) {
  return locked(handle, [&](at::Generator& source) { *state = rt::release(source.get_state()); });
}

RT_EXPORT int rt_generator_set_state(void* handle, void* state) {
  return locked(handle, [&](at::Generator& source) { source.set_state(rt::tensor(state)); });
}

RT_EXPORT int rt_generator_device(void* handle, int32_t* type, int32_t* index) {
  return rt::guarded([&] {
    auto device = rt::generator(handle).device();
    *type = static_cast<int32_t>(device.type());
    *index = device.index();
  });
}

// Seeds the default generators of the CPU and of every CUDA device.
RT_EXPORT int rt_manual_seed(uint64_t seed) {
  return rt::guarded([&] { at::manual_seed(seed); });
}
