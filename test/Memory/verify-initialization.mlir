// RUN: weft-opt %s -split-input-file -weft-verify-initialization -verify-diagnostics

tile.kernel @copy(%x: memref<16xf32>, %y: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}

// States and inputs are there; a buffer is once it was written, in part or whole.
exec.module @m {
  exec.state @s : memref<16xf32> role(parameter) init(zeros)
  exec.state @w : memref<4x4xf32> role(parameter) init(zeros)
  exec.program @p {
    %s = exec.state_ref @s : memref<16xf32>
    %a = exec.buffer : memref<32xf32>
    %v = exec.view %a offset(0) : memref<32xf32> to memref<16xf32>
    %u = exec.view %a offset(16) : memref<32xf32> to memref<16xf32>
    exec.launch @copy(%s, %u) : memref<16xf32>, memref<16xf32>
    exec.launch @copy(%v, %s) : memref<16xf32>, memref<16xf32>
    %w = exec.state_ref @w : memref<4x4xf32>
    %c = exec.buffer : memref<4x4xf32>
    exec.matmul %w, %w, %c overwrite block [256, 384] onednn : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    exec.matmul %w, %w, %c add block [256, 384] onednn : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

tile.kernel @copy(%x: memref<16xf32>, %y: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    // expected-note @+1 {{its buffer is here}}
    %a = exec.buffer : memref<16xf32>
    %b = exec.buffer : memref<16xf32>
    %v = exec.view %a offset(0) : memref<16xf32> to memref<16xf32>
    // expected-error @+1 {{'exec.launch' op reads operand 0 before anything is written to it}}
    exec.launch @copy(%v, %b) : memref<16xf32>, memref<16xf32>
  }
}

// -----

exec.module @m {
  exec.state @s : memref<4x4xf32> role(parameter) init(zeros)
  exec.program @p {
    %s = exec.state_ref @s : memref<4x4xf32>
    // expected-note @+1 {{its buffer is here}}
    %a = exec.buffer : memref<4x4xf32>
    // expected-error @+1 {{'exec.matmul' op reads operand 2 before anything is written to it}}
    exec.matmul %s, %s, %a add block [256, 384] onednn : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

// What an epilogue writes it does not read.
exec.module @m {
  exec.program @p {
    %s = exec.buffer : memref<8x8xf32>
    %r = exec.buffer : memref<8xf32>
    %u = exec.buffer : memref<8x8xf32>
    %v = exec.buffer : memref<8xf32>
    %t = exec.state_ref @t : memref<8x8xf32>
    %b = exec.state_ref @b : memref<8xf32>
    exec.matmul %t, %t, %s overwrite block [8, 8] cublaslt epilogue gelu bias(%b : memref<8xf32>) aux(%u : memref<8x8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
    exec.matmul %t, %t, %s overwrite block [8, 8] cublaslt epilogue gelu_backward bias(%r : memref<8xf32>) aux(%u : memref<8x8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
    exec.matmul %t, %t, %s overwrite block [8, 8] cublaslt epilogue sum_a bias(%v : memref<8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
  }
  exec.state @t : memref<8x8xf32> role(parameter) init(zeros)
  exec.state @b : memref<8xf32> role(parameter) init(zeros)
}

// -----

exec.module @m {
  exec.state @t : memref<8x8xf32> role(parameter) init(zeros)
  exec.program @p {
    %t = exec.state_ref @t : memref<8x8xf32>
    %s = exec.buffer : memref<8x8xf32>
    // expected-note @+1 {{its buffer is here}}
    %b = exec.buffer : memref<8xf32>
    // expected-error @+1 {{'exec.matmul' op reads operand 3 before anything is written to it}}
    exec.matmul %t, %t, %s overwrite block [8, 8] cublaslt epilogue bias bias(%b : memref<8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
  }
}

// -----

exec.module @m {
  exec.state @t : memref<8x8xf32> role(parameter) init(zeros)
  exec.program @p {
    %t = exec.state_ref @t : memref<8x8xf32>
    %s = exec.buffer : memref<8x8xf32>
    // expected-note @+1 {{its buffer is here}}
    %u = exec.buffer : memref<8x8xf32>
    // expected-error @+1 {{'exec.matmul' op reads operand 3 before anything is written to it}}
    exec.matmul %t, %t, %s overwrite block [8, 8] cublaslt epilogue gelu_backward aux(%u : memref<8x8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
  }
}
