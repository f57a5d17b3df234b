// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{expected rank 1 or 2, got: 3}}
#a = #tile.layout<rank 3, registers [], lanes [], warps []>

// -----

// expected-error @+1 {{expected bases of 1 coordinates}}
#a = #tile.layout<rank 1, registers [[1, 2]], lanes [], warps []>

// -----

#a = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
// expected-error @+1 {{expected a layout of rank 2, got: #tile.layout<rank 1}}
func.func private @f(tensor<8x8xf32, #a>)

// -----

#a = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8]], warps []>
// expected-error @+1 {{expected a layout of 5 lane bases, got: 4}}
func.func private @f(tensor<64xf32, #a>)

// -----

#a = #tile.layout<rank 1, registers [[64]], lanes [[1], [2], [4], [8], [16]], warps []>
// expected-error @+1 {{expected bases inside the tile}}
func.func private @f(tensor<64xf32, #a>)

// -----

#a = #tile.layout<rank 1, registers [[33]], lanes [[1], [2], [4], [8], [0]], warps []>
// expected-error @+1 {{expected a layout that holds every element}}
func.func private @f(tensor<64xf32, #a>)

// -----

#a = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @k(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] : memref<64xf32> -> tensor<64xf32, #a>
  // expected-error @+1 {{expected types that differ in their layouts alone, got: 'tensor<64xf32, #tile.layout}}
  %u = tile.convert_layout %t : tensor<64xf32, #a> -> tensor<32xf32>
  tile.return
}
