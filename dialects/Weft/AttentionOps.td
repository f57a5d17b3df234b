// Attention as one op, which never holds the scores of all queries and keys.
#ifndef WEFT_WEFT_ATTENTION
#define WEFT_WEFT_ATTENTION

include "dialects/Weft/WeftBase.td"

def Weft_AttentionOp : Weft_InferredOp<"attention"> {
  let summary = "softmax(scale * q k^T, masked) v, tile by tile";
  let description = [{
    q is [batch, heads, queries, d], k [batch, key heads, keys, d], v [batch, key heads, keys, e]; query
    head h goes with key head h / (heads / key heads). The score of a query and a key is
    s = scale * (q . k), then with `softcap` c: s = c * tanh(s / c). Hidden are, with `causal`, the keys
    after the query (key > query + keys - queries), and of the others with a `window` those that lie
    `window` or more before it, as in `weft.causal_mask`. A `bias` is added to the scores; it is [batch or
    1, heads or 1, queries or 1, keys], has no gradient, and hides where it is -infinity. The results are the sum of v's rows weighted
    with softmax(s), [batch, heads, queries, e], and the log-sum-exp of each query's visible scores,
    [batch, heads, queries], which the backward needs. A query that sees no key gets zeros and +infinity.
    ```mlir
    %o, %lse = weft.attention %q, %k, %v {scale = 0.125, causal, window = 128, softcap = 50.0}
        : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>
    ```
    `weft-fuse-attention` makes it of a matmul, a mask, a softmax and a matmul.

    **Constraints:** rank 4; element types, batch, d of q and k, and heads and keys of k and v agree; key
    heads divide heads; d and e are at most 1024; scale is finite, softcap positive; a window is at least 1
    and goes with `causal`.
  }];
  let arguments = (ins Weft_FloatTensor:$q, Weft_FloatTensor:$k, Weft_FloatTensor:$v, Optional<Weft_FloatTensor>:$bias,
                       F64Attr:$scale, UnitAttr:$causal, OptionalAttr<I64Attr>:$window, OptionalAttr<F64Attr>:$softcap);
  let results = (outs Weft_FloatTensor:$result, Weft_FloatTensor:$lse);
  let assemblyFormat = [{
    $q `,` $k `,` $v (`bias` $bias^ `:` type($bias))? attr-dict `:` type($q) `,` type($k) `,` type($v)
  }];
  let hasVerifier = 1;
}

def Weft_AttentionBackwardOp : Weft_InferredOp<"attention_backward"> {
  let summary = "the gradients of q, k and v of weft.attention";
  let description = [{
    Computes the scores again; `lse` is that of the forward, `grad` the gradient of its first result, and
    `delta` the sum over e of grad times that result. Keys are shared out in `key_chunks` parts: each
    gives its own sum towards q, the first dimension of the first result where there is more than one.
    ```mlir
    %dq, %dk, %dv = weft.attention_backward %q, %k, %v, %lse, %delta, %grad chunks 1 {scale = 0.125, causal}
        : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x8x256xf32>,
          tensor<2x8x256xf32>, tensor<2x8x256x64xf32>
    ```
    **Constraints:** those of `weft.attention`; lse and delta are [batch, heads, queries], grad [batch,
    heads, queries, e]; key_chunks is at least 1.
  }];
  let arguments = (ins Weft_FloatTensor:$q, Weft_FloatTensor:$k, Weft_FloatTensor:$v, Weft_FloatTensor:$lse,
                       Weft_FloatTensor:$delta, Weft_FloatTensor:$grad,
                       Optional<Weft_FloatTensor>:$bias, F64Attr:$scale, UnitAttr:$causal, OptionalAttr<I64Attr>:$window, OptionalAttr<F64Attr>:$softcap,
                       I64Attr:$key_chunks);
  let results = (outs Weft_FloatTensor:$dq, Weft_FloatTensor:$dk, Weft_FloatTensor:$dv);
  let assemblyFormat = [{
    $q `,` $k `,` $v `,` $lse `,` $delta `,` $grad (`bias` $bias^ `:` type($bias))?
    `chunks` $key_chunks attr-dict `:` type($q) `,` type($k) `,` type($v) `,` type($lse) `,` type($delta) `,` type($grad)
  }];
  let hasVerifier = 1;
}

#endif // WEFT_WEFT_ATTENTION
