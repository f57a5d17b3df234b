// Ops over whole rows: normalisation, rotary positions, softmax, the loss.
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

def Weft_RmsNormOp : Weft_InferredOp<"rms_norm"> {
  let summary = "normalisation by the root mean square over the last dimension";
  let description = [{
    x / sqrt(mean(x^2) + eps) * (weight + weight_offset). The offset is 0 if left out; Gemma's is 1.
    Zhang and Sennrich, arXiv 1910.07467.
    ```mlir
    %y = weft.rms_norm %x, %w {eps = 1.0e-6} : tensor<8x64x32xf32>, tensor<32xf32>
    ```
    **Constraints:** weight is [last size]; eps > 0; weight_offset is finite; element types agree.
  }];
  let arguments = (ins Weft_FloatTensor:$input, Weft_FloatTensor:$weight, F64Attr:$eps,
                       OptionalAttr<F64Attr>:$weight_offset);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input `,` $weight attr-dict `:` type($input) `,` type($weight)";
  let hasVerifier = 1;
}

def Weft_RopeLinearAttr : AttrDef<Weft_Dialect, "RopeLinear"> {
  let mnemonic = "rope_linear";
  let summary = "rotary positions divided by a factor";
  let description = [{
    Every frequency is divided by `factor`. Example: `#weft.rope_linear<factor = 2.0>`.

    **Constraints:** factor > 0.
  }];
  let parameters = (ins Spec_Double:$factor);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Weft_RopeLlama3Attr : AttrDef<Weft_Dialect, "RopeLlama3"> {
  let mnemonic = "rope_llama3";
  let summary = "rotary frequencies stretched as Llama 3.1 does";
  let description = [{
    With n = `original_positions`, a frequency of wavelength w is divided by `factor` where
    w > n / low_freq_factor, kept where w < n / high_freq_factor, and between the two it is
    (1 - s) f / factor + s f with s = (n / w - low_freq_factor) / (high_freq_factor - low_freq_factor).
    Example: `#weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 8192>`.

    **Constraints:** every key is given and above 0; low_freq_factor < high_freq_factor.
  }];
  let parameters = (ins Spec_Double:$factor, Spec_Double:$low_freq_factor, Spec_Double:$high_freq_factor,
                        "int64_t":$original_positions);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Weft_RopePairingAttr : EnumAttr<Weft_Dialect, Weft_RopePairing, "rope_pairing">;

def Weft_RopeOp : Weft_Op<"rope", [Pure, SameOperandsAndResultType]> {
  let summary = "rotary position embedding: turns pairs of elements by an angle that grows with the position";
  let description = [{
    The last two dimensions are position t = 0, 1, ... and element of a head of size d. Pair j is turned
    by the angle t theta^(-2j/d): (a, b) becomes (a cos - b sin, b cos + a sin). `half` pairs element j
    with j + d/2, as transformers' `rotate_half` does; `interleaved` pairs 2j with 2j + 1, as the paper
    does. `inverse` turns back, which is the gradient. Su et al., arXiv 2104.09864.
    ```mlir
    %y = weft.rope half %x {theta = 10000.0} : tensor<8x4x64x32xf32>
    ```
    `scaling`, if given, is `#weft.rope_linear` or `#weft.rope_llama3`. Angles are computed in f64.

    **Constraints:** rank at least 2; an even last size; theta > 0.
  }];
  let arguments = (ins Weft_RopePairingAttr:$pairing, Weft_FloatTensor:$input, F64Attr:$theta,
      OptionalAttr<AnyAttrOf<[Weft_RopeLinearAttr, Weft_RopeLlama3Attr],
                             "#weft.rope_linear or #weft.rope_llama3", "::mlir::Attribute">>:$scaling,
      UnitAttr:$inverse);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "custom<Keyword>($pairing) $input attr-dict `:` type($input)";
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

def Weft_LogSoftmaxOp : Weft_Op<"log_softmax", [Pure, SameOperandsAndResultType]> {
  let summary = "x - log(sum(exp(x))) over the last dimension";
  let description = [{
    The largest element of the row is subtracted first.
    ```mlir
    %p = weft.log_softmax %s : tensor<8x64x256xf32>
    ```
    **Constraints:** rank at least 1.
  }];
  let arguments = (ins Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

// What the losses below agree on. Each is as if left out where it is not given.
defvar Weft_LossOptions = (ins OptionalAttr<I64Attr>:$ignore_index, OptionalAttr<F64Attr>:$label_smoothing,
                               OptionalAttr<F64Attr>:$z_loss);

def Weft_CrossEntropyOp : Weft_InferredOp<"cross_entropy"> {
  let summary = "sum over the targets of -log softmax(logits)[target], and how many targets count";
  let description = [{
    A target equal to `ignore_index` counts neither in the sum nor in the weight. With `label_smoothing` s
    a target costs (1 - s) times its -log softmax plus s times the mean of -log softmax over all classes,
    as in PyTorch; `z_loss` z adds z logsumexp(logits)^2 for each target that counts.
    ```mlir
    %sum, %weight = weft.cross_entropy %logits, %targets {ignore_index = -100} : tensor<8x64x256xf32>, tensor<8x64xi32>
    ```
    **Constraints:** targets have the logits' shape without its last dimension; `ignore_index` is
    not a class; 0 <= label_smoothing <= 1; z_loss >= 0.
  }];
  let arguments = !con((ins Weft_FloatTensor:$logits, Weft_IdTensor:$targets), Weft_LossOptions);
  let results = (outs Weft_FloatTensor:$sum, Weft_FloatTensor:$weight);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits) `,` type($targets)";
  let hasVerifier = 1;
}

def Weft_CrossEntropyRowsOp : Weft_InferredOp<"cross_entropy_rows"> {
  let summary = "the loss, the weight and the log-sum-exp of every row of logits";
  let description = [{
    What `cross_entropy` is lowered to and what its gradient starts from: loss = lse - logits[target]
    and weight = 1, or both 0 where the target is ignored. Smoothed, the loss is (1 - s) (lse -
    logits[target]) + s (lse - mean(logits)); `z_loss` adds z lse^2.
    ```mlir
    %loss, %weight, %lse = weft.cross_entropy_rows %logits, %targets {ignore_index = -100} : tensor<8x64x256xf32>, tensor<8x64xi32>
    ```
    The results are tensor<8x64x1xf32>.

    **Constraints:** those of `cross_entropy`.
  }];
  let arguments = !con((ins Weft_FloatTensor:$logits, Weft_IdTensor:$targets), Weft_LossOptions);
  let results = (outs Weft_FloatTensor:$loss, Weft_FloatTensor:$weight, Weft_FloatTensor:$lse);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits) `,` type($targets)";
  let hasVerifier = 1;
}

def Weft_CrossEntropyBackwardOp : Weft_InferredOp<"cross_entropy_backward"> {
  let summary = "gradient of the loss sum towards the logits";
  let description = [{
    grad * (softmax(logits) (1 + 2 z lse) - (1 - s) one_hot(target) - s / classes), or 0 in ignored rows;
    softmax is exp(logits - lse), s the `label_smoothing` and z the `z_loss`.
    ```mlir
    %d = weft.cross_entropy_backward %g, %logits, %targets, %lse {ignore_index = -100} : tensor<f32>, tensor<8x64x256xf32>, tensor<8x64xi32>, tensor<8x64x1xf32>
    ```
    **Constraints:** those of `cross_entropy`; grad is a scalar; lse is as `cross_entropy_rows` gives it.
  }];
  let arguments = !con((ins Weft_FloatTensor:$grad, Weft_FloatTensor:$logits, Weft_IdTensor:$targets,
                            Weft_FloatTensor:$lse), Weft_LossOptions);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    $grad `,` $logits `,` $targets `,` $lse attr-dict `:` type($grad) `,` type($logits) `,` type($targets) `,` type($lse)
  }];
  let hasVerifier = 1;
}

#endif // WEFT_WEFT_NORMALIZATION
