// Each part's logits come down to their gradient; the sums, which only a metric wants, to the end.
// RUN: weft-opt %s -weft-sink-loss | FileCheck %s

weft.variable @loss_sum role(loss_sum) init(zeros) : tensor<f32>
weft.variable @w role(parameter) init(zeros) : tensor<10x8xf32>
weft.variable @d role(gradient) init(zeros) : tensor<10x8xf32>
// CHECK-LABEL: weft.graph @two(
// CHECK: %[[L1:.*]] = weft.linear out_in %y
// CHECK-NEXT: %[[R1:[^,]*]], %{{.*}}, %[[E1:.*]] = weft.cross_entropy_rows %[[L1]]
// CHECK-NEXT: weft.cross_entropy_backward %{{.*}}, %[[L1]], %t, %[[E1]]
// CHECK: %[[L0:.*]] = weft.linear out_in %x
// CHECK-NEXT: %[[R0:[^,]*]], %{{.*}}, %[[E0:.*]] = weft.cross_entropy_rows %[[L0]]
// CHECK-NEXT: weft.cross_entropy_backward %{{.*}}, %[[L0]], %t, %[[E0]]
// CHECK: weft.set @d
// CHECK: %[[S0:.*]] = weft.sum %[[R0]]
// CHECK: %[[S:.*]] = weft.add %[[S0]], %
// CHECK: weft.set @loss_sum
weft.graph @two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %t: tensor<4xi32>) {
  %w = weft.get @w : tensor<10x8xf32>
  %g = weft.constant dense<1.0> : tensor<f32>
  %flag = weft.step_value accumulate
  %l0 = weft.linear out_in %x, %w : (tensor<4x8xf32>, tensor<10x8xf32>) -> tensor<4x10xf32>
  %r0, %w0, %e0 = weft.cross_entropy_rows %l0, %t : tensor<4x10xf32>, tensor<4xi32>
  %l1 = weft.linear out_in %y, %w : (tensor<4x8xf32>, tensor<10x8xf32>) -> tensor<4x10xf32>
  %r1, %w1, %e1 = weft.cross_entropy_rows %l1, %t : tensor<4x10xf32>, tensor<4xi32>
  %s0 = weft.sum %r0 axes [0, 1] : tensor<4x1xf32>
  %s1 = weft.sum %r1 axes [0, 1] : tensor<4x1xf32>
  %s = weft.add %s0, %s1 : tensor<f32>, tensor<f32>
  %old = weft.get @loss_sum : tensor<f32>
  %new = weft.accumulate %old, %s, %flag : tensor<f32>
  weft.set @loss_sum, %new : tensor<f32>
  %d1 = weft.cross_entropy_backward %g, %l1, %t, %e1 : tensor<f32>, tensor<4x10xf32>, tensor<4xi32>, tensor<4x1xf32>
  %a1 = weft.matmul %d1, %y {transpose_a} : tensor<4x10xf32>, tensor<4x8xf32>
  %d0 = weft.cross_entropy_backward %g, %l0, %t, %e0 : tensor<f32>, tensor<4x10xf32>, tensor<4xi32>, tensor<4x1xf32>
  %a0 = weft.matmul %d0, %x {transpose_a} : tensor<4x10xf32>, tensor<4x8xf32>
  %a = weft.add %a1, %a0 : tensor<10x8xf32>, tensor<10x8xf32>
  weft.set @d, %a : tensor<10x8xf32>
  weft.return
}
