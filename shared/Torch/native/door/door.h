// The border between C# and libtorch: plain values, statuses, no C++ exception across.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#define RT_EXPORT extern "C" __attribute__((visibility("default")))

#define RT_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

// Tags of rt_value; the same numbers are in Native/ValueTag.cs.
enum rt_tag : int32_t {
  RT_NONE = 0,
  RT_TENSOR = 1,
  RT_INT = 2,
  RT_DOUBLE = 3,
  RT_BOOL = 4,
  RT_INT_LIST = 5,
  RT_DOUBLE_LIST = 6,
  RT_TENSOR_LIST = 7,
  RT_STRING = 8,
  RT_DEVICE = 9,
  RT_GENERATOR = 10,
  RT_DEFAULT = 11,
  RT_COMPLEX = 12,
  RT_BOOL_LIST = 13,
};

// One argument or result. A tensor is a counted reference to its TensorImpl: arguments are borrowed, results are owned
// by the caller. A list is `count` elements at `pointer`; a device is `count` = type, `integer` = index.
struct rt_value {
  int32_t tag;
  int32_t count;
  union {
    void* pointer;
    int64_t integer;
    double number;
  };
};

namespace rt {

// Message of the last failure on this thread.
std::string& last_error();

void remember(const std::exception& error);
void remember_unknown();

// Runs `body`; 0, or 1 with the message kept for rt_last_error.
template <class Body>
int guarded(Body&& body) {
  try {
    std::forward<Body>(body)();
    return 0;
  } catch (const std::exception& error) {
    remember(error);
  } catch (...) {
    remember_unknown();
  }
  return 1;
}

// A tensor that borrows nothing: its own reference to the implementation behind a handle.
inline at::Tensor tensor(void* handle) {
  if (handle == nullptr)
    return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      static_cast<c10::TensorImpl*>(handle)));
}

// A tensor that lasts for one call and counts no reference: the caller holds one.
class Borrowed {
 public:
  explicit Borrowed(void* handle)
      : value(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(
            static_cast<c10::TensorImpl*>(handle))) {}
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() { value.unsafeReleaseTensorImpl(); }

  at::Tensor value;
};

// Gives a tensor's reference to the caller; null for an undefined tensor.
inline void* release(at::Tensor&& value) {
  if (!value.defined())
    return nullptr;
  return value.unsafeReleaseTensorImpl();
}

inline at::Generator generator(void* handle) {
  if (handle == nullptr)
    return at::Generator();
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}

}  // namespace rt
