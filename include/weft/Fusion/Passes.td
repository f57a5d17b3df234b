#ifndef WEFT_FUSION_PASSES
#define WEFT_FUSION_PASSES

include "mlir/Pass/PassBase.td"

def FuseAttention : Pass<"weft-fuse-attention", "::mlir::ModuleOp"> {
  let summary = "turn matmul, scale, mask, softmax, matmul into weft.attention";
  let description = [{
    Looks at every `weft.softmax` of a model whose operand comes from a product of queries and keys and
    whose result is multiplied with values. Between the first product and the softmax it understands: a
    scale (multiplication by or division through a constant), a soft cap (cap * tanh(x / cap)),
    `weft.causal_mask` with or without a window, a causal mask that is chosen by `weft.where` or added as a constant of
    comparisons of positions (`weft.iota`), any mask or bias that depends on no parameter and is added
    or chosen by `weft.where`, and reshapes, among them those by which several heads of queries share one
    of keys. Keys and values that are repeated for their heads by `weft.broadcast` are read once.

    Where it looked like attention and is not, a remark at the softmax says why.

    Requires a flat model, before autodiff. The new op sums in another order and needs no memory for all
    scores: numbers change within rounding. Rows in which no key is visible are 0 where the softmax gave NaN.

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

#endif // WEFT_FUSION_PASSES
