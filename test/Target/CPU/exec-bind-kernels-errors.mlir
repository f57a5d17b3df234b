// RUN: weft-opt %s -weft-bind-kernels -verify-diagnostics

llvm.func @fill(!llvm.ptr, i64, i64)
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<64xf32>
    // expected-error @+1 {{expects a tile.kernel, got: @fill}}
    exec.launch @fill(%a) : memref<64xf32>
  }
}
