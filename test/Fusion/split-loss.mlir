// RUN: weft-opt %s -weft-split-loss=chunk-bytes=1000 | FileCheck %s
// RUN: weft-opt %s -weft-split-loss | FileCheck %s --check-prefix=FITS
// RUN: not weft-opt %s -weft-split-loss=chunk-bytes=0 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: error: expected chunk-bytes to be positive, got 0

// Equal chunks of at most 256 rows, a soft cap in each; the logits as they were are kept for who generates.
// FITS-LABEL: weft.model @equal(
// FITS-NOT: weft.split
// CHECK-LABEL: weft.model @equal(
// CHECK: weft.tanh %{{.*}} {logits} : tensor<3x200x10xf32>
// CHECK-NEXT: %[[X:.*]] = weft.reshape %x {scope = "loss"} : tensor<3x200x8xf32> to tensor<600x8xf32>
// CHECK-NEXT: %[[T:.*]] = weft.reshape %t {scope = "loss"} : tensor<3x200xi32> to tensor<600xi32>
// CHECK-NEXT: %[[P:.*]]:3 = weft.split %[[X]] axis 0 parts 3 {scope = "loss"} : tensor<600x8xf32>
// CHECK-NEXT: %[[L0:.*]] = weft.linear out_in %[[P]]#0, %{{.*}} {scope = "head"} : (tensor<200x8xf32>, tensor<10x8xf32>) -> tensor<200x10xf32>
// CHECK-NEXT: %[[C0:.*]] = weft.tanh %[[L0]] : tensor<200x10xf32>
// CHECK-NEXT: %[[T0:.*]] = weft.slice %[[T]] offsets [0] sizes [200] {scope = "loss"} : tensor<600xi32>
// CHECK-NEXT: %[[S0:.*]], %[[W0:.*]] = weft.cross_entropy %[[C0]], %[[T0]] {ignore_index = -100 : i64, label_smoothing = 1.000000e-01 : f64, scope = "loss"}
// CHECK: %[[S1:.*]], %[[W1:.*]] = weft.cross_entropy
// CHECK-NEXT: %[[S01:.*]] = weft.add %[[S0]], %[[S1]]
// CHECK-NEXT: %[[W01:.*]] = weft.add %[[W0]], %[[W1]]
// CHECK: %[[S:.*]] = weft.add %[[S01]], %
// CHECK-NEXT: %[[W:.*]] = weft.add %[[W01]], %
// CHECK-NEXT: weft.return %[[S]], %[[W]]
weft.model @equal(%x: tensor<3x200x8xf32>, %t: tensor<3x200xi32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w {scope = "head"} : (tensor<3x200x8xf32>, tensor<10x8xf32>) -> tensor<3x200x10xf32>
  %c = weft.tanh %l : tensor<3x200x10xf32>
  %s, %n = weft.cross_entropy %c, %t {ignore_index = -100, label_smoothing = 0.1, scope = "loss"} : tensor<3x200x10xf32>, tensor<3x200xi32>
  weft.return %s, %n : tensor<f32>, tensor<f32>
}

// 521 rows have no equal chunks: 256, 256 and 9.
// CHECK-LABEL: weft.model @prime(
// CHECK-NOT: weft.split
// CHECK: weft.slice %{{.*}} offsets [512, 0] sizes [9, 8]
// CHECK: weft.slice %{{.*}} offsets [512] sizes [9]
weft.model @prime(%x: tensor<521x8xf32>, %t: tensor<521xi32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w : (tensor<521x8xf32>, tensor<10x8xf32>) -> tensor<521x10xf32>
  %s, %n = weft.cross_entropy %l, %t : tensor<521x10xf32>, tensor<521xi32>
  weft.return %s, %n : tensor<f32>, tensor<f32>
}

// Logits that something else reads, or that are no product, stay whole.
// CHECK-LABEL: weft.model @read_twice(
// CHECK-NOT: weft.slice
// CHECK: weft.return
weft.model @read_twice(%x: tensor<521x8xf32>, %t: tensor<521xi32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w : (tensor<521x8xf32>, tensor<10x8xf32>) -> tensor<521x10xf32>
  %s, %n = weft.cross_entropy %l, %t : tensor<521x10xf32>, tensor<521xi32>
  %m = weft.sum %l axes [0, 1] : tensor<521x10xf32>
  %u = weft.add %s, %m : tensor<f32>, tensor<f32>
  weft.return %u, %n : tensor<f32>, tensor<f32>
}

// Numbers of any rank are one for all rows; a number for each row goes with its chunk.
// CHECK-LABEL: weft.model @operands(
// CHECK: %[[ONE:.*]] = weft.reshape %{{.*}} : tensor<1x1x1xf32> to tensor<1x1xf32>
// CHECK: weft.mul %{{.*}}, %[[ONE]] : tensor<174x10xf32>, tensor<1x1xf32>
// CHECK: %[[ROWS:.*]] = weft.slice %{{.*}} offsets [0, 0] sizes [174, 1] : tensor<522x1xf32>
// CHECK: weft.div %{{.*}}, %[[ROWS]] : tensor<174x10xf32>, tensor<174x1xf32>
// CHECK: weft.slice %{{.*}} offsets [348, 0] sizes [174, 1] : tensor<522x1xf32>
weft.model @operands(%x: tensor<2x261x8xf32>, %t: tensor<2x261xi32>, %heat: tensor<2x261x1xf32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w : (tensor<2x261x8xf32>, tensor<10x8xf32>) -> tensor<2x261x10xf32>
  %half = weft.constant dense<0.5> : tensor<1x1x1xf32>
  %m = weft.mul %l, %half : tensor<2x261x10xf32>, tensor<1x1x1xf32>
  %d = weft.div %m, %heat : tensor<2x261x10xf32>, tensor<2x261x1xf32>
  %s, %n = weft.cross_entropy %d, %t : tensor<2x261x10xf32>, tensor<2x261xi32>
  weft.return %s, %n : tensor<f32>, tensor<f32>
}

// What some rows share is none of either: the logits stay whole.
// CHECK-LABEL: weft.model @shared_by_some(
// CHECK-NOT: weft.slice
// CHECK: weft.return
weft.model @shared_by_some(%x: tensor<2x261x8xf32>, %t: tensor<2x261xi32>, %heat: tensor<2x1x1xf32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w : (tensor<2x261x8xf32>, tensor<10x8xf32>) -> tensor<2x261x10xf32>
  %d = weft.div %l, %heat : tensor<2x261x10xf32>, tensor<2x1x1xf32>
  %s, %n = weft.cross_entropy %d, %t : tensor<2x261x10xf32>, tensor<2x261xi32>
  weft.return %s, %n : tensor<f32>, tensor<f32>
}
