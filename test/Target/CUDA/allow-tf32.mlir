// RUN: weft-opt %s -weft-set-target="backend=cuda tf32" -weft-allow-tf32 | FileCheck %s
// RUN: weft-opt %s -weft-set-target=backend=cuda -weft-allow-tf32 | FileCheck %s --check-prefix=EXACT --implicit-check-not="{tf32"
// EXACT: tile.kernel @products

// Products of f32 only: f64 has no shorter form, bf16 is one.
// CHECK: tile.dot {{.*}} {tf32, transpose_b} : tensor<16x16xf32>
// CHECK: tile.dot {{.*}} {transpose_b} : tensor<16x16xf64>
// CHECK: tile.dot {{.*}} {transpose_b} : tensor<16x16xbf16>
tile.kernel @products(%x: memref<16x16xf32>, %y: memref<16x16xf64>, %z: memref<16x16xbf16>, %u: memref<16x16xf32>,
                      %v: memref<16x16xf64>, %w: memref<16x16xf32>) grid(1) outputs(3) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %zero64 = arith.constant dense<0.0> : tensor<16x16xf64>
  %a = tile.load %x[%c0, %c0] : memref<16x16xf32> -> tensor<16x16xf32>
  %b = tile.load %y[%c0, %c0] : memref<16x16xf64> -> tensor<16x16xf64>
  %c = tile.load %z[%c0, %c0] : memref<16x16xbf16> -> tensor<16x16xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  %t = tile.dot %b, %b, %zero64 {transpose_b} : tensor<16x16xf64>, tensor<16x16xf64>, tensor<16x16xf64>
  %r = tile.dot %c, %c, %zero {transpose_b} : tensor<16x16xbf16>, tensor<16x16xbf16>, tensor<16x16xf32>
  tile.store %s, %u[%c0, %c0] : tensor<16x16xf32>, memref<16x16xf32>
  tile.store %t, %v[%c0, %c0] : tensor<16x16xf64>, memref<16x16xf64>
  tile.store %r, %w[%c0, %c0] : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}
