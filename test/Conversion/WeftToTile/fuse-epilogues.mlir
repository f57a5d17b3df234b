// What products take over, and what they leave to kernels.
// RUN: weft-opt %s -weft-set-target=backend=cuda -weft-fuse-epilogues | FileCheck %s

weft.variable @out role(parameter) init(zeros) : tensor<6x8xf32>

// The projection of queries, keys and values: its sum is only looked at in parts. Through reshapes, and from either side.
// CHECK-LABEL: weft.graph @bias(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<6x4xf32>, %[[W:[^ :,)]+]]: tensor<12x4xf32>, %[[B:[^ :,)]+]]: tensor<12xf32>) {
// CHECK-NEXT: %[[Y:.*]] = weft.matmul_epilogue bias %[[X]], %[[W]] with %[[B]] {phase = "forward", scope = "h.0", transpose_b} : (tensor<6x4xf32>, tensor<12x4xf32>, tensor<12xf32>) -> tensor<6x12xf32>
// CHECK-NEXT: %[[R:.*]] = weft.reshape %[[Y]] {phase = "forward", scope = "h.0"} : tensor<6x12xf32> to tensor<2x3x12xf32>
// CHECK-NEXT: weft.split %[[R]] axis 2 parts 3
// CHECK-NEXT: weft.return
weft.graph @bias(%x: tensor<6x4xf32>, %w: tensor<12x4xf32>, %b: tensor<12xf32>) {
  %0 = weft.matmul %x, %w {transpose_b, phase = "forward", scope = "h.0"} : tensor<6x4xf32>, tensor<12x4xf32>
  %1 = weft.reshape %0 : tensor<6x12xf32> to tensor<2x3x12xf32>
  %2 = weft.add %b, %1 : tensor<12xf32>, tensor<2x3x12xf32>
  %3:3 = weft.split %2 axis 2 parts 3 : tensor<2x3x12xf32>
  weft.return
}

// Of 16 bits: arithmetic is in f32, and so is the epilogue's.
// CHECK-LABEL: weft.graph @short(
// CHECK-NEXT: %[[Y:.*]] = weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %{{.*}} : (tensor<6x4xbf16>, tensor<4x8xbf16>, tensor<8xbf16>) -> tensor<6x8xbf16>
// CHECK-NEXT: weft.transpose %[[Y]]
// CHECK-NEXT: weft.return
weft.graph @short(%x: tensor<6x4xbf16>, %w: tensor<4x8xbf16>, %b: tensor<8xbf16>) {
  %0 = weft.matmul %x, %w : tensor<6x4xbf16>, tensor<4x8xbf16>
  %1 = weft.cast %0 : tensor<6x8xbf16> to tensor<6x8xf32>
  %2 = weft.cast %b : tensor<8xbf16> to tensor<8xf32>
  %3 = weft.add %1, %2 : tensor<6x8xf32>, tensor<8xf32>
  %4 = weft.cast %3 : tensor<6x8xf32> to tensor<6x8xbf16>
  %5 = weft.transpose %4 [1, 0] : tensor<6x8xbf16>
  weft.return
}

// A kernel adds it on its way to a residual sum; in the backward it is another kernel.
// CHECK-LABEL: weft.graph @residual(
// CHECK: weft.matmul %
// CHECK: weft.matmul_epilogue bias
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @residual(%x: tensor<6x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>) {
  %0 = weft.matmul %x, %w {phase = "forward"} : tensor<6x8xf32>, tensor<8x8xf32>
  %1 = weft.add %0, %b {phase = "forward"} : tensor<6x8xf32>, tensor<8xf32>
  %2 = weft.add %1, %x {phase = "forward"} : tensor<6x8xf32>, tensor<6x8xf32>
  %3 = weft.matmul %2, %w {phase = "forward"} : tensor<6x8xf32>, tensor<8x8xf32>
  %4 = weft.add %3, %b {phase = "forward"} : tensor<6x8xf32>, tensor<8xf32>
  %5 = weft.exp %4 {phase = "backward"} : tensor<6x8xf32>
  weft.return
}

