// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: @elementwise
weft.layer @elementwise(%x: tensor<8x64xf32>, %b: tensor<64xf32>, %d: tensor<f64>) {
  // CHECK: weft.add %x, %b : tensor<8x64xf32>, tensor<64xf32>
  %0 = weft.add %x, %b : tensor<8x64xf32>, tensor<64xf32>
  // The wider operand may stand on either side.
  // CHECK: weft.sub %b, %x : tensor<64xf32>, tensor<8x64xf32>
  %1 = weft.sub %b, %x : tensor<64xf32>, tensor<8x64xf32>
  // CHECK: weft.mul %{{.*}}, %x : tensor<8x64xf32>, tensor<8x64xf32>
  %2 = weft.mul %1, %x : tensor<8x64xf32>, tensor<8x64xf32>
  // CHECK: weft.div
  %3 = weft.div %x, %x : tensor<8x64xf32>, tensor<8x64xf32>
  // CHECK: weft.max
  %4 = weft.max %x, %x : tensor<8x64xf32>, tensor<8x64xf32>
  // CHECK: weft.min
  %5 = weft.min %x, %x : tensor<8x64xf32>, tensor<8x64xf32>
  // CHECK: weft.pow
  %6 = weft.pow %x, %x : tensor<8x64xf32>, tensor<8x64xf32>
  // CHECK: weft.neg %x : tensor<8x64xf32>
  %7 = weft.neg %x : tensor<8x64xf32>
  // CHECK: weft.exp %d : tensor<f64>
  %8 = weft.exp %d : tensor<f64>
  // CHECK: weft.log
  %9 = weft.log %x : tensor<8x64xf32>
  // CHECK: weft.sqrt
  %10 = weft.sqrt %x : tensor<8x64xf32>
  // CHECK: weft.rsqrt
  %11 = weft.rsqrt %x : tensor<8x64xf32>
  // CHECK: weft.tanh
  %12 = weft.tanh %x : tensor<8x64xf32>
  // CHECK: weft.erf
  %13 = weft.erf %x : tensor<8x64xf32>
  // CHECK: weft.abs
  %14 = weft.abs %x : tensor<8x64xf32>
  // CHECK: weft.softplus
  %26 = weft.softplus %x : tensor<8x64xf32>
  // CHECK: weft.copy
  %15 = weft.copy %x : tensor<8x64xf32>
  // CHECK: weft.gelu tanh %x {phase = "forward", scope = "h.0"} : tensor<8x64xf32>
  %16 = weft.gelu tanh %x {scope = "h.0", phase = "forward"} : tensor<8x64xf32>
  // CHECK: weft.gelu erf %x : tensor<8x64xf32>
  %17 = weft.gelu erf %x : tensor<8x64xf32>
  // CHECK: weft.gelu_backward erf %x, %{{.*}} : tensor<8x64xf32>
  %18 = weft.gelu_backward erf %x, %17 : tensor<8x64xf32>
  // CHECK: weft.cast %d : tensor<f64> to tensor<f32>
  %19 = weft.cast %d : tensor<f64> to tensor<f32>
  // CHECK: weft.accumulate %x, %x, %d : tensor<8x64xf32>
  %20 = weft.accumulate %x, %x, %d : tensor<8x64xf32>
  // CHECK: weft.causal_mask %x : tensor<8x64xf32>
  %21 = weft.causal_mask %x : tensor<8x64xf32>
  // CHECK: weft.causal_mask %x fill(0.000000e+00) : tensor<8x64xf32>
  %22 = weft.causal_mask %x fill(0.0) : tensor<8x64xf32>
  // CHECK: weft.constant dense<1.250000e-01> : tensor<f32>
  %23 = weft.constant dense<0.125> : tensor<f32>
  // CHECK: weft.constant dense<3> : tensor<4xi32>
  %24 = weft.constant dense<3> : tensor<4xi32>
  // CHECK: weft.iota : tensor<64xi32>
  %25 = weft.iota : tensor<64xi32>
  weft.return
}

