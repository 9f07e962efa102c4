// What is kept of an operator once it is found.
#pragma once

#include "door.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <string>
#include <vector>

namespace rt {

// What a parameter makes of an argument that could mean two things.
enum class Want : uint8_t { as_given, number, optional_tensors, tensors };

struct Operator;

// Calls an operator by its C++ signature; false when the arguments do not fit it.
using Shortcut = bool (*)(const Operator&, const rt_value* arguments, int32_t count, rt_value& result);

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Want> wants;
  std::vector<c10::IValue> defaults;
  std::vector<uint8_t> has_default;
  Shortcut shortcut = nullptr;
};

// The way past the boxes for operators of tensors and numbers alone, or null.
Shortcut find_shortcut(const Operator& op);

}  // namespace rt
