// RUN: weft-opt %s -split-input-file -weft-exec-to-llvm -verify-diagnostics

// expected-error @+1 {{is not placed: run weft-place-buffers first}}
exec.module @m attributes {text_hash = 1 : i64} {
}

// -----

// expected-error @+1 {{has no text_hash: run weft-bind-kernels before kernels are lowered}}
exec.module @m arena(64) live(64) state(64) input(0) {
}

// -----

exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  // expected-error @+1 {{has no place: run weft-place-buffers first}}
  exec.state @a : memref<4xf32> role(parameter) init(zeros)
}

// -----

llvm.func @k(%args: !llvm.ptr, %begin: i64, %end: i64) {
  llvm.return
}
exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  exec.program @p {
    // expected-error @+1 {{has no place: run weft-place-buffers first}}
    %b = exec.buffer : memref<16xf32>
    exec.launch @k(%b) {grid = 1 : i64} : memref<16xf32>
  }
}

// -----

llvm.func @k(%args: !llvm.ptr, %begin: i64, %end: i64) {
  llvm.return
}
exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  exec.program @p {
    %b = exec.buffer at(0) : memref<16xf32>
    // expected-error @+1 {{has no grid: run weft-bind-kernels before kernels are lowered}}
    exec.launch @k(%b) : memref<16xf32>
  }
}

// -----

tile.kernel @k(%x: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  exec.program @p {
    %b = exec.buffer at(0) : memref<16xf32>
    // expected-error @+1 {{expects its kernel to be lowered to an llvm.func, got: @k}}
    exec.launch @k(%b) {grid = 1 : i64} : memref<16xf32>
  }
}

// -----

// expected-error @+1 {{expects a body and the type of a kernel}}
llvm.func @k(!llvm.ptr, i64, i64)
exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  exec.program @p {
    %b = exec.buffer at(0) : memref<16xf32>
    exec.launch @k(%b) {grid = 1 : i64} : memref<16xf32>
  }
}

// -----

// expected-error @+1 {{expects a body and the type of a kernel}}
llvm.func @k(%args: !llvm.ptr, %begin: i64) {
  llvm.return
}
exec.module @m arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
  exec.program @p {
    %b = exec.buffer at(0) : memref<16xf32>
    exec.launch @k(%b) {grid = 1 : i64} : memref<16xf32>
  }
}

// -----

exec.module @a arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
}
// expected-error @+1 {{is a second one: an executable has one exec.module}}
exec.module @b arena(64) live(64) state(64) input(0) attributes {text_hash = 1 : i64} {
}
