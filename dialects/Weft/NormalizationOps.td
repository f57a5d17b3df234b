// Ops over whole rows: normalisation, softmax, the loss.
#ifndef WEFT_WEFT_NORMALIZATION
#define WEFT_WEFT_NORMALIZATION

include "dialects/Weft/WeftBase.td"

def Weft_LayerNormOp : Weft_InferredOp<"layer_norm"> {
  let summary = "layer normalisation over the last dimension";
  let description = [{
    (x - mean) / sqrt(variance + eps) * weight + bias, with the biased variance.
    Ba, Kiros and Hinton, arXiv 1607.06450.
    ```mlir
    %y = weft.layer_norm %x, %g, %b {eps = 1.0e-5} : tensor<8x64x32xf32>, tensor<32xf32>, tensor<32xf32>
    ```
    **Constraints:** weight and bias are [last size]; eps > 0; element types agree.
  }];
  let arguments = (ins Weft_FloatTensor:$input, Weft_FloatTensor:$weight, Weft_FloatTensor:$bias, F64Attr:$eps);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `,` $weight `,` $bias attr-dict `:` type($input) `,` type($weight) `,` type($bias)";
  let hasVerifier = 1;
}

def Weft_SoftmaxOp : Weft_Op<"softmax", [Pure, SameOperandsAndResultType]> {
  let summary = "exp(x) / sum(exp(x)) over the last dimension";
  let description = [{
    The largest element of the row is subtracted first.
    ```mlir
    %p = weft.softmax %s : tensor<8x4x64x64xf32>
    ```
    **Constraints:** rank at least 1.
  }];
  let arguments = (ins Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def Weft_CrossEntropyOp : Weft_InferredOp<"cross_entropy"> {
  let summary = "sum over the targets of -log softmax(logits)[target], and how many targets count";
  let description = [{
    A target equal to `ignore_index` counts neither in the sum nor in the weight.
    ```mlir
    %sum, %weight = weft.cross_entropy %logits, %targets {ignore_index = -100} : tensor<8x64x256xf32>, tensor<8x64xi32>
    ```
    **Constraints:** targets have the logits' shape without its last dimension; `ignore_index` is
    not a class.
  }];
  let arguments = (ins Weft_FloatTensor:$logits, Weft_IdTensor:$targets, OptionalAttr<I64Attr>:$ignore_index);
  let results = (outs Weft_FloatTensor:$sum, Weft_FloatTensor:$weight);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits) `,` type($targets)";
  let hasVerifier = 1;
}

def Weft_CrossEntropyRowsOp : Weft_InferredOp<"cross_entropy_rows"> {
  let summary = "the loss, the weight and the log-sum-exp of every row of logits";
  let description = [{
    What `cross_entropy` is lowered to and what its gradient starts from: loss = logsumexp -
    logits[target] and weight = 1, or both 0 where the target is ignored.
    ```mlir
    %loss, %weight, %lse = weft.cross_entropy_rows %logits, %targets {ignore_index = -100} : tensor<8x64x256xf32>, tensor<8x64xi32>
    ```
    The results are tensor<8x64x1xf32>.

    **Constraints:** those of `cross_entropy`.
  }];
  let arguments = (ins Weft_FloatTensor:$logits, Weft_IdTensor:$targets, OptionalAttr<I64Attr>:$ignore_index);
  let results = (outs Weft_FloatTensor:$loss, Weft_FloatTensor:$weight, Weft_FloatTensor:$lse);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits) `,` type($targets)";
  let hasVerifier = 1;
}

def Weft_CrossEntropyBackwardOp : Weft_InferredOp<"cross_entropy_backward"> {
  let summary = "gradient of the loss sum towards the logits";
  let description = [{
    grad * (softmax(logits) - one_hot(target)), or 0 in ignored rows; softmax is exp(logits - lse).
    ```mlir
    %d = weft.cross_entropy_backward %g, %logits, %targets, %lse {ignore_index = -100} : tensor<f32>, tensor<8x64x256xf32>, tensor<8x64xi32>, tensor<8x64x1xf32>
    ```
    **Constraints:** those of `cross_entropy`; grad is a scalar; lse is as `cross_entropy_rows` gives it.
  }];
  let arguments = (ins Weft_FloatTensor:$grad, Weft_FloatTensor:$logits, Weft_IdTensor:$targets, Weft_FloatTensor:$lse,
                       OptionalAttr<I64Attr>:$ignore_index);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    $grad `,` $logits `,` $targets `,` $lse attr-dict `:` type($grad) `,` type($logits) `,` type($targets) `,` type($lse)
  }];
  let hasVerifier = 1;
}

#endif // WEFT_WEFT_NORMALIZATION
