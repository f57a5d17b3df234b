// RUN: weft-opt %s -weft-insert-barriers | FileCheck %s

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
// Between write and read; between reads of one round and the write of the next; not between reads.
// CHECK-LABEL: tile.kernel @rounds
// CHECK: scf.for
// CHECK-NEXT: tile.load
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_store
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
// CHECK-NEXT: tile.local_load
// CHECK-NOT: tile.barrier
// CHECK: tile.return
tile.kernel @rounds(%x: memref<256xf32>, %y: memref<256xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %c256 step %c64 {
    %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
    tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    %s = arith.addf %u, %v : tensor<64xf32, #l>
    tile.store %s, %y[%i] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.return
}

// A loop that only reads waits in front of itself, once; behind a loop that has rounds for sure, its barriers count.
// CHECK-LABEL: tile.kernel @reads
// CHECK: tile.local_store
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: scf.for
// CHECK-NEXT: tile.local_load
// CHECK-NOT: tile.barrier
// CHECK: tile.return
tile.kernel @reads(%x: memref<256xf32>, %y: memref<256xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %c256 step %c64 {
    %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%i] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// A copy writes where it is waited for; it begins in front of reads of another round only behind a barrier, which stands
// in front of the branch.
// CHECK-LABEL: tile.kernel @copies
// CHECK: tile.async_copy
// CHECK: tile.commit
// CHECK-NEXT: scf.for
// CHECK-NEXT: tile.wait 0
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: scf.if
// CHECK-NEXT: tile.async_copy
// CHECK-NOT: tile.barrier
// CHECK: tile.commit
// CHECK-NEXT: tile.local_load
// CHECK-NOT: tile.barrier
// CHECK: tile.return
tile.kernel @copies(%x: memref<256xf32>, %y: memref<256xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a = tile.alloc_shared at(0) : memref<2x64xf32, #tile.shared>
  %p = tile.program_id
  %is = arith.cmpi slt, %p, %c1 : index
  scf.if %is {
    tile.async_copy %x[%c0] to %a[%c0, %c0] layout(#l) {in_bounds} : memref<256xf32> to memref<2x64xf32, #tile.shared>
  }
  tile.commit
  scf.for %i = %c0 to %c256 step %c64 {
    tile.wait 0
    scf.if %is {
      tile.async_copy %x[%i] to %a[%c1, %c0] layout(#l) {in_bounds} : memref<256xf32> to memref<2x64xf32, #tile.shared>
    }
    tile.commit
    %u = tile.local_load %a[%c0, %c0] : memref<2x64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%i] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.return
}
