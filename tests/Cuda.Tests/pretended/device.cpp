// What libtorch asks of a device: how many there are, streams and events, memory, random numbers.
#include "pretended.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

namespace pretended {

namespace {

constexpr uintptr_t Mark = uintptr_t{1} << 62;

struct Generator : c10::GeneratorImpl {
  explicit Generator(at::Generator source)
      : c10::GeneratorImpl(gpu, c10::DispatchKeySet(c10::DispatchKey::CUDA)), source(std::move(source)) {}
  void set_current_seed(uint64_t seed) override { source.set_current_seed(seed); }
  uint64_t current_seed() const override { return source.current_seed(); }
  uint64_t seed() override { return source.seed(); }
  c10::intrusive_ptr<c10::TensorImpl> get_state() const override { return source.get_state().getIntrusivePtr(); }
  void set_state(const c10::TensorImpl& state) override { source.unsafeGetGeneratorImpl()->set_state(state); }

  mutable at::Generator source;

 private:
  Generator* clone_impl() const override { return new Generator(source.clone()); }
};

struct Hooks : at::CUDAHooksInterface {
  explicit Hooks(at::CUDAHooksArgs) {}
  void initCUDA() const override {}
  const at::Generator& getDefaultCUDAGenerator(c10::DeviceIndex) const override { return default_generator(); }
  c10::Device getDeviceFromPtr(void*) const override { return gpu; }
  bool hasCUDA() const override { return true; }
  int64_t current_device() const override { return 0; }
  bool hasPrimaryContext(int64_t) const override { return true; }
  int getNumGPUs() const override { return 1; }
  void deviceSynchronize(int64_t) const override {}
};

// One device, one stream, nothing to wait for.
struct Guard final : c10::impl::DeviceGuardImplInterface {
  c10::DeviceType type() const override { return c10::DeviceType::CUDA; }
  c10::Device exchangeDevice(c10::Device) const override { return gpu; }
  c10::Device getDevice() const override { return gpu; }
  void setDevice(c10::Device) const override {}
  void uncheckedSetDevice(c10::Device) const noexcept override {}
  c10::Stream getStream(c10::Device) const noexcept override { return c10::Stream(c10::Stream::DEFAULT, gpu); }
  c10::Stream getDefaultStream(c10::Device) const override { return c10::Stream(c10::Stream::DEFAULT, gpu); }
  c10::Stream exchangeStream(c10::Stream) const noexcept override { return c10::Stream(c10::Stream::DEFAULT, gpu); }
  c10::DeviceIndex deviceCount() const noexcept override { return 1; }
  void record(void**, const c10::Stream&, const c10::DeviceIndex, const c10::EventFlag) const override {}
  void block(void*, const c10::Stream&) const override {}
  bool queryEvent(void*) const override { return true; }
  void destroyEvent(void*, const c10::DeviceIndex) const noexcept override {}
  bool queryStream(const c10::Stream&) const override { return true; }
  void synchronizeStream(const c10::Stream&) const override {}
};

C10_REGISTER_GUARD_IMPL(CUDA, Guard);

}  // namespace

void* marked(void* address) {
  return address == nullptr ? nullptr : reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(address) | Mark);
}

void* plain(void* address) { return reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(address) & ~Mark); }

const at::Generator& default_generator() {
  static const at::Generator instance = at::make_generator<Generator>(at::detail::getDefaultCPUGenerator());
  return instance;
}

at::Generator behind(const at::Generator& of_the_device) {
  return static_cast<Generator*>(of_the_device.unsafeGetGeneratorImpl())->source;
}

}  // namespace pretended

namespace at {
C10_REGISTER_TYPED_CLASS(CUDAHooksRegistry, "CUDAHooks", ::pretended::Hooks);
}  // namespace at
