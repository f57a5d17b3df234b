// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+2 {{expected one of [cpu, cuda] for the kind of machine that programs run on, got: tpu}}
// expected-error @+1 {{failed to parse Spec_TargetAttr parameter 'backend'}}
module attributes {spec.target = #spec.target<tpu>} {}

// -----

// expected-error @+3 {{expected one of [onednn, openblas, cublaslt] for who computes a product, got: mkl}}
// expected-error @+2 {{failed to parse Spec_ProductLibraryAttr parameter 'library'}}
// expected-error @+1 {{failed to parse Spec_TargetAttr parameter 'products'}}
module attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, mkl>]>} {}

// -----

// expected-error @+1 {{expects archs to be strings, such as "sm_80", got: 80 : i64}}
module attributes {spec.target = #spec.target<cuda, archs = [80]>} {}

// -----

// expected-error @+1 {{expects products to be #spec.products<type, library>, got: "onednn"}}
module attributes {spec.target = #spec.target<cpu, products = ["onednn"]>} {}

// -----

// expected-error @+1 {{expects one library for products of 'f32', got two}}
module attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f32, openblas>]>} {}

// -----

// expected-error @+1 {{expects workspace_bytes of at least 0, got: -1}}
module attributes {spec.target = #spec.target<cuda, workspace_bytes = -1>} {}

// -----

// expected-error @+1 {{expects shared_bytes of at least 0, got: -4}}
module attributes {spec.target = #spec.target<cuda, shared_bytes = -4>} {}

// -----

// expected-error @+1 {{expects lane_bytes to be a power of two, or 0 without warps, got: 12}}
module attributes {spec.target = #spec.target<cuda, lane_bytes = 12>} {}

// -----

// expected-error @+1 {{expects lane_bytes beside many_programs}}
module attributes {spec.target = #spec.target<cuda, many_programs = true>} {}

// -----

// expected-error @+1 {{expects a #spec.target as 'spec.target', got: "cuda"}}
module attributes {spec.target = "cuda"} {}

// -----

// expected-error @+1 {{has an attribute '"spec.machine"', which the spec dialect does not know}}
module attributes {spec.machine = 1} {}

// -----

// expected-error @+1 {{cannot have the attribute 'spec.target': expected it on a module}}
weft.variable @w role(parameter) init(zeros) {spec.target = #spec.target<cpu>} : tensor<2xf32>
