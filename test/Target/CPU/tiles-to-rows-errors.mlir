// RUN: weft-opt %s -split-input-file -weft-tiles-to-rows -verify-diagnostics

// A matrix that a product has laid out by rows cannot be the vectors of a product by columns.
tile.kernel @conflict(%x: memref<16x16xf32>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %b = tile.dot %a, %a, %zero : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  // expected-error @+1 {{'tile.dot' op expected an operand whose lanes can be those of the result; both were laid out otherwise by earlier products}}
  %d = tile.dot %b, %b, %b {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  tile.store %d, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}

// -----

tile.kernel @branch(%x: memref<16x16xf32>, %y: memref<16x16xf32>, %n: memref<i32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %b = tile.dot %a, %a, %zero : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  %i = memref.load %n[] : memref<i32>
  %c = arith.constant 1 : i32
  %is = arith.cmpi eq, %i, %c : i32
  // expected-error @+1 {{'scf.if' op expected loops only around tiles of rank 2}}
  scf.if %is {
    tile.store %b, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  }
  tile.return
}

// -----

tile.kernel @transposed(%x: memref<16x16xf32>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %b = tile.dot %a, %a, %zero : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  // expected-error @+1 {{'tile.transpose' op is not lowered for tiles of rank 2 beside products}}
  %t = tile.transpose %b : tensor<16x16xf32> -> tensor<16x16xf32>
  tile.store %t, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}