// Not fused: f64; a batch; a product that something else reads; a column, a matrix, a constant and a row that begins inside a
// buffer instead of a bias; a sum that is a variable's.
// CHECK-LABEL: weft.graph @not(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @not(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %d: tensor<4x8xf64>, %e: tensor<8x8xf64>, %f: tensor<8xf64>,
                %c: tensor<6x1xf32>, %m: tensor<6x8xf32>, %y: tensor<2x6x4xf32>, %u: tensor<2x4x8xf32>, %l: tensor<2x8xf32>) {
  %0 = weft.matmul %d, %e : tensor<4x8xf64>, tensor<8x8xf64>
  %1 = weft.add %0, %f : tensor<4x8xf64>, tensor<8xf64>
  %2 = weft.matmul %y, %u : tensor<2x6x4xf32>, tensor<2x4x8xf32>
  %3 = weft.add %2, %b : tensor<2x6x8xf32>, tensor<8xf32>
  %4 = weft.matmul %x, %w {scope = "twice"} : tensor<6x4xf32>, tensor<4x8xf32>
  %5 = weft.add %4, %b : tensor<6x8xf32>, tensor<8xf32>
  %6 = weft.transpose %4 [1, 0] : tensor<6x8xf32>
  %7 = weft.matmul %x, %w {scope = "column"} : tensor<6x4xf32>, tensor<4x8xf32>
  %8 = weft.add %7, %c : tensor<6x8xf32>, tensor<6x1xf32>
  %9 = weft.matmul %x, %w {scope = "matrix"} : tensor<6x4xf32>, tensor<4x8xf32>
  %10 = weft.add %9, %m : tensor<6x8xf32>, tensor<6x8xf32>
  %k = weft.constant dense<2.0> : tensor<8xf32>
  %11 = weft.matmul %x, %w {scope = "constant"} : tensor<6x4xf32>, tensor<4x8xf32>
  %12 = weft.add %11, %k : tensor<6x8xf32>, tensor<8xf32>
  %s = weft.slice %l offsets [1, 0] sizes [1, 8] : tensor<2x8xf32>
  %r = weft.reshape %s : tensor<1x8xf32> to tensor<8xf32>
  %13 = weft.matmul %x, %w {scope = "inside"} : tensor<6x4xf32>, tensor<4x8xf32>
  %14 = weft.add %13, %r : tensor<6x8xf32>, tensor<8xf32>
  %15 = weft.matmul %x, %w {scope = "variable"} : tensor<6x4xf32>, tensor<4x8xf32>
  %16 = weft.add %15, %b : tensor<6x8xf32>, tensor<8xf32>
  weft.set @out, %16 : tensor<6x8xf32>
  weft.return
}

