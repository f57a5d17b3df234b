// RUN: weft-opt %s -weft-set-target=backend=cuda | FileCheck %s
// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_90a,sm_89 tf32 epilogues=false" | FileCheck %s --check-prefix=OLDEST
// RUN: not weft-opt %s -weft-set-target -weft-set-target=backend=cuda 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: not weft-opt %s -weft-set-target="backend=cuda archs=sm_80,sm_70" 2>&1 | FileCheck %s --check-prefix=ARCH

// CHECK: module @m attributes {spec.target = #spec.target<cuda, archs = ["sm_80"],
// CHECK-SAME: products = [#spec.products<f32, cublaslt>, #spec.products<f64, cublaslt>, #spec.products<bf16, cublaslt>, #spec.products<f16, cublaslt>],
// CHECK-SAME: workspace_bytes = 33554432, epilogues = true, shared_bytes = 166912, lane_bytes = 16, many_programs = true, separate_backward = true, grouped_kernels = true>}
// The least of all architectures.
// OLDEST: archs = ["sm_90a", "sm_89"], {{.*}} workspace_bytes = 33554432, tf32 = true, shared_bytes = 101376,
// OTHER: error: is compiled for #spec.target<cpu, {{.*}} already, and cannot be for #spec.target<cuda,
// ARCH: error: unknown architecture 'sm_70': expected one from sm_80 up
module @m {}
