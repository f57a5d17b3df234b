// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s | weft-opt -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: @attention
weft.layer @attention(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<1x6x1x12xf32>, %slopes: tensor<6xf32>, %dq: tensor<2x10xi32>, %dk: tensor<2x12xi32>, %w: tensor<i32>, %t: tensor<f64>) {
  // CHECK: %{{.*}}, %{{.*}} = weft.attention %q, %k, %v {scale = 2.500000e-01 : f64} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  %o, %lse = weft.attention %q, %k, %v {scale = 0.25} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  // CHECK: weft.attention %q, %k, %v bias %b : tensor<1x6x1x12xf32> {causal, scale = 1.000000e+00 : f64, softcap = 3.000000e+01 : f64, window = 4 : i64}
  %o2, %lse2, %rest2 = weft.attention %q, %k, %v bias %b : tensor<1x6x1x12xf32> {causal, scale = 1.0, softcap = 30.0, window = 4} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  // CHECK: weft.attention_backward %q, %k, %v, %{{.*}}, %{{.*}}, %{{.*}} chunks 1 {scale = 2.500000e-01 : f64} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  %gq, %gk, %gv = weft.attention_backward %q, %k, %v, %lse, %lse, %o chunks 1 {scale = 0.25} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  // CHECK: %[[DQ:.*]], %{{.*}}, %{{.*}} = weft.attention_backward %q, %k, %v, %{{.*}}, %{{.*}}, %{{.*}} rest %{{.*}} : tensor<2x6x10xf32> bias %b : tensor<1x6x1x12xf32> chunks 3 {causal
  %dq2, %dk2, %dv2 = weft.attention_backward %q, %k, %v, %lse, %lse, %o rest %rest2 : tensor<2x6x10xf32> bias %b : tensor<1x6x1x12xf32> chunks 3 {causal, scale = 0.25} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  // CHECK: weft.sum %[[DQ]] axes [0] : tensor<3x2x6x10x16xf32>
  %s = weft.sum %dq2 axes [0] : tensor<3x2x6x10x16xf32>
  // CHECK: weft.attention %q, %k, %v alibi %{{.*}} : tensor<6xf32> documents %{{.*}}, %{{.*}} : tensor<2x10xi32>, tensor<2x12xi32> key 7 {dropout = 1.000000e-01 : f64, scale = 1.000000e+00 : f64}
  %o3, %lse3 = weft.attention %q, %k, %v alibi %slopes : tensor<6xf32> documents %dq, %dk : tensor<2x10xi32>, tensor<2x12xi32> key 7 {dropout = 0.1, scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  // CHECK: weft.attention %q, %k, %v draw %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} step %{{.*}} {dropout = 1.000000e-01 : f64, scale = 1.000000e+00 : f64}
  %o4, %lse4 = weft.attention %q, %k, %v draw %w, %w, %w, %w, %w, %w step %t {dropout = 0.1, scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  // CHECK: weft.attention %q, %k, %v {ahead = -1 : i64, scale = 1.000000e+00 : f64, window = 4 : i64}
  %o5, %lse5 = weft.attention %q, %k, %v {scale = 1.0, window = 4, ahead = -1} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  // CHECK: chunks 1 {ahead = 3 : i64, scale
  %dq5, %dk5, %dv5 = weft.attention_backward %q, %k, %v, %lse, %lse, %o chunks 1 {ahead = 3, scale = 0.25} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  // CHECK: weft.attention %q, %k, %v bias %b : tensor<1x6x1x12xf32> kept %b : tensor<1x6x1x12xf32> {scale = 1.000000e+00 : f64}
  %o6, %lse6, %rest6 = weft.attention %q, %k, %v bias %b : tensor<1x6x1x12xf32> kept %b : tensor<1x6x1x12xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}
