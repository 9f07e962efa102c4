// Versions of a kernel for the instruction sets of x86-64, chosen when the library is loaded.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define FUSED_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FUSED_KERNEL
#endif
#define FUSED_INLINE inline __attribute__((always_inline))
