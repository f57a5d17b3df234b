// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{expected a positive grid, got: 0}}
tile.kernel @k() grid(0) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected between 0 and 1 outputs, got: 2}}
tile.kernel @k(%x: memref<4xf32>) grid(1) outputs(2) { tile.return }

// -----
// expected-error @+1 {{expected memref arguments of static shape, got: 'memref<?xf32>'}}
tile.kernel @k(%x: memref<?xf32>) grid(1) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected memref arguments of static shape, got: 'f32'}}
tile.kernel @k(%x: f32) grid(1) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected buffers of bf16, f16, f32, f64 or i32, got: 'memref<4xi64>'}}
tile.kernel @k(%x: memref<4xi64>) grid(1) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected static strides that are not negative, and no offset, got: 'memref<4xf32, strided<[?]>>'}}
tile.kernel @k(%x: memref<4xf32, strided<[?]>>) grid(1) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected static strides that are not negative, and no offset, got: 'memref<4xf32, strided<[1], offset: 4>>'}}
tile.kernel @k(%x: memref<4xf32, strided<[1], offset: 4>>) grid(1) outputs(0) { tile.return }

// -----
// expected-error @+1 {{expected pairs [output, input] in in_place, got: [0]}}
tile.kernel @k(%x: memref<4xf32>) grid(1) outputs(1) in_place([[0]]) { tile.return }

// -----
// expected-error @+1 {{expected an output below 1 and an input below 1 in in_place, got: [0, 1]}}
tile.kernel @k(%x: memref<4xf32>, %y: memref<4xf32>) grid(1) outputs(1) in_place([[0, 1]]) { tile.return }

// -----
// expected-error @+1 {{expected an output and an input of one type in in_place, got: 'memref<4xf32>' and 'memref<8xf32>'}}
tile.kernel @k(%x: memref<8xf32>, %y: memref<4xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }

// -----
// expected-error @+1 {{expected 'grid'}}
tile.kernel @k() outputs(0) { tile.return }

// -----
tile.kernel @k(%x: memref<4x8xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected 2 indices, got: 1}}
  %t = tile.load %x[%c0] : memref<4x8xf32> -> tensor<8xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<8xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected a tile of at most the buffer's rank, got: 'tensor<2x8xf32>'}}
  %t = tile.load %x[%c0] : memref<8xf32> -> tensor<2x8xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<8xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected a tile of 'f32', got: 'tensor<8xf64>'}}
  %t = tile.load %x[%c0] : memref<8xf32> -> tensor<8xf64>
  tile.return
}

// -----
tile.kernel @k(%x: memref<8xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<6xf32>'}}
  %t = tile.load %x[%c0] : memref<8xf32> -> tensor<6xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<8xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<?xf32>'}}
  %t = tile.load %x[%c0] : memref<8xf32> -> tensor<?xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<4x8xf32>, %y: memref<4x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected rows(...) at a tile of rank 2 only, got: 'tensor<8xf32>'}}
  %t = tile.load %x[%c0, %c0] rows(%c0) : memref<4x8xf32> -> tensor<8xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<4x8xf32>, %y: memref<4x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0, %c0] : memref<4x8xf32> -> tensor<8xf32>
  // expected-error @+1 {{expected rows(...) at a tile of rank 2 only, got: 'tensor<8xf32>'}}
  tile.store %t, %y[%c0, %c0] rows(%c0) : tensor<8xf32>, memref<4x8xf32>
  tile.return
}

// -----
tile.kernel @k(%x: memref<8xi32>) grid(1) outputs(1) {
  %t = tile.iota : tensor<16xi32>
  // expected-error @+1 {{expected 1 indices, got: 0}}
  tile.store %t, %x[] : tensor<16xi32>, memref<8xi32>
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<12xi32>'}}
  %t = tile.iota : tensor<12xi32>
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  %t = tile.iota : tensor<16xi32>
  // expected-error @+1 {{expected an axis below 1, got: 1}}
  %s = tile.reduce add %t axis(1) : tensor<16xi32> -> i32
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  %t = tile.iota : tensor<16xi32>
  // expected-error @+1 {{expected a result of 'i32', got: 'f32'}}
  %s = tile.reduce add %t axis(0) : tensor<16xi32> -> f32
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  %t = arith.constant dense<1.0> : tensor<3xf32>
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<3xf32>'}}
  %s = tile.reduce add %t axis(0) : tensor<3xf32> -> f32
  tile.return
}

