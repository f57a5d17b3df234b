// Where buffers begin, strides, what divides indices, and extents where a tile may stick out.
// RUN: weft-opt %s -weft-align-accesses | FileCheck %s

// The columns of one launch begin at 8 bytes, those of another at 64; the row is a word's.
// CHECK: tile.kernel @rows({{.*}} attributes {alignments = array<i64: 8, 4, 64>}
// CHECK: tile.load %arg0{{.*}} {alignment = 8 : i64, in_bounds}
// CHECK: tile.store {{.*}} {alignment = 16 : i64, in_bounds}
tile.kernel @rows(%x: memref<8x32xf32, strided<[96, 1]>>, %n: memref<i32>, %y: memref<8x32xf32>) grid(8) outputs(1) {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%p, %c0] {in_bounds} : memref<8x32xf32, strided<[96, 1]>> -> tensor<32xf32>
  tile.store %t, %y[%p, %c0] {in_bounds} : tensor<32xf32>, memref<8x32xf32>
  tile.return
}

// Nobody launches it: what it says of itself counts. Rows of 30 floats: 8 bytes, also where they end.
// CHECK: tile.kernel @noted
// CHECK: tile.load %arg0{{.*}} {alignment = 8 : i64}
// CHECK: tile.load %arg0[%{{.*}}, %c1{{.*}}] :
// CHECK: scf.for
// CHECK: tile.load %arg1{{.*}} {alignment = 16 : i64}
// CHECK: tile.load %arg1{{.*}} {alignment = 8 : i64, in_bounds}
// CHECK: tile.load %arg2{{.*}} {in_bounds}
tile.kernel @noted(%x: memref<8x30xf32>, %y: memref<256xf32>, %z: memref<64x8xf32, strided<[1, 64]>>) grid(8) outputs(0)
    attributes {alignments = array<i64: 64, 64, 64>} {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %c250 = arith.constant 250 : index
  %t = tile.load %x[%p, %c0] : memref<8x30xf32> -> tensor<32xf32>
  %u = tile.load %x[%p, %c1] : memref<8x30xf32> -> tensor<32xf32>
  %n = arith.minui %p, %c250 : index
  scf.for %i = %c0 to %n step %c64 {
    %a = tile.load %y[%i] : memref<256xf32> -> tensor<64xf32>
    %j = arith.muli %p, %c250 : index
    %k = arith.addi %i, %j : index
    %b = tile.load %y[%k] {in_bounds} : memref<256xf32> -> tensor<4xf32>
    %c = tile.load %z[%p, %c0] {in_bounds} : memref<64x8xf32, strided<[1, 64]>> -> tensor<8xf32>
  }
  tile.return
}

// Neither: no more than its elements.
// CHECK: tile.kernel @unknown({{.*}} attributes {alignments = array<i64: 4>}
// CHECK: tile.load %arg0[%{{.*}}] {in_bounds}
tile.kernel @unknown(%x: memref<64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] {in_bounds} : memref<64xf32> -> tensor<64xf32>
  tile.return
}

// Where rows end does not say where columns do, nor does the row that data names say anything.
// CHECK: tile.kernel @ends
// CHECK: tile.load %arg0{{.*}} rows({{.*}}) {alignment = 16 : i64, in_bounds}
// CHECK: tile.load %arg1{{.*}} rows({{.*}}) {alignment = 8 : i64}
// CHECK: tile.store {{.*}} rows({{.*}}) {alignment = 8 : i64}
tile.kernel @ends(%x: memref<64x32xf32>, %y: memref<64x30xf32>, %n: memref<2xi32>, %z: memref<64x30xf32>) grid(1) outputs(1)
    attributes {alignments = array<i64: 64, 64, 4, 64>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.load %n[%c0] : memref<2xi32>
  %b = memref.load %n[%c1] : memref<2xi32>
  %first = arith.index_cast %a : i32 to index
  %end = arith.index_cast %b : i32 to index
  %t = tile.load %x[%first, %c0] rows(%end) {in_bounds} : memref<64x32xf32> -> tensor<16x32xf32>
  %u = tile.load %y[%first, %c0] rows(%end) : memref<64x30xf32> -> tensor<16x32xf32>
  tile.store %u, %z[%first, %c0] rows(%end) : tensor<16x32xf32>, memref<64x30xf32>
  tile.return
}

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<8x96xf32>
    %n = exec.word 3 : memref<i32>
    %y = exec.buffer : memref<8x32xf32>
    %u = exec.view %b offset(34) : memref<8x96xf32> to memref<8x32xf32, strided<[96, 1]>>
    %v = exec.view %b offset(0) : memref<8x96xf32> to memref<8x32xf32, strided<[96, 1]>>
    exec.launch @rows(%u, %n, %y) : memref<8x32xf32, strided<[96, 1]>>, memref<i32>, memref<8x32xf32>
    exec.launch @rows(%v, %n, %y) : memref<8x32xf32, strided<[96, 1]>>, memref<i32>, memref<8x32xf32>
  }
}
