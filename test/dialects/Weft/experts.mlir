// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s | weft-opt -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: @experts
weft.layer @experts(%x: tensor<4x32x16xf32>, %scores: tensor<4x32x8xf32>, %w: tensor<8x24x16xf32>, %v: tensor<8x24x16xf32>, %flag: tensor<f64>) {
  // CHECK: %values, %ids = weft.top_k %scores k 2 : tensor<4x32x8xf32>
  %values, %ids = weft.top_k %scores k 2 : tensor<4x32x8xf32>
  // CHECK: %order, %slots, %offsets = weft.route %ids experts 8 : tensor<4x32x2xi32>
  %order, %slots, %offsets = weft.route %ids experts 8 : tensor<4x32x2xi32>
  // CHECK: %[[R:.*]] = weft.dispatch %x, %order, %slots : tensor<4x32x16xf32>, tensor<256xi32>, tensor<4x32x2xi32>
  %rows = weft.dispatch %x, %order, %slots : tensor<4x32x16xf32>, tensor<256xi32>, tensor<4x32x2xi32>
  // CHECK: %[[H:.*]] = weft.grouped_linear out_in %[[R]], %w, %offsets : tensor<256x16xf32>, tensor<8x24x16xf32>, tensor<9xi32>
  %h = weft.grouped_linear out_in %rows, %w, %offsets : tensor<256x16xf32>, tensor<8x24x16xf32>, tensor<9xi32>
  // CHECK: %[[Y:.*]] = weft.grouped_linear in_out %[[H]], %v, %offsets : tensor<256x24xf32>, tensor<8x24x16xf32>, tensor<9xi32>
  %y = weft.grouped_linear in_out %h, %v, %offsets : tensor<256x24xf32>, tensor<8x24x16xf32>, tensor<9xi32>
  // CHECK: weft.combine %[[Y]], %values, %slots : tensor<256x16xf32>, tensor<4x32x2xf32>, tensor<4x32x2xi32>
  %z = weft.combine %y, %values, %slots : tensor<256x16xf32>, tensor<4x32x2xf32>, tensor<4x32x2xi32>
  // CHECK: %[[D:.*]] = weft.grouped_linear_backward %[[H]], %[[R]], %offsets : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  %d = weft.grouped_linear_backward %h, %rows, %offsets : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  // CHECK: %[[E:.*]] = weft.grouped_linear_backward %[[H]], %[[R]], %offsets into %[[D]] : tensor<8x24x16xf32> : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  %e = weft.grouped_linear_backward %h, %rows, %offsets into %d : tensor<8x24x16xf32> : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  // CHECK: weft.grouped_linear_backward %[[H]], %[[R]], %offsets into %[[E]] : tensor<8x24x16xf32> if %flag : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  %f = weft.grouped_linear_backward %h, %rows, %offsets into %e : tensor<8x24x16xf32> if %flag : tensor<256x24xf32>, tensor<256x16xf32>, tensor<9xi32>
  weft.return
}

// What comes from outside a layer is taken as it is; ids can be cut, and gathered by a part of them.
// CHECK-LABEL: @outside
weft.layer @outside(%x: tensor<6x4xf32>, %order: tensor<12xi32>, %slots: tensor<6x2xi32>) {
  // CHECK: weft.dispatch
  %rows = weft.dispatch %x, %order, %slots : tensor<6x4xf32>, tensor<12xi32>, tensor<6x2xi32>
  // CHECK: weft.slice %slots offsets [0, 1] sizes [6, 1] : tensor<6x2xi32>
  %ids = weft.slice %slots offsets [0, 1] sizes [6, 1] : tensor<6x2xi32>
  // CHECK: weft.gather_rows %{{.*}}, %x divisor 2 : tensor<6x1xi32>, tensor<6x4xf32> -> tensor<6x4xf32>
  %y = weft.gather_rows %ids, %x divisor 2 : tensor<6x1xi32>, tensor<6x4xf32> -> tensor<6x4xf32>
  weft.return
}
