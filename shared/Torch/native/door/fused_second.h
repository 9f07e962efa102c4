// The derivative of an operator where a derivative of that is wanted as well.
#pragma once

#include <torch/csrc/autograd/autograd.h>

#include <vector>

#include "fused_autocast.h"

namespace fused {

// The gradient of each input that has one, by `form`: the operator in operators that have derivatives of every order. Inputs may be undefined. In the types that
// they have, whatever is cast. The form is given aliases: in terms of the inputs themselves, one that is given twice, or that another was made of, would get what is
// the other's as well. Behind the aliases are the inputs, so that second derivatives reach them.
template <class Form>
std::vector<at::Tensor> gradients_by(const Form& form, const std::vector<at::Tensor>& inputs, const std::vector<at::Tensor>& gradients) {
  c10::impl::ExcludeDispatchKeyGuard no_autocast(autocast_keys());
  std::vector<at::Tensor> aliases, wanted;
  for (const at::Tensor& input : inputs) {
    aliases.push_back(input.defined() ? at::alias(input) : input);
    if (input.defined() && input.requires_grad()) wanted.push_back(aliases.back());
  }
  const std::vector<at::Tensor> found = torch::autograd::grad({form(aliases)}, wanted, gradients, true, true, true);
  std::vector<at::Tensor> result;
  auto next = found.begin();
  for (const at::Tensor& input : inputs) result.push_back(input.defined() && input.requires_grad() ? *next++ : at::Tensor());
  return result;
}

}  // namespace fused
