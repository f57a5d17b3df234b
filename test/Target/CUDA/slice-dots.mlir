// A product of 64 in slices of 16.
// RUN: weft-opt %s -weft-assign-layouts -weft-stage-shared -weft-slice-dots="slice=16" | FileCheck %s
// RUN: not weft-opt %s -weft-slice-dots="slice=12" 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: expected slice to be a power of two, got: 12

// CHECK-LABEL: tile.kernel @product
// CHECK: scf.for %[[K:.*]] = %c0{{.*}} to %c64{{.*}} step %c16{{.*}} iter_args(%[[ACC:.*]] = %{{.*}})
// CHECK: %[[A:.*]] = tile.local_load %{{.*}}[%c0{{.*}}, %[[K]]] : memref<32x64xf32, #tile.shared> -> tensor<32x16xf32
// CHECK: %[[B:.*]] = tile.local_load %{{.*}}[%c0{{.*}}, %[[K]]] : memref<16x64xf32, #tile.shared> -> tensor<16x16xf32
// CHECK: %[[S:.*]] = tile.dot %[[A]], %[[B]], %[[ACC]] {transpose_b}
// CHECK: scf.yield %[[S]]
tile.kernel @product(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %y: memref<32x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.return
}

// Slices are no thinner than a fragment of tensor cores, and laid out as one.
// RUN: weft-opt %s -weft-assign-layouts -weft-stage-shared -weft-slice-dots="slice=8" | FileCheck %s --check-prefix=FRAGMENT
// FRAGMENT: #[[A:.*]] = #tile.layout<rank 2, registers {{\[\[}}0, 1], [8, 0], [0, 8]], lanes {{\[\[}}0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps {{\[\[}}16, 0], [0, 0]]>
// FRAGMENT: tile.kernel @fragments
// FRAGMENT: scf.for %[[K:.*]] = %c0{{.*}} to %c64{{.*}} step %c16
// FRAGMENT: tile.local_load %{{.*}}[%c0{{.*}}, %[[K]]] : memref<32x64xbf16, #tile.shared> -> tensor<32x16xbf16, #[[A]]>
// FRAGMENT: scf.for %[[L:.*]] = %c0{{.*}} to %c64{{.*}} step %c8
// FRAGMENT: tile.dot {{.*}} {tf32, transpose_b} : tensor<32x8xf32
tile.kernel @fragments(%x: memref<32x64xbf16>, %u: memref<32x64xf32>, %y: memref<32x32xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<32x32xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xbf16> -> tensor<32x64xbf16>
  %b = tile.load %u[%c0, %c0] {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<32x64xbf16>, tensor<32x64xbf16>, tensor<32x32xf32>
  %t = tile.dot %b, %b, %s {transpose_b, tf32} : tensor<32x64xf32>, tensor<32x64xf32>, tensor<32x32xf32>
  tile.store %t, %y[%c0, %c0] {in_bounds} : tensor<32x32xf32>, memref<32x32xf32>
  tile.return
}
