// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_80,sm_90a" -weft-specialize-kernels | FileCheck %s
// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_80" -weft-specialize-kernels | FileCheck %s --check-prefix=OTHER

// Products of 16 bits that fill 64 rows.
// CHECK: tile.kernel @fits(
// CHECK: tile.kernel @fits.sm_90a({{.*}} attributes {weft.arch = "sm_90a", weft.special_of = "fits"}
// CHECK: tile.kernel @few_rows(
// CHECK-NEXT: arith.constant
// CHECK-NOT: tile.kernel @few_rows.sm_90a
// CHECK: tile.kernel @wide(
// CHECK-NOT: tile.kernel @wide.sm_90a
// OTHER-NOT: sm_90a
tile.kernel @fits(%x: memref<64x64xbf16>, %y: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<64x64xf32>, memref<64x64xf32>
  tile.return
}
tile.kernel @few_rows(%x: memref<32x64xbf16>, %y: memref<32x32xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<32x32xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xbf16> -> tensor<32x64xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<32x64xbf16>, tensor<32x64xbf16>, tensor<32x32xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<32x32xf32>, memref<32x32xf32>
  tile.return
}
tile.kernel @wide(%x: memref<64x64xf32>, %y: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x64xf32> -> tensor<64x64xf32>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>
  tile.store %s, %y[%c0, %c0] {in_bounds} : tensor<64x64xf32>, memref<64x64xf32>
  tile.return
}
