// What the signatures, the checks and the autocast rules of the operators share.
#pragma once

#include <ATen/autocast_mode.h>

#include <algorithm>
#include <initializer_list>

#include "door.h"

namespace fused {

#if RT_TORCH_AT_LEAST(2, 4)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

// Of all that an operator is given; some may be undefined. Kernels work where the first of them lies, and would take a pointer into another device's memory for one of
// their own.
inline void check_devices(const char* name, at::TensorList tensors) {
  for (const at::Tensor& t : tensors)
    TORCH_CHECK(!t.defined() || t.device() == tensors[0].device(), name, ": one device for all, not ", tensors[0].device(), " and ", t.device());
}

inline at::ScalarType autocast_type(c10::DeviceType device) {
#if RT_TORCH_AT_LEAST(2, 4)
  return at::autocast::get_autocast_dtype(device);
#else
  return device == c10::DeviceType::CUDA ? at::autocast::get_autocast_gpu_dtype() : at::autocast::get_autocast_cpu_dtype();
#endif
}

// Whether a derivative may be asked for: only then is anything kept for it. Of what an operator is given; some may be undefined.
inline bool is_learned(std::initializer_list<at::TensorList> given) {
  const auto has_gradient = [](const at::Tensor& t) { return t.defined() && t.requires_grad(); };
  return c10::GradMode::is_enabled() &&
         std::any_of(given.begin(), given.end(), [&](at::TensorList tensors) { return std::any_of(tensors.begin(), tensors.end(), has_gradient); });
}

// To exclude where what is computed stays in the type it has.
inline c10::DispatchKeySet autocast_keys() { return c10::DispatchKeySet({c10::DispatchKey::AutocastCPU, c10::DispatchKey::AutocastCUDA}); }

// float64 stays what it is, as in libtorch's own rules.
inline at::Tensor autocast_to(const at::Tensor& tensor, at::ScalarType type, c10::DeviceType device) {
  const bool eligible = tensor.defined() && tensor.is_floating_point() && tensor.device().type() == device && tensor.scalar_type() != at::kDouble;
  return eligible ? tensor.to(type) : tensor;
}

}  // namespace fused
