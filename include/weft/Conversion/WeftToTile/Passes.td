#ifndef WEFT_CONVERSION_WEFTTOTILE_PASSES
#define WEFT_CONVERSION_WEFTTOTILE_PASSES

include "mlir/Pass/PassBase.td"

def BoundInputs : Pass<"weft-bound-inputs", "::mlir::ModuleOp"> {
  let summary = "note which values each input may hold";
  let description = [{
    An input that selects rows of a table, or classes of a loss, must stay below their number. Notes it
    as `weft.limit` (and `weft.ignored` for an ignore_index) on the arguments of graphs, so that the
    executable checks its data before it uses it. Ids that the text itself gives (`weft.iota`, a constant) are
    checked at once.
    ```mlir
    weft.graph @eval(%tokens: tensor<8x64xi32>) { %x = weft.embedding %tokens, %wte : tensor<8x64xi32>, tensor<256x384xf32> ...
    // becomes
    weft.graph @eval(%tokens: tensor<8x64xi32> {weft.limit = 256 : i64}) { ...
    ```
    Changes no values.
  }];
}

def CountFlops : Pass<"weft-count-flops", "::mlir::ModuleOp"> {
  let summary = "note how much work each graph's products are";
  let description = [{
    Gives each graph the attribute `flops`: 2mnk for each product, half of it for the products of causal
    attention, whose scores are masked above the diagonal: those that a `causal_mask` reads, directly or
    through elementwise ops, and those that read what such a mask or its softmax wrote. With a window of w
    keys it is at most w of all keys. Products by expert count all their rows, however they are shared out.
    ```mlir
    weft.graph @eval() { ... %y = weft.matmul %a, %b : tensor<8x4xf32>, tensor<4x2xf32> ... }
    // becomes
    weft.graph @eval() attributes {flops = 1.280000e+02 : f64} { ... }
    ```
    Changes no values.
  }];
}

def Decompose : Pass<"weft-decompose", "::mlir::ModuleOp"> {
  let summary = "write ops over rows as elementwise ops, row reductions and products";
  let description = [{
    linear, layer_norm, rms_norm, rope, softmax, log_softmax, cross_entropy_rows and its backward, mean,
    embedding, pad, dropout, dispatch, combine and general reductions become ops that kernels are made of:
    elementwise ops, reductions of the last dimension or of all but the last, `gather_rows`, `pick`,
    `one_hot`, matmul and views. The tables of `rope` have no scope: CSE makes one of those of equal
    attributes.
    ```mlir
    %p = weft.softmax %s : tensor<4x64xf32>
    // becomes
    %m = weft.reduce_max %s axes [1] {keep_dims} : tensor<4x64xf32>
    %d = weft.sub %s, %m : tensor<4x64xf32>, tensor<4x1xf32>
    %e = weft.exp %d : tensor<4x64xf32>
    %t = weft.sum %e axes [1] {keep_dims} : tensor<4x64xf32>
    %p = weft.div %e, %t : tensor<4x64xf32>, tensor<4x1xf32>
    ```
    Each op's formula stays as its definition has it; sums are associated by the kernel that computes
    them.
  }];
}

def InsertCopies : Pass<"weft-insert-copies", "::mlir::ModuleOp"> {
  let summary = "make explicit where a view needs a buffer of its own";
  let description = [{
    Reshape, transpose, slice and split are strided views of their operand. Inserts `weft.copy` where
    strides cannot express one, where a product would read an operand with no unit stride, and where a
    variable would be overwritten while its old value is still needed.
    ```mlir
    %t = weft.transpose %x [0, 2, 1, 3] : tensor<8x6x64x32xf32>
    %y = weft.reshape %t : tensor<8x64x6x32xf32> to tensor<8x64x192xf32>
    // becomes
    %t = weft.transpose %x [0, 2, 1, 3] : tensor<8x6x64x32xf32>
    %c = weft.copy %t : tensor<8x64x6x32xf32>
    %y = weft.reshape %c : tensor<8x64x6x32xf32> to tensor<8x64x192xf32>
    ```
    Keeps all bits.
  }];
}

def FuseEpilogues : Pass<"weft-fuse-epilogues", "::mlir::ModuleOp"> {
  let summary = "have a GPU's library compute with its products before they reach memory";
  let description = [{
    A product takes with it the bias that is added to it, if a kernel would do nothing but add it; a bias and the gelu (the tanh
    form) of the sum, which it also stores for the backward; that gelu's backward, and the sums of its columns; and the sums of
    one of its factors over k. The last two are gradients of biases.
    ```mlir
    %0 = weft.matmul %x, %w : tensor<8x4xf32>, tensor<4x16xf32>
    %1 = weft.add %0, %b : tensor<8x16xf32>, tensor<16xf32>
    %2 = weft.gelu tanh %1 : tensor<8x16xf32>
    // becomes
    %2 = weft.matmul_epilogue gelu %x, %w with %b : (tensor<8x4xf32>, tensor<4x16xf32>, tensor<16xf32>) -> tensor<8x16xf32>
    ```
    Only for a target whose libraries have `epilogues`. Takes what is documented of cuBLASLt: single products of f32, bf16 and f16, and rows of a multiple of 8 elements where what
    gelu is taken of is in memory. Runs after `weft-insert-copies`, so that factors lie as a library reads them.

    In f32 only the order of sums changes; products of 16 bits are rounded once, after the epilogue, where they were
    rounded after each op.
  }];
}

