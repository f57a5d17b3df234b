// Products, reductions, and ops that only move elements.
#ifndef WEFT_WEFT_TENSOR
#define WEFT_WEFT_TENSOR

include "dialects/Weft/WeftBase.td"

def Weft_WeightLayoutAttr : EnumAttr<Weft_Dialect, Weft_WeightLayout, "weight_layout">;

def Weft_LinearOp : Weft_InferredOp<"linear", [MatrixProduct]> {
  let summary = "input times weight plus bias, over the last dimension";
  let description = [{
    The weight is [out, in] (`out_in`, as torch.nn.Linear stores it) or [in, out] (`in_out`, GPT-2's
    Conv1D), so that published files load without a copy.
    ```mlir
    %y = weft.linear out_in %x, %w, %b : (tensor<8x64x32xf32>, tensor<96x32xf32>, tensor<96xf32>) -> tensor<8x64x96xf32>
    ```
    **Constraints:** input of rank at least 1; element types agree; `in` is the input's last size;
    the bias is [out].
  }];
  let arguments = (ins Weft_WeightLayoutAttr:$weight_layout, Weft_FloatTensor:$input, Weft_FloatTensor:$weight,
                       Optional<Weft_FloatTensor>:$bias);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    custom<Keyword>($weight_layout) $input `,` $weight (`,` $bias^)? attr-dict `:` functional-type(operands, results)
  }];
}

def Weft_MatmulOp : Weft_InferredOp<"matmul", [MatrixProduct]> {
  let summary = "matrix product over the last two dimensions";
  let description = [{
    The leading (batch) dimensions are the same in both operands.
    ```mlir
    %s = weft.matmul %q, %k {transpose_b} : tensor<8x6x64x32xf32>, tensor<8x6x64x32xf32>
    ```
    **Constraints:** rank at least 2; equal ranks, batch dimensions, element types; inner sizes agree.
  }];
  let arguments = (ins Weft_FloatTensor:$lhs, Weft_FloatTensor:$rhs, UnitAttr:$transpose_a, UnitAttr:$transpose_b);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs)";
  let hasCanonicalizer = 1;
}

def Weft_MatmulAccumulateOp : Weft_InferredOp<"matmul_accumulate", [MatrixProduct, AddsToOld]> {
  let summary = "a matrix product added to a gradient, as `weft.accumulate` adds";
  let description = [{
    accumulate(old, matmul(lhs, rhs), flag) in one library call that adds into `old`. Without `flag` it
    always adds.
    **Constraints:** those of matmul; `old` has the product's type.
  }];
  let arguments = (ins Weft_FloatTensor:$old, Weft_FloatTensor:$lhs, Weft_FloatTensor:$rhs,
                       Optional<Weft_Flag>:$flag, UnitAttr:$transpose_a, UnitAttr:$transpose_b);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$old `,` $lhs `,` $rhs (`if` $flag^)? attr-dict `:` type($old) `,` type($lhs) `,` type($rhs)";
}

class Weft_ReductionOp<string mnemonic, string what> : Weft_InferredOp<mnemonic> {
  let summary = what # " over some dimensions";
  let description = "`keep_dims` leaves the reduced dimensions as 1.\n```mlir\n%s = weft." # mnemonic
      # " %x axes [1] {keep_dims} : tensor<8x64xf32>\n```\n**Constraints:** axes are in range and strictly increasing.";
  let arguments = (ins Weft_FloatTensor:$input, DenseI64ArrayAttr:$axes, UnitAttr:$keep_dims);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `axes` $axes attr-dict `:` type($input)";
}
def Weft_SumOp : Weft_ReductionOp<"sum", "the sum"> { let hasFolder = 1; }
def Weft_MeanOp : Weft_ReductionOp<"mean", "the mean">;
def Weft_ReduceMaxOp : Weft_ReductionOp<"reduce_max", "the largest element (its gradient is shared equally among equals)">;

