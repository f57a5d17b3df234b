// RUN: weft-opt %s -weft-mark-launches | FileCheck %s

// CHECK-LABEL: llvm.func @add(%arg0: !llvm.ptr<1> {llvm.align = 64 : i64}, %arg1: !llvm.ptr<1>, %arg2: i64) attributes {nvvm.kernel}
// CHECK: %[[BLOCK:.*]] = nvvm.read.ptx.sreg.ctaid.x : i32
// CHECK: %[[THREAD:.*]] = nvvm.read.ptx.sreg.tid.x : i32
// CHECK: %[[ZERO:.*]] = llvm.mlir.constant(0 : i32) : i32
// CHECK: %[[BOTH:.*]] = llvm.or %[[BLOCK]], %[[THREAD]] : i32
// CHECK: %[[IS_FIRST:.*]] = llvm.icmp "eq" %[[BOTH]], %[[ZERO]] : i32
// CHECK: llvm.cond_br %[[IS_FIRST]], ^bb1, ^bb2
// CHECK: ^bb1:
// CHECK: llvm.store volatile %arg2, %arg1 {alignment = 8 : i64} : i64, !llvm.ptr<1>
// CHECK: llvm.br ^bb2
// CHECK: ^bb2:
// CHECK: llvm.load %arg0
gpu.module @kernels {
  llvm.func @add(%a: !llvm.ptr<1> {llvm.align = 64 : i64}) attributes {nvvm.kernel} {
    %v = llvm.load %a : !llvm.ptr<1> -> f32
    %s = llvm.fadd %v, %v : f32
    llvm.store %s, %a : f32, !llvm.ptr<1>
    llvm.return
  }
  // What kernels call stays as it is.
  // CHECK: llvm.func @helper(%arg0: f32) -> f32
  // CHECK-NEXT: llvm.return
  llvm.func @helper(%x: f32) -> f32 {
    llvm.return %x : f32
  }
}
