// 2mnk for each product, half for those of causal attention, less within a window.
// RUN: weft-opt %s -split-input-file -weft-count-flops | FileCheck %s

// CHECK-LABEL: weft.graph @product
// CHECK-SAME: flops = 1.280000e+02
weft.graph @product(%a: tensor<8x4xf32>, %b: tensor<4x2xf32>) {
  %0 = weft.matmul %a, %b : tensor<8x4xf32>, tensor<4x2xf32>
  weft.return
}

// -----

// Scores and what is summed by them: 2 * 2 * 4 * 4 * 8 / 2 each.
// CHECK-LABEL: weft.graph @causal
// CHECK-SAME: flops = 5.120000e+02
weft.graph @causal(%q: tensor<2x4x8xf32>, %k: tensor<2x4x8xf32>) {
  %0 = weft.matmul %q, %k {transpose_b} : tensor<2x4x8xf32>, tensor<2x4x8xf32>
  %1 = weft.causal_mask %0 : tensor<2x4x4xf32>
  %2 = weft.softmax %1 : tensor<2x4x4xf32>
  %3 = weft.matmul %2, %k : tensor<2x4x4xf32>, tensor<2x4x8xf32>
  weft.return
}

// -----

// Of 16 keys a query sees 2: 2 * 4 * 16 * 8 / 8 each.
// CHECK-LABEL: weft.graph @window
// CHECK-SAME: flops = 2.560000e+02
weft.graph @window(%q: tensor<4x8xf32>, %k: tensor<16x8xf32>) {
  %0 = weft.matmul %q, %k {transpose_b} : tensor<4x8xf32>, tensor<16x8xf32>
  %1 = weft.causal_mask %0 {window = 2} : tensor<4x16xf32>
  %2 = weft.softmax %1 : tensor<4x16xf32>
  %3 = weft.matmul %2, %k : tensor<4x16xf32>, tensor<16x8xf32>
  weft.return
}

// -----

// Queries stand at keys 2 to 5 of 6 and see one before and two after: 4 + 4 + 3 + 2 scores, 2 * (8 + 8) each.
// CHECK-LABEL: weft.graph @both_ways
// CHECK-SAME: flops = 4.160000e+02
weft.graph @both_ways(%q: tensor<1x1x4x8xf32>, %k: tensor<1x1x6x8xf32>) {
  %0, %1 = weft.attention %q, %k, %k {scale = 1.0, window = 2, ahead = 3} : tensor<1x1x4x8xf32>, tensor<1x1x6x8xf32>, tensor<1x1x6x8xf32>
  weft.return
}
