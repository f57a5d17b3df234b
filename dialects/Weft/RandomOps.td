// Ops that draw random numbers, and what they draw them from.
#ifndef WEFT_WEFT_RANDOM
#define WEFT_WEFT_RANDOM

include "dialects/Weft/WeftBase.td"

def Weft_DropoutOp : Weft_Op<"dropout", [Pure, SameOperandsAndResultType]> {
  let summary = "0 with probability `rate`, else input / (1 - rate); the input itself outside training";
  let description = [{
    Srivastava et al., JMLR 15 (2014). Each element is drawn from (seed of the run, step, global sample,
    key, place within the sample) alone: neither the micro-batch that a sequence is in, nor the kernel,
    nor the thread matters. The first dimension counts sequences. `weft-instantiate` gives the `key`, a
    hash of the scope and of an ordinal among the random ops of that scope; ops of one key draw alike,
    and the gradient is the same op with the same key.
    ```mlir
    %y = weft.dropout %x {rate = 0.1} : tensor<8x64x32xf32>
    ```
    An element in column c (its last index) of row r (the indices between the first and the last, in
    row-major order) of global sample s is dropped where a word of 32 bits is below rate * 2^32. With
    philox the function Philox4x32-10 of a counter of four words and a key of two (Salmon et al., SC 2011),
    low words first:
    - (k0, k1, -, -) = philox((key, key >> 32, step, 0), (seed, seed >> 32));
    - (w0, w1, w2, w3) = philox((16 * (c / 64) + c % 16, r, s, s >> 32), (k0, k1));
    - the word is w[c / 16 % 4]: 16 neighbouring blocks serve 64 neighbouring columns.

    **Constraints:** rank at least 2; 0 <= rate < 1; the first dimension is that of the model's inputs;
    in a graph, a key.
  }];
  let arguments = (ins Weft_FloatTensor:$input, F64Attr:$rate, OptionalAttr<UI64Attr>:$key);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input (`key` $key^)? attr-dict `:` type($input)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Weft_DropOp : Weft_Op<"drop", [ReadsCoordinates, WalksRows, Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "`weft.dropout` with all that it draws from as operands";
  let description = [{
    Key, seed and sample are two words each, low ones first; `sample` is that of the first sequence. They
    are operands so that one kernel serves all dropouts of a shape.
    ```mlir
    %y = weft.drop %x key %k0, %k1 seed %s0, %s1 sample %n0, %n1 step %t {rate = 0.1} : tensor<8x64x32xf32>
    ```
    **Constraints:** those of `weft.dropout`.
  }];
  let arguments = (ins Weft_FloatTensor:$input, Weft_Word:$keyLow, Weft_Word:$keyHigh, Weft_Word:$seedLow,
                       Weft_Word:$seedHigh, Weft_Word:$sampleLow, Weft_Word:$sampleHigh, Weft_Flag:$step,
                       F64Attr:$rate);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    $input `key` $keyLow `,` $keyHigh `seed` $seedLow `,` $seedHigh `sample` $sampleLow `,` $sampleHigh
    `step` $step attr-dict `:` type($input)
  }];
  let hasVerifier = 1;
}

def Weft_WordOp : Weft_Op<"word", [NamesMemory, Pure]> {
  let summary = "a number that kernels read from memory rather than contain";
  let description = "Kernels that differ in it alone are one kernel.\n```mlir\n%k = weft.word 17\n```";
  let arguments = (ins I32Attr:$value);
  let results = (outs Weft_Word:$result);
  let assemblyFormat = "$value attr-dict";
}

#endif // WEFT_WEFT_RANDOM
