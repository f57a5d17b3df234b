// The code of one thread: two registers a tile, masks where a buffer ends, a tree over registers and lanes.
// RUN: weft-opt %s -weft-convert-tile-to-nvvm -canonicalize -cse | FileCheck %s

#l = #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>
// CHECK: gpu.module @kernels
// CHECK: gpu.func @sum(%[[X:.*]]: !llvm.ptr<1>, %[[Y:.*]]: !llvm.ptr<1>) kernel attributes {nvvm.reqntid = array<i32: 32, 1, 1>, weft.grid = 1 : i64}
// CHECK: arith.cmpi slt
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> f32
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> f32
// CHECK: arith.addf
// CHECK: gpu.shuffle xor %{{.*}}, %c16
// CHECK: gpu.shuffle xor %{{.*}}, %c8
// CHECK: gpu.shuffle xor %{{.*}}, %c4
// CHECK: gpu.shuffle xor %{{.*}}, %c2
// CHECK: gpu.shuffle xor %{{.*}}, %c1
// CHECK: scf.if
// CHECK: llvm.store {{.*}} : f32, !llvm.ptr<1>
// CHECK: gpu.return
tile.kernel @sum(%x: memref<50xf32>, %y: memref<1xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] : memref<50xf32> -> tensor<64xf32, #l>
  %s = tile.reduce add %t axis(0) : tensor<64xf32, #l> -> f32
  memref.store %s, %y[%c0] : memref<1xf32>
  tile.return
}

// A kernel without tiles is one thread's.
// CHECK: gpu.func @scalar({{.*}}) kernel attributes {nvvm.reqntid = array<i32: 1, 1, 1>
tile.kernel @scalar(%x: memref<1xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %s = arith.constant 1.0 : f32
  memref.store %s, %x[%c0] : memref<1xf32>
  tile.return
}

