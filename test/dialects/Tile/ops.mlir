// RUN: weft-opt %s -verify-roundtrip | FileCheck %s

// CHECK-LABEL: tile.kernel @empty() grid(1) outputs(0) {
tile.kernel @empty() grid(1) outputs(0) {
  // CHECK-NEXT: tile.return
  tile.return
}

// CHECK-LABEL: tile.kernel @double(%{{.*}}: memref<256xf32>, %{{.*}}: memref<256xf32>) grid(4) outputs(1) in_place([
// CHECK-SAME: [0, 0]]) attributes {scope = "h.0"} {
tile.kernel @double(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) in_place([[0, 0]])
    attributes {scope = "h.0"} {
  // CHECK: %[[P:.*]] = tile.program_id
  %p = tile.program_id
  %c64 = arith.constant 64 : index
  // CHECK: %[[I:.*]] = arith.muli %[[P]]
  %i = arith.muli %p, %c64 : index
  // CHECK: tile.load %{{.*}}[%[[I]]] {in_bounds} : memref<256xf32> -> tensor<64xf32>
  %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32>
  %d = arith.addf %t, %t : tensor<64xf32>
  // CHECK: tile.store %{{.*}}, %{{.*}}[%[[I]]] {in_bounds} : tensor<64xf32>, memref<256xf32>
  tile.store %d, %y[%i] {in_bounds} : tensor<64xf32>, memref<256xf32>
  tile.return
}

// CHECK-LABEL: tile.kernel @accesses
tile.kernel @accesses(%x: memref<3x5x100xf64, strided<[1000, 200, 2]>>, %n: memref<i32>,
                      %y: memref<5x100xf64>) grid(3) outputs(1) {
  %c0 = arith.constant 0 : index
  %p = tile.program_id
  // CHECK: tile.load %{{.*}}[%{{.*}}, %{{.*}}, %{{.*}}] : memref<3x5x100xf64, strided<[1000, 200, 2]>> -> tensor<8x128xf64>
  %t = tile.load %x[%p, %c0, %c0] : memref<3x5x100xf64, strided<[1000, 200, 2]>> -> tensor<8x128xf64>
  // CHECK: tile.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] : tensor<8x128xf64>, memref<5x100xf64>
  tile.store %t, %y[%c0, %c0] : tensor<8x128xf64>, memref<5x100xf64>
  %i = memref.load %n[] : memref<i32>
  %end = arith.index_cast %i : i32 to index
  // CHECK: tile.load %{{.*}}[%{{.*}}, %{{.*}}] rows(%[[END:.*]]) {in_bounds} : memref<5x100xf64> -> tensor<8x64xf64>
  %u = tile.load %y[%c0, %c0] rows(%end) {in_bounds} : memref<5x100xf64> -> tensor<8x64xf64>
  // CHECK: tile.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] rows(%[[END]]) : tensor<8x64xf64>, memref<5x100xf64>
  tile.store %u, %y[%c0, %p] rows(%end) : tensor<8x64xf64>, memref<5x100xf64>
  tile.return
}

// CHECK-LABEL: tile.kernel @lanes
tile.kernel @lanes(%x: memref<4x64xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // CHECK: tile.iota : tensor<64xi32>
  %i = tile.iota : tensor<64xi32>
  %t = tile.load %x[%c0, %c0] : memref<4x64xf32> -> tensor<4x64xf32>
  // CHECK: tile.reduce add %{{.*}} axis(0) : tensor<4x64xf32> -> tensor<64xf32>
  %a = tile.reduce add %t axis(0) : tensor<4x64xf32> -> tensor<64xf32>
  // CHECK: tile.reduce max %{{.*}} axis(0) : tensor<64xf32> -> f32
  %b = tile.reduce max %a axis(0) : tensor<64xf32> -> f32
  // CHECK: tile.reduce max %{{.*}} axis(0) : tensor<64xi32> -> i32
  %c = tile.reduce max %i axis(0) : tensor<64xi32> -> i32
  // CHECK: tile.concat %{{.*}}, %{{.*}} : tensor<64xf32>, tensor<64xf32> -> tensor<128xf32>
  %d = tile.concat %a, %a : tensor<64xf32>, tensor<64xf32> -> tensor<128xf32>
  tile.return
}

