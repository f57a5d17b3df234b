// Mixtures of experts: which rows go to which expert, and products by expert. No row is dropped: shapes
// are static, how many rows an expert has is data.
#ifndef WEFT_WEFT_EXPERT
#define WEFT_WEFT_EXPERT

include "dialects/Weft/TensorOps.td"

def Weft_TopKOp : Weft_InferredOp<"top_k"> {
  let summary = "the k largest elements of each row and where they are, the largest first";
  let description = [{
    Of equal elements, the one with the lower index comes first; NaN counts as the largest. The gradient
    of the values goes to the elements that were chosen.
    ```mlir
    %values, %ids = weft.top_k %scores k 2 : tensor<128x8xf32>
    ```
    The results are tensor<128x2xf32> and tensor<128x2xi32>.

    **Constraints:** rank at least 1; 1 <= k <= last size.
  }];
  let arguments = (ins Weft_FloatTensor:$input, I64Attr:$k);
  let results = (outs Weft_FloatTensor:$values, Weft_IdTensor:$ids);
  let assemblyFormat = "$input `k` $k attr-dict `:` type($input)";
}

def Weft_RouteOp : Weft_InferredOp<"route"> {
  let summary = "sorts the slots of a router by expert";
  let description = [{
    A slot is one choice of one token: slot i of the ids in row-major order goes to expert ids[i]. `order`
    lists the slots by expert, those of one expert in their own order; `slots` says where each slot went,
    so order[slots[i]] = i; the slots of expert e are order[offsets[e]] to order[offsets[e + 1] - 1].
    ```mlir
    %order, %slots, %offsets = weft.route %ids experts 8 : tensor<128x2xi32>
    ```
    The results are tensor<256xi32>, tensor<128x2xi32> and tensor<9xi32>. An id that is no expert counts
    as the last one's.

    **Constraints:** ids of rank at least 1; at least one expert.
  }];
  let arguments = (ins Weft_IdTensor:$ids, I64Attr:$experts);
  let results = (outs Weft_IdTensor:$order, Weft_IdTensor:$slots, Weft_IdTensor:$offsets);
  let assemblyFormat = "$ids `experts` $experts attr-dict `:` type($ids)";
}

def Weft_DispatchOp : Weft_InferredOp<"dispatch", [MovesElements]> {
  let summary = "a copy of a token's row for each of its slots, in the order of experts";
  let description = [{
    Row p is the row of the token that slot order[p] belongs to.
    ```mlir
    %rows = weft.dispatch %x, %order, %slots : tensor<128x32xf32>, tensor<256xi32>, tensor<128x2xi32>
    ```
    The result is tensor<256x32xf32>.

    **Constraints:** `order` and `slots` are results of one `weft.route`; slots have the shape of x but for
    the last size.
  }];
  let arguments = (ins Weft_FloatTensor:$input, Weft_IdTensor:$order, Weft_IdTensor:$slots);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `,` $order `,` $slots attr-dict `:` type($input) `,` type($order) `,` type($slots)";
  let hasVerifier = 1;
}

def Weft_CombineOp : Weft_InferredOp<"combine"> {
  let summary = "for each token, the sum over its slots of weight * row, in their order";
  let description = [{
    ```mlir
    %y = weft.combine %rows, %weights, %slots : tensor<256x32xf32>, tensor<128x2xf32>, tensor<128x2xi32>
    ```
    The result is tensor<128x32xf32>.

    **Constraints:** `slots` is a result of `weft.route`; rows are [slots, width]; weights and slots have
    one shape.
  }];
  let arguments = (ins Weft_FloatTensor:$rows, Weft_FloatTensor:$weights, Weft_IdTensor:$slots);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$rows `,` $weights `,` $slots attr-dict `:` type($rows) `,` type($weights) `,` type($slots)";
  let hasVerifier = 1;
}

def Weft_GroupedLinearOp : Weft_InferredOp<"grouped_linear", [GroupedProduct]> {
  let summary = "each expert's rows times that expert's weight";
  let description = [{
    Rows offsets[e] to offsets[e + 1] - 1 are multiplied by weight[e], which is [out, in] or [in, out] as
    in `weft.linear`. An expert may have no rows.
    ```mlir
    %h = weft.grouped_linear out_in %rows, %w, %offsets : tensor<256x32xf32>, tensor<8x96x32xf32>, tensor<9xi32>
    ```
    The result is tensor<256x96xf32>.

    **Constraints:** `offsets` is a result of `weft.route`, one more than there are experts; rows are
    [slots, in]; element types agree.
  }];
  let arguments = (ins Weft_WeightLayoutAttr:$weight_layout, Weft_FloatTensor:$rows, Weft_FloatTensor:$weight,
                       Weft_IdTensor:$offsets);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    custom<Keyword>($weight_layout) $rows `,` $weight `,` $offsets attr-dict `:` type($rows) `,` type($weight) `,` type($offsets)
  }];
  let hasVerifier = 1;
}

def Weft_GroupedLinearBackwardOp : Weft_InferredOp<"grouped_linear_backward", [GroupedProduct, AddsToOld, AttrSizedOperandSegments]> {
  let summary = "for each expert, the product of its rows of lhs, transposed, and of rhs: a weight's gradient";
  let description = [{
    With `old`, the product is added to it as `weft.matmul_accumulate` adds; an expert without rows leaves
    it as it is. Without, such an expert gets zeros.
    ```mlir
    %dw = weft.grouped_linear_backward %dy, %x, %offsets into %old : tensor<8x96x32xf32> if %flag
        : tensor<256x96xf32>, tensor<256x32xf32>, tensor<9xi32>
    ```
    The result is tensor<8x96x32xf32>.

    **Constraints:** lhs and rhs have as many rows and one element type; `offsets` is a result of
    `weft.route`; `old` has the result's type; `flag` goes with `old` only.
  }];
  let arguments = (ins Weft_FloatTensor:$lhs, Weft_FloatTensor:$rhs, Weft_IdTensor:$offsets,
                       Optional<Weft_FloatTensor>:$old, Optional<Weft_Flag>:$flag);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $offsets (`into` $old^ `:` type($old))? (`if` $flag^)? attr-dict `:` type($lhs) `,` type($rhs) `,` type($offsets)
  }];
  let hasVerifier = 1;
}

#endif // WEFT_WEFT_EXPERT
