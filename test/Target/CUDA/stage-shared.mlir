// Operands of a product go through shared memory, each stored once where it is loaded.
// RUN: weft-opt %s -weft-assign-layouts -weft-stage-shared | FileCheck %s

// CHECK-LABEL: tile.kernel @product
// CHECK-DAG: %[[A:.*]] = tile.alloc_shared : memref<32x64xf32, #tile.shared>
// CHECK-DAG: %[[B:.*]] = tile.alloc_shared : memref<16x64xf32, #tile.shared>
// CHECK: %[[X:.*]] = tile.load %arg0
// CHECK-NEXT: tile.local_store %[[X]], %[[A]]
// CHECK: %[[Z:.*]] = tile.load %arg1
// CHECK-NEXT: tile.local_store %[[Z]], %[[B]]
// CHECK: %[[P:.*]] = tile.local_load %[[A]]
// CHECK: %[[Q:.*]] = tile.local_load %[[B]]
// CHECK: tile.dot %[[P]], %[[Q]]
// CHECK-NOT: convert_layout
tile.kernel @product(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %y: memref<32x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.return
}
