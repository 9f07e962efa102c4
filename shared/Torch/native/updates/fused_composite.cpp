#include "fused_composite.h"

namespace fused {

namespace {

at::Tensor kept(const at::Tensor& mask, const at::Tensor& weight) {
  if (mask.scalar_type() == at::kBool) return mask;
  return mask.narrow(0, 0, weight.size(0)).unsqueeze(1).ge(mask.narrow(0, weight.size(0), weight.size(1)));
}

// Gradients become tensors of our own before they are changed, except where nothing changes them. Zero where masked, whatever
// was there: a product with the mask would keep what is not a number.
void mask_gradients(std::vector<Slice>& slices, const Extras& extras) {
  for (Slice& slice : slices) {
    if (!given(extras.masks, slice.index)) continue;
    const at::Tensor keep = kept(extras.masks[slice.index].to(slice.gradient.device()), slice.parameter);
    slice.gradient = at::where(keep, slice.gradient, at::zeros({}, slice.gradient.options()));
  }
}

}  // namespace

double composite_norm(std::vector<Slice>& slices, const Extras& extras) {
  if (slices.empty()) return 0;
  mask_gradients(slices, extras);
  std::vector<at::Tensor> gradients;
  for (const Slice& slice : slices) gradients.push_back(slice.gradient);
  auto norms = at::_foreach_norm(gradients, 2);
  for (at::Tensor& norm : norms) norm = norm.to(norms[0].device(), norms[0].scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  return at::norm(at::stack(norms)).item<double>();
}

void prepare_composite(std::vector<Slice>& slices, double factor, double decay, const Extras& extras) {
  for (Slice& slice : slices) {
    if (factor != 1) slice.gradient = slice.gradient.mul(factor);
    if (decay != 0) slice.gradient = slice.gradient.add(slice.parameter, decay);
  }
  // As over blocks, after the decay: what is masked is not moved by it either.
  mask_gradients(slices, extras);
}

void finish_composite(const std::vector<Slice>& slices, const Extras& extras) {
  for (const Slice& slice : slices) {
    if (slice.average.defined()) slice.average.lerp_(slice.parameter, 1 - extras.average_decay);
    if (slice.copy.defined()) slice.copy.copy_(slice.parameter);
  }
}

}  // namespace fused
