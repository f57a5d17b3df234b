// The tables and programs as the runtime reads them: an object is linked with a stand-in for the
// runtime, in C++, that prints everything.

// RUN: weftc %s --emit=obj -o %t.o
// RUN: clang++-22 -std=c++20 -fuse-ld=lld -I%weft_source/runtime/include %S/Inputs/PrintModule.cpp %t.o -o %t.exe
// RUN: %t.exe | FileCheck %s
// The only symbol that an object exports is the module.
// RUN: llvm-nm --defined-only --extern-only %t.o | FileCheck %s --check-prefix=SYMBOLS
// SYMBOLS: {{[0-9a-f]+}} D weft_module
// SYMBOLS-NOT: {{.}}

// CHECK: module test abi 7 compiler weft {{[0-9.]+}} hash set
// CHECK-NEXT: bytes state 1024 arena 256 input 320 step 48 total 1648
// CHECK-NEXT: state w of 'w.weight' role 0 dtype 0 at 0 bytes 64 init 3 0.5 key 18446744073709551615 dims 4 4 zero row 3 padding rows 1 3
// CHECK-NEXT: state loss of '' role 3 dtype 1 at 64 bytes 8 init 0 0 key 0 dims
// CHECK-NEXT: state half of '' role 2 dtype 1 at 128 bytes 64 init 2 -0.5 key 0 dims 2 4
// CHECK-NEXT: state heads of '' role 2 dtype 1 at 192 bytes 384 init 0 0 key 0 dims 2 3 8
// CHECK-NEXT: state scores of '' role 1 dtype 1 at 576 bytes 288 init 0 0 key 0 dims 2 2 3 3
// CHECK-NEXT: state experts of '' role 1 dtype 0 at 896 bytes 120 init 0 0 key 0 dims 3 5 2
// CHECK-NEXT: entry long of m kind 0 sequences 8 tokens 64 flops 1.25e+09
// CHECK-NEXT: programs products launches metrics half loss w
// CHECK-NEXT: input ids dtype 2 at 0 bytes 32 limit 256 ignored -100 1 dims 8
// CHECK-NEXT: input x dtype 0 at 64 bytes 256 limit -1 ignored 0 0 dims 64 from data
// CHECK-NEXT: entry e of m kind 1 sequences 1 tokens 2 flops 0
// CHECK-NEXT: programs launches metrics loss half
// CHECK-NEXT: input x dtype 0 at 64 bytes 256 limit -1 ignored 0 0 dims 64 from data
// CHECK-NEXT: target 0 images 0
// CHECK-NEXT: kernel note arguments 3
// CHECK-NEXT: kernel expf arguments 3

// A kernel that is called like a function of libm.
tile.kernel @expf(%x: memref<64xf32>, %w: memref<4xf32>, %y: memref<64xf32>) grid(16) outputs(1) {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %i = arith.muli %p, %c4 : index
  %a = tile.load %x[%i] {in_bounds} : memref<64xf32> -> tensor<4xf32>
  %b = tile.load %w[%c0] {in_bounds} : memref<4xf32> -> tensor<4xf32>
  %s = arith.addf %a, %b : tensor<4xf32>
  tile.store %s, %y[%i] {in_bounds} : tensor<4xf32>, memref<64xf32>
  tile.return
}

// Notes two words down.
tile.kernel @note(%a: memref<i32>, %b: memref<i32>, %y: memref<2xi32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v = memref.load %a[] : memref<i32>
  %w = memref.load %b[] : memref<i32>
  memref.store %v, %y[%c0] : memref<2xi32>
  memref.store %w, %y[%c1] : memref<2xi32>
  tile.return
}

