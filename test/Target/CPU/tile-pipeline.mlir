// The whole pipeline: nothing but LLVM is left of kernels, whatever they are called, and an
// exec.module stays as it is.
// RUN: weft-opt %s -pass-pipeline='builtin.module(weft-tile-to-vector, func.func(canonicalize, cse, weft-expand-math, convert-scf-to-cf), weft-erf-to-libm, convert-vector-to-llvm, convert-math-to-llvm, convert-arith-to-llvm, convert-ub-to-llvm, convert-cf-to-llvm, convert-func-to-llvm, reconcile-unrealized-casts)' | FileCheck %s --implicit-check-not=tensor --implicit-check-not=arith. --implicit-check-not=unrealized

// CHECK: llvm.func @"\01erf"(f64) -> f64
// CHECK-LABEL: llvm.func @erf(%{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64) {
// CHECK-COUNT-8: llvm.call @"\01erf"
tile.kernel @erf(%x: memref<5xf64>, %y: memref<5xf64>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] : memref<5xf64> -> tensor<8xf64>
  %e = math.erf %t : tensor<8xf64>
  tile.store %e, %y[%c0] : tensor<8xf64>, memref<5xf64>
  tile.return
}
// CHECK: exec.launch @erf(%{{.*}}) : memref<5xf64>, memref<5xf64>
exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %a = exec.buffer : memref<5xf64>
    %b = exec.buffer : memref<5xf64>
    exec.launch @erf(%a, %b) : memref<5xf64>, memref<5xf64>
  }
}
