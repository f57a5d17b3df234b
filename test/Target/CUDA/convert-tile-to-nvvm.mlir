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