// -----
tile.kernel @k() grid(1) outputs(0) {
  %t = tile.iota : tensor<16xi32>
  // expected-error @+1 {{expected one of [add, max] for how elements are combined, got: min}}
  %s = tile.reduce min %t axis(0) : tensor<16xi32> -> i32
  tile.return
}

// -----

tile.kernel @k() grid(1) outputs(0) {
  // expected-error @+1 {{expected at least one tile}}
  %a = "tile.concat"() : () -> tensor<4xi32>
  tile.return
}

// -----

tile.kernel @k() grid(1) outputs(0) {
  %a = tile.iota : tensor<4xi32>
  %b = tile.iota : tensor<8xi32>
  // expected-error @+1 {{expected tiles of one type, got: 'tensor<4xi32>' and 'tensor<8xi32>'}}
  %c = tile.concat %a, %b : tensor<4xi32>, tensor<8xi32> -> tensor<16xi32>
  tile.return
}

// -----

tile.kernel @k() grid(1) outputs(0) {
  %a = tile.iota : tensor<4xi32>
  // expected-error @+1 {{expected a result of 'tensor<8xi32>', got: 'tensor<16xi32>'}}
  %c = tile.concat %a, %a : tensor<4xi32>, tensor<4xi32> -> tensor<16xi32>
  tile.return
}

// -----