// CHECK-LABEL: tile.kernel @matrices
tile.kernel @matrices(%x: memref<64x32xf32>, %y: memref<64x16xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x32xf32> -> tensor<64x32xf32>
  %b = tile.load %y[%c0, %c0] {in_bounds} : memref<64x16xf32> -> tensor<64x16xf32>
  %v = tile.load %x[%c0, %c0] {in_bounds} : memref<64x32xf32> -> tensor<16xf32>
  // CHECK: %[[ACC:.*]] = tile.broadcast %{{.*}} axis(0) : tensor<16xf32> -> tensor<32x16xf32>
  %acc = tile.broadcast %v axis(0) : tensor<16xf32> -> tensor<32x16xf32>
  // CHECK: %[[DOT:.*]] = tile.dot %{{.*}}, %{{.*}}, %[[ACC]] {transpose_a} : tensor<64x32xf32>, tensor<64x16xf32>, tensor<32x16xf32>
  %d = tile.dot %a, %b, %acc {transpose_a} : tensor<64x32xf32>, tensor<64x16xf32>, tensor<32x16xf32>
  // CHECK: tile.transpose %[[DOT]] : tensor<32x16xf32> -> tensor<16x32xf32>
  %t = tile.transpose %d : tensor<32x16xf32> -> tensor<16x32xf32>
  // CHECK: tile.dot %{{.*}}, %{{.*}}, %{{.*}} {transpose_b} : tensor<16x32xf32>, tensor<64x32xf32>, tensor<16x64xf32>
  %z = arith.constant dense<0.0> : tensor<16x64xf32>
  %e = tile.dot %t, %a, %z {transpose_b} : tensor<16x32xf32>, tensor<64x32xf32>, tensor<16x64xf32>
  %splat = arith.constant dense<1.0> : tensor<8x16xf32>
  // CHECK: tile.concat %{{.*}}, %{{.*}} : tensor<8x16xf32>, tensor<8x16xf32> -> tensor<8x32xf32>
  %side = tile.concat %splat, %splat : tensor<8x16xf32>, tensor<8x16xf32> -> tensor<8x32xf32>
  tile.return
}

// Floats of 16 bits, and f32 that may be rounded.
// CHECK-LABEL: tile.kernel @low_precision
tile.kernel @low_precision(%x: memref<64x32xbf16>, %y: memref<64x32xf16>, %z: memref<64x32xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x32xbf16> -> tensor<64x32xbf16>
  %b = tile.load %y[%c0, %c0] {in_bounds} : memref<64x32xf16> -> tensor<64x32xf16>
  %c = tile.load %z[%c0, %c0] {in_bounds} : memref<64x32xf32> -> tensor<64x32xf32>
  // CHECK: tile.dot %{{.*}}, %{{.*}}, %{{.*}} {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
  // CHECK: tile.dot %{{.*}}, %{{.*}}, %{{.*}} {transpose_b} : tensor<64x32xf16>, tensor<64x32xf16>, tensor<64x64xf32>
  %t = tile.dot %b, %b, %s {transpose_b} : tensor<64x32xf16>, tensor<64x32xf16>, tensor<64x64xf32>
  // CHECK: tile.dot %{{.*}}, %{{.*}}, %{{.*}} {tf32, transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
  %u = tile.dot %c, %c, %t {transpose_b, tf32} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
  // CHECK: tile.alloc_shared : memref<64x32xbf16, #tile.shared>
  %m = tile.alloc_shared : memref<64x32xbf16, #tile.shared>
  tile.return
}

