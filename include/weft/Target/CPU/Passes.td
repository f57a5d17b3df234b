#ifndef WEFT_TARGET_CPU_PASSES
#define WEFT_TARGET_CPU_PASSES

include "mlir/Pass/PassBase.td"

def BindKernels : Pass<"weft-bind-kernels", "::mlir::ModuleOp"> {
  let summary = "note on programs what lowering the kernels takes away";
  let description = [{
    Gives each `exec.launch` the `grid` of its kernel, and the `exec.module` a `text_hash` of the whole
    text, kernels included, by which an executable can be told from others. Runs while kernels are
    still `tile.kernel`s.
    ```mlir
    exec.launch @add(%x, %y, %z) : ...
    // becomes
    exec.launch @add(%x, %y, %z) {grid = 64 : i64} : ...
    ```
    Changes no values.
  }];
}

def ExecToLLVM : Pass<"weft-exec-to-llvm", "::mlir::ModuleOp"> {
  let summary = "turn the exec.module into the tables and functions that the runtime calls";
  let description = [{
    Emits the constant `weft_module` of the runtime's ABI with everything that it refers to, and one
    function a program, which computes the addresses of buffers from the blocks of its context and
    calls the runtime for every op. Kernels must be `llvm.func`s of type `WeftKernelFn` by now
    (`weft-bind-kernels` ran before they were lowered), or functions of a `gpu.binary`, and buffers placed.
    Kernels become private and get the prefix `weft_kernel_`, so that none is taken for a function of libc;
    the objects of a `gpu.binary` become images.
    ```mlir
    exec.program @micro_step { ... exec.launch @add(%x, %y, %z) {grid = 64 : i64} : ... }
    // becomes
    llvm.func private @weft_program_micro_step(%context: !llvm.ptr) {
      ...
      llvm.call @weft_rt_launch(%context, %launch, %arguments) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> ()
    }
    ```
    Program functions are not optimised: there is nothing in them to gain, and the largest models
    have ten thousand launches. Changes no values.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def WidenDots : Pass<"weft-widen-dots", "::weft::tile::KernelOp"> {
  let summary = "compute products of bf16 and f16 in f32";
  let description = [{
    Their operands are converted where they are made. Products of 16-bit floats are exact in f32, so this is what
    `tile.dot` means.
    ```mlir
    %s = tile.dot %q, %k, %zero {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
    // becomes
    %q32 = arith.extf %q : tensor<64x32xbf16> to tensor<64x32xf32>
    %k32 = arith.extf %k : tensor<64x32xbf16> to tensor<64x32xf32>
    %s = tile.dot %q32, %k32, %zero {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
    ```
    Changes no values.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def TilesToRows : Pass<"weft-tiles-to-rows", "::weft::tile::KernelOp"> {
  let summary = "put tiles of rank 2 into scratch memory, row by row, and products into registers";
  let description = [{
    In a kernel with a `tile.dot`, every tile of rank 2 gets a dimension that lies along the lanes of
    vectors, and scratch memory (`memref.alloca`) where it is wanted more than once. A product becomes
    loops over blocks of `rows` accumulators of `lane-bytes` each, which stay in registers; one operand is
    read as vectors, the other as scalars, in place where it streams through. Elementwise ops become
    loops over rows, each chain one loop. While a product streams through a tile it asks for the one that the
    loop around it streams through next (`memref.prefetch`). Kernels without a product stay as they are.
    ```mlir
    %s = tile.dot %q, %k, %zero {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
    %e = math.exp %s : tensor<64x64xf32>
    %l = tile.reduce add %e axis(1) : tensor<64x64xf32> -> tensor<64xf32>
    // becomes, for a %q that was loaded outside of the loop around this
    scf.for %r = %c0 to %c64 step %c4 {
      scf.for %x = %c0 to %c64 step %c64 {
        %a:4 = scf.for %i = %c0 to %c32 step %c1 iter_args(...) -> (tensor<64xf32>, ...) {
          %v = tile.load %q_columns[%i, %x] {in_bounds} : memref<32x64xf32> -> tensor<64xf32>
          %0 = memref.load %k_buffer[...]
          %1 = tensor.splat %0 : tensor<64xf32>
          %2 = math.fma %1, %v, %a0 : tensor<64xf32>
          ...
        tile.store %a#0, %s_columns[%r, %x] {in_bounds} : tensor<64xf32>, memref<64x64xf32>
        ...
    %l = scf.for %r = %c0 to %c64 step %c1 iter_args(...) -> (tensor<64xf32>) { ... math.exp ... arith.addf ... }
    ```
    Sums are taken in the order of k and of rows: the bits do not depend on threads.
  }];
  let options = [
    Option<"laneBytes", "lane-bytes", "int64_t", "256", "bytes of one accumulator of a product: several registers">,
    Option<"rows", "rows", "int64_t", "4", "accumulators of a product">];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

def TileToVector : Pass<"weft-tile-to-vector", "::mlir::ModuleOp"> {
  let summary = "turn tile kernels into functions on vectors";
  let description = [{
    Each `tile.kernel` becomes a function of the type `WeftKernelFn` of the runtime's ABI, with a loop
    over the programs from %begin to %end around its body. Buffers become plain pointers, read from
    %args once; tiles become vectors of the same shape. Loads and stores become plain vector accesses
    where they are `in_bounds` and the last stride is 1, masked ones where a tile may stick out, and
    gathers and scatters where the last stride is not 1. No buffer is taken to be distinct from
    another: an output may lie in the buffer of an argument.
    ```mlir
    tile.kernel @copy(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
      ...
      %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      ...
    }
    // becomes
    func.func @copy(%args: !llvm.ptr, %begin: i64, %end: i64) {
      %x = llvm.load %args : !llvm.ptr -> !llvm.ptr
      ...
      scf.for %p = %0 to %1 step %c1 {
        ...
        %a = llvm.getelementptr inbounds %x[%j] : (!llvm.ptr, i64) -> !llvm.ptr, f32
        %t = llvm.load %a {alignment = 4 : i64} : !llvm.ptr -> vector<64xf32>
    ```
    Everything else in the module stays as it is. Products and sums may become fused multiply-adds
    from here on, which rounds less often; nothing is reordered: `tile.reduce` combines halves as it
    is defined to. Loops are marked not to be unrolled.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::LLVM::LLVMDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def ExpandMath : Pass<"weft-expand-math"> {
  let summary = "compute functions of f32: exp, log, tanh and erf by polynomials, sin and cos in f64";
  let description = [{
    Replaces exp, log, tanh and erf on f32 scalars, vectors and tensors by branchless arithmetic with
    fused multiply-adds, so that they run at vector speed and give the same bits in every lane. sin and
    cos are computed in f64, by the library, and rounded. f64 stays as it is. Upper bounds of the errors, checked for every f32 against libm in double precision:

    | op | ulp | special values |
    | --- | --- | --- |
    | `math.exp` | 1 | exp(0) = 1; underflow is gradual, overflow gives inf |
    | `math.log` | 1 | log(0) = -inf, log(x < 0) = NaN, log(inf) = inf; subnormals are exact inputs |
    | `math.tanh` | 1.5 | odd, tanh(+-inf) = +-1, keeps -0 and subnormals |
    | `math.erf` | 1 | odd, erf(+-inf) = +-1, keeps -0 |
    | `math.sin` | 0.51 | odd, sin(+-inf) = NaN, keeps -0 and subnormals |
    | `math.cos` | 0.51 | cos(0) = 1, cos(+-inf) = NaN |

    NaN gives NaN everywhere. Conversions between f32 and bf16 become integer arithmetic that rounds to the nearest, ties
    to even, and keeps subnormals, which not every processor's instruction does. Also writes `arith.maximumf` and `arith.minimumf` of any float type as two
    comparisons and selects, which is one instruction for the value and two for NaN on x86; of a zero
    and a negative zero the second operand is taken.
    ```mlir
    %y = math.exp %x : vector<64xf32>
    // becomes
    %0 = arith.cmpf ogt, %x, %largest : vector<64xf32>
    ...
    %y = arith.mulf %12, %13 : vector<64xf32>
    ```
    Changes numbers, within the errors above. The coefficients come from
    `test/Target/CPU/math-coefficients.py`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def ErfToLibm : Pass<"weft-erf-to-libm", "::mlir::ModuleOp"> {
  let summary = "compute erf of f64 by libm";
  let description = [{
    LLVM has intrinsics for the other functions, not for erf. Calls `erf` for each lane, by a symbol
    that is exempt from mangling, so that a kernel may be called @erf while it is compiled.
    ```mlir
    %y = math.erf %x : f64
    // becomes
    %y = llvm.call @"\01erf"(%x) : (f64) -> f64
    ```
    Changes no values.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::vector::VectorDialect"];
}

#endif // WEFT_TARGET_CPU_PASSES
