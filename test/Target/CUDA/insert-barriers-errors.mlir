// RUN: weft-opt %s -split-input-file -verify-diagnostics -weft-insert-barriers

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
// expected-error @+1 {{expected shared buffers with offsets: run weft-allocate-shared first}}
tile.kernel @k() grid(1) outputs(0) {
  %a = tile.alloc_shared : memref<64xf32, #tile.shared>
  %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.return
}

// -----

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
tile.kernel @branch(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %p = tile.program_id
  %is = arith.cmpi slt, %p, %c0 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] : memref<64xf32> -> tensor<64xf32, #l>
  scf.if %is {
    tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    // expected-error @+1 {{meets another access to shared memory in its branch, where threads cannot wait}}
    %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  }
  tile.return
}
