// RUN: weft-opt %s -split-input-file -weft-tile-to-vector -verify-diagnostics

// What is not elementwise has no vector form.
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] {in_bounds} : memref<64xf32> -> tensor<64xf32>
  // expected-error @+1 {{failed to legalize operation 'tensor.extract'}}
  %e = tensor.extract %t[%c0] : tensor<64xf32>
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  // expected-error @+1 {{failed to legalize operation 'arith.constant'}}
  %t = arith.constant dense<0.0> : tensor<2x2x2xf32>
  tile.return
}