// Four neighbours in one access, and in one copy: all of them inside, or none and zeros instead.
#v = #tile.layout<rank 1, registers [[1], [2]], lanes [[4], [8], [16], [32], [64]], warps []>
// CHECK: gpu.func @vectors({{.*}} weft.alignments = array<i64: 64, 64>
// CHECK: %[[INSIDE:.*]] = arith.cmpi slt
// CHECK: %[[FROM:.*]] = arith.select %[[INSIDE]], %{{.*}}, %{{.*}} : !llvm.ptr<1>
// CHECK: llvm.load %[[FROM]] {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
// CHECK: %[[SIZE:.*]] = arith.select %[[INSIDE]], %c16_i32, %c0_i32 : i32
// CHECK: nvvm.cp.async.shared.global %{{.*}}, %[[FROM]], 16, cache = cg, %[[SIZE]]
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.cp.async.wait.group 0
// CHECK: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<3> -> vector<4xf32>
// CHECK: scf.if %[[INSIDE]] {
// CHECK: llvm.store %{{.*}}, %{{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
tile.kernel @vectors(%x: memref<100xf32>, %y: memref<100xf32>) grid(1) outputs(1) attributes {alignments = array<i64: 64, 64>} {
  %c0 = arith.constant 0 : index
  %s = tile.alloc_shared at(0) : memref<128xf32, #tile.shared>
  %t = tile.load %x[%c0] {alignment = 16 : i64} : memref<100xf32> -> tensor<128xf32, #v>
  tile.async_copy %x[%c0] to %s layout(#v) {alignment = 16 : i64} : memref<100xf32> to memref<128xf32, #tile.shared>
  tile.commit
  tile.wait 0
  %u = tile.local_load %s : memref<128xf32, #tile.shared> -> tensor<128xf32, #v>
  %r = arith.addf %t, %u : tensor<128xf32, #v>
  tile.store %r, %y[%c0] {alignment = 16 : i64} : tensor<128xf32, #v>, memref<100xf32>
  tile.return
}

// Tensor cores: words of two bf16; shared memory read as matrices of 8 x 8, as they lie for a and turned for b.
#a = #tile.layout<rank 2, registers [[0, 1], [8, 0], [0, 8]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps []>
#b = #tile.layout<rank 2, registers [[1, 0], [8, 0]], lanes [[2, 0], [4, 0], [0, 1], [0, 2], [0, 4]], warps []>
#c = #tile.layout<rank 2, registers [[0, 1], [8, 0]], lanes [[0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps []>
// CHECK: gpu.func @fragments
// CHECK: nvvm.ldmatrix %{{.*}} {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<row>, num = 4 : i32, {{.*}}} : (!llvm.ptr<3>) -> !llvm.struct<(i32, i32, i32, i32)>
// CHECK: nvvm.ldmatrix %{{.*}} {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<col>, num = 2 : i32, {{.*}}} : (!llvm.ptr<3>) -> !llvm.struct<(i32, i32)>
// CHECK: nvvm.mma.sync {{.*}} multiplicandAPtxType = #nvvm.mma_type<bf16>, {{.*}}shape = #nvvm.shape<m = 16, n = 8, k = 16>} : (i32, i32, f32) -> !llvm.struct<(f32, f32, f32, f32)>
// Two numbers that are both rounded are so by one instruction.
// CHECK: arith.truncf %{{.*}} : vector<2xf32> to vector<2xbf16>
// CHECK: nvvm.mma.sync
tile.kernel @fragments(%y: memref<16x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x8xf32, #c>
  %sa = tile.alloc_shared at(0) : memref<16x16xbf16, #tile.shared>
  %sb = tile.alloc_shared at(1024) : memref<16x8xbf16, #tile.shared>
  %a = tile.local_load %sa : memref<16x16xbf16, #tile.shared> -> tensor<16x16xbf16, #a>
  %b = tile.local_load %sb : memref<16x8xbf16, #tile.shared> -> tensor<16x8xbf16, #b>
  %s = tile.dot %a, %b, %zero : tensor<16x16xbf16, #a>, tensor<16x8xbf16, #b>, tensor<16x8xf32, #c>
  %wide = arith.extf %a : tensor<16x16xbf16, #a> to tensor<16x16xf32, #a>
  %twice = arith.addf %wide, %wide : tensor<16x16xf32, #a>
  %p = arith.truncf %twice : tensor<16x16xf32, #a> to tensor<16x16xbf16, #a>
  %t = tile.dot %p, %b, %s : tensor<16x16xbf16, #a>, tensor<16x8xbf16, #b>, tensor<16x8xf32, #c>
  tile.store %t, %y[%c0, %c0] {in_bounds} : tensor<16x8xf32, #c>, memref<16x8xf32>
  tile.return
}

// What lies otherwise in shared memory is read number by number: here a lane has two rows of one column.
#columns = #tile.layout<rank 2, registers [[1, 0]], lanes [[0, 1], [0, 2], [2, 0], [4, 0], [8, 0]], warps []>
// CHECK: gpu.func @numbers
// CHECK-NOT: nvvm.ldmatrix
// CHECK: llvm.load {{.*}} : !llvm.ptr<3>
tile.kernel @numbers(%y: memref<16x4xbf16>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %sa = tile.alloc_shared at(0) : memref<16x4xbf16, #tile.shared>
  %a = tile.local_load %sa : memref<16x4xbf16, #tile.shared> -> tensor<16x4xbf16, #columns>
  tile.store %a, %y[%c0, %c0] {in_bounds} : tensor<16x4xbf16, #columns>, memref<16x4xbf16>
  tile.return
}

// f32 rounded to tf32, f16 in pairs.
#ta = #tile.layout<rank 2, registers [[8, 0], [0, 4]], lanes [[0, 1], [0, 2], [1, 0], [2, 0], [4, 0]], warps []>
#tb = #tile.layout<rank 2, registers [[4, 0]], lanes [[1, 0], [2, 0], [0, 1], [0, 2], [0, 4]], warps []>
// CHECK: gpu.func @others
// CHECK: nvvm.convert.float.to.tf32
// CHECK: nvvm.mma.sync {{.*}} multiplicandAPtxType = #nvvm.mma_type<tf32>, {{.*}}shape = #nvvm.shape<m = 16, n = 8, k = 8>}
// CHECK: nvvm.mma.sync {{.*}}shape = #nvvm.shape<m = 16, n = 8, k = 16>} : (vector<2xf16>, vector<2xf16>, f32)
tile.kernel @others(%x: memref<16x8xf32>, %y: memref<8x8xf32>, %u: memref<16x16xf16>, %v: memref<16x8xf16>, %z: memref<16x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x8xf32, #c>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x8xf32> -> tensor<16x8xf32, #ta>
  %b = tile.load %y[%c0, %c0] {in_bounds} : memref<8x8xf32> -> tensor<8x8xf32, #tb>
  %s = tile.dot %a, %b, %zero {tf32} : tensor<16x8xf32, #ta>, tensor<8x8xf32, #tb>, tensor<16x8xf32, #c>
  %d = tile.load %u[%c0, %c0] {in_bounds} : memref<16x16xf16> -> tensor<16x16xf16, #a>
  %e = tile.load %v[%c0, %c0] {in_bounds} : memref<16x8xf16> -> tensor<16x8xf16, #b>
  %t = tile.dot %d, %e, %s : tensor<16x16xf16, #a>, tensor<16x8xf16, #b>, tensor<16x8xf32, #c>
  tile.store %t, %z[%c0, %c0] {in_bounds} : tensor<16x8xf32, #c>, memref<16x8xf32>
  tile.return
}

// Rows that end before the buffer does: columns are not asked, where these are whole.
#m = #tile.layout<rank 2, registers [[0, 1], [0, 2]], lanes [[0, 4], [0, 8], [1, 0], [2, 0], [4, 0]], warps []>
// CHECK: gpu.func @ends(
// CHECK: %[[WORD:.*]] = llvm.load {{.*}} : !llvm.ptr<1> -> i32
// CHECK: %[[INDEX:.*]] = arith.index_cast %[[WORD]] : i32 to index
// CHECK: %[[END:.*]] = arith.index_cast %[[INDEX]] : index to i64
// CHECK: %[[INSIDE:.*]] = arith.cmpi slt, %{{.*}}, %[[END]] : i64
// CHECK-NOT: arith.cmpi
// CHECK: arith.select %[[INSIDE]], %{{.*}}, %{{.*}} : !llvm.ptr<1>
// CHECK: nvvm.cp.async.shared.global
// CHECK: scf.if %[[INSIDE]] {
// CHECK-NOT: arith.cmpi
// CHECK: llvm.store %{{.*}}, %{{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
// CHECK: %[[COLUMN:.*]] = arith.cmpi slt
// CHECK: arith.andi %[[INSIDE]], %[[COLUMN]] : i1
tile.kernel @ends(%x: memref<64x16xf32>, %n: memref<i32>, %y: memref<64x16xf32>, %z: memref<64x12xf32>) grid(1) outputs(2)
    attributes {alignments = array<i64: 64, 4, 64, 64>} {
  %c0 = arith.constant 0 : index
  %word = memref.load %n[] : memref<i32>
  %end = arith.index_cast %word : i32 to index
  %s = tile.alloc_shared at(0) : memref<8x16xf32, #tile.shared>
  %t = tile.load %x[%c0, %c0] rows(%end) {alignment = 16 : i64, in_bounds} : memref<64x16xf32> -> tensor<8x16xf32, #m>
  tile.async_copy %x[%c0, %c0] rows(%end) to %s layout(#m) {alignment = 16 : i64, in_bounds} : memref<64x16xf32> to memref<8x16xf32, #tile.shared>
  tile.commit
  tile.wait 0
  tile.store %t, %y[%c0, %c0] rows(%end) {alignment = 16 : i64, in_bounds} : tensor<8x16xf32, #m>, memref<64x16xf32>
  tile.store %t, %z[%c0, %c0] rows(%end) {alignment = 16 : i64} : tensor<8x16xf32, #m>, memref<64x12xf32>
  tile.return
}
