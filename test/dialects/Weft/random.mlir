// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s | weft-opt -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: @dropout
weft.layer @dropout(%x: tensor<8x64x32xf32>) {
  // CHECK: weft.dropout %x {rate = 1.000000e-01 : f64} : tensor<8x64x32xf32>
  %0 = weft.dropout %x {rate = 0.1} : tensor<8x64x32xf32>
  // CHECK: weft.dropout %x key 18446744073709551615 {rate = 0.000000e+00 : f64} : tensor<8x64x32xf32>
  %1 = weft.dropout %x key 18446744073709551615 {rate = 0.0} : tensor<8x64x32xf32>
  weft.return
}

// CHECK-LABEL: @lowered
weft.graph @lowered(%x: tensor<8x64x32xf64>) {
  // CHECK: %[[K:.*]] = weft.word -17
  %k = weft.word -17
  // CHECK: %[[A:.*]] = weft.step_value seed_low
  %a = weft.step_value seed_low
  // CHECK: %[[B:.*]] = weft.step_value seed_high
  %b = weft.step_value seed_high
  // CHECK: %[[C:.*]] = weft.step_value sample_low
  %c = weft.step_value sample_low
  // CHECK: %[[D:.*]] = weft.step_value sample_high
  %d = weft.step_value sample_high
  // CHECK: %[[S:.*]] = weft.step_value step
  %s = weft.step_value step
  // CHECK: weft.drop %x key %[[K]], %[[K]] seed %[[A]], %[[B]] sample %[[C]], %[[D]] step %[[S]] {rate = 5.000000e-01 : f64} : tensor<8x64x32xf64>
  %y = weft.drop %x key %k, %k seed %a, %b sample %c, %d step %s {rate = 0.5} : tensor<8x64x32xf64>
  weft.return
}
