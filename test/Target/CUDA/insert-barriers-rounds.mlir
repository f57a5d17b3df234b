// What a loop's barriers are worth behind it: nothing where it may have no rounds.
// RUN: weft-opt %s -weft-insert-barriers | FileCheck %s

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>

// How many rounds only the program's number says. Written in front of the loop, read behind it; another buffer has barriers in it.
// CHECK-LABEL: tile.kernel @up_to_the_program
// CHECK: tile.local_store %{{.*}}, %[[A:.*]] :
// CHECK-NEXT: scf.for
// CHECK: tile.barrier
// CHECK-NEXT: tile.local_store
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load %[[A]]
tile.kernel @up_to_the_program(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %p step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// The same from the program's number on; and read in front, written behind.
// CHECK-LABEL: tile.kernel @from_the_program
// CHECK: tile.local_load %[[A:.*]] :
// CHECK-NEXT: tile.store
// CHECK-NEXT: scf.for
// CHECK: tile.local_load
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_store %{{.*}}, %[[A]]
tile.kernel @from_the_program(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  %r = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %r, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  scf.for %i = %p to %c4 step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  tile.return
}

// No rounds for sure.
// CHECK-LABEL: tile.kernel @never
// CHECK: scf.for
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
tile.kernel @never(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c1] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c4 to %c4 step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c1] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c1] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// Rounds for sure, one or several: what was written in front has been waited for in each of them.
// CHECK-LABEL: tile.kernel @surely
// CHECK: tile.local_store
// CHECK-NEXT: scf.for
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.local_load
// CHECK-NEXT: tile.store
// CHECK-NEXT: scf.for
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.local_store
tile.kernel @surely(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %c4 step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  scf.for %i = %c0 to %c1 step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  tile.return
}

// What is in front of a loop meets its first round: a is read there, in a loop that writes b and so cannot wait once for all in front of itself.
// CHECK-LABEL: tile.kernel @first_round
// CHECK: tile.local_store %{{.*}}, %[[A:.*]] :
// CHECK-NEXT: scf.for
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load %[[A]]
tile.kernel @first_round(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %p step %c1 {
    %u = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.local_store %u, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  }
  tile.return
}

// What the last round does counts behind the loop, too, be there one or none: b is written there.
// CHECK-LABEL: tile.kernel @last_round
// CHECK: scf.for
// CHECK: tile.local_store
// CHECK-NEXT: }
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
tile.kernel @last_round(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = tile.program_id
  %b = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  scf.for %i = %c0 to %p step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  }
  %v = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// A loop without rounds inside one that has some: a is read behind the inner one, and written in the next round of the outer one.
// CHECK-LABEL: tile.kernel @nested
// CHECK: scf.for
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_store %{{.*}}, %[[A:.*]] :
// CHECK-NEXT: scf.for
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load %[[A]]
tile.kernel @nested(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  scf.for %i = %c0 to %c4 step %c1 {
    tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    scf.for %j = %c0 to %p step %c1 {
      tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
      %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
      tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
    }
    %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.return
}

// A loop with rounds inside one that may have none.
// CHECK-LABEL: tile.kernel @nested_in_none
// CHECK: tile.local_store %{{.*}}, %[[A:.*]] :
// CHECK-NEXT: scf.for
// CHECK: scf.for
// CHECK: {{^ +\}$}}
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load %[[A]]
tile.kernel @nested_in_none(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %p step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
      %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
      tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
    }
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// A block that may be skipped, as a loop of one round at most: nothing comes around, so b needs no barrier in front of its store; what is behind waits.
// CHECK-LABEL: tile.kernel @skipped
// CHECK: tile.local_store %{{.*}}, %[[A:.*]] :
// CHECK-NEXT: scf.for
// CHECK-NEXT: tile.local_store
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load %[[A]]
tile.kernel @skipped(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = tile.program_id
  %is = arith.cmpi slt, %p, %c1 : index
  %rounds = arith.select %is, %c1, %c0 : index
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.local_store %t, %a : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
  scf.for %i = %c0 to %rounds step %c1 {
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}

// A copy that only the loop's rounds wait for is still on its way where there are none; where it is waited for behind the loop it is written, and
// others read it behind a barrier.
// CHECK-LABEL: tile.kernel @copy
// CHECK: tile.commit
// CHECK-NEXT: scf.for
// CHECK: tile.wait 0
// CHECK: {{^ +\}$}}
// CHECK-NEXT: tile.wait 0
// CHECK-NEXT: tile.barrier
// CHECK-NEXT: tile.local_load
tile.kernel @copy(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = tile.program_id
  %a = tile.alloc_shared at(0) : memref<64xf32, #tile.shared>
  %b = tile.alloc_shared at(256) : memref<64xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<64xf32, #l>
  tile.async_copy %x[%c0] to %a[%c0] layout(#l) {in_bounds} : memref<256xf32> to memref<64xf32, #tile.shared>
  tile.commit
  scf.for %i = %c0 to %p step %c1 {
    tile.wait 0
    tile.local_store %t, %b : tensor<64xf32, #l>, memref<64xf32, #tile.shared>
    %u = tile.local_load %b : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
    tile.store %u, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  }
  tile.wait 0
  %v = tile.local_load %a : memref<64xf32, #tile.shared> -> tensor<64xf32, #l>
  tile.store %v, %y[%c0] {in_bounds} : tensor<64xf32, #l>, memref<256xf32>
  tile.return
}