tile.kernel @k() grid(1) outputs(0) {
  %a = tile.iota : tensor<4xi32>
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<12xi32>'}}
  %c = tile.concat %a, %a, %a : tensor<4xi32>, tensor<4xi32>, tensor<4xi32> -> tensor<12xi32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+1 {{expected axis 0 or 1, got: 2}}
  %b = tile.broadcast %v axis(2) : tensor<32xf32> -> tensor<32x16xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+1 {{expected an operand of 'tensor<16xf32>', got: 'tensor<32xf32>'}}
  %b = tile.broadcast %v axis(0) : tensor<32xf32> -> tensor<32x16xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+1 {{expected extents that are powers of two, got: 'tensor<32x3xf32>'}}
  %b = tile.broadcast %v axis(1) : tensor<32xf32> -> tensor<32x3xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+1 {{expected a result of 'tensor<32x64xf32>', got: 'tensor<64x32xf32>'}}
  %b = tile.transpose %a : tensor<64x32xf32> -> tensor<64x32xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+2 {{expected sizes that fit, got: 'tensor<64x32xf32>', 'tensor<64x32xf32>' and 'tensor<64x64xf32>'}}
  %b = arith.constant dense<0.0> : tensor<64x64xf32>
  %d = tile.dot %a, %a, %b : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<64x32xf32>
  %v = tile.load %x[%c0, %c0] : memref<64x32xf32> -> tensor<32xf32>
  // expected-error @+2 {{expected one element type, or bf16 or f16 summed in f32, got: 'f32', 'f32' and 'f64'}}
  %b = arith.constant dense<0.0> : tensor<64x64xf64>
  %d = tile.dot %a, %a, %b {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf64>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{expected an alignment that is a power of two from 4 to 16, got: 12}}
  %t = tile.load %x[%c0] {alignment = 12 : i64} : memref<64xf32> -> tensor<64xf32>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %a = tile.alloc_shared : memref<2x64xf32, #tile.shared>
  // expected-error @+1 {{expected a tile of rank 2 in 'memref<2x64xf32, #tile.shared>', got rank: 1}}
  %t = tile.local_load %a : memref<2x64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<64xf32, #tile.shared>
  // expected-error @+1 {{expected a tile of 'f32', got: 'tensor<64xi32}}
  %t = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xi32, #l>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<2x64xf32, #tile.shared>
  // expected-error @+1 {{expected no indices of shared memory or 2, got: 1}}
  tile.async_copy %x[%c0] to %a[%c0] layout(#l) : memref<64xf32> to memref<2x64xf32, #tile.shared>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<64xi32, #tile.shared>
  // expected-error @+1 {{expected shared memory of 'f32', got: 'memref<64xi32}}
  tile.async_copy %x[%c0] to %a layout(#l) : memref<64xf32> to memref<64xi32, #tile.shared>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<64xf32, #tile.shared>
  // expected-error @+1 {{expected a layout that holds every element}}
  tile.async_copy %x[%c0] to %a layout(#l) : memref<64xf32> to memref<64xf32, #tile.shared>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xbf16>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xbf16> -> tensor<64x32xbf16>
  // expected-error @+2 {{expected one element type, or bf16 or f16 summed in f32, got: 'bf16', 'bf16' and 'f64'}}
  %b = arith.constant dense<0.0> : tensor<64x64xf64>
  %d = tile.dot %a, %a, %b {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf64>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64x32xbf16>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : memref<64x32xbf16> -> tensor<64x32xbf16>
  // expected-error @+2 {{expected tf32 to go with operands of f32, got: 'bf16'}}
  %b = arith.constant dense<0.0> : tensor<64x64xf32>
  %d = tile.dot %a, %a, %b {transpose_b, tf32} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
  tile.return
}

// -----

tile.kernel @k(%x: memref<64xbf16>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0] : memref<64xbf16> -> tensor<64xbf16>
  // expected-error @+1 {{operand #0 must be tile of f32, f64 or i32, but got 'tensor<64xbf16>'}}
  %s = tile.reduce add %a axis(0) : tensor<64xbf16> -> bf16
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<64xf32, #tile.shared>
  // expected-error @+1 {{expected rows(...) at a tile of rank 2 only, got: 'tensor<64xf32}}
  tile.async_copy %x[%c0] rows(%c0) to %a layout(#l) : memref<64xf32> to memref<64xf32, #tile.shared>
  tile.return
}

// -----
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup_types(%x: memref<64x64xf32>) grid(1) outputs(0) {
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %s = tile.alloc_shared : memref<64x32xf32, #tile.shared>
  // expected-error @+1 {{expected a and b of bf16 or f16, got: 'f32' and 'f32'}}
  %t = tile.warpgroup_dot %s, %s, %zero {transpose_b} : memref<64x32xf32, #tile.shared>, memref<64x32xf32, #tile.shared>, tensor<64x64xf32, #a>
  tile.return
}

// -----
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup_turned(%x: memref<64x64xbf16>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16, #a>
  %s = tile.alloc_shared : memref<64x64xbf16, #tile.shared>
  // expected-error @+1 {{expected a in shared memory where it is transposed}}
  %t = tile.warpgroup_dot %a, %s, %zero {transpose_a} : tensor<64x64xbf16, #a>, memref<64x64xbf16, #tile.shared>, tensor<64x64xf32, #a>
  tile.return
}

// -----
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup_slot(%x: memref<64x64xbf16>) grid(1) outputs(0) {
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %s = tile.alloc_shared : memref<2x64x64xbf16, #tile.shared>
  // expected-error @+1 {{expected shared memory of 2 dimensions, got: 'memref<2x64x64xbf16, #tile.shared>'}}
  %t = tile.warpgroup_dot %s, %s, %zero {transpose_b} : memref<2x64x64xbf16, #tile.shared>, memref<2x64x64xbf16, #tile.shared>, tensor<64x64xf32, #a>
  tile.return
}

// -----
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup_rows(%x: memref<64x128xbf16>) grid(1) outputs(0) {
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %s = tile.alloc_shared : memref<64x128xbf16, #tile.shared>
  // expected-error @+1 {{expected rows of 32, 64 or 128 bytes, got: 256}}
  %t = tile.warpgroup_dot %s, %s, %zero {transpose_b} : memref<64x128xbf16, #tile.shared>, memref<64x128xbf16, #tile.shared>, tensor<64x64xf32, #a>
  tile.return
}

// -----
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup_sizes(%x: memref<64x64xbf16>) grid(1) outputs(0) {
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %s = tile.alloc_shared : memref<64x64xbf16, #tile.shared>
  %r = tile.alloc_shared : memref<32x64xbf16, #tile.shared>
  // expected-error @+1 {{expected sizes that fit, got: [64, 64] and [64, 32] for [64, 64]}}
  %t = tile.warpgroup_dot %s, %r, %zero {transpose_b} : memref<64x64xbf16, #tile.shared>, memref<32x64xbf16, #tile.shared>, tensor<64x64xf32, #a>
  tile.return
}

// -----
#b = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0]]>
tile.kernel @warpgroup_few_rows(%x: memref<64x64xbf16>) grid(1) outputs(0) {
  %zero = arith.constant dense<0.0> : tensor<32x64xf32, #b>
  %s = tile.alloc_shared : memref<64x64xbf16, #tile.shared>
  %r = tile.alloc_shared : memref<32x64xbf16, #tile.shared>
  // expected-error @+1 {{expected rows in multiples of 64, at most 256 columns in multiples of 8, sums over multiples of 16, got: 32, 64, 64}}
  %t = tile.warpgroup_dot %r, %s, %zero {transpose_b} : memref<32x64xbf16, #tile.shared>, memref<64x64xbf16, #tile.shared>, tensor<32x64xf32, #b>
  tile.return
}
