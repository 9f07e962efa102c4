// The door: every operator of libtorch's dispatcher, called with tagged values.
#include "operator.h"

#include <memory>
#include <vector>

namespace {

#if RT_TORCH_AT_LEAST(2, 4)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

using rt::Operator;
using rt::Want;

// Float parameters refuse an integer, and a list of tensors is two types; the schema says which is wanted.
Want want(const c10::Argument& argument) {
  auto type = argument.type();
  if (auto optional = type->cast<c10::OptionalType>())
    type = optional->getElementType();
  if (type->kind() == c10::TypeKind::FloatType)
    return Want::number;
  if (auto list = type->cast<c10::ListType>()) {
    if (list->getElementType()->kind() == c10::TypeKind::OptionalType)
      return Want::optional_tensors;
    if (list->getElementType()->kind() == c10::TypeKind::TensorType)
      return Want::tensors;
  }
  return Want::as_given;
}

c10::IValue tensor_list(const rt_value& value, Want wanted) {
  auto** handles = static_cast<void**>(value.pointer);
  if (wanted == Want::optional_tensors) {
    c10::List<OptionalTensor> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; ++i)
      list.push_back(handles[i] == nullptr ? OptionalTensor() : OptionalTensor(rt::tensor(handles[i])));
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  for (int32_t i = 0; i < value.count; ++i)
    list.push_back(rt::tensor(handles[i]));
  return list;
}

template <class T, class Source>
c10::IValue number_list(const rt_value& value) {
  c10::List<T> list;
  list.reserve(value.count);
  auto* items = static_cast<const Source*>(value.pointer);
  for (int32_t i = 0; i < value.count; ++i)
    list.push_back(static_cast<T>(items[i]));
  return list;
}

void push(std::vector<c10::IValue>& stack, const rt_value& value, const Operator& op, size_t index) {
  switch (value.tag) {
    case RT_TENSOR:
      stack.emplace_back(rt::tensor(value.pointer));
      break;
    case RT_INT:
      if (op.wants[index] == Want::number)
        stack.emplace_back(static_cast<double>(value.integer));
      else
        stack.emplace_back(value.integer);
      break;
    case RT_DOUBLE:
      stack.emplace_back(value.number);
      break;
    case RT_BOOL:
      stack.emplace_back(value.integer != 0);
      break;
    case RT_INT_LIST:
      stack.push_back(number_list<int64_t, int64_t>(value));
      break;
    case RT_DOUBLE_LIST:
      stack.push_back(number_list<double, double>(value));
      break;
    case RT_BOOL_LIST:
      stack.push_back(number_list<bool, uint8_t>(value));
      break;
    case RT_TENSOR_LIST:
      stack.push_back(tensor_list(value, op.wants[index]));
      break;
    case RT_STRING:
      stack.emplace_back(std::string(static_cast<const char*>(value.pointer), value.count));
      break;
    case RT_DEVICE:
      stack.emplace_back(c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.integer)));
      break;
    case RT_GENERATOR:
      stack.emplace_back(rt::generator(value.pointer));
      break;
    case RT_COMPLEX: {
      auto* parts = static_cast<const double*>(value.pointer);
      stack.emplace_back(c10::complex<double>(parts[0], parts[1]));
      break;
    }
    case RT_DEFAULT:
      TORCH_CHECK(op.has_default[index], op.name, ": argument ", index, " has no default");
      stack.push_back(op.defaults[index]);
      break;
    default:
      stack.emplace_back();
      break;
  }
}

// Lists are read by the caller before its next call on this thread.
std::vector<void*>& list_results() {
  thread_local std::vector<void*> handles;
  return handles;
}

std::vector<int64_t>& integer_results() {
  thread_local std::vector<int64_t> values;
  return values;
}

// Of several results, before any is given: those given before a failure would have no owner, and a second list of a kind would take the place of the first.
void check_forms(const std::vector<c10::IValue>& values, const Operator& op) {
  int tensor_lists = 0, integer_lists = 0;
  for (const auto& value : values) {
    tensor_lists += value.isTensorList() ? 1 : 0;
    integer_lists += value.isIntList() ? 1 : 0;
    TORCH_CHECK(
        value.isTensor() || value.isInt() || value.isDouble() || value.isBool() || value.isTensorList() || value.isIntList() || value.isNone(),
        op.name, " gives a result of type ", value.tagKind(), ", which has no form across the door");
  }
  TORCH_CHECK(tensor_lists <= 1 && integer_lists <= 1, op.name, " gives two lists of one kind, which have no form across the door");
}