// The bias and the gelu of the sum, which stays where only the backward wants it. In an evaluation nothing does.
// CHECK-LABEL: weft.graph @gelu(
// CHECK-NEXT: %[[Y:.*]], %[[U:.*]] = weft.matmul_epilogue gelu %{{.*}}, %{{.*}} with %{{.*}} {phase = "forward"} : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> (tensor<6x8xf32>, tensor<6x8xf32>)
// CHECK-NEXT: %[[R:.*]] = weft.reshape %[[Y]]
// CHECK-NEXT: %[[I:.*]] = weft.reshape %[[U]]
// CHECK-NEXT: weft.transpose %[[R]]
// CHECK-NEXT: weft.gelu_backward tanh %{{.*}}, %[[I]]
// CHECK-NEXT: weft.return
weft.graph @gelu(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %d: tensor<2x3x8xf32>) {
  %0 = weft.matmul %x, %w {phase = "forward"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.reshape %0 {phase = "forward"} : tensor<6x8xf32> to tensor<2x3x8xf32>
  %2 = weft.add %1, %b {phase = "forward"} : tensor<2x3x8xf32>, tensor<8xf32>
  %3 = weft.gelu tanh %2 {phase = "forward"} : tensor<2x3x8xf32>
  %4 = weft.transpose %3 [1, 0, 2] {phase = "forward"} : tensor<2x3x8xf32>
  %5 = weft.gelu_backward tanh %d, %2 {phase = "backward"} : tensor<2x3x8xf32>
  weft.return
}

// CHECK-LABEL: weft.graph @gelu_of_bf16(
// CHECK-NEXT: %[[Y:.*]] = weft.matmul_epilogue gelu %{{.*}}, %{{.*}} with %{{.*}} : (tensor<6x4xbf16>, tensor<4x5xbf16>, tensor<5xbf16>) -> tensor<6x5xbf16>
// CHECK-NEXT: weft.transpose %[[Y]]
// CHECK-NEXT: weft.return
weft.graph @gelu_of_bf16(%x: tensor<6x4xbf16>, %w: tensor<4x5xbf16>, %b: tensor<5xbf16>) {
  %0 = weft.matmul %x, %w : tensor<6x4xbf16>, tensor<4x5xbf16>
  %1 = weft.cast %0 : tensor<6x5xbf16> to tensor<6x5xf32>
  %2 = weft.cast %b : tensor<5xbf16> to tensor<5xf32>
  %3 = weft.add %1, %2 : tensor<6x5xf32>, tensor<5xf32>
  %4 = weft.cast %3 : tensor<6x5xf32> to tensor<6x5xbf16>
  %5 = weft.cast %4 : tensor<6x5xbf16> to tensor<6x5xf32>
  %6 = weft.gelu tanh %5 : tensor<6x5xf32>
  %7 = weft.cast %6 : tensor<6x5xf32> to tensor<6x5xbf16>
  %8 = weft.transpose %7 [1, 0] : tensor<6x5xbf16>
  weft.return
}

// Not fused: the form with erf; rows of 5 elements, of which cuBLASLt does not keep the sums; a gelu that a kernel multiplies; a
// sum that is for more.
// CHECK-LABEL: weft.graph @not_gelu(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @not_gelu(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %d: tensor<6x8xf32>, %v: tensor<4x5xf32>, %c: tensor<5xf32>, %e: tensor<6x5xf32>) {
  %0 = weft.matmul %x, %w {scope = "erf"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.add %0, %b : tensor<6x8xf32>, tensor<8xf32>
  %2 = weft.gelu erf %1 : tensor<6x8xf32>
  %3 = weft.matmul %x, %v : tensor<6x4xf32>, tensor<4x5xf32>
  %4 = weft.add %3, %c : tensor<6x5xf32>, tensor<5xf32>
  %5 = weft.gelu tanh %4 : tensor<6x5xf32>
  %6 = weft.gelu_backward tanh %e, %4 : tensor<6x5xf32>
  %7 = weft.matmul %x, %w {scope = "gated"} : tensor<6x4xf32>, tensor<4x8xf32>
  %8 = weft.add %7, %b : tensor<6x8xf32>, tensor<8xf32>
  %9 = weft.gelu tanh %8 : tensor<6x8xf32>
  %10 = weft.mul %9, %d : tensor<6x8xf32>, tensor<6x8xf32>
  %11 = weft.matmul %x, %w {scope = "more"} : tensor<6x4xf32>, tensor<4x8xf32>
  %12 = weft.add %11, %b : tensor<6x8xf32>, tensor<8xf32>
  %13 = weft.gelu tanh %12 : tensor<6x8xf32>
  %14 = weft.exp %12 : tensor<6x8xf32>
  weft.return
}

// The backward of a gelu that a product kept the sum for, with the gradient of its bias.
// CHECK-LABEL: weft.graph @gelu_backward(
// CHECK: %{{.*}}, %[[U:.*]] = weft.matmul_epilogue gelu
// CHECK: %[[D:.*]], %[[S:.*]] = weft.matmul_epilogue gelu_backward %{{.*}}, %{{.*}} with %[[U]] {phase = "backward", transpose_b} : (tensor<6x3xf32>, tensor<8x3xf32>, tensor<6x8xf32>) -> (tensor<6x8xf32>, tensor<8xf32>)
// CHECK: %[[R:.*]] = weft.reshape %[[D]] {phase = "backward"} : tensor<6x8xf32> to tensor<2x3x8xf32>
// CHECK-NOT: weft.sum
// CHECK: weft.neg %[[S]]
// CHECK: weft.return
weft.graph @gelu_backward(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %d: tensor<6x3xf32>, %v: tensor<8x3xf32>) {
  %0 = weft.matmul %x, %w {phase = "forward"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.reshape %0 {phase = "forward"} : tensor<6x8xf32> to tensor<2x3x8xf32>
  %2 = weft.add %1, %b {phase = "forward"} : tensor<2x3x8xf32>, tensor<8xf32>
  %3 = weft.gelu tanh %2 {phase = "forward"} : tensor<2x3x8xf32>
  %4 = weft.transpose %3 [1, 0, 2] {phase = "forward"} : tensor<2x3x8xf32>
  %5 = weft.matmul %d, %v {phase = "backward", transpose_b} : tensor<6x3xf32>, tensor<8x3xf32>
  %6 = weft.reshape %5 {phase = "backward"} : tensor<6x8xf32> to tensor<2x3x8xf32>
  %7 = weft.gelu_backward tanh %6, %2 {phase = "backward"} : tensor<2x3x8xf32>
  %8 = weft.reshape %7 {phase = "backward"} : tensor<2x3x8xf32> to tensor<6x8xf32>
  %9 = weft.matmul %8, %w {phase = "backward", transpose_b} : tensor<6x8xf32>, tensor<4x8xf32>
  %10 = weft.sum %7 axes [0, 1] {phase = "backward"} : tensor<2x3x8xf32>
  %11 = weft.neg %10 {phase = "backward"} : tensor<8xf32>
  weft.return
}

// Of bf16, without a bias's gradient.
// CHECK-LABEL: weft.graph @gelu_backward_of_bf16(
// CHECK: %{{.*}}, %[[U:.*]] = weft.matmul_epilogue gelu
// CHECK: %[[D:.*]] = weft.matmul_epilogue gelu_backward %{{.*}}, %{{.*}} with %[[U]] {phase = "backward"} : (tensor<6x3xbf16>, tensor<3x8xbf16>, tensor<6x8xbf16>) -> tensor<6x8xbf16>
// CHECK-NEXT: weft.transpose %[[D]]
weft.graph @gelu_backward_of_bf16(%x: tensor<6x4xbf16>, %w: tensor<4x8xbf16>, %b: tensor<8xbf16>, %d: tensor<6x3xbf16>, %v: tensor<3x8xbf16>) {
  %0 = weft.matmul %x, %w {phase = "forward"} : tensor<6x4xbf16>, tensor<4x8xbf16>
  %1 = weft.cast %0 {phase = "forward"} : tensor<6x8xbf16> to tensor<6x8xf32>
  %2 = weft.cast %b {phase = "forward"} : tensor<8xbf16> to tensor<8xf32>
  %3 = weft.add %1, %2 {phase = "forward"} : tensor<6x8xf32>, tensor<8xf32>
  %4 = weft.cast %3 {phase = "forward"} : tensor<6x8xf32> to tensor<6x8xbf16>
  %5 = weft.cast %4 {phase = "forward"} : tensor<6x8xbf16> to tensor<6x8xf32>
  %6 = weft.gelu tanh %5 {phase = "forward"} : tensor<6x8xf32>
  %7 = weft.cast %6 {phase = "forward"} : tensor<6x8xf32> to tensor<6x8xbf16>
  %8 = weft.transpose %7 [1, 0] {phase = "forward"} : tensor<6x8xbf16>
  %9 = weft.matmul %d, %v {phase = "backward"} : tensor<6x3xbf16>, tensor<3x8xbf16>
  %10 = weft.cast %9 {phase = "backward"} : tensor<6x8xbf16> to tensor<6x8xf32>
  %11 = weft.gelu_backward tanh %10, %5 {phase = "backward"} : tensor<6x8xf32>
  %12 = weft.cast %11 {phase = "backward"} : tensor<6x8xf32> to tensor<6x8xbf16>
  %13 = weft.transpose %12 [1, 0] {phase = "backward"} : tensor<6x8xbf16>
  weft.return
}

// Not fused: a gelu of what no product kept; a gradient that is no product.
// CHECK-LABEL: weft.graph @not_gelu_backward(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @not_gelu_backward(%x: tensor<6x8xf32>, %w: tensor<8x8xf32>, %d: tensor<6x8xf32>) {
  %0 = weft.matmul %d, %w : tensor<6x8xf32>, tensor<8x8xf32>
  %1 = weft.gelu_backward tanh %0, %x : tensor<6x8xf32>
  %2 = weft.gelu_backward tanh %d, %x : tensor<6x8xf32>
  weft.return
}

// The gradients of biases beside those of weights, whichever way these lie, and where they are added up too.
// CHECK-LABEL: weft.graph @sums(
// CHECK-NEXT: %[[F:.*]] = weft.step_value accumulate
// CHECK-NEXT: %[[G:.*]] = weft.reshape %{{.*}} : tensor<2x3x8xf32> to tensor<6x8xf32>
// CHECK-NEXT: %{{.*}}, %[[B:.*]] = weft.matmul_epilogue sum_b %{{.*}}, %[[G]] {transpose_a} : (tensor<6x4xf32>, tensor<6x8xf32>) -> (tensor<4x8xf32>, tensor<8xf32>)
// CHECK-NEXT: weft.exp %[[B]]
// CHECK-NEXT: %{{.*}}, %[[A:.*]] = weft.matmul_epilogue sum_a %{{.*}}, %{{.*}} onto %{{.*}} if %[[F]] {transpose_a} : (tensor<6x8xf32>, tensor<6x4xf32>, tensor<8x4xf32>, tensor<f64>) -> (tensor<8x4xf32>, tensor<8xf32>)
// CHECK-NEXT: weft.neg %[[A]]
// CHECK-NEXT: weft.return
weft.graph @sums(%x: tensor<6x4xf32>, %d: tensor<2x3x8xf32>, %e: tensor<6x8xf32>, %old: tensor<8x4xf32>) {
  %f = weft.step_value accumulate
  %0 = weft.sum %d axes [0, 1] : tensor<2x3x8xf32>
  %1 = weft.reshape %d : tensor<2x3x8xf32> to tensor<6x8xf32>
  %2 = weft.matmul %x, %1 {transpose_a} : tensor<6x4xf32>, tensor<6x8xf32>
  %3 = weft.exp %0 : tensor<8xf32>
  %4 = weft.sum %e axes [0] : tensor<6x8xf32>
  %5 = weft.matmul_accumulate %old, %e, %x if %f {transpose_a} : tensor<8x4xf32>, tensor<6x8xf32>, tensor<6x4xf32>
  %6 = weft.neg %4 : tensor<8xf32>
  weft.return
}

// Factors that had to be copied, as those behind attention are: the sums need no copy of their own.
// CHECK-LABEL: weft.graph @sums_of_a_copy(
// CHECK-NEXT: %[[T:.*]] = weft.transpose
// CHECK-NEXT: %[[C:.*]] = weft.copy %[[T]]
// CHECK-NEXT: %[[R:.*]] = weft.reshape %[[C]]
// CHECK-NEXT: weft.matmul_epilogue sum_b %{{.*}}, %[[R]] {transpose_a}
// CHECK-NEXT: weft.neg
// CHECK-NEXT: weft.return
weft.graph @sums_of_a_copy(%x: tensor<6x4xf32>, %d: tensor<2x4x3x2xf32>) {
  %0 = weft.transpose %d [0, 2, 1, 3] : tensor<2x4x3x2xf32>
  %1 = weft.copy %0 : tensor<2x3x4x2xf32>
  %2 = weft.reshape %1 : tensor<2x3x4x2xf32> to tensor<2x3x8xf32>
  %3 = weft.sum %2 axes [0, 1] : tensor<2x3x8xf32>
  %4 = weft.copy %0 : tensor<2x3x4x2xf32>
  %5 = weft.reshape %4 : tensor<2x3x4x2xf32> to tensor<6x8xf32>
  %6 = weft.matmul %x, %5 {transpose_a} : tensor<6x4xf32>, tensor<6x8xf32>
  %7 = weft.neg %3 : tensor<8xf32>
  weft.return
}

// CHECK-LABEL: weft.graph @sums_of_bf16(
// CHECK-NEXT: %{{.*}}, %[[B:.*]] = weft.matmul_epilogue sum_b %{{.*}}, %{{.*}} {transpose_a} : (tensor<6x4xbf16>, tensor<6x8xbf16>) -> (tensor<4x8xbf16>, tensor<8xbf16>)
// CHECK-NEXT: weft.cast %[[B]] : tensor<8xbf16> to tensor<8xf32>
// CHECK-NEXT: weft.return
weft.graph @sums_of_bf16(%x: tensor<6x4xbf16>, %d: tensor<6x8xbf16>) {
  %0 = weft.cast %d : tensor<6x8xbf16> to tensor<6x8xf32>
  %1 = weft.sum %0 axes [0] : tensor<6x8xf32>
  %2 = weft.cast %1 : tensor<8xf32> to tensor<8xbf16>
  %3 = weft.matmul %x, %d {transpose_a} : tensor<6x4xbf16>, tensor<6x8xbf16>
  %4 = weft.cast %2 : tensor<8xbf16> to tensor<8xf32>
  weft.return
}

// Not fused: sums over n; of another slice; that are wanted before the product; of f64.
// CHECK-LABEL: weft.graph @not_sums(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @not_sums(%x: tensor<6x4xf32>, %d: tensor<6x8xf32>, %w: tensor<4x8xf32>, %e: tensor<6x16xf32>, %y: tensor<6x8xf64>) {
  %0 = weft.matmul %d, %w {transpose_b} : tensor<6x8xf32>, tensor<4x8xf32>
  %1 = weft.sum %d axes [0] : tensor<6x8xf32>
  %2 = weft.slice %e offsets [0, 0] sizes [6, 8] : tensor<6x16xf32>
  %3 = weft.slice %e offsets [0, 8] sizes [6, 8] : tensor<6x16xf32>
  %4 = weft.sum %2 axes [0] : tensor<6x8xf32>
  %5 = weft.sum %3 axes [0] : tensor<6x8xf32>
  %6 = weft.exp %5 : tensor<8xf32>
  %7 = weft.matmul %x, %3 {transpose_a} : tensor<6x4xf32>, tensor<6x8xf32>
  %8 = weft.matmul %3, %x {transpose_a} : tensor<6x8xf32>, tensor<6x4xf32>
  %9 = weft.matmul %y, %y {transpose_a} : tensor<6x8xf64>, tensor<6x8xf64>
  %10 = weft.sum %y axes [0] : tensor<6x8xf64>
  weft.return
}