// CHECK-LABEL: @products
weft.layer @products(%a: tensor<2x3x4x5xf32>, %b: tensor<2x3x6x5xf32>, %old: tensor<2x3x4x6xf32>, %flag: tensor<f64>) {
  // CHECK: weft.matmul %a, %b {transpose_b} : tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  %0 = weft.matmul %a, %b {transpose_b} : tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  // CHECK: weft.matmul %a, %{{.*}} {transpose_a} : tensor<2x3x4x5xf32>, tensor<2x3x4x6xf32>
  %1 = weft.matmul %a, %0 {transpose_a} : tensor<2x3x4x5xf32>, tensor<2x3x4x6xf32>
  // CHECK: weft.matmul %{{.*}}, %{{.*}} {transpose_a, transpose_b} : tensor<2x3x5x6xf32>, tensor<2x3x4x5xf32>
  %2 = weft.matmul %1, %a {transpose_a, transpose_b} : tensor<2x3x5x6xf32>, tensor<2x3x4x5xf32>
  // CHECK: weft.matmul_accumulate %old, %a, %b if %flag {transpose_b} : tensor<2x3x4x6xf32>, tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  %3 = weft.matmul_accumulate %old, %a, %b if %flag {transpose_b} : tensor<2x3x4x6xf32>, tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  // CHECK: weft.matmul_accumulate %old, %a, %b {transpose_b} : tensor<2x3x4x6xf32>, tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  %4 = weft.matmul_accumulate %old, %a, %b {transpose_b} : tensor<2x3x4x6xf32>, tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>
  %w = weft.parameter "w" init(ones) : tensor<7x5xf32>
  // CHECK: weft.linear out_in %a, %{{.*}} : (tensor<2x3x4x5xf32>, tensor<7x5xf32>) -> tensor<2x3x4x7xf32>
  %5 = weft.linear out_in %a, %w : (tensor<2x3x4x5xf32>, tensor<7x5xf32>) -> tensor<2x3x4x7xf32>
  weft.return
}

// CHECK-LABEL: @moves
weft.layer @moves(%x: tensor<8x64xf32>, %i: tensor<8x64xi32>, %table: tensor<256x16xf32>, %flag: tensor<f64>)
    -> (tensor<f32>, tensor<1x1xf32>, tensor<8xf32>) {
  // CHECK: weft.sum %x axes [0, 1] : tensor<8x64xf32>
  %0 = weft.sum %x axes [0, 1] : tensor<8x64xf32>
  // CHECK: weft.mean %x axes [0, 1] {keep_dims} : tensor<8x64xf32>
  %1 = weft.mean %x axes [0, 1] {keep_dims} : tensor<8x64xf32>
  // CHECK: weft.reduce_max %x axes [1] : tensor<8x64xf32>
  %2 = weft.reduce_max %x axes [1] : tensor<8x64xf32>
  // CHECK: weft.sum %x axes [] : tensor<8x64xf32>
  %3 = weft.sum %x axes [] : tensor<8x64xf32>
  // CHECK: weft.broadcast %x : tensor<8x64xf32> to tensor<2x8x64xf32>
  %4 = weft.broadcast %x : tensor<8x64xf32> to tensor<2x8x64xf32>
  // CHECK: weft.reshape %i : tensor<8x64xi32> to tensor<8x4x16xi32>
  %5 = weft.reshape %i : tensor<8x64xi32> to tensor<8x4x16xi32>
  // CHECK: weft.transpose %{{.*}} [1, 2, 0] : tensor<2x8x64xf32>
  %6 = weft.transpose %4 [1, 2, 0] : tensor<2x8x64xf32>
  // CHECK: weft.neg %{{.*}} : tensor<8x64x2xf32>
  %7 = weft.neg %6 : tensor<8x64x2xf32>
  // CHECK: weft.slice %x offsets [0, 16] sizes [8, 16] : tensor<8x64xf32>
  %8 = weft.slice %x offsets [0, 16] sizes [8, 16] : tensor<8x64xf32>
  // CHECK: %[[PARTS:.*]]:2 = weft.split %x axis 1 parts 2 : tensor<8x64xf32>
  %9:2 = weft.split %x axis 1 parts 2 : tensor<8x64xf32>
  // CHECK: weft.concat %[[PARTS]]#1, %x axis 1 : tensor<8x32xf32>, tensor<8x64xf32>
  %10 = weft.concat %9#1, %x axis 1 : tensor<8x32xf32>, tensor<8x64xf32>
  // CHECK: weft.neg %{{.*}} : tensor<8x96xf32>
  %11 = weft.neg %10 : tensor<8x96xf32>
  // CHECK: weft.pad %{{.*}} offsets [0, 16] : tensor<8x16xf32> to tensor<8x64xf32>
  %12 = weft.pad %8 offsets [0, 16] : tensor<8x16xf32> to tensor<8x64xf32>
  // CHECK: weft.embedding %i, %table : tensor<8x64xi32>, tensor<256x16xf32>
  %13 = weft.embedding %i, %table : tensor<8x64xi32>, tensor<256x16xf32>
  // CHECK: weft.embedding_backward %table, %i, %{{.*}} : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  %14 = weft.embedding_backward %table, %i, %13 : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  // CHECK: weft.embedding_backward %table, %i, %{{.*}} if %flag : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  %15 = weft.embedding_backward %table, %i, %13 if %flag : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  // CHECK: weft.embedding %i, %table {padding_index = 255 : i64} : tensor<8x64xi32>, tensor<256x16xf32>
  %16 = weft.embedding %i, %table {padding_index = 255} : tensor<8x64xi32>, tensor<256x16xf32>
  // CHECK: weft.embedding_backward %table, %i, %{{.*}} {padding_index = 0 : i64} : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  %17 = weft.embedding_backward %table, %i, %16 {padding_index = 0} : tensor<256x16xf32>, tensor<8x64xi32>, tensor<8x64x16xf32>
  weft.return %0, %1, %2 : tensor<f32>, tensor<1x1xf32>, tensor<8xf32>
}

