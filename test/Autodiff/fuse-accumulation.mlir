// RUN: weft-opt %s --weft-fuse-accumulation | FileCheck %s

weft.variable @g role(gradient) of "w" init(zeros) : tensor<5x7xf32>
weft.variable @h role(gradient) of "u" init(zeros) : tensor<5x7xf32>

// The first contribution takes the flag, the second is added; transposes, scope and phase are kept. An
// elementwise contribution between them stays an add.
// CHECK-LABEL: weft.graph @chain
// CHECK: %[[F:.*]] = weft.step_value accumulate
// CHECK-NEXT: %[[OLD:.*]] = weft.get @g
// CHECK-NEXT: %[[A:.*]] = weft.matmul_accumulate %[[OLD]], %x, %y if %[[F]] {{[{].*}}phase = "backward", scope = "h.1", transpose_a} : tensor<5x7xf32>, tensor<3x5xf32>, tensor<3x7xf32>
// CHECK-NEXT: %[[B:.*]] = weft.add %[[A]], %z
// CHECK-NEXT: %[[C:.*]] = weft.matmul_accumulate %[[B]], %u, %v {transpose_b} : tensor<5x7xf32>, tensor<5x3xf32>, tensor<7x3xf32>
// CHECK-NEXT: weft.set @g, %[[C]]
// CHECK-NOT: weft.matmul
weft.graph @chain(%x: tensor<3x5xf32>, %y: tensor<3x7xf32>, %z: tensor<5x7xf32>, %u: tensor<5x3xf32>, %v: tensor<7x3xf32>) {
  %f = weft.step_value accumulate
  %old = weft.get @g : tensor<5x7xf32>
  %p = weft.matmul %x, %y {transpose_a} : tensor<3x5xf32>, tensor<3x7xf32>
  %a = weft.accumulate %old, %p, %f {scope = "h.1", phase = "backward"} : tensor<5x7xf32>
  %b = weft.add %a, %z : tensor<5x7xf32>, tensor<5x7xf32>
  %q = weft.matmul %u, %v {transpose_b} : tensor<5x3xf32>, tensor<7x3xf32>
  %c = weft.add %b, %q : tensor<5x7xf32>, tensor<5x7xf32>
  weft.set @g, %c : tensor<5x7xf32>
  weft.return
}

// Left alone: a product with a second use, a sum that is no gradient, a product that is broadcast, a
// gradient that is used elsewhere.
// CHECK-LABEL: weft.graph @left_alone
// CHECK-NOT: weft.matmul_accumulate
// CHECK: weft.return
weft.graph @left_alone(%x: tensor<5x3xf32>, %y: tensor<3x7xf32>, %r: tensor<1x3xf32>) {
  %f = weft.step_value accumulate
  %old = weft.get @g : tensor<5x7xf32>
  %p = weft.matmul %x, %y : tensor<5x3xf32>, tensor<3x7xf32>
  %a = weft.accumulate %old, %p, %f : tensor<5x7xf32>
  %q = weft.matmul %r, %y : tensor<1x3xf32>, tensor<3x7xf32>
  %b = weft.add %a, %q : tensor<5x7xf32>, tensor<1x7xf32>
  weft.set @g, %b : tensor<5x7xf32>

  %s = weft.matmul %x, %y : tensor<5x3xf32>, tensor<3x7xf32>
  %t = weft.add %p, %s : tensor<5x7xf32>, tensor<5x7xf32>
  %old2 = weft.get @h : tensor<5x7xf32>
  %c = weft.accumulate %old2, %t, %f : tensor<5x7xf32>
  %u = weft.matmul %x, %y : tensor<5x3xf32>, tensor<3x7xf32>
  %d = weft.add %c, %u : tensor<5x7xf32>, tensor<5x7xf32>
  %e = weft.mul %d, %c : tensor<5x7xf32>, tensor<5x7xf32>
  weft.set @h, %e : tensor<5x7xf32>
  weft.return
}