def SplitSums : Pass<"weft-split-sums", "::mlir::ModuleOp"> {
  let summary = "sum rows in parts where there are few columns";
  let description = [{
    A sum over all dimensions but the last has a program for each tile of columns, which are few for a target that wants
    `many_programs`. Where rows are many, it there becomes the sum of partial ones, of about half as many rows as there are of them.
    ```mlir
    %s = weft.sum %x axes [0] : tensor<4096x768xf32>
    // becomes
    %p = weft.partial_sums %x parts 128 : tensor<4096x768xf32> -> tensor<128x768xf32>
    %s = weft.sum %p axes [0] : tensor<128x768xf32>
    ```
    Sums are associated otherwise.
  }];
}

def GroupKernels : Pass<"weft-group-kernels", "::mlir::ModuleOp"> {
  let summary = "gather ops that can share a kernel into groups";
  let description = [{
    Elementwise ops and row reductions over the same rows and columns join the group that computes their
    operands, unless a value would have to leave the group and come back. A reduction over all but the
    last dimension takes the elementwise ops that feed only it with it. What a group computes inside
    never reaches memory unless someone outside needs it.
    ```mlir
    %1 = weft.add %x, %b : tensor<8x64xf32>, tensor<64xf32>
    %2 = weft.gelu tanh %1 : tensor<8x64xf32>
    // becomes
    %2 = weft.group(%x, %b) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<8x64xf32> {
    ^bb0(%0: tensor<8x64xf32>, %1: tensor<64xf32>):
      %3 = weft.add %0, %1 : tensor<8x64xf32>, tensor<64xf32>
      %4 = weft.gelu tanh %3 : tensor<8x64xf32>
      weft.yield %4 : tensor<8x64xf32>
    }
    ```
    Keeps all bits.
  }];
  let options = [
    // Kernels of more arguments than about this are not worth the registers that their addresses take.
    Option<"maxMembers", "max-members", "int64_t", "64", "ops of a group, at most; with 1 every op is a kernel">
  ];
}

def ConvertWeftToTile : Pass<"convert-weft-to-tile", "::mlir::ModuleOp"> {
  let summary = "turn groups into tile kernels";
  let description = [{
    Each group becomes a `tile.kernel` and a `weft.launch` of it; equal groups share one kernel. A kernel
    runs over rows (a program a row, columns in loops of `tile-bytes` tiles that carry partial
    reductions), over columns (a reduction over all rows), or, where everything is contiguous and
    elementwise, over flat chunks. Also makes the kernels of `attention` and its backward, `embedding_backward`,
    `top_k` and `route`, and of the copies that `concat` needs; for a target with `grouped_kernels` those of `grouped_linear` and its
    backward, too.
    ```mlir
    %2 = weft.group(%x) : (tensor<256xf32>) -> tensor<256xf32> { ... weft.exp ... }
    // becomes
    tile.kernel @exp(%x: memref<256xf32>, %y: memref<256xf32>) grid(1) outputs(1) in_place([[0, 0]]) { ... }
    %2 = weft.launch @exp(%x) : (tensor<256xf32>) -> tensor<256xf32>
    ```
    Where the module's target has warps (`lane_bytes`), tiles of rows and of flat chunks are what a warp loads at once, or four times that where
    there are fewer than 1024 rows, for several warps to a row. With its `many_programs`, flat chunks are short enough to be thousands where
    there are so many tiles, and `embedding_backward` has a program for each row of the gradient: the first of those with one id adds them
    all, in their order.

    A sum over a row adds its tiles lane by lane and then the lanes by halves, a sum over rows adds these. More than 64 tiles or
    rows are added in parts of 32, and parts of 32 parts, in nested loops: the error grows with the number of levels, as in a
    pairwise sum, and all is added in the same order on every run.
  }];
  let options = [
    Option<"tileBytes", "tile-bytes", "int64_t", "256", "bytes of a full tile (a power of two)">,
    Option<"chunk", "chunk", "int64_t", "4096", "most elements of a flat chunk, one program's work">
  ];
  let dependentDialects = ["::weft::tile::TileDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect", "::mlir::tensor::TensorDialect"];
}

#endif // WEFT_CONVERSION_WEFTTOTILE_PASSES
