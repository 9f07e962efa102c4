// Where libtorch's CUDA kernels differ from the CPU's in what they take.
#include "pretended.h"

#include <ATen/Context.h>
#include <ATen/core/Reduction.h>

#include <set>

namespace pretended {

namespace {

using Names = std::set<std::string>;

// Operators that have no deterministic algorithm on a GPU in one libtorch or another: the documentation of torch.use_deterministic_algorithms for 1.13 and
// after, together. Later ones have some for kthvalue, for scatter_add and for cumsum, which multinomial calls.
const Names not_deterministic{
    "_adaptive_avg_pool2d_backward", "_adaptive_avg_pool3d_backward", "_ctc_loss_backward", "_embedding_bag_dense_backward",
    "adaptive_max_pool2d_backward", "avg_pool3d_backward", "bincount", "fractional_max_pool2d_backward", "fractional_max_pool3d_backward",
    "grid_sampler_2d_backward", "grid_sampler_3d_backward", "histc", "kthvalue", "max_pool3d_with_indices_backward", "max_unpool2d", "max_unpool3d",
    "median", "multinomial", "put_", "reflection_pad1d_backward", "reflection_pad2d_backward", "reflection_pad3d_backward",
    "replication_pad1d_backward", "replication_pad2d_backward", "replication_pad3d_backward", "scatter_add", "scatter_add_",
    "upsample_bicubic2d_backward", "upsample_bilinear2d_backward", "upsample_linear1d_backward", "upsample_trilinear3d_backward"};

const Names products{"addbmm", "addmm", "addmm_", "addmv", "addmv_", "baddbmm", "baddbmm_", "bmm", "convolution", "dot", "mm", "mv", "vdot"};

// Without the namespace.
std::string base(const std::string& name) { return name.substr(name.rfind(':') + 1); }

bool is_deterministic(const std::string& name, at::ArrayRef<c10::IValue> arguments) {
  // Whole numbers have one sum.
  if (name == "cumsum" || name == "cumsum_")
    return c10::isIntegralType(arguments[2].isNone() ? arguments[0].toTensor().scalar_type() : arguments[2].toScalarType(), true);
  if (name == "nll_loss2d_forward")
    return arguments[3].toInt() == at::Reduction::None;
  return not_deterministic.count(name) == 0;
}

}  // namespace

void refuse(const std::string& name, at::ArrayRef<c10::IValue> arguments) {
  TORCH_CHECK(name.rfind("aten::", 0) == 0, "Could not run '", name, "' with arguments from the 'CUDA' backend.");
  if (!is_deterministic(base(name), arguments))
    at::globalContext().alertNotDeterministic(name);
  TORCH_CHECK(products.count(base(name)) == 0 || !c10::isIntegralType(arguments[0].toTensor().scalar_type(), true),
      "\"", name, "\" not implemented on cuda for whole numbers");
}

bool takes_both(const std::string& name) {
  static const Names both{"_index_put_impl_", "copy_", "index", "index_put_"};
  return both.count(base(name)) != 0;
}

}  // namespace pretended
