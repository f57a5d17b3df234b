// RUN: not weft-opt %s -convert-weft-to-tile=tile-bytes=48 2>&1 | FileCheck %s
// RUN: not weft-opt %s -convert-weft-to-tile=chunk=100 2>&1 | FileCheck %s
// RUN: weft-opt %s -convert-weft-to-tile=tile-bytes=64
// RUN: not weft-opt %s -weft-set-target=backend=cuda -convert-weft-to-tile=chunk=64 2>&1 | FileCheck %s --check-prefix=ROWS
// ROWS: error: expected tiles of a power of two of at least 8 bytes and a chunk of a multiple of their elements, got: 512 and 64
// CHECK: error: expected tiles of a power of two of at least 8 bytes and a chunk of a multiple of their elements, got:
module {}
