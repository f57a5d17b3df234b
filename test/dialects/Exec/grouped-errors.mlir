// Words of the step block, and products by group.
// RUN: weft-opt %s -split-input-file -verify-diagnostics

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    // expected-error @+1 {{expects memref<i32> for seed_low, got: 'memref<f64>'}}
    %a = exec.step_ref seed_low : memref<f64>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    // expected-error @+1 {{expects memref<f64> for step, got: 'memref<i32>'}}
    %a = exec.step_ref step : memref<i32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    // expected-error @+1 {{expected one of [learning_rate, step, accumulate, seed_low, seed_high, sample_low, sample_high] for a number of the step block, got: lr}}
    %a = exec.step_ref lr : memref<i32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<3x4x5xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expected one of [rows, inner] for which dimension of a grouped product the groups share out, got: outer}}
    exec.grouped_matmul outer %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<3x4x5xf32>, memref<12x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<3x4x5xf64>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects one element type, f32 or f64, got: 'memref<3x4x5xf64>'}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<3x4x5xf64>, memref<12x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf64>
    %w = exec.buffer : memref<3x4x5xf64>
    %y = exec.buffer : memref<12x5xf64>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects f32 for onednn, got: 'f64' (openblas has both)}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] onednn : memref<12x4xf64>, memref<3x4x5xf64>, memref<12x5xf64>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<4x5xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects at least two offsets and operands of ranks 2, 3, 2, got: }}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<4x5xf32>, memref<12x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<12x5xf32>
    %y = exec.buffer : memref<4x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects at least two offsets and operands of ranks 2, 2, 3, got: }}
    exec.grouped_matmul inner %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<12x5xf32>, memref<4x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<1x4x5xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<1xi32>
    // expected-error @+1 {{expects at least two offsets}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<1x4x5xf32>, memref<12x5xf32>, memref<1xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<3x5x4xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects b and c of shapes [3, 4, 5] and [12, 5], got: 'memref<3x5x4xf32>' and 'memref<12x5xf32>'}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<3x5x4xf32>, memref<12x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<11x5xf32>
    %y = exec.buffer : memref<3x4x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects b and c of shapes [12, 5] and [3, 4, 5], got: }}
    exec.grouped_matmul inner %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32>, memref<11x5xf32>, memref<3x4x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<12x5xf32>
    %y = exec.buffer : memref<3x4x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects no transpose_b in an inner product}}
    exec.grouped_matmul inner %x, %w, %y by %o transpose_b overwrite block [2, 3] openblas : memref<12x4xf32>, memref<12x5xf32>, memref<3x4x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x = exec.buffer : memref<12x4xf32>
    %w = exec.buffer : memref<3x4x5xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects a block of two positive extents, got: [2, 0]}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 0] openblas : memref<12x4xf32>, memref<3x4x5xf32>, memref<12x5xf32>, memref<4xi32>
  }
}

// -----

exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
  exec.program @p {
    %x0 = exec.buffer : memref<12x5xf32>
    %x = exec.view %x0 offset(0) : memref<12x5xf32> to memref<12x4xf32, strided<[5, 1]>>
    %w = exec.buffer : memref<3x4x5xf32>
    %y = exec.buffer : memref<12x5xf32>
    %o = exec.buffer : memref<4xi32>
    // expected-error @+1 {{expects types without a layout, got: 'memref<12x4xf32, strided<[5, 1]>>'}}
    exec.grouped_matmul rows %x, %w, %y by %o overwrite block [2, 3] openblas : memref<12x4xf32, strided<[5, 1]>>, memref<3x4x5xf32>, memref<12x5xf32>, memref<4xi32>
  }
}