exec.module @test {
  exec.state @w : memref<4x4xf32> role(parameter) of "w.weight" init(normal, 0.5, zero_row = 3) key 18446744073709551615 {padding_rows = array<i64: 1, 3>}
  exec.state @loss : memref<f64> role(loss_sum) init(zeros)
  exec.state @half : memref<2x4xf64> role(optimizer) init(constant, -0.5)
  exec.state @heads : memref<2x3x8xf64> role(optimizer) init(zeros)
  exec.state @scores : memref<2x2x3x3xf64> role(gradient) init(zeros)
  exec.state @experts : memref<3x5x2xf32> role(gradient) init(zeros)
  exec.input @ids : memref<8xi32> limit(256) ignored(-100)
  exec.input @x.m of "x" : memref<64xf32> from_data

  // CHECK-NEXT: program init
  // CHECK-NEXT: initialize w
  // CHECK-NEXT: initialize half
  exec.program @init {
    exec.initialize @w
    exec.initialize @half
  }

  // CHECK-NEXT: program products
  exec.program @products {
    %w = exec.state_ref @w : memref<4x4xf32>
    %x = exec.input_ref @x.m : memref<64xf32>
    // A stored row by row, from row 1 on; B in columns, which transpose_b undoes: dtype f32, both off.
    // CHECK-NEXT: matmul scope 'h.0.attn' phase 'forward' dtype 0 library 0 accumulate 0 transpose 0 0
    // CHECK-NEXT: m n k 2 3 4 ld 4 5 3 block 256 384 batch_rank 0 batch 0 0 0 0 a 0 0 0 0 b 0 0 0 0 c 0 0 0 0
    // CHECK-NEXT: at state+16 input+80 arena+{{[0-9]+}}
    %a = exec.view %w offset(4) : memref<4x4xf32> to memref<2x4xf32, strided<[4, 1]>>
    %b = exec.view %x offset(4) : memref<64xf32> to memref<3x4xf32, strided<[1, 5]>>
    %c = exec.buffer : memref<2x3xf32>
    exec.matmul %a, %b, %c transpose_b overwrite block [256, 384] onednn {scope = "h.0.attn", phase = "forward"}
      : memref<2x4xf32, strided<[4, 1]>>, memref<3x4xf32, strided<[1, 5]>>, memref<2x3xf32>
    // The other two ways to be transposed, once.
    // CHECK-NEXT: matmul scope '' phase '' dtype 0 library 1 accumulate 1 transpose 1 1
    // CHECK-NEXT: m n k 2 3 4 ld 2 5 3 block 1 2 batch_rank 0
    // CHECK-NEXT: at input+64 input+80 arena+{{[0-9]+}}
    %d = exec.view %x offset(0) : memref<64xf32> to memref<4x2xf32>
    %e = exec.view %x offset(4) : memref<64xf32> to memref<4x3xf32, strided<[1, 5]>>
    exec.matmul %d, %e, %c transpose_a add block [1, 2] openblas
      : memref<4x2xf32>, memref<4x3xf32, strided<[1, 5]>>, memref<2x3xf32>
    // Heads side by side in rows, in f64.
    // CHECK-NEXT: matmul scope '' phase 'backward' dtype 1 library 1 accumulate 2 transpose 0 1
    // CHECK-NEXT: m n k 3 3 4 ld 8 8 3 block 8 8 batch_rank 2 batch 2 2 0 0 a 24 4 0 0 b 24 4 0 0 c 18 9 0 0
    %h = exec.state_ref @heads : memref<2x3x8xf64>
    %q = exec.view %h offset(0) : memref<2x3x8xf64> to memref<2x2x3x4xf64, strided<[24, 4, 8, 1]>>
    %s = exec.state_ref @scores : memref<2x2x3x3xf64>
    exec.matmul %q, %q, %s transpose_b add_by_step block [8, 8] openblas {phase = "backward"}
      : memref<2x2x3x4xf64, strided<[24, 4, 8, 1]>>, memref<2x2x3x4xf64, strided<[24, 4, 8, 1]>>, memref<2x2x3x3xf64>
    // CHECK-NEXT: at state+[[H:[0-9]+]] state+[[H]] state+{{[0-9]+}}
  }

  // CHECK-NEXT: program grouped
  exec.program @grouped {
    %x = exec.input_ref @x.m : memref<64xf32>
    %ids = exec.input_ref @ids : memref<8xi32>
    %a = exec.view %x offset(0) : memref<64xf32> to memref<8x2xf32>
    %w = exec.view %x offset(16) : memref<64xf32> to memref<3x5x2xf32>
    %y = exec.buffer : memref<8x5xf32>
    %o = exec.view %ids offset(4) : memref<8xi32> to memref<4xi32>
    // CHECK-NEXT: matmul scope 'h.2' phase 'forward' dtype 0 library 1 accumulate 0 transpose 0 1
    // CHECK-NEXT: m n k 8 5 2 ld 2 2 5 block 4 3 batch_rank 0 batch 0 0 0 0 a 0 0 0 0 b 10 0 0 0 c 0 0 0 0
    // CHECK-NEXT: grouping 1 groups 3
    // CHECK-NEXT: at input+64 input+128 arena+{{[0-9]+}} input+16
    exec.grouped_matmul rows %a, %w, %y by %o transpose_b overwrite block [4, 3] openblas {scope = "h.2", phase = "forward"}
      : memref<8x2xf32>, memref<3x5x2xf32>, memref<8x5xf32>, memref<4xi32>
    // CHECK-NEXT: matmul scope '' phase '' dtype 0 library 1 accumulate 2 transpose 1 0
    // CHECK-NEXT: m n k 5 2 8 ld 5 2 2 block 4 3 batch_rank 0 batch 0 0 0 0 a 0 0 0 0 b 0 0 0 0 c 10 0 0 0
    // CHECK-NEXT: grouping 2 groups 3
    // CHECK-NEXT: at arena+{{[0-9]+}} input+64 state+{{[0-9]+}} input+16
    %dw = exec.state_ref @experts : memref<3x5x2xf32>
    exec.grouped_matmul inner %y, %a, %dw by %o add_by_step block [4, 3] openblas
      : memref<8x5xf32>, memref<8x2xf32>, memref<3x5x2xf32>, memref<4xi32>
  }

  // CHECK-NEXT: program words
  exec.program @words {
    %y = exec.buffer : memref<2xi32>
    %a = exec.step_ref seed_low : memref<i32>
    %b = exec.step_ref seed_high : memref<i32>
    // CHECK-NEXT: launch note scope '' phase '' grid 1 args step+24 step+28 arena+0
    exec.launch @note(%a, %b, %y) : memref<i32>, memref<i32>, memref<2xi32>
    %c = exec.step_ref sample_low : memref<i32>
    %d = exec.step_ref sample_high : memref<i32>
    // CHECK-NEXT: launch note scope '' phase '' grid 1 args step+32 step+36 arena+0
    exec.launch @note(%c, %d, %y) : memref<i32>, memref<i32>, memref<2xi32>
    %e = exec.word -17 : memref<i32>
    %f = exec.word 3 : memref<i32>
    // CHECK-NEXT: launch note scope '' phase '' grid 1 args word (-17) word (3) arena+0
    exec.launch @note(%e, %f, %y) : memref<i32>, memref<i32>, memref<2xi32>
  }

  // CHECK-NEXT: program launches
  exec.program @launches {
    %x = exec.input_ref @x.m : memref<64xf32>
    %w = exec.state_ref @w : memref<4x4xf32>
    %row = exec.view %w offset(8) : memref<4x4xf32> to memref<4xf32>
    %y = exec.buffer : memref<64xf32>
    // CHECK-NEXT: launch expf scope 'h.1' phase 'update' grid 16 args input+64 state+32 arena+0
    exec.launch @expf(%x, %row, %y) {scope = "h.1", phase = "update"} : memref<64xf32>, memref<4xf32>, memref<64xf32>
  }

  exec.entry train "long" of "m" programs [@products, @launches] inputs [@ids, @x.m] metrics [@half, @loss, @w]
      {sequences = 8 : i64, tokens = 64 : i64, flops = 1.25e9 : f64}
  exec.entry eval "e" of "m" programs [@launches] inputs [@x.m] metrics [@loss, @half]
      {sequences = 1 : i64, tokens = 2 : i64, flops = 0.0 : f64}
  // CHECK-NEXT: sums 16 17 79
}
