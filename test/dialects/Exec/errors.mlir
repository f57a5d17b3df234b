// RUN: weft-opt %s -split-input-file -verify-diagnostics

exec.module @m {
  // expected-error @+1 {{'arith.constant' op is not expected here: exec.module holds exec.state, exec.input, exec.program and exec.entry only}}
  %c = arith.constant 0 : i32
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{'arith.constant' op is not expected here: exec.program holds ops of the exec dialect only}}
    %c = arith.constant 0 : i32
  }
}

// -----

exec.module @m {
  // expected-note @+1 {{see existing symbol definition here}}
  exec.state @a : memref<4xf32> role(parameter) init(zeros)
  // expected-error @+1 {{redefinition of symbol named 'a'}}
  exec.input @a : memref<4xf32>
}

// -----

// expected-error @+1 {{'exec.program' op expects parent op 'exec.module'}}
exec.program @p {
}

// -----

exec.module @m {
  // expected-error @+1 {{expects a type without a layout, got: 'memref<4xf32, strided<[2]>>'}}
  exec.state @a : memref<4xf32, strided<[2]>> role(parameter) init(zeros)
}

// -----

exec.module @m {
  // expected-error @+1 {{expects a size below 2^63 bytes, got: 'memref<4611686018427387904x8xf32>'}}
  exec.input @a : memref<4611686018427387904x8xf32>
}

// -----

exec.module @m {
  // expected-error @+1 {{expects from_data of rank 1 or 2, of floats and without bounds, got: 'memref<4xi32>'}}
  exec.input @a : memref<4xi32> from_data
}

// -----

exec.module @m {
  // expected-error @+1 {{expects from_data of rank 1 or 2, of floats and without bounds, got: 'memref<4xf32>'}}
  exec.input @a : memref<4xf32> limit(2) from_data
}

// -----

exec.module @m {
  // expected-error @+1 {{expects an offset that is not negative, got: -64}}
  exec.state @a : memref<4xf32> at(-64) role(parameter) init(zeros)
}

// -----

exec.module @m {
  // expected-error @+1 {{attribute 'type' failed to satisfy constraint: type attribute of statically shaped memref of bfloat16 type or 16-bit float or 32-bit float or 64-bit float or 32-bit signless integer values}}
  exec.state @a : memref<?xf32> role(parameter) init(zeros)
}

// -----

exec.module @m {
  // expected-error @+1 {{expected one of [parameter, gradient, }}
  exec.state @a : memref<4xf32> role(friend) init(zeros)
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{expects a type without a layout, got: 'memref<4xf32, strided<[2]>>'}}
    %b = exec.buffer : memref<4xf32, strided<[2]>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{refers to @w, which is not a state of this module}}
    %w = exec.state_ref @w : memref<4xf32>
  }
}

// -----

exec.module @m {
  exec.state @w : memref<4xf32> role(parameter) init(zeros)
  exec.program @p {
    // expected-error @+1 {{refers to @w, which is not an input of this module}}
    %w = exec.input_ref @w : memref<4xf32>
  }
}

// -----

exec.module @m {
  // expected-note @+1 {{declared here}}
  exec.state @w : memref<4xf32> role(parameter) init(zeros)
  exec.program @p {
    // expected-error @+1 {{expects the type of @w, 'memref<4xf32>', got: 'memref<5xf32>'}}
    %w = exec.state_ref @w : memref<5xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{refers to @w, which is not a state of this module}}
    exec.initialize @w
  }
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{expected one of [learning_rate, step, accumulate, seed_low, seed_high, sample_low, sample_high] for a number of the step block, got: momentum}}
    %s = exec.step_ref momentum : memref<f64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    // expected-error @+1 {{'exec.step_ref' op result #0 must be 0D memref of 64-bit float or 32-bit signless integer values, but got 'memref<f32>'}}
    %s = exec.step_ref step : memref<f32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<4xf32>
    // expected-error @+1 {{refers to @k, which is not a kernel of this file}}
    exec.launch @k(%b) : memref<4xf32>
  }
}

// -----

tile.kernel @k(%x: memref<4xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects 1 operands, the arguments of @k, got: 2}}
    exec.launch @k(%b, %b) : memref<4xf32>, memref<4xf32>
  }
}

// -----

