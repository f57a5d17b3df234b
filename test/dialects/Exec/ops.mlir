// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s | weft-opt -mlir-print-op-generic | weft-opt | FileCheck %s

tile.kernel @double(%x: memref<16xf32>, %y: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}

// CHECK-LABEL: exec.module @m arena(1024) live(1000) state(512) input(128) {
exec.module @m arena(1024) live(1000) state(512) input(128) {
  // CHECK: exec.state @wte.weight : memref<4x8xf32> at(0) role(parameter) of "wte.weight" init(normal, {{.*}}) key 18446744073709551615
  exec.state @wte.weight : memref<4x8xf32> at(0) role(parameter) of "wte.weight" init(normal, 0.02) key 18446744073709551615
  // CHECK: exec.state @loss : memref<f64> role(loss_sum) init(zeros)
  exec.state @loss : memref<f64> role(loss_sum) init(zeros)
  // CHECK: exec.input @tokens : memref<8x256xi32> at(0) limit(256) ignored(-100)
  exec.input @tokens : memref<8x256xi32> at(0) limit(256) ignored(-100)
  // CHECK: exec.input @plain : memref<8xf32>
  exec.input @plain : memref<8xf32>
  // CHECK: exec.input @real : memref<8x256xf64> at(8192) from_data
  exec.input @real : memref<8x256xf64> at(8192) from_data
  // CHECK: exec.input @tokens.long of "tokens" : memref<1x512xi32> limit(256)
  exec.input @tokens.long of "tokens" : memref<1x512xi32> limit(256)
  // CHECK: exec.entry train "short" of "loss" programs [@init, @step] inputs [@tokens, @plain] metrics [@loss, @loss, @loss] {flops = 1.000000e+09 : f64, sequences = 8 : i64, tokens = 2048 : i64}
  exec.entry train "short" of "loss" programs [@init, @step] inputs [@tokens, @plain] metrics [@loss, @loss, @loss]
      {sequences = 8 : i64, tokens = 2048 : i64, flops = 1.0e9 : f64}
  // CHECK: exec.entry eval "none" of "loss" programs [@step] inputs [] metrics [@loss, @loss]
  exec.entry eval "none" of "loss" programs [@step] inputs [] metrics [@loss, @loss]
      {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64}
  // CHECK: exec.entry logits "none" of "loss" programs [@step] inputs [@tokens, @plain] metrics [@wte.weight]
  exec.entry logits "none" of "loss" programs [@step] inputs [@tokens, @plain] metrics [@wte.weight]
      {sequences = 8 : i64, tokens = 2048 : i64, flops = 0.0 : f64}
  // CHECK: exec.program @init {
  exec.program @init {
    // CHECK: exec.initialize @wte.weight
    exec.initialize @wte.weight
  }
  // CHECK: exec.program @step attributes {note = 1 : i64} {
  exec.program @step attributes {note = 1 : i64} {
    // CHECK: %[[W:.*]] = exec.state_ref @wte.weight : memref<4x8xf32>
    %w = exec.state_ref @wte.weight : memref<4x8xf32>
    // CHECK: exec.input_ref @tokens : memref<8x256xi32>
    %t = exec.input_ref @tokens : memref<8x256xi32>
    // CHECK: exec.step_ref learning_rate : memref<f64>
    %lr = exec.step_ref learning_rate : memref<f64>
    // CHECK: exec.step_ref step : memref<f64>
    %s = exec.step_ref step : memref<f64>
    // CHECK: exec.step_ref accumulate : memref<f64>
    %k = exec.step_ref accumulate : memref<f64>
    // CHECK: exec.buffer : memref<16xf32>
    %a = exec.buffer : memref<16xf32>
    // CHECK: exec.buffer at(64) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    // CHECK: exec.view %{{.*}} offset(4) : memref<16xf32> to memref<4x2xf32, strided<[2, 1]>>
    %v = exec.view %a offset(4) : memref<16xf32> to memref<4x2xf32, strided<[2, 1]>>
    // CHECK: exec.launch @double(%{{.*}}, %{{.*}}) {phase = "forward", scope = "h.0"} : memref<16xf32>, memref<16xf32>
    exec.launch @double(%a, %b) {scope = "h.0", phase = "forward"} : memref<16xf32>, memref<16xf32>
    %c = exec.buffer : memref<8x2xf32>
    // CHECK: exec.matmul %[[W]], %{{.*}}, %{{.*}} transpose_a overwrite block [256, 384] onednn : memref<4x8xf32>, memref<4x2xf32, strided<[2, 1]>>, memref<8x2xf32>
    exec.matmul %w, %v, %c transpose_a overwrite block [256, 384] onednn : memref<4x8xf32>, memref<4x2xf32, strided<[2, 1]>>, memref<8x2xf32>
    %d = exec.buffer : memref<4x4xf32>
    // CHECK: transpose_b add block [1, 1] openblas
    exec.matmul %w, %w, %d transpose_b add block [1, 1] openblas : memref<4x8xf32>, memref<4x8xf32>, memref<4x4xf32>
    // CHECK: transpose_b add_by_step block [1, 1] openblas
    exec.matmul %w, %w, %d transpose_b add_by_step block [1, 1] openblas : memref<4x8xf32>, memref<4x8xf32>, memref<4x4xf32>
    // Columns of unit stride, batch dimensions.
    %e = exec.buffer : memref<2x3x16xf64>
    %f = exec.view %e offset(0) : memref<2x3x16xf64> to memref<2x3x4x4xf64, strided<[48, 16, 1, 4]>>
    %g = exec.buffer : memref<2x3x4x4xf64>
    // CHECK: exec.matmul {{.*}} overwrite block [4, 4] openblas : memref<2x3x4x4xf64, strided<[48, 16, 1, 4]>>
    exec.matmul %f, %f, %g overwrite block [4, 4] openblas
      : memref<2x3x4x4xf64, strided<[48, 16, 1, 4]>>, memref<2x3x4x4xf64, strided<[48, 16, 1, 4]>>, memref<2x3x4x4xf64>
  }
  // CHECK: exec.program @random {
  exec.program @random {
    // CHECK: exec.step_ref seed_low : memref<i32>
    %a = exec.step_ref seed_low : memref<i32>
    // CHECK: exec.step_ref seed_high : memref<i32>
    %b = exec.step_ref seed_high : memref<i32>
    // CHECK: exec.step_ref sample_low : memref<i32>
    %c = exec.step_ref sample_low : memref<i32>
    // CHECK: exec.step_ref sample_high : memref<i32>
    %d = exec.step_ref sample_high : memref<i32>
    // CHECK: exec.word -17 : memref<i32>
    %e = exec.word -17 : memref<i32>
  }
  // CHECK: exec.program @epilogues {
  exec.program @epilogues {
    %a = exec.buffer : memref<6x4xbf16>
    %b = exec.buffer : memref<4x8xbf16>
    %c = exec.buffer : memref<6x8xbf16>
    %d = exec.buffer : memref<6x8xbf16>
    %e = exec.buffer : memref<4x6xbf16>
    %m = exec.buffer : memref<6xbf16>
    %n = exec.buffer : memref<8xbf16>
    // CHECK: exec.matmul %{{.*}}, %{{.*}}, %{{.*}} overwrite block [6, 8] cublaslt epilogue bias bias(%{{.*}} : memref<8xbf16>) : memref<6x4xbf16>
    exec.matmul %a, %b, %c overwrite block [6, 8] cublaslt epilogue bias bias(%n : memref<8xbf16>) : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: cublaslt epilogue gelu bias(%{{.*}} : memref<8xbf16>) : memref<6x4xbf16>
    exec.matmul %a, %b, %c overwrite block [6, 8] cublaslt epilogue gelu bias(%n : memref<8xbf16>) : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: cublaslt epilogue gelu bias(%{{.*}} : memref<8xbf16>) aux(%{{.*}} : memref<6x8xbf16>) {phase = "forward"} : memref<6x4xbf16>
    exec.matmul %a, %b, %c overwrite block [6, 8] cublaslt epilogue gelu bias(%n : memref<8xbf16>) aux(%d : memref<6x8xbf16>) {phase = "forward"} : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: cublaslt epilogue gelu_backward aux(%{{.*}} : memref<6x8xbf16>) : memref<6x4xbf16>
    exec.matmul %a, %b, %c overwrite block [6, 8] cublaslt epilogue gelu_backward aux(%d : memref<6x8xbf16>) : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: transpose_a overwrite block [6, 8] cublaslt epilogue gelu_backward bias(%{{.*}} : memref<8xbf16>) aux(%{{.*}} : memref<6x8xbf16>) : memref<4x6xbf16>
    exec.matmul %e, %b, %c transpose_a overwrite block [6, 8] cublaslt epilogue gelu_backward bias(%n : memref<8xbf16>) aux(%d : memref<6x8xbf16>) : memref<4x6xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: add_by_step block [6, 8] cublaslt epilogue sum_a bias(%{{.*}} : memref<6xbf16>) : memref<6x4xbf16>
    exec.matmul %a, %b, %c add_by_step block [6, 8] cublaslt epilogue sum_a bias(%m : memref<6xbf16>) : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
    // CHECK: add block [6, 8] cublaslt epilogue sum_b bias(%{{.*}} : memref<8xbf16>) : memref<6x4xbf16>
    exec.matmul %a, %b, %c add block [6, 8] cublaslt epilogue sum_b bias(%n : memref<8xbf16>) : memref<6x4xbf16>, memref<4x8xbf16>, memref<6x8xbf16>
  }
  // CHECK: exec.program @experts {
  exec.program @experts {
    %x = exec.buffer : memref<12x4xf32>
    %o = exec.buffer : memref<4xi32>
    %w = exec.buffer : memref<3x5x4xf32>
    %y = exec.buffer : memref<12x5xf32>
    // CHECK: exec.grouped_matmul rows %{{.*}}, %{{.*}}, %{{.*}} by %{{.*}} transpose_b overwrite block [2, 3] openblas : memref<12x4xf32>, memref<3x5x4xf32>, memref<12x5xf32>, memref<4xi32>
    exec.grouped_matmul rows %x, %w, %y by %o transpose_b overwrite block [2, 3] openblas : memref<12x4xf32>, memref<3x5x4xf32>, memref<12x5xf32>, memref<4xi32>
    // CHECK: exec.grouped_matmul rows %{{.*}}, %{{.*}}, %{{.*}} by %{{.*}} overwrite block [2, 3] onednn : memref<12x5xf32>, memref<3x5x4xf32>, memref<12x4xf32>, memref<4xi32>
    exec.grouped_matmul rows %y, %w, %x by %o overwrite block [2, 3] onednn : memref<12x5xf32>, memref<3x5x4xf32>, memref<12x4xf32>, memref<4xi32>
    // CHECK: exec.grouped_matmul inner %{{.*}}, %{{.*}}, %{{.*}} by %{{.*}} add_by_step block [2, 3] openblas : memref<12x5xf32>, memref<12x4xf32>, memref<3x5x4xf32>, memref<4xi32>
    exec.grouped_matmul inner %y, %x, %w by %o add_by_step block [2, 3] openblas : memref<12x5xf32>, memref<12x4xf32>, memref<3x5x4xf32>, memref<4xi32>
  }
}
