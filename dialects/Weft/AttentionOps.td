// Attention as one op, which never holds the scores of all queries and keys.
#ifndef WEFT_WEFT_ATTENTION
#define WEFT_WEFT_ATTENTION

include "dialects/Weft/WeftBase.td"

// What both directions of attention compute the scores from, beside q and k.
defvar Weft_AttentionScores = (ins
  Optional<Weft_FloatTensor>:$bias, Optional<Weft_FloatTensor>:$kept, Optional<Weft_FloatTensor>:$alibi, Optional<Weft_IdTensor>:$query_documents,
  Optional<Weft_IdTensor>:$key_documents, Variadic<Weft_Word>:$draw, Optional<Weft_Flag>:$step, F64Attr:$scale,
  UnitAttr:$causal, OptionalAttr<I64Attr>:$window, OptionalAttr<I64Attr>:$ahead, OptionalAttr<F64Attr>:$softcap,
  OptionalAttr<F64Attr>:$dropout, OptionalAttr<UI64Attr>:$key);
defvar Weft_AttentionScoresFormat = [{
  (`bias` $bias^ `:` type($bias))? (`kept` $kept^ `:` type($kept))? (`alibi` $alibi^ `:` type($alibi))?
  (`documents` $query_documents^ `,` $key_documents `:` type($query_documents) `,` type($key_documents))?
  (`key` $key^)? (`draw` $draw^ `step` $step)?
}];

class Weft_AttentionScoresOp<string mnemonic, dag operands, dag attributes = (ins)>
    : Weft_InferredOp<mnemonic, [AttrSizedOperandSegments, WidensItself]> {
  let arguments = !con(operands, Weft_AttentionScores, attributes);
  let hasVerifier = 1;
}

def Weft_AttentionOp : Weft_AttentionScoresOp<"attention",
    (ins Weft_FloatTensor:$q, Weft_FloatTensor:$k, Weft_FloatTensor:$v)> {
  let summary = "softmax(scale * q k^T, masked) v, tile by tile";
  let description = [{
    q is [batch, heads, queries, d], k [batch, key heads, keys, d], v [batch, key heads, keys, e]; query
    head h goes with key head h / (heads / key heads). The score of a query and a key is
    s = scale * (q . k), then with `softcap` c: s = c * tanh(s / c). A query stands where the key
    query + keys - queries does. Hidden are, with `causal`, the keys after it; with a `window` those that lie
    `window` or more before it, as in `weft.causal_mask`; with `ahead` those that lie `ahead` or more after
    it, so that `window = 4, ahead = 4` shows itself and three on either side, and `ahead = 1` is `causal`.
    With `documents`, [batch, queries] and [batch, keys], a query sees the keys of its own number only. A `bias` is added to the scores; it is [batch or
    1, heads or 1, queries or 1, keys], and hides where it is -infinity. `alibi` has a slope for each head,
    by which the distance key - (query + keys - queries) is multiplied and added before (Press et al., ICLR 2022).
    Where `kept`, of the bias's type, is 0, a mask has replaced the score: the bias stands there alone, and no gradient
    goes to q and k. None of these has a gradient itself. The results are the sum of v's rows weighted with softmax(s), [batch, heads,
    queries, e], and the log-sum-exp of each query's visible scores, [batch, heads, queries], which the
    backward needs. A query that sees no key gets zeros and +infinity. With a bias there is a third result, what
    rounding took from the second: a query whose keys are all at -1e9 has a log-sum-exp of -1e9 + log(keys), of which f32
    keeps -1e9.

    Of q, k and v of bf16 or f16, scores, sums and the log-sum-exp are f32, and so are the slopes of `alibi`;
    weights are rounded to the type of v for the product with it. A bias may have any type of at most as many bits as
    the scores; their sum with it is rounded to that type.

    With `dropout`, each weight is 0 with that probability, else divided by 1 - dropout: the draw is that of
    `weft.dropout` of the same `key` on weights of [batch, heads, queries, keys]. `weft-decompose` turns
    the key into the words that `draw` and `step` are, in the order of `weft.drop`.
    ```mlir
    %o, %lse = weft.attention %q, %k, %v {scale = 0.125, causal, window = 128, softcap = 50.0}
        : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>
    %o, %lse = weft.attention %q, %k, %v documents %d, %d : tensor<2x256xi32>, tensor<2x256xi32>
        {scale = 0.125, causal, dropout = 0.1} : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>
    %o, %lse = weft.attention %q, %k, %v {scale = 0.125, window = 65, ahead = 65}
        : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>
    ```
    A padded key's score is replaced by -1e9 before later keys are hidden:
    ```mlir
    %o, %lse, %rest = weft.attention %q, %k, %v bias %fill : tensor<2x1x1x256xf32> kept %keep : tensor<2x1x1x256xf32>
        {scale = 0.125, causal} : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>
    ```
    `weft-fuse-attention` makes it of a matmul, a mask, a softmax and a matmul.

    **Constraints:** rank 4; element types, batch, d of q and k, and heads and keys of k and v agree; key
    heads divide heads; d and e are at most 1024; scale is finite, softcap positive; a window with `causal`
    is at least 1; `ahead` does not go with `causal`; window and ahead leave some key to be seen (either may
    be below 1 where the other is larger, for queries that stand elsewhere); 0 <= dropout < 1; in a graph, a
    key or a draw goes with dropout; kept goes with a bias and has its type.
  }];
  let results = (outs Weft_FloatTensor:$result, Weft_FloatTensor:$lse, Optional<Weft_FloatTensor>:$rest);
  let assemblyFormat = !strconcat("$q `,` $k `,` $v", Weft_AttentionScoresFormat,
                                  "attr-dict `:` type($q) `,` type($k) `,` type($v)");
}