// CHECK-LABEL: @rows
weft.layer @rows(%x: tensor<8x64x32xf32>, %g: tensor<32xf32>, %targets: tensor<8x64xi32>, %grad: tensor<f32>) {
  // CHECK: weft.layer_norm %x, %g, %g {eps = 1.000000e-05 : f64} : tensor<8x64x32xf32>, tensor<32xf32>, tensor<32xf32>
  %0 = weft.layer_norm %x, %g, %g {eps = 1.0e-5} : tensor<8x64x32xf32>, tensor<32xf32>, tensor<32xf32>
  // CHECK: weft.softmax %x : tensor<8x64x32xf32>
  %1 = weft.softmax %x : tensor<8x64x32xf32>
  // CHECK: %sum, %weight = weft.cross_entropy %x, %targets {ignore_index = -100 : i64} : tensor<8x64x32xf32>, tensor<8x64xi32>
  %sum, %weight = weft.cross_entropy %x, %targets {ignore_index = -100} : tensor<8x64x32xf32>, tensor<8x64xi32>
  // CHECK: %loss, %weight_0, %lse = weft.cross_entropy_rows %x, %targets : tensor<8x64x32xf32>, tensor<8x64xi32>
  %loss, %w, %lse = weft.cross_entropy_rows %x, %targets : tensor<8x64x32xf32>, tensor<8x64xi32>
  // CHECK: weft.cross_entropy_backward %grad, %x, %targets, %lse {ignore_index = 32 : i64} : tensor<f32>, tensor<8x64x32xf32>, tensor<8x64xi32>, tensor<8x64x1xf32>
  %2 = weft.cross_entropy_backward %grad, %x, %targets, %lse {ignore_index = 32} : tensor<f32>, tensor<8x64x32xf32>, tensor<8x64xi32>, tensor<8x64x1xf32>
  weft.return
}

