#ifndef WEFT_FUSION_PASSES
#define WEFT_FUSION_PASSES

include "mlir/Pass/PassBase.td"

def FuseAttention : Pass<"weft-fuse-attention", "::mlir::ModuleOp"> {
  let summary = "turn matmul, scale, mask, softmax, matmul into weft.attention";
  let description = [{
    Looks at every `weft.softmax` of a model whose operand comes from a product of queries and keys and
    whose result is multiplied with values. Between the first product and the softmax it understands: a
    scale (multiplication by or division through a constant), a soft cap (cap * tanh(x / cap)),
    `weft.causal_mask` with or without a window, conditions by which `weft.where` chooses scores or a constant
    that is added (comparisons of positions from `weft.iota` that are causal or a window, equality of
    documents' numbers, and products of such) with any fill, slopes times distances (ALiBi), any other mask or bias that depends on no
    parameter, casts to fewer bits, or to f32 where the products are of 16 bits, and reshapes, among them those by which several heads of queries share one
    of keys. Behind the softmax it understands `weft.dropout`. Keys and values that are repeated for their heads by
    `weft.broadcast` are read once.

    Keys that a mask fills with -infinity are hidden, and so are those that it fills with -1e9 or less, if each query
    is sure to see another: by its position, or as its own document is. Other masks become a `bias`, which says what
    is added or takes the place of the score, and `kept`, which says where the score stays; masks of positions then
    have a number for each query and key.

    Where it looked like attention and is not, a remark at the softmax says why.

    Requires a flat model, before autodiff. The new op sums in another order and needs no memory for all
    scores: numbers change within rounding. Rows in which all is at -infinity are 0 where the softmax gave NaN.

    Before:
    ```mlir
    %0 = weft.matmul %q, %k {transpose_b} : tensor<2x4x64x32xf32>, tensor<2x4x64x32xf32>
    %1 = weft.mul %0, %scale : tensor<2x4x64x64xf32>, tensor<f32>
    %2 = weft.causal_mask %1 : tensor<2x4x64x64xf32>
    %3 = weft.softmax %2 : tensor<2x4x64x64xf32>
    %4 = weft.matmul %3, %v : tensor<2x4x64x64xf32>, tensor<2x4x64x32xf32>
    ```
    After:
    ```mlir
    %4, %lse = weft.attention %q, %k, %v {scale = 0.125, causal} : tensor<2x4x64x32xf32>, tensor<2x4x64x32xf32>, tensor<2x4x64x32xf32>
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect"];
}

def SplitLoss : Pass<"weft-split-loss", "::mlir::ModuleOp"> {
  let summary = "compute the logits of a loss for some tokens at a time";
  let description = [{
    A `weft.cross_entropy` of a `weft.linear` (and what stands between them and computes each row from a row: soft caps,
    sums and products with numbers, with rows that all have in common, or with a row or number for each; reshapes that
    keep rows) becomes several, over chunks of its rows, where all logits together are more than
    `chunk-bytes`. A chunk has at least 256 rows, and there are at most 256 chunks; how many depends on shapes alone. Each chunk's logits,
    their loss and, after autodiff and `weft-sink-loss`, their gradient are then one after the other, and no
    buffer holds the logits of all tokens. The op that made these gets the attribute `logits`, by which
    a program that generates finds it.

    Requires a flat model, before autodiff. Sums are taken by chunks: numbers change within rounding.

    Before:
    ```mlir
    %l = weft.linear out_in %x, %w : (tensor<4x1024x768xf32>, tensor<50257x768xf32>) -> tensor<4x1024x50257xf32>
    %sum, %n = weft.cross_entropy %l, %targets : tensor<4x1024x50257xf32>, tensor<4x1024xi32>
    ```
    After:
    ```mlir
    %0 = weft.reshape %x : tensor<4x1024x768xf32> to tensor<4096x768xf32>
    %1:16 = weft.split %0 axis 0 parts 16 : tensor<4096x768xf32>
    %l0 = weft.linear out_in %1#0, %w : (tensor<256x768xf32>, tensor<50257x768xf32>) -> tensor<256x50257xf32>
    %sum0, %n0 = weft.cross_entropy %l0, %t0 : tensor<256x50257xf32>, tensor<256xi32>
    ...
    ```
  }];
  let options = [
    Option<"chunkBytes", "chunk-bytes", "int64_t", "67108864", "bytes of logits that are held at once, if 256 rows are no more">];
  let dependentDialects = ["::weft::WeftDialect"];
}

#endif // WEFT_FUSION_PASSES