def Weft_BroadcastOp : Weft_Op<"broadcast", [MovesElements, Pure]> {
  let summary = "stretches dimensions as elementwise ops do";
  let description = "```mlir\n%y = weft.broadcast %x : tensor<64xf32> to tensor<8x64xf32>\n```\n"
      # "**Constraints:** the input broadcasts to the result's shape.";
  let arguments = (ins Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Weft_ReshapeOp : Weft_Op<"reshape", [MovesElements, Pure]> {
  let summary = "the same elements in row-major order under another shape";
  let description = "```mlir\n%y = weft.reshape %x : tensor<8x64xf32> to tensor<8x4x16xf32>\n```\n"
      # "**Constraints:** as many elements; the same element type.";
  let arguments = (ins Weft_Tensor:$input);
  let results = (outs Weft_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}

def Weft_TransposeOp : Weft_InferredOp<"transpose", [MovesElements]> {
  let summary = "reorders dimensions: dimension i of the result is dimension permutation[i] of the input";
  let description = "```mlir\n%y = weft.transpose %x [0, 2, 1, 3] : tensor<8x64x4x16xf32>\n```\n"
      # "**Constraints:** a permutation of the input's dimensions.";
  let arguments = (ins Weft_FloatTensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input $permutation attr-dict `:` type($input)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Weft_SliceOp : Weft_InferredOp<"slice", [MovesElements]> {
  let summary = "a box of the input: `sizes` elements from `offsets` on";
  let description = "```mlir\n%y = weft.slice %x offsets [0, 16] sizes [8, 16] : tensor<8x64xf32>\n```\n"
      # "**Constraints:** one offset and size a dimension; the box lies inside the input and is not empty.";
  let arguments = (ins Weft_Tensor:$input, DenseI64ArrayAttr:$offsets, DenseI64ArrayAttr:$sizes);
  let results = (outs Weft_Tensor:$result);
  let assemblyFormat = "$input `offsets` $offsets `sizes` $sizes attr-dict `:` type($input)";
  let hasFolder = 1;
}

def Weft_SplitOp : Weft_InferredOp<"split", [MovesElements]> {
  let summary = "equal parts along one dimension";
  let description = "```mlir\n%q, %k, %v = weft.split %x axis 2 parts 3 : tensor<8x64x96xf32>\n```\n"
      # "**Constraints:** the axis is in range; 0 < parts <= 4096 divides its size.";
  let arguments = (ins Weft_FloatTensor:$input, I64Attr:$axis, I64Attr:$parts);
  let results = (outs Variadic<Weft_FloatTensor>:$results);
  let assemblyFormat = "$input `axis` $axis `parts` $parts attr-dict `:` type($input)";
  let hasCanonicalizer = 1;
}

def Weft_ConcatOp : Weft_InferredOp<"concat", [MovesElements]> {
  let summary = "joins tensors along one dimension";
  let description = "```mlir\n%y = weft.concat %a, %b axis 1 : tensor<8x16xf32>, tensor<8x32xf32>\n```\n"
      # "**Constraints:** at least one operand; they agree but for the size of that dimension.";
  let arguments = (ins Variadic<Weft_FloatTensor>:$inputs, I64Attr:$axis);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$inputs `axis` $axis attr-dict `:` type($inputs)";
  let hasFolder = 1;
}

def Weft_PadOp : Weft_Op<"pad", [MovesElements, Pure]> {
  let summary = "zeros around the input: the gradient of `slice`";
  let description = "The input lies at `offsets` in the result.\n```mlir\n%y = weft.pad %x offsets [0, 16] : tensor<8x16xf32> to tensor<8x64xf32>\n```\n"
      # "**Constraints:** ranks and element types agree; the input fits into the result.";
  let arguments = (ins Weft_FloatTensor:$input, DenseI64ArrayAttr:$offsets);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `offsets` $offsets attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
}

def Weft_EmbeddingOp : Weft_InferredOp<"embedding", [MovesElements]> {
  let summary = "rows of a table";
  let description = [{
    ```mlir
    %x = weft.embedding %tokens, %wte : tensor<8x64xi32>, tensor<256x384xf32>
    ```
    The result is tensor<8x64x384xf32>. Ids are checked when the data is read.

    The row `padding_index` is read as any other, and gets no gradient here: what is read for padding is not
    trained (`torch.nn.Embedding`'s `padding_idx`). Other uses of the table, as of a tied head, give that row theirs.
    ```mlir
    %x = weft.embedding %tokens, %wte {padding_index = 2} : tensor<8x64xi32>, tensor<256x384xf32>
    ```
    **Constraints:** the table has rank 2; 0 <= padding_index < the table's rows.
  }];
  let arguments = (ins Weft_IdTensor:$ids, Weft_FloatTensor:$table, OptionalAttr<I64Attr>:$padding_index);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$ids `,` $table attr-dict `:` type($ids) `,` type($table)";
  // Without padding.
  let builders = [OpBuilder<(ins "::mlir::Value":$ids, "::mlir::Value":$table), [{
    build($_builder, $_state, ids, table, /*padding_index=*/::mlir::IntegerAttr());
  }]>];
  let hasVerifier = 1;
}

def Weft_EmbeddingBackwardOp : Weft_InferredOp<"embedding_backward", [AddsToOld]> {
  let summary = "adds each row of the gradient to the row of `old` that its id names, in order of position";
  let description = [{
    With `flag`, `old` counts as zeros where the flag is 0 (see `weft.accumulate`). To the row `padding_index`
    nothing is added.
    ```mlir
    %new = weft.embedding_backward %old, %ids, %grad : tensor<256x384xf32>, tensor<8x64xi32>, tensor<8x64x384xf32>
    ```
    **Constraints:** the table has rank 2; the gradient is that of `weft.embedding`'s result;
    0 <= padding_index < the table's rows.
  }];
  let arguments = (ins Weft_FloatTensor:$old, Weft_IdTensor:$ids, Weft_FloatTensor:$grad, Optional<Weft_Flag>:$flag,
                       OptionalAttr<I64Attr>:$padding_index);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$old `,` $ids `,` $grad (`if` $flag^)? attr-dict `:` type($old) `,` type($ids) `,` type($grad)";
  let hasVerifier = 1;
}

#endif // WEFT_WEFT_TENSOR