// CHECK-LABEL: @lowered
weft.graph @lowered(%x: tensor<8x64x256xf32>, %ids: tensor<8x64x1xi32>, %table: tensor<256x16xf32>, %m: tensor<8x8xbf16>, %r: tensor<8xbf16>) {
  // CHECK: weft.gather_rows %ids, %table : tensor<8x64x1xi32>, tensor<256x16xf32> -> tensor<8x64x16xf32>
  %0 = weft.gather_rows %ids, %table : tensor<8x64x1xi32>, tensor<256x16xf32> -> tensor<8x64x16xf32>
  // CHECK: weft.one_hot %ids : tensor<8x64x1xi32> -> tensor<8x64x256xf32>
  %1 = weft.one_hot %ids : tensor<8x64x1xi32> -> tensor<8x64x256xf32>
  // CHECK: weft.pick %x, %ids : tensor<8x64x256xf32>, tensor<8x64x1xi32> -> tensor<8x64x1xf32>
  %2 = weft.pick %x, %ids : tensor<8x64x256xf32>, tensor<8x64x1xi32> -> tensor<8x64x1xf32>
  // CHECK: weft.chunk_sums %x chunk 4096 : tensor<8x64x256xf32> -> tensor<32xf32>
  %sums = weft.chunk_sums %x chunk 4096 : tensor<8x64x256xf32> -> tensor<32xf32>
  // CHECK: weft.partial_sums %x parts 8 : tensor<8x64x256xf32> -> tensor<8x256xf32>
  %parts = weft.partial_sums %x parts 8 : tensor<8x64x256xf32> -> tensor<8x256xf32>
  // CHECK: %{{.*}} = weft.matmul_epilogue bias %m, %m with %r {transpose_b} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8xbf16>) -> tensor<8x8xbf16>
  %e0 = weft.matmul_epilogue bias %m, %m with %r {transpose_b} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8xbf16>) -> tensor<8x8xbf16>
  // CHECK: %{{.*}}, %[[U:.*]] = weft.matmul_epilogue gelu %m, %m with %r : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8xbf16>) -> (tensor<8x8xbf16>, tensor<8x8xbf16>)
  %e1, %e2 = weft.matmul_epilogue gelu %m, %m with %r : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8xbf16>) -> (tensor<8x8xbf16>, tensor<8x8xbf16>)
  // CHECK: weft.matmul_epilogue gelu_backward %m, %m with %[[U]] {transpose_b} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8x8xbf16>) -> tensor<8x8xbf16>
  %e3 = weft.matmul_epilogue gelu_backward %m, %m with %e2 {transpose_b} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8x8xbf16>) -> tensor<8x8xbf16>
  // CHECK: weft.matmul_epilogue sum_b %m, %m onto %{{.*}} if %{{.*}} {transpose_a} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<f64>) -> (tensor<8x8xbf16>, tensor<8xbf16>)
  %e4 = weft.step_value accumulate
  %e5, %e6 = weft.matmul_epilogue sum_b %m, %m onto %e3 if %e4 {transpose_a} : (tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<f64>) -> (tensor<8x8xbf16>, tensor<8xbf16>)
  // CHECK: weft.target_weight %ids {ignore_index = -100 : i64} : tensor<8x64x1xi32> -> tensor<8x64x1xf32>
  %3 = weft.target_weight %ids {ignore_index = -100} : tensor<8x64x1xi32> -> tensor<8x64x1xf32>
  // CHECK: weft.group(%x, %{{.*}}) : (tensor<8x64x256xf32>, tensor<8x64x1xf32>) -> tensor<8x64x256xf32> {
  %4 = weft.group(%x, %2) : (tensor<8x64x256xf32>, tensor<8x64x1xf32>) -> tensor<8x64x256xf32> {
  ^bb0(%a: tensor<8x64x256xf32>, %b: tensor<8x64x1xf32>):
    %5 = weft.add %a, %b : tensor<8x64x256xf32>, tensor<8x64x1xf32>
    // CHECK: weft.yield %{{.*}} : tensor<8x64x256xf32>
    weft.yield %5 : tensor<8x64x256xf32>
  }
  // CHECK: weft.launch @kernel(%x, %{{.*}}) : (tensor<8x64x256xf32>, tensor<8x64x1xf32>) -> tensor<8x64x256xf32>
  %6 = weft.launch @kernel(%x, %2) : (tensor<8x64x256xf32>, tensor<8x64x1xf32>) -> tensor<8x64x256xf32>
  weft.return
}
