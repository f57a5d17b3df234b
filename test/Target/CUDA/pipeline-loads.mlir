// Two places, and copies one round ahead; three, and two rounds ahead.
// RUN: weft-opt %s -split-input-file -weft-pipeline-loads | FileCheck %s
// RUN: weft-opt %s -split-input-file -weft-pipeline-loads="stages=3" | FileCheck %s --check-prefix=THREE
// RUN: weft-opt %s -split-input-file -weft-pipeline-loads="budget=1023" | FileCheck %s --check-prefix=SMALL
// RUN: not weft-opt %s -split-input-file -weft-pipeline-loads="stages=9" 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: expected stages from 1 to 8, got: 9

#l = #tile.layout<rank 1, registers [[1], [2]], lanes [[4], [8], [16], [32], [64]], warps []>
// What the loop needs from the start comes with its first round; the wait for it stays behind, should there be no round.
// CHECK-LABEL: tile.kernel @rounds
// CHECK-DAG: %[[A:.*]] = tile.alloc_shared : memref<128xf32, #tile.shared>
// CHECK-DAG: %[[B:.*]] = tile.alloc_shared : memref<2x128xf32, #tile.shared>
// CHECK: tile.async_copy %arg0[%c0{{.*}}] to %[[A]] layout
// CHECK-NOT: tile.commit
// CHECK: scf.if
// CHECK-NEXT: tile.async_copy %arg0[%{{.*}}] to %[[B]][%{{.*}}, %c0{{.*}}] layout
// CHECK: tile.commit
// CHECK-NEXT: scf.for
// CHECK: tile.wait 0
// CHECK: scf.if
// CHECK-NEXT: tile.async_copy %arg0[%{{.*}}] to %[[B]][%{{.*}}, %c0{{.*}}] layout
// CHECK: tile.commit
// CHECK: tile.local_load %[[A]] :
// CHECK: tile.local_load %[[B]][%{{.*}}, %c0{{.*}}] : memref<2x128xf32, #tile.shared>
// CHECK: tile.store
// CHECK: tile.wait 0
// CHECK-NEXT: tile.return

// THREE-LABEL: tile.kernel @rounds
// THREE: tile.alloc_shared : memref<3x128xf32, #tile.shared>
// THREE: tile.commit
// THREE: tile.commit
// THREE: scf.for
// THREE: tile.wait 1
// THREE: tile.commit

// SMALL-LABEL: tile.kernel @rounds
// SMALL-NOT: 2x128
// SMALL: tile.return
tile.kernel @rounds(%x: memref<1024xf32>, %n: memref<i32>, %y: memref<1024xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %w = memref.load %n[] : memref<i32>
  %end = arith.index_cast %w : i32 to index
  %a = tile.alloc_shared : memref<128xf32, #tile.shared>
  %b = tile.alloc_shared : memref<128xf32, #tile.shared>
  tile.async_copy %x[%c0] to %a layout(#l) {alignment = 16 : i64} : memref<1024xf32> to memref<128xf32, #tile.shared>
  tile.commit
  tile.wait 0
  scf.for %i = %c0 to %end step %c128 {
    tile.async_copy %x[%i] to %b layout(#l) {alignment = 16 : i64} : memref<1024xf32> to memref<128xf32, #tile.shared>
    tile.commit
    tile.wait 0
    %s = tile.local_load %a : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    %t = tile.local_load %b : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    %u = arith.addf %s, %t : tensor<128xf32, #l>
    tile.store %u, %y[%i] : tensor<128xf32, #l>, memref<1024xf32>
  }
  tile.return
}

// -----

// One round or none is no loop; a copy that depends on the round before cannot run ahead of it.
#l = #tile.layout<rank 1, registers [[1], [2]], lanes [[4], [8], [16], [32], [64]], warps []>
// CHECK-LABEL: tile.kernel @alone
// CHECK-NOT: 2x128
// CHECK: tile.return
tile.kernel @alone(%x: memref<1024xf32>, %n: memref<i32>, %y: memref<1024xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %w = memref.load %n[] : memref<i32>
  %i = arith.index_cast %w : i32 to index
  %some = arith.cmpi slt, %i, %c8 : index
  %end = arith.select %some, %c1, %c0 : index
  %a = tile.alloc_shared : memref<128xf32, #tile.shared>
  %b = tile.alloc_shared : memref<128xf32, #tile.shared>
  scf.for %r = %c0 to %end step %c1 {
    tile.async_copy %x[%r] to %a layout(#l) : memref<1024xf32> to memref<128xf32, #tile.shared>
    tile.commit
    tile.wait 0
    %t = tile.local_load %a : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    tile.store %t, %y[%r] : tensor<128xf32, #l>, memref<1024xf32>
  }
  %last = scf.for %r = %c0 to %c8 step %c1 iter_args(%from = %i) -> (index) {
    tile.async_copy %x[%from] to %b layout(#l) : memref<1024xf32> to memref<128xf32, #tile.shared>
    tile.commit
    tile.wait 0
    %t = tile.local_load %b : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    tile.store %t, %y[%r] : tensor<128xf32, #l>, memref<1024xf32>
    %next = arith.addi %from, %r : index
    scf.yield %next : index
  }
  tile.return
}

// -----

// A loop that has rounds for sure waits for what it needs: nothing is left to wait for behind it.
#l = #tile.layout<rank 1, registers [[1], [2]], lanes [[4], [8], [16], [32], [64]], warps []>
// CHECK-LABEL: tile.kernel @sure
// CHECK: tile.commit
// CHECK-NEXT: scf.for
// CHECK: tile.wait 0
// CHECK: tile.store
// CHECK-NOT: tile.wait
// CHECK: tile.return
tile.kernel @sure(%x: memref<1024xf32>, %y: memref<1024xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c1024 = arith.constant 1024 : index
  %a = tile.alloc_shared : memref<128xf32, #tile.shared>
  %b = tile.alloc_shared : memref<128xf32, #tile.shared>
  tile.async_copy %x[%c0] to %a layout(#l) {alignment = 16 : i64} : memref<1024xf32> to memref<128xf32, #tile.shared>
  tile.commit
  tile.wait 0
  scf.for %i = %c0 to %c1024 step %c128 {
    tile.async_copy %x[%i] to %b layout(#l) {alignment = 16 : i64} : memref<1024xf32> to memref<128xf32, #tile.shared>
    tile.commit
    tile.wait 0
    %s = tile.local_load %a : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    %t = tile.local_load %b : memref<128xf32, #tile.shared> -> tensor<128xf32, #l>
    %u = arith.addf %s, %t : tensor<128xf32, #l>
    tile.store %u, %y[%i] : tensor<128xf32, #l>, memref<1024xf32>
  }
  tile.return
}
