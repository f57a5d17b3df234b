// What the graph consists of on its way to kernels: row primitives, groups, launches.
#ifndef WEFT_WEFT_LOWERED
#define WEFT_WEFT_LOWERED

include "dialects/Weft/WeftBase.td"

def Weft_GatherRowsOp : Weft_Op<"gather_rows", [MovesElements, ReadsCoordinates, WalksRows, Pure]> {
  let summary = "for each id, that row of the table";
  let description = [{
    `weft.embedding` with ids whose last size is 1, so that ids, like everything else in a kernel,
    broadcast along the row.
    ```mlir
    %x = weft.gather_rows %ids, %wte : tensor<8x64x1xi32>, tensor<256x384xf32> -> tensor<8x64x384xf32>
    ```
    With `divisor`, the row is that of the id divided by it, rounded down.

    **Constraints:** the table has rank 2; the result has the ids' shape with the table's last size.
  }];
  let arguments = (ins Weft_IdTensor:$ids, Weft_FloatTensor:$table, OptionalAttr<I32Attr>:$divisor);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$ids `,` $table (`divisor` $divisor^)? attr-dict `:` type($ids) `,` type($table) `->` type($result)";
  let hasVerifier = 1;
}

def Weft_OneHotOp : Weft_Op<"one_hot", [ReadsCoordinates, WalksRows, Pure]> {
  let summary = "1 at the class that the id names, 0 elsewhere; a row of zeros for an id that is no class";
  let description = [{
    ```mlir
    %h = weft.one_hot %ids : tensor<8x64x1xi32> -> tensor<8x64x256xf32>
    ```
    **Constraints:** the shapes agree but for the last size, which is 1 for ids.
  }];
  let arguments = (ins Weft_IdTensor:$ids);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$ids attr-dict `:` type($ids) `->` type($result)";
  let hasVerifier = 1;
}

def Weft_PickOp : Weft_Op<"pick", [Pure]> {
  let summary = "the element of each row that the id names, 0 for an id that is no column";
  let description = [{
    ```mlir
    %x = weft.pick %logits, %ids : tensor<8x64x256xf32>, tensor<8x64x1xi32> -> tensor<8x64x1xf32>
    ```
    **Constraints:** the shapes agree but for the last size, which is 1 for ids and result.
  }];
  let arguments = (ins Weft_FloatTensor:$input, Weft_IdTensor:$ids);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `,` $ids attr-dict `:` type($input) `,` type($ids) `->` type($result)";
  let hasVerifier = 1;
}

def Weft_ChunkSumsOp : Weft_Op<"chunk_sums", [Pure]> {
  let summary = "the sums of runs of `chunk` elements, in row-major order";
  let description = [{
    The first step of a sum over a whole tensor whose order of additions must not depend on how the
    tensor is cut later: element i of the result adds up elements from i * chunk on, the last run may be
    shorter.
    ```mlir
    %s = weft.chunk_sums %x chunk 4096 : tensor<128x96xf32> -> tensor<3xf32>
    ```
    **Constraints:** `chunk` is a power of two of at least 64; the result has ceil(elements / chunk)
    elements.
  }];
  let arguments = (ins Weft_FloatTensor:$input, I64Attr:$chunk);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `chunk` $chunk attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def Weft_PartialSumsOp : Weft_Op<"partial_sums", [Pure]> {
  let summary = "the sums of runs of rows";
  let description = [{
    The first step of a sum over rows that runs on more processors than there are columns for. Rows are those of all dimensions but the
    last, in row-major order; row i of the result adds up ceil(rows / parts) of them from i times as many on, the last ones of fewer.
    ```mlir
    %s = weft.partial_sums %x parts 8 : tensor<4x128x96xf32> -> tensor<8x96xf32>
    ```
    **Constraints:** a result of [parts, columns]; no part without a row.
  }];
  let arguments = (ins Weft_FloatTensor:$input, I64Attr:$parts);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `parts` $parts attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    int64_t getRowsOfPart();
  }];
}

def Weft_TargetWeightOp : Weft_Op<"target_weight", [Pure, SameOperandsAndResultShape]> {
  let summary = "0 where the id is `ignore_index`, else 1";
  let description = "```mlir\n%w = weft.target_weight %ids {ignore_index = -100} : tensor<8x64x1xi32> -> tensor<8x64x1xf32>\n```";
  let arguments = (ins Weft_IdTensor:$ids, OptionalAttr<I64Attr>:$ignore_index);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$ids attr-dict `:` type($ids) `->` type($result)";
}

