// RUN: weft-opt %s --weft-decompose-loss | FileCheck %s

// CHECK-LABEL: weft.model @loss
// CHECK-NOT: weft.cross_entropy %
// CHECK: %[[L:.*]], %[[W:.*]], %{{.*}} = weft.cross_entropy_rows %{{.*}}, %t {ignore_index = -100 : i64, phase = "forward", scope = "head"} : tensor<8x64x256xf32>, tensor<8x64xi32>
// CHECK-NEXT: %[[SUM:.*]] = weft.sum %[[L]] axes [0, 1, 2] {phase = "forward", scope = "head"} : tensor<8x64x1xf32>
// CHECK-NEXT: %[[N:.*]] = weft.sum %[[W]] axes [0, 1, 2] {phase = "forward", scope = "head"} : tensor<8x64x1xf32>
// CHECK-NEXT: weft.return %[[SUM]], %[[N]]
weft.model @loss(%t: tensor<8x64xi32>) -> (tensor<f32>, tensor<f32>) {
  %x = weft.parameter "x" init(ones) : tensor<8x64x256xf32>
  %sum, %n = weft.cross_entropy %x, %t {ignore_index = -100, scope = "head", phase = "forward"} : tensor<8x64x256xf32>, tensor<8x64xi32>
  weft.return %sum, %n : tensor<f32>, tensor<f32>
}
