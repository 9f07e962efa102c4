// Functions whose forward and backward are written in C#, as nodes of the autograd graph.
#include "door.h"

#include <torch/csrc/autograd/custom_function.h>

#include <stdexcept>
#include <vector>

// What C# provides. `self` is a handle to its object; a callback returns 0, or 1 after rt_function_fail.
struct rt_function {
  void* self;
  int32_t (*forward)(void* self, void* context, void* outputs);
  int32_t (*backward)(void* self, void* context, void** gradients, int32_t count, void* outputs);
  void (*release)(void* self);
};

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Lets go of the object in C# when the node of the graph goes.
struct Owner : torch::CustomClassHolder {
  explicit Owner(rt_function source) : function(source) {}
  ~Owner() override { function.release(function.self); }
  rt_function function;
};

std::string& failure() {
  thread_local std::string message;
  return message;
}

void check(int32_t status) {
  if (status != 0)
    throw std::runtime_error(failure());
}

constexpr auto owner_key = "owner";

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
  static variable_list forward(AutogradContext* context, at::TensorList inputs, c10::intrusive_ptr<Owner> owner) {
    context->saved_data[owner_key] = c10::IValue::make_capsule(owner);
    variable_list outputs;
    check(owner->function.forward(owner->function.self, context, &outputs));
    return outputs;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto owner = c10::static_intrusive_pointer_cast<Owner>(context->saved_data[owner_key].toCapsule());
    std::vector<void*> handles;
    for (auto& gradient : gradients)
      handles.push_back(gradient.defined() ? gradient.unsafeGetTensorImpl() : nullptr);
    variable_list outputs;
    check(owner->function.backward(
        owner->function.self, context, handles.data(), static_cast<int32_t>(handles.size()), &outputs));
    outputs.emplace_back();  // for the owner, which has no gradient
    return outputs;
  }
};

std::vector<void*>& handed() {
  thread_local std::vector<void*> handles;
  return handles;
}

int32_t hand(variable_list&& tensors, void*** handles) {
  auto& kept = handed();
  kept.clear();
  for (auto& tensor : tensors)
    kept.push_back(rt::release(std::move(tensor)));
  *handles = kept.data();
  return static_cast<int32_t>(kept.size());
}

variable_list list(void** handles, int32_t count) {
  variable_list tensors;
  for (int32_t i = 0; i < count; ++i)
    tensors.push_back(rt::tensor(handles[i]));
  return tensors;
}

}  // namespace

// Runs the forward of `function` and records its node. The results are read by the caller before its next call.
RT_EXPORT int rt_function_apply(
    rt_function function, void** inputs, int32_t count, void*** results, int32_t* result_count) {
  auto owner = c10::make_intrusive<Owner>(function);
  return rt::guarded([&] {
    auto tensors = list(inputs, count);
    *result_count = hand(ManagedFunction::apply(at::TensorList(tensors), owner), results);
  });
}

// What a callback says before it returns 1.
RT_EXPORT void rt_function_fail(const char* message) { failure() = message; }

// Adds a tensor, or none, to what a callback gives.
RT_EXPORT void rt_function_give(void* outputs, void* handle) {
  static_cast<variable_list*>(outputs)->push_back(rt::tensor(handle));
}

RT_EXPORT int rt_function_save(void* context, void** handles, int32_t count) {
  return rt::guarded([&] { static_cast<AutogradContext*>(context)->save_for_backward(list(handles, count)); });
}

RT_EXPORT int rt_function_saved(void* context, void*** handles, int32_t* count) {
  return rt::guarded(
      [&] { *count = hand(static_cast<AutogradContext*>(context)->get_saved_variables(), handles); });
}

RT_EXPORT int rt_function_mark_dirty(void* context, void** handles, int32_t count) {
  return rt::guarded([&] { static_cast<AutogradContext*>(context)->mark_dirty(list(handles, count)); });
}

RT_EXPORT int rt_function_mark_non_differentiable(void* context, void** handles, int32_t count) {
  return rt::guarded([&] { static_cast<AutogradContext*>(context)->mark_non_differentiable(list(handles, count)); });
}

RT_EXPORT int rt_function_materialize_grads(void* context, int32_t value) {
  return rt::guarded([&] { static_cast<AutogradContext*>(context)->set_materialize_grads(value != 0); });
}
