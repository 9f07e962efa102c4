// Reverse mode: what is not an operator of the dispatcher.
#include "door.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <vector>

namespace {

std::vector<at::Tensor> tensors(void** handles, int32_t count) {
  std::vector<at::Tensor> list;
  list.reserve(count);
  for (int32_t i = 0; i < count; ++i)
    list.push_back(rt::tensor(handles[i]));
  return list;
}

}  // namespace

RT_EXPORT int32_t rt_grad_mode() { return at::GradMode::is_enabled() ? 1 : 0; }
RT_EXPORT void rt_grad_mode_set(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

RT_EXPORT int32_t rt_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
RT_EXPORT void* rt_inference_mode_enter(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
RT_EXPORT void rt_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

RT_EXPORT int32_t rt_anomaly_mode() { return torch::autograd::AnomalyMode::is_enabled() ? 1 : 0; }
RT_EXPORT int32_t rt_anomaly_mode_checks_nan() { return torch::autograd::AnomalyMode::should_check_nan() ? 1 : 0; }
RT_EXPORT void rt_anomaly_mode_set(int32_t enabled, int32_t check_nan) {
  torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
}

RT_EXPORT int rt_tensor_requires_grad(void* handle, int32_t* answer) {
  return rt::guarded([&] { *answer = rt::tensor(handle).requires_grad() ? 1 : 0; });
}
RT_EXPORT int rt_tensor_requires_grad_set(void* handle, int32_t value) {
  return rt::guarded([&] { rt::tensor(handle).set_requires_grad(value != 0); });
}
RT_EXPORT int rt_tensor_is_leaf(void* handle, int32_t* answer) {
  return rt::guarded([&] { *answer = rt::tensor(handle).is_leaf() ? 1 : 0; });
}
RT_EXPORT int rt_tensor_retain_grad(void* handle) {
  return rt::guarded([&] { rt::tensor(handle).retain_grad(); });
}

// A new reference to the gradient, or null.
RT_EXPORT int rt_tensor_grad(void* handle, void** gradient) {
  return rt::guarded([&] {
    auto source = rt::tensor(handle);
    *gradient = rt::release(at::Tensor(source.grad()));
  });
}
RT_EXPORT int rt_tensor_grad_set(void* handle, void* gradient) {
  return rt::guarded([&] {
    auto target = rt::tensor(handle);
    target.mutable_grad() = rt::tensor(gradient);
  });
}

// Makes `handle` hold the data of `source`, as Python's `tensor.data = source` does.
RT_EXPORT int rt_tensor_data_set(void* handle, void* source) {
  return rt::guarded([&] { rt::tensor(handle).set_data(rt::tensor(source)); });
}

RT_EXPORT int rt_backward(
    void** outputs, int32_t output_count, void** gradients, int32_t gradient_count, int32_t retain_graph,
    int32_t create_graph, void** inputs, int32_t input_count) {
  return rt::guarded([&] {
    torch::autograd::backward(
        tensors(outputs, output_count), tensors(gradients, gradient_count), retain_graph != 0, create_graph != 0,
        tensors(inputs, input_count));
  });
}

// `results` holds `input_count` handles; null where an input did not take part.
RT_EXPORT int rt_grad(
    void** outputs, int32_t output_count, void** inputs, int32_t input_count, void** gradients, int32_t gradient_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
  return rt::guarded([&] {
    auto found = torch::autograd::grad(
        tensors(outputs, output_count), tensors(inputs, input_count), tensors(gradients, gradient_count),
        retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; ++i)
      results[i] = rt::release(std::move(found[i]));
  });
}
