// A GPU that is pretended: device 'cuda' on a machine without one, for tests of what a run on a GPU does.
//
// An operator's CUDA kernel is its CPU kernel, on the same bytes, once the arguments are what libtorch's CUDA kernels take: of one device, of a type
// that they know, and, where determinism is asked for, of an operator that has a deterministic algorithm. What libtorch puts together from other
// operators (composite kernels), and so what this suite's operators are on a GPU, is what a GPU gets. Not pretended: speed, rounding, the order of sums,
// cuDNN, streams.
//
// For libtorch 1.13 without CUDA; loaded into a process before it asks for the first device. To run an experiment on it:
//   LD_PRELOAD=artifacts/native/pretended/libpretended_cuda.so dotnet artifacts/bin/Made/release/Replications.Made.dll run -e adult --device cuda
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/ivalue.h>

#include <string>

namespace pretended {

const c10::Device gpu(c10::DeviceType::CUDA, 0);

// Memory of the device is the machine's, at addresses that x86-64 refuses to follow (they are not canonical): code that reads a tensor of the device
// as if it were the CPU's ends as it would on a GPU.
void* marked(void* address);
void* plain(void* address);

// The generator's numbers are the CPU's from the same seed, and the default generators are one: what is computed on both devices can be compared.
const at::Generator& default_generator();
at::Generator behind(const at::Generator& of_the_device);

// What libtorch's CUDA kernels refuse; throws as they do.
void refuse(const std::string& name, at::ArrayRef<c10::IValue> arguments);

// Whether an operator takes arguments of both devices.
bool takes_both(const std::string& name);

}  // namespace pretended