// Registers, lanes and warps; memory that they share.
// CHECK-LABEL: tile.kernel @threads
#l = #tile.layout<rank 2, registers [[0, 8], [4, 0]], lanes [[0, 1], [0, 2], [0, 4], [1, 0], [2, 0]], warps [[8, 0]]>
#m = #tile.layout<rank 2, registers [[4, 0], [8, 0]], lanes [[0, 1], [0, 2], [0, 4], [0, 8], [1, 0]], warps [[2, 0]]>
tile.kernel @threads(%x: memref<16x16xf32>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  // CHECK: tile.load {{.*}} -> tensor<16x16xf32, #{{.*}}>
  %t = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32, #l>
  // CHECK: tile.convert_layout %{{.*}} : tensor<16x16xf32, #[[L:[a-z0-9]+]]> -> tensor<16x16xf32, #[[M:[a-z0-9]+]]>
  %u = tile.convert_layout %t : tensor<16x16xf32, #l> -> tensor<16x16xf32, #m>
  // CHECK: %[[A:.*]] = tile.alloc_shared : memref<16x16xf32, #tile.shared>
  %a = tile.alloc_shared : memref<16x16xf32, #tile.shared>
  // CHECK: tile.alloc_shared at(1024) : memref<16x16xf32, #tile.shared>
  %b = tile.alloc_shared at(1024) : memref<16x16xf32, #tile.shared>
  // CHECK: tile.local_store %{{.*}}, %[[A]] : tensor<16x16xf32, #[[M]]>, memref<16x16xf32, #tile.shared>
  tile.local_store %u, %a : tensor<16x16xf32, #m>, memref<16x16xf32, #tile.shared>
  // CHECK: tile.barrier
  tile.barrier
  // CHECK: tile.local_load %[[A]] : memref<16x16xf32, #tile.shared> -> tensor<16x16xf32, #[[L]]>
  %v = tile.local_load %a : memref<16x16xf32, #tile.shared> -> tensor<16x16xf32, #l>
  // CHECK: tile.local_load %[[A]][%c0{{.*}}, %c0{{.*}}] : memref<16x16xf32, #tile.shared> -> tensor<16x16xf32, #[[L]]>
  %w = tile.local_load %a[%c0, %c0] : memref<16x16xf32, #tile.shared> -> tensor<16x16xf32, #l>
  // CHECK: %[[C:.*]] = tile.alloc_shared : memref<2x16x16xf32, #tile.shared>
  %c = tile.alloc_shared : memref<2x16x16xf32, #tile.shared>
  // CHECK: tile.async_copy %arg0[%c0{{.*}}, %c0{{.*}}] to %[[A]] layout(#[[L]]) {alignment = 4 : i64, in_bounds} : memref<16x16xf32> to memref<16x16xf32, #tile.shared>
  tile.async_copy %x[%c0, %c0] to %a layout(#l) {alignment = 4 : i64, in_bounds} : memref<16x16xf32> to memref<16x16xf32, #tile.shared>
  // CHECK: tile.async_copy %arg0[%c0{{.*}}, %c0{{.*}}] to %[[C]][%c0{{.*}}, %c0{{.*}}, %c0{{.*}}] layout(#[[M]]) : memref<16x16xf32> to memref<2x16x16xf32, #tile.shared>
  tile.async_copy %x[%c0, %c0] to %c[%c0, %c0, %c0] layout(#m) : memref<16x16xf32> to memref<2x16x16xf32, #tile.shared>
  // CHECK: tile.async_copy %arg0[%c0{{.*}}, %c0{{.*}}] rows(%{{.*}}) to %[[A]] layout(#[[L]]) : memref<16x16xf32> to memref<16x16xf32, #tile.shared>
  tile.async_copy %x[%c0, %c0] rows(%c0) to %a layout(#l) : memref<16x16xf32> to memref<16x16xf32, #tile.shared>
  // CHECK: tile.commit
  tile.commit
  // CHECK: tile.wait 1
  tile.wait 1
  // CHECK: tile.local_load %[[C]][%c0{{.*}}, %c0{{.*}}, %c0{{.*}}] : memref<2x16x16xf32, #tile.shared> -> tensor<16x16xf32, #[[L]]>
  %z = tile.local_load %c[%c0, %c0, %c0] : memref<2x16x16xf32, #tile.shared> -> tensor<16x16xf32, #l>
  tile.return
}

// Products of a warpgroup: a in registers or shared memory, one of several tiles.
// CHECK-LABEL: tile.kernel @warpgroup
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps [[16, 0], [32, 0]]>
tile.kernel @warpgroup(%x: memref<64x64xbf16>) grid(1) outputs(0) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32, #a>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16, #a>
  %s = tile.alloc_shared : memref<64x64xbf16, #tile.shared>
  %t = tile.alloc_shared : memref<2x64x64xbf16, #tile.shared>
  // CHECK: tile.warpgroup_dot %{{.*}}, %{{.*}}[%c0{{.*}}], %{{.*}} {transpose_b} : tensor<64x64xbf16, #[[A:.*]]>, memref<2x64x64xbf16, #tile.shared>, tensor<64x64xf32, #[[A]]>
  %u = tile.warpgroup_dot %a, %t[%c0], %zero {transpose_b} : tensor<64x64xbf16, #a>, memref<2x64x64xbf16, #tile.shared>, tensor<64x64xf32, #a>
  // CHECK: tile.warpgroup_dot %{{.*}}[%c0{{.*}}], %{{.*}}, %{{.*}} {transpose_a} : memref<2x64x64xbf16, #tile.shared>, memref<64x64xbf16, #tile.shared>, tensor<64x64xf32, #[[A]]>
  %v = tile.warpgroup_dot %t[%c0], %s, %zero {transpose_a} : memref<2x64x64xbf16, #tile.shared>, memref<64x64xbf16, #tile.shared>, tensor<64x64xf32, #a>
  // CHECK: %{{.*}}:2 = tile.warpgroup_wait %{{.*}}, %{{.*}} : tensor<64x64xf32, #[[A]]>, tensor<64x64xf32, #[[A]]>
  %w:2 = tile.warpgroup_wait %u, %v : tensor<64x64xf32, #a>, tensor<64x64xf32, #a>
  tile.return
}
