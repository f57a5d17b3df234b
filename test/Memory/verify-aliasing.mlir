// RUN: weft-opt %s -split-input-file -weft-verify-aliasing -verify-diagnostics

tile.kernel @add(%x: memref<4x4xf32>, %y: memref<4x4xf32>, %z: memref<4x4xf32>) grid(1) outputs(1) in_place([[0, 0]]) {
  tile.return
}
tile.kernel @part(%x: memref<4x2xf32, strided<[4, 1]>>, %y: memref<4x2xf32, strided<[4, 1]>>) grid(1) outputs(1) {
  tile.return
}

// The very buffer of an input that the kernel lists; memory that is only read, in any way; ranges that lie apart; other columns of the
// same rows.
exec.module @m {
  exec.state @s : memref<4x4xf32> role(parameter) init(zeros)
  exec.state @t : memref<4x4xf32> role(parameter) init(zeros)
  exec.program @p {
    %s = exec.state_ref @s : memref<4x4xf32>
    %same = exec.state_ref @s : memref<4x4xf32>
    %t = exec.state_ref @t : memref<4x4xf32>
    exec.launch @add(%s, %t, %same) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    %b = exec.buffer : memref<8x4xf32>
    %low = exec.view %b offset(0) : memref<8x4xf32> to memref<4x4xf32>
    %high = exec.view %b offset(16) : memref<8x4xf32> to memref<4x4xf32>
    exec.launch @add(%s, %s, %low) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    exec.launch @add(%low, %low, %high) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    %left = exec.view %b offset(16) : memref<8x4xf32> to memref<4x2xf32, strided<[4, 1]>>
    %right = exec.view %high offset(2) : memref<4x4xf32> to memref<4x2xf32, strided<[4, 1]>>
    exec.launch @part(%left, %right) : memref<4x2xf32, strided<[4, 1]>>, memref<4x2xf32, strided<[4, 1]>>
    exec.matmul %low, %low, %high overwrite block [256, 384] onednn : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

// x - transpose(x), in the buffer of x.
tile.kernel @sub(%x: memref<4x4xf32>, %y: memref<4x4xf32, strided<[1, 4]>>, %z: memref<4x4xf32>) grid(1) outputs(1) in_place([[0, 0]]) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %t = exec.view %a offset(0) : memref<4x4xf32> to memref<4x4xf32, strided<[1, 4]>>
    // expected-error @+1 {{'exec.launch' op writes operand 2, which shares memory with operand 1; expected memory of its own, or the very buffer of an input that the kernel lists as in_place}}
    exec.launch @sub(%a, %t, %a) : memref<4x4xf32>, memref<4x4xf32, strided<[1, 4]>>, memref<4x4xf32>
  }
}

// -----

// Twice the same input, one of which is not listed.
tile.kernel @mul(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) in_place([[0, 1]]) {
  tile.return
}
exec.module @m {
  exec.state @s : memref<16xf32> role(parameter) init(zeros)
  exec.program @p {
    %s = exec.state_ref @s : memref<16xf32>
    // expected-error @+1 {{writes operand 2, which shares memory with operand 0}}
    exec.launch @mul(%s, %s, %s) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}

// -----

// A range that overlaps in part, through a view of a view, by another name of the same state.
tile.kernel @exp(%x: memref<8xf32>, %y: memref<8xf32>) grid(1) outputs(1) in_place([[0, 0]]) {
  tile.return
}
exec.module @m {
  exec.state @s : memref<16xf32> role(parameter) init(zeros)
  exec.program @p {
    %s = exec.state_ref @s : memref<16xf32>
    %u = exec.state_ref @s : memref<16xf32>
    %high = exec.view %s offset(4) : memref<16xf32> to memref<12xf32>
    %x = exec.view %high offset(3) : memref<12xf32> to memref<8xf32>
    %y = exec.view %u offset(0) : memref<16xf32> to memref<8xf32>
    // expected-error @+1 {{writes operand 1, which shares memory with operand 0}}
    exec.launch @exp(%x, %y) : memref<8xf32>, memref<8xf32>
  }
}

// -----

// The same memory, in another shape.
tile.kernel @exp(%x: memref<2x8xf32>, %y: memref<4x4xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %x = exec.view %a offset(0) : memref<4x4xf32> to memref<2x8xf32>
    // expected-error @+1 {{writes operand 1, which shares memory with operand 0}}
    exec.launch @exp(%x, %a) : memref<2x8xf32>, memref<4x4xf32>
  }
}

// -----

// Columns that overlap in one.
tile.kernel @part(%x: memref<4x3xf32, strided<[4, 1]>>, %y: memref<4x2xf32, strided<[4, 1]>>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %x = exec.view %a offset(0) : memref<4x4xf32> to memref<4x3xf32, strided<[4, 1]>>
    %y = exec.view %a offset(2) : memref<4x4xf32> to memref<4x2xf32, strided<[4, 1]>>
    // expected-error @+1 {{writes operand 1, which shares memory with operand 0}}
    exec.launch @part(%x, %y) : memref<4x3xf32, strided<[4, 1]>>, memref<4x2xf32, strided<[4, 1]>>
  }
}

// -----

// One element, read by every column, is part of what is written.
tile.kernel @row(%x: memref<4xf32, strided<[0]>>, %y: memref<4xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4xf32>
    %x = exec.view %a offset(3) : memref<4xf32> to memref<4xf32, strided<[0]>>
    // expected-error @+1 {{writes operand 1, which shares memory with operand 0}}
    exec.launch @row(%x, %a) : memref<4xf32, strided<[0]>>, memref<4xf32>
  }
}

// -----

// Two outputs in one buffer.
tile.kernel @two(%x: memref<4xf32>, %y: memref<4xf32>, %z: memref<4xf32>) grid(1) outputs(2) in_place([[0, 0], [1, 0]]) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4xf32>
    %b = exec.buffer : memref<4xf32>
    // expected-error @+1 {{writes operand 1, which shares memory with operand 2}}
    exec.launch @two(%a, %b, %b) : memref<4xf32>, memref<4xf32>, memref<4xf32>
  }
}

// -----

// A product reads its factors while it writes.
exec.module @m {
  exec.state @w : memref<4x4xf32> role(parameter) init(zeros)
  exec.program @p {
    %w = exec.state_ref @w : memref<4x4xf32>
    %c = exec.state_ref @w : memref<4x4xf32>
    // expected-error @+1 {{'exec.matmul' op writes operand 2, which shares memory with operand 0}}
    exec.matmul %w, %w, %c overwrite block [256, 384] onednn : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %w = exec.buffer : memref<8x8xf32>
    %c = exec.buffer : memref<8x8xf32>
    %s = exec.view %c offset(8) : memref<8x8xf32> to memref<8xf32>
    // expected-error @+1 {{'exec.matmul' op writes operand 2, which shares memory with operand 3}}
    exec.matmul %w, %w, %c overwrite block [8, 8] cublaslt epilogue sum_b bias(%s : memref<8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %x = exec.buffer : memref<8x4xf32>
    %w = exec.buffer : memref<2x4x4xf32>
    %o = exec.buffer : memref<3xi32>
    // expected-error @+1 {{'exec.grouped_matmul' op writes operand 2, which shares memory with operand 0}}
    exec.grouped_matmul rows %x, %w, %x by %o overwrite block [128, 384] openblas
        : memref<8x4xf32>, memref<2x4x4xf32>, memref<8x4xf32>, memref<3xi32>
  }
}