void give(c10::IValue&& source, rt_value& result) {
  result.count = 0;
  result.integer = 0;
  if (source.isTensor()) {
    result.tag = RT_TENSOR;
    result.pointer = rt::release(std::move(source).toTensor());
  } else if (source.isInt()) {
    result.tag = RT_INT;
    result.integer = source.toInt();
  } else if (source.isDouble()) {
    result.tag = RT_DOUBLE;
    result.number = source.toDouble();
  } else if (source.isBool()) {
    result.tag = RT_BOOL;
    result.integer = source.toBool() ? 1 : 0;
  } else if (source.isTensorList()) {
    auto list = std::move(source).toTensorVector();
    auto& handles = list_results();
    handles.clear();
    handles.reserve(list.size());  // nothing below throws: a reference that is given has an owner
    for (auto& item : list)
      handles.push_back(rt::release(std::move(item)));
    result.tag = RT_TENSOR_LIST;
    result.count = static_cast<int32_t>(handles.size());
    result.pointer = handles.data();
  } else if (source.isIntList()) {
    auto& values = integer_results();
    values = source.toIntVector();
    result.tag = RT_INT_LIST;
    result.count = static_cast<int32_t>(values.size());
    result.pointer = values.data();
  } else {
    TORCH_CHECK(source.isNone(), "result of type ", source.tagKind(), " has no form across the door");
    result.tag = RT_NONE;
  }
}

// A call's arguments. The vector is kept between calls; a nested call (a custom function's backward) takes a fresh one,
// because the outer one is swapped out while in use.
class Stack {
 public:
  Stack() { values.swap(spare()); }
  ~Stack() {
    values.clear();
    values.swap(spare());
  }
  std::vector<c10::IValue> values;

 private:
  static std::vector<c10::IValue>& spare() {
    thread_local std::vector<c10::IValue> kept;
    return kept;
  }
};

}  // namespace

// Finds an operator, for example ("aten::add", "Tensor"). The handle lives as long as the process.
RT_EXPORT int rt_operator_find(const char* name, const char* overload, void** found) {
  return rt::guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, overload[0] == 0 ? "" : ".", overload);
    auto op = std::make_unique<Operator>(Operator{*handle, name, {}, {}, {}});
    for (const auto& argument : handle->schema().arguments()) {
      op->wants.push_back(want(argument));
      op->has_default.push_back(argument.default_value().has_value());
      op->defaults.push_back(argument.default_value().has_value() ? *argument.default_value() : c10::IValue());
    }
    op->shortcut = rt::find_shortcut(*op);
    *found = op.release();
  });
}

// Calls an operator. Missing trailing arguments take the schema's defaults. `results` holds at least `capacity` values;
// `result_count` says how many came.
RT_EXPORT int rt_operator_call(
    void* which, const rt_value* arguments, int32_t count, rt_value* results, int32_t capacity, int32_t* result_count) {
  return rt::guarded([&] {
    auto& op = *static_cast<Operator*>(which);
    if (op.shortcut != nullptr && capacity > 0 && op.shortcut(op, arguments, count, results[0])) {
      *result_count = 1;
      return;
    }
    Stack stack;
    auto& values = stack.values;
    const auto expected = op.wants.size();
    TORCH_CHECK(static_cast<size_t>(count) <= expected, op.name, " takes ", expected, " arguments, not ", count);
    values.reserve(expected + 1);
    for (int32_t i = 0; i < count; ++i)
      push(values, arguments[i], op, i);
    for (auto i = static_cast<size_t>(count); i < expected; ++i) {
      TORCH_CHECK(op.has_default[i], op.name, ": argument '", op.handle.schema().arguments()[i].name(), "' is missing");
      values.push_back(op.defaults[i]);
    }
    op.handle.callBoxed(&values);
    TORCH_CHECK(values.size() <= static_cast<size_t>(capacity), op.name, " gives more results than there is room for");
    if (values.size() > 1)
      check_forms(values, op);
    *result_count = static_cast<int32_t>(values.size());
    for (size_t i = 0; i < values.size(); ++i)
      give(std::move(values[i]), results[i]);
  });
}

// Whether this libtorch has an operator.
RT_EXPORT int rt_operator_exists(const char* name, const char* overload) {
  try {
    return c10::Dispatcher::singleton().findSchema({name, overload}).has_value() ? 1 : 0;
  } catch (...) {
    return 0;
  }
}
