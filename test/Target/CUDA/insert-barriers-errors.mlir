// RUN: weft-opt %s -split-input-file -verify-diagnostics -weft-insert-barriers

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
// expected-error @+1 {{expected shared buffers with offsets: run weft-allocate-shared first}}
tile.kernel @k() grid(1) outputs(0) {
  %a = tile.alloc_shared : memref<64xf32, #tile.shared>
  %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.return
}
