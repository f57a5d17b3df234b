// RUN: weft-opt %s -split-input-file -canonicalize | FileCheck %s

// CHECK-LABEL: @neutral_elements(
// CHECK-SAME: %x: tensor<8x4xf32>
// CHECK-NEXT: weft.return %x, %x, %x, %x, %x, %x :
weft.layer @neutral_elements(%x: tensor<8x4xf32>)
    -> (tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>) {
  %zero = weft.constant dense<0.0> : tensor<f32>
  %one = weft.constant dense<1.0> : tensor<4xf32>
  %0 = weft.add %x, %zero : tensor<8x4xf32>, tensor<f32>
  %1 = weft.add %zero, %x : tensor<f32>, tensor<8x4xf32>
  %2 = weft.sub %x, %zero : tensor<8x4xf32>, tensor<f32>
  %3 = weft.mul %x, %one : tensor<8x4xf32>, tensor<4xf32>
  %4 = weft.mul %one, %x : tensor<4xf32>, tensor<8x4xf32>
  %5 = weft.div %x, %one : tensor<8x4xf32>, tensor<4xf32>
  weft.return %0, %1, %2, %3, %4, %5 : tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<8x4xf32>
}

// -----

// The constant may stretch the other operand; 0 - x, 1 / x, and constants that are not neutral stay.
// CHECK-LABEL: @not_neutral(
// CHECK: weft.add
// CHECK: weft.sub
// CHECK: weft.div
// CHECK: weft.mul
weft.layer @not_neutral(%x: tensor<4xf32>) -> (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %wide = weft.constant dense<0.0> : tensor<8x4xf32>
  %zero = weft.constant dense<0.0> : tensor<f32>
  %one = weft.constant dense<1.0> : tensor<f32>
  %0 = weft.add %x, %wide : tensor<4xf32>, tensor<8x4xf32>
  %1 = weft.sub %zero, %x : tensor<f32>, tensor<4xf32>
  %2 = weft.div %one, %x : tensor<f32>, tensor<4xf32>
  %3 = weft.mul %x, %zero : tensor<4xf32>, tensor<f32>
  weft.return %0, %1, %2, %3 : tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// CHECK-LABEL: @no_change(
// CHECK-NEXT: weft.return %x, %x, %x, %x, %x, %x, %x, %x, %x :
weft.layer @no_change(%x: tensor<4x4xf32>)
    -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = weft.reshape %x : tensor<4x4xf32> to tensor<4x4xf32>
  %1 = weft.transpose %x [0, 1] : tensor<4x4xf32>
  %2 = weft.broadcast %x : tensor<4x4xf32> to tensor<4x4xf32>
  %3 = weft.slice %x offsets [0, 0] sizes [4, 4] : tensor<4x4xf32>
  %4 = weft.cast %x : tensor<4x4xf32> to tensor<4x4xf32>
  %5 = weft.sum %x axes [] : tensor<4x4xf32>
  %6 = weft.concat %x axis 0 : tensor<4x4xf32>
  %n = weft.neg %x : tensor<4x4xf32>
  %7 = weft.neg %n : tensor<4x4xf32>
  %wide = weft.cast %x : tensor<4x4xf32> to tensor<4x4xf64>
  %8 = weft.cast %wide : tensor<4x4xf64> to tensor<4x4xf32>
  weft.return %0, %1, %2, %3, %4, %5, %6, %7, %8 : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}

// -----

