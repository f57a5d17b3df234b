// RUN: weft-opt %s -canonicalize | FileCheck %s

// The op that stays keeps its scope.
// CHECK-LABEL: @reshapes(
// CHECK-NEXT: %[[R:.*]] = weft.reshape %x {scope = "outer"} : tensor<4x6xf32> to tensor<3x8xf32>
// CHECK-NEXT: weft.return %[[R]]
weft.layer @reshapes(%x: tensor<4x6xf32>) -> tensor<3x8xf32> {
  %0 = weft.reshape %x {scope = "inner"} : tensor<4x6xf32> to tensor<24xf32>
  %1 = weft.reshape %0 {scope = "outer"} : tensor<24xf32> to tensor<3x8xf32>
  weft.return %1 : tensor<3x8xf32>
}

// Dimension i of the result is dimension [1, 2, 0][[2, 1, 0][i]] of the input.
// CHECK-LABEL: @transposes(
// CHECK-NEXT: %[[T:.*]] = weft.transpose %x [0, 2, 1] {phase = "forward"} : tensor<2x3x4xf32>
// CHECK-NEXT: weft.return %[[T]] : tensor<2x4x3xf32>
weft.layer @transposes(%x: tensor<2x3x4xf32>) -> tensor<2x4x3xf32> {
  %0 = weft.transpose %x [1, 2, 0] : tensor<2x3x4xf32>
  %1 = weft.transpose %0 [2, 1, 0] {phase = "forward"} : tensor<3x4x2xf32>
  weft.return %1 : tensor<2x4x3xf32>
}

// CHECK-LABEL: @transposed_back(
// CHECK-NEXT: weft.return %x
weft.layer @transposed_back(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %0 = weft.transpose %x [1, 2, 0] : tensor<2x3x4xf32>
  %1 = weft.transpose %0 [2, 0, 1] : tensor<3x4x2xf32>
  weft.return %1 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @matmul_of_transposes(
// CHECK-NEXT: %[[M:.*]] = weft.matmul %a, %b {scope = "attn", transpose_a, transpose_b} : tensor<2x4x3xf32>, tensor<2x5x4xf32>
// CHECK-NEXT: weft.return %[[M]]
weft.layer @matmul_of_transposes(%a: tensor<2x4x3xf32>, %b: tensor<2x5x4xf32>) -> tensor<2x3x5xf32> {
  %at = weft.transpose %a [0, 2, 1] : tensor<2x4x3xf32>
  %bt = weft.transpose %b [0, 2, 1] : tensor<2x5x4xf32>
  %0 = weft.matmul %at, %bt {scope = "attn"} : tensor<2x3x4xf32>, tensor<2x4x5xf32>
  weft.return %0 : tensor<2x3x5xf32>
}

// CHECK-LABEL: @matmul_transposed_twice(
// CHECK-NEXT: %[[M:.*]] = weft.matmul %a, %a {transpose_b} : tensor<4x3xf32>, tensor<4x3xf32>
weft.layer @matmul_transposed_twice(%a: tensor<4x3xf32>) -> tensor<4x4xf32> {
  %at = weft.transpose %a [1, 0] : tensor<4x3xf32>
  %0 = weft.matmul %at, %at {transpose_a} : tensor<3x4xf32>, tensor<3x4xf32>
  weft.return %0 : tensor<4x4xf32>
}

// A transpose that moves batch dimensions stays.
// CHECK-LABEL: @matmul_of_heads(
// CHECK: weft.transpose %a [1, 0, 2]
// CHECK: weft.matmul %{{.*}}, %{{.*}} {transpose_b}
weft.layer @matmul_of_heads(%a: tensor<3x2x4xf32>) -> tensor<2x3x3xf32> {
  %t = weft.transpose %a [1, 0, 2] : tensor<3x2x4xf32>
  %0 = weft.matmul %t, %t {transpose_b} : tensor<2x3x4xf32>, tensor<2x3x4xf32>
  weft.return %0 : tensor<2x3x3xf32>
}

// CHECK-LABEL: @split(
// CHECK-NEXT: %[[S:.*]]:2 = weft.split %x axis 0 parts 2
// CHECK-NEXT: weft.return %x, %[[S]]#0, %[[S]]#1
weft.layer @split(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>, tensor<2xf32>) {
  %0 = weft.split %x axis 0 parts 1 : tensor<4xf32>
  %1:2 = weft.split %x axis 0 parts 2 : tensor<4xf32>
  weft.return %0, %1#0, %1#1 : tensor<4xf32>, tensor<2xf32>, tensor<2xf32>
}

// A dropout that drops nothing is its input.
// CHECK-LABEL: weft.layer @no_dropout
// CHECK-NEXT: weft.return %x
weft.layer @no_dropout(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %0 = weft.dropout %x key 17 {rate = 0.0} : tensor<8x4xf32>
  weft.return %0 : tensor<8x4xf32>
}
