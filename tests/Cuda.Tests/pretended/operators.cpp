// Any operator on the device: its arguments taken to the CPU without a copy, its CPU kernel, its results taken back.
#include "pretended.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

#include <utility>
#include <vector>

namespace pretended {

namespace {

at::Tensor tensor_over(c10::Storage storage, c10::DispatchKey key, const at::Tensor& like) {
  auto made = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(key), like.dtype());
  made.unsafeGetTensorImpl()->set_sizes_and_strides(like.sizes(), like.strides(), like.storage_offset());
  return made;
}

// The device's storage over the bytes of a CPU tensor, which lives as long.
c10::Storage on_device(const at::Tensor& owner) {
  const auto& storage = owner.storage();
  c10::DataPtr data(marked(storage.data()), new at::Tensor(owner), [](void* kept) { delete static_cast<at::Tensor*>(kept); }, gpu);
  return c10::Storage(c10::Storage::use_byte_size_t(), storage.nbytes(), std::move(data), nullptr, false);
}

// One call: its tensors of the device and what stands for them on the CPU.
class Call {
 public:
  // A convolution of bfloat16 has products of bfloat16, sums of float32 and a rounded result, which not every convolution of the CPU knows.
  Call(std::string name, bool widened) : name_(std::move(name)), widened_(widened) {}

  c10::IValue to_cpu(const c10::IValue& value, const c10::Argument& argument) {
    auto type = argument.type();
    if (auto optional = type->cast<c10::OptionalType>())
      type = optional->getElementType();
    if (type->kind() == c10::TypeKind::GeneratorType) {
      const at::Generator given = value.isNone() ? default_generator() : value.toGenerator();
      TORCH_CHECK(given.device().is_cuda(), "Expected a 'cuda' device type for generator but found '", given.device().type(), "'");
      needed_ = true;
      return behind(given);
    }
    if (value.isTensor())
      return to_cpu(value.toTensor());
    if (value.isTensorList()) {
      c10::List<at::Tensor> list;
      for (const at::Tensor& each : value.toTensorVector())
        list.push_back(to_cpu(each));
      return list;
    }
    if (value.isOptionalTensorList()) {
      c10::List<c10::optional<at::Tensor>> list;
      for (const c10::optional<at::Tensor>& each : value.toOptionalTensorVector())
        list.push_back(each.has_value() ? c10::optional<at::Tensor>(to_cpu(*each)) : c10::nullopt);
      return list;
    }
    if (value.isDevice() && value.toDevice().is_cuda())
      return c10::Device(c10::kCPU);
    return value;
  }

  // A number of the CPU may meet a tensor of the device, another tensor of the CPU may not.
  void check() const {
    TORCH_CHECK(!needed_ || !strangers_ || takes_both(name_),
        "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! (", name_, ")");
  }

  // An output that the kernel made larger has other bytes now.
  void settle() const {
    for (const auto& [given, alias] : tensors_) {
      auto* self = given.unsafeGetTensorImpl();
      if (alias.storage().data() != plain(given.storage().data()))
        self->set_storage_keep_dtype(on_device(alias));
      if (alias.sizes() != given.sizes() || alias.strides() != given.strides())
        self->set_sizes_and_strides(alias.sizes(), alias.strides(), alias.storage_offset());
    }
  }

  c10::IValue to_device(const c10::IValue& value) const {
    if (value.isTensor())
      return to_device(value.toTensor());
    if (!value.isTensorList())
      return value;
    c10::List<at::Tensor> list;
    for (const at::Tensor& each : value.toTensorVector())
      list.push_back(to_device(each));
    return list;
  }

 private:
  at::Tensor to_cpu(const at::Tensor& given) {
    if (!given.defined())
      return given;
    if (given.is_cpu()) {
      strangers_ = strangers_ || given.dim() > 0;
      return given;
    }
    needed_ = true;
    const auto& storage = given.storage();
    c10::Storage bytes(c10::Storage::use_byte_size_t(), storage.nbytes(), c10::DataPtr(plain(storage.data()), c10::Device(c10::kCPU)),
        c10::GetAllocator(c10::kCPU), true);
    auto alias = tensor_over(std::move(bytes), c10::DispatchKey::CPU, given);
    tensors_.emplace_back(given, alias);
    return widened_ ? alias.to(at::kFloat) : alias;
  }

  at::Tensor to_device(const at::Tensor& result) const {
    if (!result.defined() || !result.is_cpu())
      return result;
    for (const auto& [given, alias] : tensors_)
      if (alias.is_same(result))
        return given;
    // What copies to the CPU gives the tensor there that it was given.
    if (name_ == "aten::copy_")
      return result;
    // A view of an argument shares its storage.
    for (const auto& [given, alias] : tensors_)
      if (alias.storage().data() != nullptr && alias.storage().data() == result.storage().data())
        return tensor_over(given.storage(), c10::DispatchKey::CUDA, result);
    const at::Tensor owner = widened_ ? result.to(at::kBFloat16) : result;
    return tensor_over(on_device(owner), c10::DispatchKey::CUDA, owner);
  }

  std::string name_;
  bool widened_;
  // Something of the device is among the arguments, and a tensor of the CPU that is more than a number.
  bool needed_ = false, strangers_ = false;
  std::vector<std::pair<at::Tensor, at::Tensor>> tensors_;
};

void run(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  const auto& schema = op.schema();
  const auto count = schema.arguments().size();
  const auto given = torch::jit::last(*stack, count);
  refuse(schema.name(), given);
  const bool convolves = schema.name().rfind("aten::convolution", 0) == 0;
  Call call(schema.name(), convolves && given[0].toTensor().scalar_type() == at::kBFloat16);
  const auto first = stack->size() - count;
  for (size_t i = 0; i < count; ++i)
    (*stack)[first + i] = call.to_cpu((*stack)[first + i], schema.arguments()[i]);
  call.check();
  op.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
  call.settle();
  for (auto i = stack->size() - schema.returns().size(); i < stack->size(); ++i)
    (*stack)[i] = call.to_device((*stack)[i]);
}

TORCH_LIBRARY_IMPL(_, CUDA, library) { library.fallback(torch::CppFunction::makeFromBoxedFunction<&run>()); }

// These have kernels for all devices, which would come first and have no part for this one.
TORCH_LIBRARY_IMPL(aten, CUDA, library) {
  for (const char* name : {"copy_", "convolution", "convolution_backward"})
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<&run>());
}

}  // namespace

}  // namespace pretended