// A square that is transposed has the same type; a narrow type in between loses digits; a sum over
// an axis of size 1 changes the shape; a copy has a buffer of its own.
// CHECK-LABEL: @changes(
// CHECK: weft.transpose
// CHECK: weft.cast {{.*}} to tensor<4x4xf32>
// CHECK: weft.cast {{.*}} to tensor<4x4xf64>
// CHECK: weft.sum
// CHECK: weft.copy
weft.layer @changes(%x: tensor<4x4xf64>, %y: tensor<4x1xf64>) -> (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>) {
  %0 = weft.transpose %x [1, 0] : tensor<4x4xf64>
  %1 = weft.cast %x : tensor<4x4xf64> to tensor<4x4xf32>
  %2 = weft.cast %1 : tensor<4x4xf32> to tensor<4x4xf64>
  %3 = weft.sum %y axes [1] : tensor<4x1xf64>
  %4 = weft.copy %x : tensor<4x4xf64>
  weft.return %0, %2, %3, %4 : tensor<4x4xf64>, tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>
}

// -----

// f32 arithmetic on constants rounds to f32: 16777216 + 1 = 16777216.
// CHECK-LABEL: @constants(
// CHECK-DAG: %[[SUM:.*]] = weft.constant dense<0x4B800000> : tensor<2xf32>
// CHECK-DAG: %[[DIFFERENCE:.*]] = weft.constant dense<-2.000000e+00> : tensor<2xf32>
// CHECK-DAG: %[[PRODUCT:.*]] = weft.constant dense<3.000000e+00> : tensor<2xf32>
// CHECK-DAG: %[[RATIO:.*]] = weft.constant dense<0.333333343> : tensor<2xf32>
// CHECK: weft.return %{{.*}}, %[[DIFFERENCE]], %[[PRODUCT]], %[[RATIO]]
weft.layer @constants() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %big = weft.constant dense<16777216.0> : tensor<2xf32>
  %one = weft.constant dense<1.0> : tensor<f32>
  %three = weft.constant dense<3.0> : tensor<2xf32>
  %0 = weft.add %big, %one : tensor<2xf32>, tensor<f32>
  %1 = weft.sub %one, %three : tensor<f32>, tensor<2xf32>
  %2 = weft.mul %three, %one : tensor<2xf32>, tensor<f32>
  %3 = weft.div %one, %three : tensor<f32>, tensor<2xf32>
  weft.return %0, %1, %2, %3 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// CHECK-LABEL: @moved_constants(
// CHECK-DAG: %[[A:.*]] = weft.constant dense<2.000000e+00> : tensor<3x2xf32>
// CHECK-DAG: %[[B:.*]] = weft.constant dense<2.000000e+00> : tensor<6xf32>
// CHECK-DAG: %[[C:.*]] = weft.constant dense<2.000000e+00> : tensor<4x2x3xf32>
// CHECK-DAG: %[[D:.*]] = weft.constant dense<2.000000e+00> : tensor<1x3xf32>
// CHECK-DAG: %[[E:.*]] = weft.constant dense<-2.000000e+00> : tensor<2x3xf32>
// CHECK-DAG: %[[F:.*]] = weft.constant dense<2.000000e+00> : tensor<2x3xf64>
// CHECK: weft.return %[[A]], %[[B]], %[[C]], %[[D]], %[[E]], %[[F]]
weft.layer @moved_constants() -> (tensor<3x2xf32>, tensor<6xf32>, tensor<4x2x3xf32>, tensor<1x3xf32>, tensor<2x3xf32>, tensor<2x3xf64>) {
  %c = weft.constant dense<2.0> : tensor<2x3xf32>
  %0 = weft.transpose %c [1, 0] : tensor<2x3xf32>
  %1 = weft.reshape %c : tensor<2x3xf32> to tensor<6xf32>
  %2 = weft.broadcast %c : tensor<2x3xf32> to tensor<4x2x3xf32>
  %3 = weft.slice %c offsets [1, 0] sizes [1, 3] : tensor<2x3xf32>
  %4 = weft.neg %c : tensor<2x3xf32>
  %5 = weft.cast %c : tensor<2x3xf32> to tensor<2x3xf64>
  weft.return %0, %1, %2, %3, %4, %5 : tensor<3x2xf32>, tensor<6xf32>, tensor<4x2x3xf32>, tensor<1x3xf32>, tensor<2x3xf32>, tensor<2x3xf64>
}
