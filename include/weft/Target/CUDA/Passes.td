#ifndef WEFT_TARGET_CUDA_PASSES
#define WEFT_TARGET_CUDA_PASSES

include "mlir/Pass/PassBase.td"

def AlignAccesses : Pass<"weft-align-accesses", "::mlir::ModuleOp"> {
  let summary = "prove how far loads and stores of tiles are aligned";
  let description = [{
    Every buffer of an executable begins at a multiple of 64 bytes; a view begins where its offset says. The kernel's attribute
    `alignments` becomes the largest power of two, of at most 64 bytes, that the pointers of all launches of it are multiples of; a
    kernel that is not launched keeps its own, or its elements' sizes. From these, the strides, and what divides the
    indices, follows the `alignment` of each load and store, of at most 16 bytes: what one access may span.
    ```mlir
    exec.launch @k(%v) : memref<64x32xf32, strided<[96, 1]>>   // %v: a view at 32 elements
    %t = tile.load %x[%row, %c0] {in_bounds} : memref<64x32xf32, strided<[96, 1]>> -> tensor<32xf32>
    // becomes, in @k, which gets attributes {alignments = array<i64: 64>}
    %t = tile.load %x[%row, %c0] {alignment = 16 : i64, in_bounds} : ...
    ```
    Where a dimension may stick out of its buffer, its extent counts too: a row of 30 floats is aligned to 8 bytes at most.
    Changes no values.
  }];
}

def SpecializeKernels : Pass<"weft-specialize-kernels", "::mlir::ModuleOp"> {
  let summary = "copy the kernels that one architecture has instructions of its own for";
  let description = [{
    Where the module's target has the architecture sm_90a, a kernel with products of bf16 or f16 that a warpgroup can take gets a copy for it; what is for one
    architecture is left to passes behind this one.
    ```mlir
    tile.kernel @attention(...)
    // becomes
    tile.kernel @attention(...)
    tile.kernel @attention.sm_90a(...) attributes {weft.arch = "sm_90a", weft.special_of = "attention"}
    ```
  }];
}

def UseWarpgroupDots : Pass<"weft-use-warpgroup-dots", "::weft::tile::KernelOp"> {
  let summary = "have products read their operands from shared memory, by a warpgroup";
  let description = [{
    In a kernel for sm_90a of four warps: a product of 16-bit factors whose b is a whole tile in shared memory, with rows of 32, 64 or 128
    bytes, which are swizzled as tensor cores want them. They run beside their threads: a wait for all that are on their way goes in
    front of what needs one of their results.
    ```mlir
    %b = tile.local_load %s[%slot, %c0, %c0] : memref<2x64x64xbf16, #tile.shared> -> tensor<64x64xbf16, #b>
    %r = tile.dot %a, %b, %c {transpose_b} : tensor<64x64xbf16, #a>, tensor<64x64xbf16, #b>, tensor<64x64xf32, #c>
    // becomes
    %x = tile.warpgroup_dot %a, %s[%slot], %c {transpose_b} : tensor<64x64xbf16, #a>, memref<2x64x64xbf16, #tile.shared>, tensor<64x64xf32, #c>
    %r = tile.warpgroup_wait %x : tensor<64x64xf32, #c>
    ```
    Sums may be in another order.
  }];
}

