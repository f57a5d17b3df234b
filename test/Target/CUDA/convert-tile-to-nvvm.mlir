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
