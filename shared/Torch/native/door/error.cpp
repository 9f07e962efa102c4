#include "door.h"

#include <c10/util/Exception.h>

namespace rt {

std::string& last_error() {
  thread_local std::string message;
  return message;
}

void remember(const std::exception& error) {
  // what() of a c10::Error carries a C++ backtrace that says nothing to a C# caller.
  if (auto* torch_error = dynamic_cast<const c10::Error*>(&error))
    last_error() = torch_error->what_without_backtrace();
  else
    last_error() = error.what();
}

void remember_unknown() { last_error() = "unknown C++ exception"; }

}  // namespace rt

RT_EXPORT const char* rt_last_error() { return rt::last_error().c_str(); }
