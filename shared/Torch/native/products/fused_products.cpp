#include "fused_products.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include "fused_convert.h"

namespace fused {

namespace {

template <typename T>
using Gemm = int (*)(char, char, int64_t, int64_t, int64_t, float, const T*, int64_t, const T*, int64_t, float, float*, int64_t);

// Null where there is none, or where it says that this processor lacks what it needs.
template <typename T>
Gemm<T> find(const char* function) {
  void* found = dlsym(RTLD_DEFAULT, function);
  if (found == nullptr)
    for (const char* name : {"libdnnl.so.3", "libdnnl.so.2"})
      if (void* library = dlopen(name, RTLD_NOW | RTLD_NOLOAD)) {
        found = dlsym(library, function);
        if (found != nullptr) break;
      }
  const auto gemm = reinterpret_cast<Gemm<T>>(found);
  const T one = 1.0f;
  float product = 0;
  return gemm != nullptr && gemm('N', 'N', 1, 1, 1, 1.0f, &one, 1, &one, 1, 0.0f, &product, 1) == 0 && product == 1 ? gemm : nullptr;
}

template <typename T>
Gemm<T> gemm() {
  static const Gemm<T> found = find<T>(std::is_same_v<T, float> ? "dnnl_sgemm" : "dnnl_gemm_bf16bf16f32");
  return found;
}

// Float32 products of fewer multiplications cost less than the way to another library; those of bfloat16 end up there in any case.
template <typename T>
constexpr int64_t kLeast = std::is_same_v<T, float> ? 1 << 18 : 1;

// How a matrix lies in memory: by rows ('N'), by columns ('T'), or neither.
char layout(const at::Tensor& t) {
  if (t.stride(1) == 1 && t.stride(0) >= std::max<int64_t>(1, t.size(1))) return 'N';
  if (t.stride(0) == 1 && t.stride(1) >= std::max<int64_t>(1, t.size(0))) return 'T';
  return 0;
}

int64_t leading(const at::Tensor& t, char how) { return how == 'N' ? t.stride(0) : t.stride(1); }

template <typename T>
bool is_faster(const at::Tensor& a, const at::Tensor& b) {
  return a.size(0) * a.size(1) * b.size(1) >= kLeast<T> && layout(a) != 0 && layout(b) != 0 && gemm<T>() != nullptr;
}

template <typename T>
bool multiplied(at::Tensor& c, const at::Tensor& a, const at::Tensor& b, float beta) {
  const char la = layout(a), lb = layout(b);
  return gemm<T>()(la, lb, c.size(0), c.size(1), a.size(1), 1.0f, a.data_ptr<T>(), leading(a, la), b.data_ptr<T>(), leading(b, lb), beta,
                   c.data_ptr<float>(), c.stride(0)) == 0;
}

bool product(at::Tensor& c, const at::Tensor& a, const at::Tensor& b, float beta) {
  if (!multiplies_faster(a, b) || c.scalar_type() != at::kFloat || layout(c) != 'N') return false;
  return a.scalar_type() == at::kFloat ? multiplied<float>(c, a, b, beta) : multiplied<at::BFloat16>(c, a, b, beta);
}

}  // namespace

bool multiplies_faster(const at::Tensor& a, const at::Tensor& b) {
  if (!a.is_cpu() || !b.is_cpu() || a.scalar_type() != b.scalar_type() || a.size(1) != b.size(0)) return false;
  return a.scalar_type() == at::kFloat ? is_faster<float>(a, b) : a.scalar_type() == at::kBFloat16 && is_faster<at::BFloat16>(a, b);
}

void multiply(at::Tensor& c, const at::Tensor& a, const at::Tensor& b) {
  if (product(c, a, b, 0)) return;
  if (c.scalar_type() == a.scalar_type())
    at::mm_out(c, a, b);
  else
    c.copy_(at::mm(a, b));
}

void multiply_add(at::Tensor& c, const at::Tensor& a, const at::Tensor& b) {
  if (product(c, a, b, 1)) return;
  if (c.scalar_type() == a.scalar_type())
    at::addmm_out(c, c, a, b);
  else
    c.add_(at::mm(a, b));
}

at::Tensor rounded(const at::Tensor& sums, at::ScalarType type) {
  if (sums.scalar_type() == type) return sums;
  TORCH_CHECK(sums.scalar_type() == at::kFloat && type == at::kBFloat16 && sums.is_contiguous(), "sums in float32 are rounded to bfloat16, not ", sums.scalar_type(), " to ", type);
  at::Tensor result = at::empty(sums.sizes(), sums.options().dtype(type));
  const float* from = sums.data_ptr<float>();
  Half16* to = static_cast<Half16*>(result.data_ptr());
  at::parallel_for(0, sums.numel(), 16384, [&](int64_t begin, int64_t end) { narrow(to + begin, from + begin, end - begin); });
  return result;
}

}  // namespace fused
