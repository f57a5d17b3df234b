// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: @elementwise
weft.layer @elementwise(%x: tensor<8x64xf32>, %b: tensor<64xf32>, %ids: tensor<8x1xi32>, %d: tensor<8x64xf64>) {
  // CHECK: weft.sin %x : tensor<8x64xf32>
  %0 = weft.sin %x : tensor<8x64xf32>
  // CHECK: weft.cos %d : tensor<8x64xf64>
  %1 = weft.cos %d : tensor<8x64xf64>
  // CHECK: weft.sigmoid %x : tensor<8x64xf32>
  %2 = weft.sigmoid %x : tensor<8x64xf32>
  // CHECK: weft.silu %x : tensor<8x64xf32>
  %3 = weft.silu %x : tensor<8x64xf32>
  // CHECK: weft.relu %x : tensor<8x64xf32>
  %4 = weft.relu %x : tensor<8x64xf32>
  // CHECK: weft.clamp %x {max = 1.000000e+00 : f64, min = -1.000000e+00 : f64} : tensor<8x64xf32>
  %5 = weft.clamp %x {min = -1.0, max = 1.0} : tensor<8x64xf32>
  // CHECK: weft.clamp %x {min = 0.000000e+00 : f64} : tensor<8x64xf32>
  %6 = weft.clamp %x {min = 0.0} : tensor<8x64xf32>
  // CHECK: weft.compare eq %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  %7 = weft.compare eq %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  // CHECK: weft.compare ne
  %8 = weft.compare ne %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  // CHECK: weft.compare lt %ids, %{{.*}} : tensor<8x1xi32>, tensor<64xi32> -> tensor<8x64xf64>
  %i = weft.iota : tensor<64xi32>
  %9 = weft.compare lt %ids, %i : tensor<8x1xi32>, tensor<64xi32> -> tensor<8x64xf64>
  // CHECK: weft.compare le
  %10 = weft.compare le %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  // CHECK: weft.compare gt
  %11 = weft.compare gt %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  // CHECK: weft.compare ge
  %12 = weft.compare ge %x, %b : tensor<8x64xf32>, tensor<64xf32> -> tensor<8x64xf32>
  // CHECK: weft.where %{{.*}}, %x, %b : tensor<8x64xf64>, tensor<8x64xf32>, tensor<64xf32>
  %13 = weft.where %9, %x, %b : tensor<8x64xf64>, tensor<8x64xf32>, tensor<64xf32>
  // CHECK: weft.cast %ids : tensor<8x1xi32> to tensor<8x1xf64>
  %14 = weft.cast %ids : tensor<8x1xi32> to tensor<8x1xf64>
  // CHECK: weft.causal_mask %x {window = 4 : i64} : tensor<8x64xf32>
  %15 = weft.causal_mask %x {window = 4} : tensor<8x64xf32>
  weft.return
}

// CHECK-LABEL: @rows
weft.layer @rows(%x: tensor<8x64x32xf32>, %w: tensor<32xf32>, %t: tensor<8x64xi32>) {
  // CHECK: weft.rms_norm %x, %w {eps = 9.9999999999999995E-7 : f64} : tensor<8x64x32xf32>, tensor<32xf32>
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6} : tensor<8x64x32xf32>, tensor<32xf32>
  // CHECK: weft.rms_norm %x, %w {eps = 9.9999999999999995E-7 : f64, weight_offset = 1.000000e+00 : f64}
  %1 = weft.rms_norm %x, %w {eps = 1.0e-6, weight_offset = 1.0} : tensor<8x64x32xf32>, tensor<32xf32>
  // CHECK: weft.log_softmax %x : tensor<8x64x32xf32>
  %2 = weft.log_softmax %x : tensor<8x64x32xf32>
  // CHECK: weft.rope half %x {theta = 1.000000e+04 : f64} : tensor<8x64x32xf32>
  %3 = weft.rope half %x {theta = 10000.0} : tensor<8x64x32xf32>
  // CHECK: weft.rope interleaved %x {inverse, scaling = #weft.rope_linear<factor = 2.0>, theta = 1.000000e+04 : f64}
  %4 = weft.rope interleaved %x {theta = 10000.0, scaling = #weft.rope_linear<factor = 2.0>, inverse} : tensor<8x64x32xf32>
  // CHECK: weft.rope half %x {scaling = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 8192>, theta = 5.000000e+05 : f64}
  %5 = weft.rope half %x {theta = 500000.0, scaling = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 8192>} : tensor<8x64x32xf32>
  // CHECK: weft.cross_entropy %x, %t {ignore_index = -100 : i64, label_smoothing = 1.000000e-01 : f64, z_loss = 1.000000e-04 : f64}
  %6:2 = weft.cross_entropy %x, %t {ignore_index = -100, label_smoothing = 0.1, z_loss = 1.0e-4} : tensor<8x64x32xf32>, tensor<8x64xi32>
  // CHECK: weft.cross_entropy_rows %x, %t {label_smoothing = 1.000000e-01 : f64}
  %7:3 = weft.cross_entropy_rows %x, %t {label_smoothing = 0.1} : tensor<8x64x32xf32>, tensor<8x64xi32>
  // CHECK: weft.cross_entropy_backward %{{.*}}, %x, %t, %{{.*}} {z_loss = 1.000000e-04 : f64}
  %8 = weft.cross_entropy_backward %6#0, %x, %t, %7#2 {z_loss = 1.0e-4} : tensor<f32>, tensor<8x64x32xf32>, tensor<8x64xi32>, tensor<8x64x1xf32>
  weft.return
}

// CHECK: #weft.sgd<momentum = 0.0, nesterov = false, weight_decay = 0.0>
// CHECK-SAME: #weft.sgd<momentum = 0.9, nesterov = true, weight_decay = 0.1>
module attributes {weft.plain = #weft.sgd, weft.rest = #weft.sgd<weight_decay = 0.1, momentum = 0.9, nesterov = true>} {}
