// What is only an operand of a product is copied to shared memory, and waited for in front of the first use.
// RUN: weft-opt %s -weft-assign-layouts -weft-stage-shared | FileCheck %s

// CHECK-LABEL: tile.kernel @product
// CHECK-DAG: %[[A:.*]] = tile.alloc_shared : memref<32x64xf32, #tile.shared>
// CHECK-DAG: %[[B:.*]] = tile.alloc_shared : memref<16x64xf32, #tile.shared>
// CHECK: tile.async_copy %arg0[%c0{{.*}}, %c0{{.*}}] to %[[A]] layout({{.*}}) {alignment = 16 : i64, in_bounds}
// CHECK-NEXT: tile.async_copy %arg1[%c0{{.*}}, %c0{{.*}}] to %[[B]] layout({{.*}}) {in_bounds}
// CHECK-NEXT: tile.commit
// CHECK: tile.wait 0
// CHECK-NEXT: %[[P:.*]] = tile.local_load %[[A]]
// CHECK-NEXT: %[[Q:.*]] = tile.local_load %[[B]]
// CHECK-NEXT: tile.dot %[[P]], %[[Q]]
// CHECK-NOT: convert_layout
tile.kernel @product(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %y: memref<32x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {alignment = 16 : i64, in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.return
}

// What is used otherwise too is loaded, and stored once where it is loaded.
// CHECK-LABEL: tile.kernel @both
// CHECK: %[[X:.*]] = tile.load %arg0
// CHECK-NEXT: tile.local_store %[[X]], %[[S:.*]] :
// CHECK: tile.async_copy %arg1
// CHECK: tile.local_load %[[S]]
tile.kernel @both(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %y: memref<32x16xf32>, %w: memref<32x64xf32>) grid(1) outputs(2) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.store %a, %w[%c0, %c0] {in_bounds} : tensor<32x64xf32>, memref<32x64xf32>
  tile.return
}

// A copy ends where the load did.
// CHECK-LABEL: tile.kernel @ends
// CHECK: %[[END:.*]] = arith.index_cast
// CHECK: tile.async_copy %arg0[%c0{{.*}}, %c0{{.*}}] rows(%[[END]]) to %{{.*}} layout({{.*}}) {in_bounds}
// CHECK-NEXT: tile.async_copy %arg1[%c0{{.*}}, %c0{{.*}}] to %
// CHECK: tile.store {{.*}} rows(%[[END]])
tile.kernel @ends(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %n: memref<i32>, %y: memref<32x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %rows = memref.load %n[] : memref<i32>
  %end = arith.index_cast %rows : i32 to index
  %a = tile.load %x[%c0, %c0] rows(%end) {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  tile.store %s, %y[%c0, %c0] rows(%end) {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.return
}
