// RUN: weft-opt %s -split-input-file -weft-place-buffers -verify-diagnostics

exec.module @m {
  exec.state @a : memref<1152921504606846000xf64> role(parameter) init(zeros)
  // expected-error @+1 {{expects to end below 2^63 bytes; all before it take up 9223372036854768000}}
  exec.state @b : memref<1152921504606846000xf64> role(parameter) init(zeros)
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<1152921504606846000xf64>
    // expected-error @+1 {{expects the sizes of all buffers to add up to less than 2^63 bytes}}
    %b = exec.buffer : memref<1152921504606846000xf64>
  }
}
