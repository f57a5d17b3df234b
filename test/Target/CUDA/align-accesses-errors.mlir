// RUN: weft-opt %s -split-input-file -verify-diagnostics -weft-align-accesses

// expected-error @+1 {{expected 2 alignments, got: 1}}
tile.kernel @k(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) attributes {alignments = array<i64: 64>} {
  tile.return
}