def Weft_AttentionBackwardOp : Weft_AttentionScoresOp<"attention_backward",
    (ins Weft_FloatTensor:$q, Weft_FloatTensor:$k, Weft_FloatTensor:$v, Weft_FloatTensor:$lse,
         Weft_FloatTensor:$delta, Weft_FloatTensor:$grad, Optional<Weft_FloatTensor>:$rest), (ins I64Attr:$key_chunks)> {
  let summary = "the gradients of q, k and v of weft.attention";
  let description = [{
    Computes the scores again; `lse` and, with a bias, `rest` are those of the forward, `grad` the gradient of its first result, and
    `delta` the sum over e of grad times that result. Keys are shared out in `key_chunks` parts: each
    gives its own sum towards q, the first dimension of the first result where there is more than one.
    That result is f32 for operands of 16 bits: it is summed up in memory.
    ```mlir
    %dq, %dk, %dv = weft.attention_backward %q, %k, %v, %lse, %delta, %grad chunks 1 {scale = 0.125, causal}
        : tensor<2x8x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x2x256x64xf32>, tensor<2x8x256xf32>,
          tensor<2x8x256xf32>, tensor<2x8x256x64xf32>
    ```
    **Constraints:** those of `weft.attention`; lse, delta and rest are [batch, heads, queries]; rest goes with a bias; grad [batch,
    heads, queries, e]; key_chunks is at least 1.
  }];
  let results = (outs Weft_FloatTensor:$dq, Weft_FloatTensor:$dk, Weft_FloatTensor:$dv);
  let assemblyFormat = !strconcat("$q `,` $k `,` $v `,` $lse `,` $delta `,` $grad (`rest` $rest^ `:` type($rest))?", Weft_AttentionScoresFormat, [{
    `chunks` $key_chunks attr-dict `:` type($q) `,` type($k) `,` type($v) `,` type($lse) `,` type($delta) `,` type($grad)
  }]);
}

#endif // WEFT_WEFT_ATTENTION