def ExpToExp2 : Pass<"weft-exp-to-exp2", "::weft::tile::KernelOp"> {
  let summary = "let exponentials beside products on tensor cores be the GPU's powers of two";
  let description = [{
    Where the factors of a product are rounded to TF32 or 16 bits, an exponential needs no more than the GPU's own instruction: a
    relative error of 2^-22, and of 2^-24 times the exponent's size. What scores are multiplied with joins log2(e), behind masks and maxima, which it does
    not change (a factor above 0 keeps the order, rounding too), so that a weight takes one fused multiply-add and one power.
    ```mlir
    %m = tile.reduce max %scaled axis(1) : ...                       // %scaled = %s * 0.125
    %d = arith.subf %scaled, %rows : tensor<64x64xf32>               // %rows: broadcast %m
    %p = math.exp %d : tensor<64x64xf32>
    // becomes
    %n = tile.reduce max %s axis(1) : ...                            // %m = %n * 0.125
    %d = arith.subf %larger, %r2 : tensor<64x64xf32>                 // %s * (0.125 * log2(e)); broadcast (%n * (0.125 * log2(e)))
    %p = math.exp2 %d fastmath<afn> : tensor<64x64xf32>
    ```
    Kernels whose products keep all bits stay as they are, and those for any GPU without a maximum of rows, which would spill.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def AssignLayouts : Pass<"weft-assign-layouts", "::weft::tile::KernelOp"> {
  let summary = "decide which threads hold which elements of each tile";
  let description = [{
    A kernel with products runs in `warps` warps, any other in as many of them as have 16 bytes a lane of its longest row; the
    kernel's attribute `warps` says how many. What several warps hold of a row that is reduced goes to all of them, so that the order of a sum
    does not depend on their number.
    Products decide their results' layouts, and with them those of what is computed from these element by
    element, reduced, broadcast or carried through loops; other tiles are laid out so that neighbouring lanes
    touch neighbouring elements of memory, each as many as the alignment of its loads and stores allows while all lanes have some. Where an op wants another layout than its operand has, a
    `tile.convert_layout` goes in between; constants, splats, lane numbers and loads of rows are made
    again instead.
    ```mlir
    %x = tile.load %b[%i] : memref<256xf32> -> tensor<64xf32>
    // becomes
    %x = tile.load %b[%i] : memref<256xf32> -> tensor<64xf32, #tile.layout<rank 1, registers [[32]], lanes [[1], [2], [4], [8], [16]], warps []>>
    ```
    Changes no values.
  }];
  let options = [Option<"warps", "warps", "int64_t", "4", "warps of a kernel, at most (a power of two)">];
}

def StageShared : Pass<"weft-stage-shared", "::weft::tile::KernelOp"> {
  let summary = "pass tiles between threads through shared memory";
  let description = [{
    A tile that other threads want than hold it is stored to a buffer of its own once, where it is made, and loaded from
    there wherever it is converted.
    ```mlir
    %b = tile.convert_layout %a : tensor<64x64xf32, #l0> -> tensor<64x64xf32, #l1>
    // becomes
    %s = tile.alloc_shared : memref<64x64xf32, #tile.shared>
    tile.local_store %a, %s : ...
    %b = tile.local_load %s : ...
    ```
    What is only loaded in order to be converted does not pass through registers, if its alignment is 4 bytes or more:
    ```mlir
    %a = tile.load %x[%i, %c0] {alignment = 16 : i64} : memref<256x64xf32> -> tensor<64x64xf32, #l0>
    %b = tile.convert_layout %a : tensor<64x64xf32, #l0> -> tensor<64x64xf32, #l1>
    // becomes
    tile.async_copy %x[%i, %c0] to %s layout(#l0) {alignment = 16 : i64} : ...
    tile.commit
    tile.wait 0
    %b = tile.local_load %s : ...
    ```
    Changes no values.
  }];
}

def PipelineLoads : Pass<"weft-pipeline-loads", "::weft::tile::KernelOp"> {
  let summary = "begin the copies of a loop some rounds ahead";
  let description = [{
    The buffers of asynchronous copies in a loop get `stages` places each, copies begin `stages` - 1 rounds before they are needed, and
    a round waits for its own group only. Loops of one round at most, and kernels that would need more than `budget`,
    are left alone.
    ```mlir
    scf.for %i = %c0 to %n step %c64 {
      tile.async_copy %x[%i, %c0] to %s layout(#l) : ... to memref<64x64xf32, #tile.shared>
      tile.commit
      tile.wait 0
      %b = tile.local_load %s : ...
    }
    // becomes
    tile.async_copy %x[%c0, %c0] to %s[%c0, %c0, %c0] layout(#l) : ... to memref<2x64x64xf32, #tile.shared>   // if there is a round
    tile.commit
    scf.for %i = %c0 to %n step %c64 {
      tile.wait 0
      tile.async_copy %x[%next, %c0] to %s[%other, %c0, %c0] layout(#l) : ...                                 // if there is a next round
      tile.commit
      %b = tile.local_load %s[%slot, %c0, %c0] : ...
    }
    ```
    Changes no values.
  }];
  let options = [Option<"stages", "stages", "int64_t", "2", "places of a buffer (1: no pipeline)">,
                 // 99 KiB: what a block has on the architectures that have least, and two blocks at once on the others.
                 Option<"budget", "budget", "int64_t", "101376", "shared memory that a kernel may use">];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect"];
}

def SliceDots : Pass<"weft-slice-dots", "::weft::tile::KernelOp"> {
  let summary = "take products a few columns at a time";
  let description = [{
    A product whose operands both come from shared memory becomes a loop over slices of `slice` of what is summed
    over, so that registers hold no more of the operands.
    ```mlir
    %r = tile.dot %a, %b, %c : tensor<64x64xf32, #a>, tensor<64x64xf32, #b>, tensor<64x64xf32, #c>
    // becomes
    %r = scf.for %k = %c0 to %c64 step %c8 iter_args(%acc = %c) -> (tensor<64x64xf32, #c>) {
      %x = tile.local_load %sa[%c0, %k] : ... -> tensor<64x8xf32, #a8>
      %y = tile.local_load %sb[%k, %c0] : ... -> tensor<8x64xf32, #b8>
      %s = tile.dot %x, %y, %acc : ...
      scf.yield %s
    }
    ```
    Keeps the order of each sum, and so the bits.
  }];
  let options = [Option<"slice", "slice", "int64_t", "8", "elements of a slice (a power of two)">];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect"];
}

def AllocateShared : Pass<"weft-allocate-shared", "::weft::tile::KernelOp"> {
  let summary = "give each shared buffer its place";
  let description = [{
    Buffers whose uses do not overlap share memory; what is used inside a loop and outside is in use through all of
    it. The kernel's attribute `shared_bytes` is what all of them need.
    ```mlir
    %s = tile.alloc_shared : memref<64x64xf32, #tile.shared>
    // becomes
    %s = tile.alloc_shared at(16384) : memref<64x64xf32, #tile.shared>
    ```
    Changes no values.
  }];
}

def InsertBarriers : Pass<"weft-insert-barriers", "::weft::tile::KernelOp"> {
  let summary = "let threads wait where one reads what another wrote";
  let description = [{
    A `tile.barrier` goes in front of each access to shared memory that may meet an access of another thread to the same
    bytes, of which one writes, since the last barrier; loops are followed around, and one that only reads waits in front of itself.
    An asynchronous copy writes where it is waited for, and must not begin while others may still read. No barrier goes into a
    branch: it goes in front.
    ```mlir
    tile.local_store %a, %s : ...
    tile.barrier
    %b = tile.local_load %s : ...
    ```
    Changes no values.
  }];
}

def ConvertTileToNVVM : Pass<"weft-convert-tile-to-nvvm", "::mlir::ModuleOp"> {
  let summary = "turn kernels into the code of one thread";
  let description = [{
    Each `tile.kernel` becomes a `gpu.func` of one `gpu.module`, whose arguments are pointers and whose blocks are
    programs. A tile becomes as many values as a thread has registers of it; its ops become that thread's, with
    shuffles where a reduction crosses lanes.
    ```mlir
    %s = arith.addf %a, %b : tensor<64xf32, #l>
    // becomes, with two registers
    %s0 = arith.addf %a0, %b0 : f32
    %s1 = arith.addf %a1, %b1 : f32
    ```
    A reduction of a tile of rank 1 keeps its order: lower half with upper half. Changes no values.
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::NVVM::NVVMDialect", "::mlir::LLVM::LLVMDialect",
                           "::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def MarkLaunches : Pass<"weft-mark-launches", "::mlir::gpu::GPUModuleOp"> {
  let summary = "have kernels say that they begin";
  let description = [{
    Each kernel gets two arguments more: a word that the host can read, and what the first thread of the first block is to write there. After
    a fault of a captured graph, which stops somewhere among hundreds of launches, the host knows from it how far the GPU came.
    ```mlir
    llvm.func @add(%a: !llvm.ptr<1>) attributes {nvvm.kernel} { ... }
    // becomes
    llvm.func @add(%a: !llvm.ptr<1>, %word: !llvm.ptr<1>, %launch: i64) attributes {nvvm.kernel} {
      ... // nobody waits for this store
      llvm.cond_br %is_first, ^mark, ^body
    ^mark:
      llvm.store volatile %launch, %word : i64, !llvm.ptr<1>
      llvm.br ^body
      ...
    ```
    Changes no values.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::NVVM::NVVMDialect"];
}

def AllowTf32 : Pass<"weft-allow-tf32", "::weft::tile::KernelOp"> {
  let summary = "let products of f32 tiles round their factors to TF32";
  let description = [{
    ```mlir
    %s = tile.dot %q, %k, %zero : tensor<64x32xf32>, tensor<32x64xf32>, tensor<64x64xf32>
    // becomes
    %s = tile.dot %q, %k, %zero {tf32} : tensor<64x32xf32>, tensor<32x64xf32>, tensor<64x64xf32>
    ```
    Where the module's target has `tf32`. Factors keep 10 bits of mantissa, a relative error of 2^-11 each; sums stay f32. Tensor cores take them so.
  }];
}

def EmbedDeviceCode : Pass<"weft-embed-device-code", "::mlir::ModuleOp"> {
  let summary = "turn a gpu.module into cubins, and PTX for newer GPUs";
  let description = [{
    One cubin for each architecture of the module's target, and the PTX of the newest of them, without what is specific to it. Each object lists its kernels
    with the threads of a block and its shared memory.
    ```mlir
    gpu.module @kernels { llvm.func @add(...) attributes {nvvm.reqntid = array<i32: 32, 1, 1>, ...} }
    // becomes
    gpu.binary @kernels [#gpu.object<#nvvm.target<chip = "sm_80">, bin = "...">, #gpu.object<..., assembly = "...">]
    ```
    Needs ptxas and libdevice.
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::NVVM::NVVMDialect"];
}

#endif // WEFT_TARGET_CUDA_PASSES
