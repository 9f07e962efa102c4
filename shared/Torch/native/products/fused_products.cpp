#include "fused_products.h"

#include <dlfcn.h>

namespace fused {

namespace {

using Sgemm = int (*)(char, char, int64_t, int64_t, int64_t, float, const float*, int64_t, const float*, int64_t, float, float*, int64_t);

Sgemm find_sgemm() {
  void* found = dlsym(RTLD_DEFAULT, "dnnl_sgemm");
  if (found == nullptr)
    for (const char* name : {"libdnnl.so.3", "libdnnl.so.2"})
      if (void* library = dlopen(name, RTLD_NOW | RTLD_NOLOAD)) {
        found = dlsym(library, "dnnl_sgemm");
        if (found != nullptr) break;
      }
  return reinterpret_cast<Sgemm>(found);
}

Sgemm sgemm() {
  static const Sgemm found = find_sgemm();
  return found;
}

// Products of fewer multiplications cost less than the way to another library.
constexpr int64_t kSmall = 1 << 18;

// How a matrix lies in memory: by rows ('N'), by columns ('T'), or neither.
char layout(const at::Tensor& t) {
  if (t.stride(1) == 1 && t.stride(0) >= std::max<int64_t>(1, t.size(1))) return 'N';
  if (t.stride(0) == 1 && t.stride(1) >= std::max<int64_t>(1, t.size(0))) return 'T';
  return 0;
}

int64_t leading(const at::Tensor& t, char how) { return how == 'N' ? t.stride(0) : t.stride(1); }

bool product(at::Tensor& c, const at::Tensor& a, const at::Tensor& b, float beta) {
  if (!multiplies_faster(a, b) || c.scalar_type() != at::kFloat || layout(c) != 'N') return false;
  const char la = layout(a), lb = layout(b);
  return sgemm()(la, lb, c.size(0), c.size(1), a.size(1), 1.0f, a.data_ptr<float>(), leading(a, la), b.data_ptr<float>(), leading(b, lb),
                 beta, c.data_ptr<float>(), c.stride(0)) == 0;
}

}  // namespace

bool multiplies_faster(const at::Tensor& a, const at::Tensor& b) {
  return a.is_cpu() && b.is_cpu() && a.scalar_type() == at::kFloat && b.scalar_type() == at::kFloat && a.size(1) == b.size(0) &&
         a.size(0) * a.size(1) * b.size(1) >= kSmall && layout(a) != 0 && layout(b) != 0 && sgemm() != nullptr;
}

void multiply(at::Tensor& c, const at::Tensor& a, const at::Tensor& b) {
  if (!product(c, a, b, 0)) at::mm_out(c, a, b);
}

void multiply_add(at::Tensor& c, const at::Tensor& a, const at::Tensor& b) {
  if (!product(c, a, b, 1)) at::addmm_out(c, c, a, b);
}

}  // namespace fused
