// RUN: weft-opt %s -weft-widen-dots | FileCheck %s

// Each operand is converted behind its load, also where that is outside of the loop; f32 stays as it is.
// CHECK-LABEL: tile.kernel @products
// CHECK: %[[A:.*]] = tile.load {{.*}} -> tensor<64x32xbf16>
// CHECK-NEXT: %[[A32:.*]] = arith.extf %[[A]] : tensor<64x32xbf16> to tensor<64x32xf32>
// CHECK: scf.for
// CHECK: %[[B:.*]] = tile.load {{.*}} -> tensor<64x32xbf16>
// CHECK-NEXT: %[[V32:.*]] = arith.extf %[[B]] : tensor<64x32xbf16> to tensor<64x32xf32>
// CHECK-NEXT: %[[B32:.*]] = arith.extf %[[B]] : tensor<64x32xbf16> to tensor<64x32xf32>
// CHECK: tile.dot %[[A32]], %[[B32]], %{{.*}} {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
// CHECK: %[[P:.*]] = arith.truncf
// CHECK-NEXT: %[[P32:.*]] = arith.extf %[[P]]
// CHECK: tile.dot %[[P32]], %[[V32]], %{{.*}} : tensor<64x64xf32>, tensor<64x32xf32>, tensor<64x32xf32>
// CHECK: tile.dot {{.*}} {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
// CHECK-NOT: arith.extf
tile.kernel @products(%x: memref<64x32xbf16>, %y: memref<256x32xbf16>, %z: memref<64x32xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %square = arith.constant dense<0.0> : tensor<64x64xf32>
  %zero = arith.constant dense<0.0> : tensor<64x32xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x32xbf16> -> tensor<64x32xbf16>
  %sum = scf.for %k = %c0 to %c256 step %c64 iter_args(%acc = %zero) -> (tensor<64x32xf32>) {
    %b = tile.load %y[%k, %c0] {in_bounds} : memref<256x32xbf16> -> tensor<64x32xbf16>
    %s = tile.dot %a, %b, %square {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
    %p = arith.truncf %s : tensor<64x64xf32> to tensor<64x64xbf16>
    %next = tile.dot %p, %b, %acc : tensor<64x64xbf16>, tensor<64x32xbf16>, tensor<64x32xf32>
    scf.yield %next : tensor<64x32xf32>
  }
  %t = tile.dot %sum, %sum, %square {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
  %r = tile.reduce add %t axis(0) : tensor<64x64xf32> -> tensor<64xf32>
  tile.store %sum, %z[%c0, %c0] {in_bounds} : tensor<64x32xf32>, memref<64x32xf32>
  tile.return
}