def Weft_MatmulEpilogueOp : Weft_Op<"matmul_epilogue", [MatrixProduct, AddsToOld, Pure, AttrSizedOperandSegments]> {
  let summary = "a matrix product and what a GPU's library does with it before it reaches memory";
  let description = [{
    | epilogue | `with` | result | second result |
    | --- | --- | --- | --- |
    | `bias` | a row, [n] | a b + with | none |
    | `gelu` | a row, [n] | gelu(a b + with), the tanh form | a b + with, where something wants it |
    | `gelu_backward` | [m, n] | gelu_backward(a b, with), the tanh form | the sums of the result's columns, [n], where something wants them |
    | `sum_a`, `sum_b` | none | a b, or what `weft.matmul_accumulate` makes of `onto` | the sums of a or of b over k, [m] or [n] |

    Everything is computed in f32 and rounded once.
    ```mlir
    %y, %u = weft.matmul_epilogue gelu %x, %w with %b : (tensor<8x4xf32>, tensor<4x16xf32>, tensor<16xf32>) -> (tensor<8x16xf32>, tensor<8x16xf32>)
    %d, %s = weft.matmul_epilogue sum_b %x, %g onto %old if %flag {transpose_a} : ...
    ```
    **Constraints:** factors of rank 2 and of one type of f32, bf16 and f16, which all others have too; sizes fit;
    operands and results as in the table; n is a multiple of 8 where what gelu is taken of is in memory; `onto` and a
    flag with it are for `sum_a` and `sum_b`.
  }];
  let arguments = (ins Spec_EpilogueAttr:$epilogue, Weft_FloatTensor:$lhs, Weft_FloatTensor:$rhs,
                       Optional<Weft_FloatTensor>:$with, Optional<Weft_FloatTensor>:$old, Optional<Weft_Flag>:$flag,
                       UnitAttr:$transpose_a, UnitAttr:$transpose_b);
  let results = (outs Weft_FloatTensor:$result, Optional<Weft_FloatTensor>:$side);
  let assemblyFormat = [{
    custom<Keyword>($epilogue) $lhs `,` $rhs (`with` $with^)? (`onto` $old^)? (`if` $flag^)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Weft_GroupOp : Weft_Op<"group", [MovesElements, Pure, IsolatedFromAbove, SingleBlock, HasParent<"GraphOp">]> {
  let summary = "ops that become one kernel";
  let description = [{
    All ops inside run over the same rows and columns. Operands are what the kernel loads, results
    what it stores; everything between stays in registers.
    ```mlir
    %y = weft.group(%x, %b) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<8x64xf32> {
    ^bb0(%0: tensor<8x64xf32>, %1: tensor<64xf32>):
      %2 = weft.add %0, %1 : tensor<8x64xf32>, tensor<64xf32>
      %3 = weft.gelu tanh %2 : tensor<8x64xf32>
      weft.yield %3 : tensor<8x64xf32>
    }
    ```
    **Constraints:** block arguments and yielded values have the types of operands and results.
  }];
  let arguments = (ins Variadic<Weft_Tensor>:$operands);
  let results = (outs Variadic<Weft_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "`(` $operands `)` `:` functional-type($operands, $results) $body attr-dict";
  let hasVerifier = 1;
}

def Weft_YieldOp : Weft_Op<"yield", [Pure, ReturnLike, Terminator, HasParent<"GroupOp">]> {
  let summary = "the results of a group";
  let arguments = (ins Variadic<Weft_Tensor>:$operands);
  let assemblyFormat = "$operands `:` type($operands) attr-dict";
}

def Weft_LaunchOp : Weft_Op<"launch", [Pure]> {
  let summary = "a group that has become a kernel";
  let description = [{
    Operands and results are the kernel's inputs and outputs, as tensors.
    ```mlir
    %y = weft.launch @add_gelu(%x, %b) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<8x64xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Weft_Tensor>:$operands);
  let results = (outs Variadic<Weft_Tensor>:$results);
  let assemblyFormat = "$kernel `(` $operands `)` attr-dict `:` functional-type($operands, $results)";
}

#endif // WEFT_WEFT_LOWERED
