// RUN: not weft-opt %s -convert-weft-to-tile=tile-bytes=48 2>&1 | FileCheck %s
// RUN: not weft-opt %s -convert-weft-to-tile=chunk=100 2>&1 | FileCheck %s
// RUN: weft-opt %s -convert-weft-to-tile=tile-bytes=64
// RUN: not weft-opt %s -convert-weft-to-tile=row-bytes=48 2>&1 | FileCheck %s --check-prefix=ROWS
// ROWS: error: expected row-bytes to be a power of two of at least 8 and chunk a multiple of a tile's elements, got: 48 and 4096
// CHECK: error: expected tile-bytes to be a power of two of at least 8 and chunk a multiple of a tile's elements, got:
module {}
