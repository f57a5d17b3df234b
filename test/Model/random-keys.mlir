// Random ops get keys by scope and ordinal: FNV-1a of "#0", "a#0", "a#1", "b#0" and "b#1". A key
// that the text gives stays, and counts as one of its scope.
// RUN: weft-opt %s --weft-instantiate | FileCheck %s
// Instantiating again changes nothing.
// RUN: weft-opt %s --weft-instantiate | weft-opt --weft-instantiate | FileCheck %s

// CHECK-LABEL: weft.model @loss
// CHECK: weft.dropout %x key 560977462655294566 {
// CHECK: weft.dropout %{{.*}} key 16594068187869098039 {{.*}}scope = "a"
// CHECK: weft.dropout %{{.*}} key 16594067088357469828 {{.*}}scope = "a"
// CHECK: weft.dropout %{{.*}} key 18403359651585666790 {{.*}}scope = "b"
// CHECK: weft.dropout %{{.*}} key 18403360751097295001 {{.*}}scope = "b"
// CHECK: weft.dropout %{{.*}} key 17 {
weft.layer @twice(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %0 = weft.dropout %x {rate = 0.5} : tensor<8x4xf32>
  %1 = weft.dropout %0 {rate = 0.5} : tensor<8x4xf32>
  weft.return %1 : tensor<8x4xf32>
}
weft.model @loss(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
  %0 = weft.dropout %x {rate = 0.5} : tensor<8x4xf32>
  %1 = weft.call @twice as "a" (%0) : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %2 = weft.call @twice as "b" (%1) : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %3 = weft.dropout %2 key 17 {rate = 0.5} : tensor<8x4xf32>
  %s = weft.sum %3 axes [0, 1] : tensor<8x4xf32>
  weft.return %s, %s : tensor<f32>, tensor<f32>
}
