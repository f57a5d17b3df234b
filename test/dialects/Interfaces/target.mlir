// RUN: weft-opt %s -split-input-file -verify-roundtrip | FileCheck %s

// Only what differs from a CPU without libraries is said.
// CHECK: module attributes {spec.target = #spec.target<cpu>} {
module attributes {spec.target = #spec.target<cpu>} {}

// -----

// CHECK: spec.target = #spec.target<cpu, march = "x86-64-v3", products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>
module attributes {spec.target = #spec.target<cpu, march = "x86-64-v3", products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>} {}

// -----

// In any order.
// CHECK: #spec.target<cuda, archs = ["sm_80", "sm_90a"], workspace_bytes = 1024, epilogues = true, tf32 = true, shared_bytes = 4096, lane_bytes = 16, many_programs = true, separate_backward = true, grouped_kernels = true>
module attributes {spec.target = #spec.target<cuda, grouped_kernels = true, separate_backward = true, many_programs = true, lane_bytes = 16, shared_bytes = 4096, tf32 = true, epilogues = true, workspace_bytes = 1024, archs = ["sm_80", "sm_90a"]>} {}