tile.kernel @k(%x: memref<4xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<5xf32>
    // expected-error @+1 {{expects operand 0 of type 'memref<4xf32>', as @k has it, got: 'memref<5xf32>'}}
    exec.launch @k(%b) : memref<5xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects the element type of its source, 'f32', got: 'f64'}}
    %v = exec.view %b offset(0) : memref<16xf32> to memref<4xf64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects a strided layout without an offset, got: 'memref<4xf32, strided<[1], offset: 2>>'}}
    %v = exec.view %b offset(0) : memref<16xf32> to memref<4xf32, strided<[1], offset: 2>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects static strides that are not negative and a size below 2^63 bytes, got: 'memref<4xf32, strided<[-1]>>'}}
    %v = exec.view %b offset(0) : memref<16xf32> to memref<4xf32, strided<[-1]>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects static strides that are not negative and a size below 2^63 bytes, got: 'memref<4xf32, strided<[?]>>'}}
    %v = exec.view %b offset(0) : memref<16xf32> to memref<4xf32, strided<[?]>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects an offset that is not negative, got: -1}}
    %v = exec.view %b offset(-1) : memref<16xf32> to memref<4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects to lie inside its source, which spans 16 elements, got: 4 elements from 13 on}}
    %v = exec.view %b offset(13) : memref<16xf32> to memref<4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %b = exec.buffer : memref<16xf32>
    // expected-error @+1 {{expects to lie inside its source, which spans 16 elements, got: 17 elements from 0 on}}
    %v = exec.view %b offset(0) : memref<16xf32> to memref<2x4xf32, strided<[13, 1]>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<1x4x2xf32>
    // expected-error @+1 {{expects one rank of 2 to 6, got: 2, 2, 3}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<1x4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<8xf32>
    // expected-error @+1 {{expects one rank of 2 to 6, got: 1, 1, 1}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<8xf32>, memref<8xf32>, memref<8xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<1x1x1x1x1x4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<1x1x1x1x1x8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<1x1x1x1x1x4x2xf32>
    // expected-error @+1 {{expects one rank of 2 to 6, got: 7, 7, 7}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<1x1x1x1x1x4x8xf32>, memref<1x1x1x1x1x8x2xf32>, memref<1x1x1x1x1x4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<9x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects a and b to agree on the dimension that is summed, got: 8 and 9}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32>, memref<9x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x3xf32>
    // expected-error @+1 {{expects c to be 4 x 2, got: 'memref<4x3xf32>'}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x3xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects a and b to agree on the dimension that is summed, got: 4 and 8}}
    exec.matmul %av, %bv, %cv transpose_a overwrite block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<3x4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<2x8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<3x4x2xf32>
    // expected-error @+1 {{expects the batch dimensions of c, 'memref<3x4x2xf32>', got: 'memref<2x8x2xf32>'}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<3x4x8xf32>, memref<2x8x2xf32>, memref<3x4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32, strided<[16, 2]>>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects one of the last two strides of a to be 1 and the other at least the extent it steps over, got: 'memref<4x8xf32, strided<[16, 2]>>'}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32, strided<[16, 2]>>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32, strided<[1, 7]>>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects one of the last two strides of b to be 1 and the other at least the extent it steps over, got: 'memref<8x2xf32, strided<[1, 7]>>'}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32, strided<[1, 7]>>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32, strided<[1, 4]>>
    // expected-error @+1 {{expects the last stride of c to be 1 and the other at least the extent it steps over, got: 'memref<4x2xf32, strided<[1, 4]>>'}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32, strided<[1, 4]>>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects a block of two positive extents, got: [4, 0]}}
    exec.matmul %av, %bv, %cv overwrite block [4, 0] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expects a block of two positive extents, got: [4]}}
    exec.matmul %av, %bv, %cv overwrite block [4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expected one of [overwrite, add, add_by_step] for what happens to the old values of a product's result, got: scale}}
    exec.matmul %av, %bv, %cv scale block [4, 4] onednn : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4096xf32>
    %av = exec.view %a offset(0) : memref<4096xf32> to memref<4x8xf32>
    %bv = exec.view %a offset(0) : memref<4096xf32> to memref<8x2xf32>
    %cv = exec.view %a offset(0) : memref<4096xf32> to memref<4x2xf32>
    // expected-error @+1 {{expected one of [onednn, openblas, cublaslt] for who computes a product, got: mkl}}
    exec.matmul %av, %bv, %cv overwrite block [4, 4] mkl : memref<4x8xf32>, memref<8x2xf32>, memref<4x2xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf64>
    // expected-error @+1 {{expects f32 for onednn, got: 'f64' (openblas has both)}}
    exec.matmul %a, %a, %a overwrite block [4, 4] onednn : memref<4x4xf64>, memref<4x4xf64>, memref<4x4xf64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xi32>
    // expected-error @+1 {{expects one element type, f32 or f64 (cublaslt has bf16 and f16 too), got: 'i32', 'i32', 'i32'}}
    exec.matmul %a, %a, %a overwrite block [4, 4] openblas : memref<4x4xi32>, memref<4x4xi32>, memref<4x4xi32>
  }
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{expects programs and metrics of train, 2 and 3, got: 1 and 3}}
  exec.entry train "a" of "m" programs [@p] inputs [@i] metrics [@s, @s, @s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{expects programs and metrics of eval, 1 and 2, got: 1 and 1}}
  exec.entry eval "a" of "m" programs [@p] inputs [@i] metrics [@s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{expects two inputs of logits, the ids and the row, got: 1}}
  exec.entry logits "a" of "m" programs [@p] inputs [@i] metrics [@s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{refers to @i, which is not a program of this module}}
  exec.entry eval "a" of "m" programs [@i] inputs [@i] metrics [@s, @s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{refers to @p, which is not an input of this module}}
  exec.entry eval "a" of "m" programs [@p] inputs [@p] metrics [@s, @s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{refers to @i, which is not a state of this module}}
  exec.entry eval "a" of "m" programs [@p] inputs [@i] metrics [@s, @i] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.state @s : memref<f32> role(loss_sum) init(zeros)
  exec.input @i : memref<4xi32>
  exec.program @p {
  }
  // expected-error @+1 {{expected one of [train, eval, logits] for what an entry of an executable does with its model, got: test}}
  exec.entry test "a" of "m" programs [@p] inputs [@i] metrics [@s, @s] {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    // expected-error @+1 {{expects tf32 and a workspace for cublaslt only}}
    exec.matmul %a, %a, %a overwrite block [4, 4] onednn tf32 : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf64>
    // expected-error @+1 {{expects f32 for tf32, got: 'f64'}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt tf32 : memref<4x4xf64>, memref<4x4xf64>, memref<4x4xf64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf64>
    %w = exec.view %a offset(0) : memref<4x4xf64> to memref<16xf64>
    // expected-error @+1 {{expects its workspace to be an exec.buffer}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt workspace(%w : memref<16xf64>) : memref<4x4xf64>, memref<4x4xf64>, memref<4x4xf64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects bias and aux with an epilogue only}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt bias(%v : memref<4xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects an epilogue for one product of cublaslt of f32, bf16 or f16 only}}
    exec.matmul %a, %a, %a overwrite block [4, 4] onednn epilogue bias bias(%v : memref<4xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    %d = exec.buffer : memref<4x4xf64>
    %w = exec.buffer : memref<4xf64>
    // expected-error @+1 {{expects an epilogue for one product of cublaslt of f32, bf16 or f16 only}}
    exec.matmul %d, %d, %d overwrite block [4, 4] cublaslt epilogue bias bias(%w : memref<4xf64>) : memref<4x4xf64>, memref<4x4xf64>, memref<4x4xf64>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    %d = exec.buffer : memref<2x4x4xf32>
    // expected-error @+1 {{expects an epilogue for one product of cublaslt of f32, bf16 or f16 only}}
    exec.matmul %d, %d, %d overwrite block [4, 4] cublaslt epilogue bias bias(%v : memref<4xf32>) : memref<2x4x4xf32>, memref<2x4x4xf32>, memref<2x4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects overwrite for epilogue gelu}}
    exec.matmul %a, %a, %a add block [4, 4] cublaslt epilogue gelu bias(%v : memref<4xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects bias for epilogue bias}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt epilogue bias : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    %w = exec.buffer : memref<5xf32>
    // expected-error @+1 {{expects bias of type 'memref<4xf32>', got: 'memref<5xf32>'}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt epilogue sum_b bias(%w : memref<5xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects no aux for epilogue sum_a}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt epilogue sum_a bias(%v : memref<4xf32>) aux(%a : memref<4x4xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects aux for epilogue gelu_backward}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt epilogue gelu_backward : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}

// -----

exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<4x4xf32>
    %v = exec.buffer : memref<4xf32>
    // expected-error @+1 {{expects aux to have rows of a multiple of 8 elements, got: 4}}
    exec.matmul %a, %a, %a overwrite block [4, 4] cublaslt epilogue gelu bias(%v : memref<4xf32>) aux(%a : memref<4x4xf32>) : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
  }
}
