// Lifetimes of tensors and what can be read from one without an operator.
#include "door.h"

#include <cstring>

RT_EXPORT void rt_tensor_free(void* handle) {
  try {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle));
  } catch (...) {
    // A storage's deleter must not take the process down from a finaliser.
  }
}

// A second reference to the same tensor.
RT_EXPORT void* rt_tensor_share(void* handle) { return rt::release(rt::tensor(handle)); }

// The next few only read fields: they are called without leaving managed code.
RT_EXPORT int64_t rt_tensor_dim(void* handle) { return static_cast<c10::TensorImpl*>(handle)->dim(); }
RT_EXPORT int64_t rt_tensor_numel(void* handle) { return static_cast<c10::TensorImpl*>(handle)->numel(); }
RT_EXPORT int32_t rt_tensor_dtype(void* handle) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(static_cast<c10::TensorImpl*>(handle)->dtype()));
}
RT_EXPORT void rt_tensor_sizes(void* handle, int64_t* sizes) {
  auto source = static_cast<c10::TensorImpl*>(handle)->sizes();
  std::memcpy(sizes, source.data(), source.size() * sizeof(int64_t));
}
RT_EXPORT void rt_tensor_device(void* handle, int32_t* type, int32_t* index) {
  auto device = static_cast<c10::TensorImpl*>(handle)->device();
  *type = static_cast<int32_t>(device.type());
  *index = device.index();
}
RT_EXPORT int32_t rt_tensor_layout(void* handle) {
  return static_cast<int32_t>(static_cast<c10::TensorImpl*>(handle)->layout());
}

// A sparse tensor has no strides, offset or data: libtorch throws.
RT_EXPORT int rt_tensor_strides(void* handle, int64_t* strides) {
  return rt::guarded([&] {
    auto source = static_cast<c10::TensorImpl*>(handle)->strides();
    std::memcpy(strides, source.data(), source.size() * sizeof(int64_t));
  });
}
RT_EXPORT int rt_tensor_storage_offset(void* handle, int64_t* offset) {
  return rt::guarded([&] { *offset = static_cast<c10::TensorImpl*>(handle)->storage_offset(); });
}
RT_EXPORT int rt_tensor_data(void* handle, void** data) {
  return rt::guarded([&] { *data = rt::tensor(handle).data_ptr(); });
}

RT_EXPORT int rt_tensor_is_contiguous(void* handle, int32_t format, int32_t* answer) {
  return rt::guarded(
      [&] { *answer = rt::tensor(handle).is_contiguous(static_cast<c10::MemoryFormat>(format)) ? 1 : 0; });
}

// The bytes of `pointer` copied into a new CPU tensor.
RT_EXPORT int rt_tensor_from_bytes(
    const void* pointer, const int64_t* sizes, int32_t dimensions, int32_t dtype, void** result) {
  return rt::guarded([&] {
    auto made = at::empty(
        c10::IntArrayRef(sizes, dimensions), at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)));
    if (made.numel() > 0)
      std::memcpy(made.data_ptr(), pointer, made.nbytes());
    *result = rt::release(std::move(made));
  });
}

// A CPU tensor over memory that somebody else owns; `deleter(context)` is called when the last reference goes.
RT_EXPORT int rt_tensor_from_blob(
    void* pointer, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*deleter)(void*), void* context,
    void** result) {
  return rt::guarded([&] {
    auto made = at::from_blob(
        pointer, c10::IntArrayRef(sizes, dimensions), [=](void*) { deleter(context); },
        at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)));
    *result = rt::release(std::move(made));
  });
}

// Whether two tensors share storage.
RT_EXPORT int rt_tensor_alias_of(void* left, void* right, int32_t* answer) {
  return rt::guarded([&] { *answer = rt::tensor(left).is_alias_of(rt::tensor(right)) ? 1 : 0; });
}
