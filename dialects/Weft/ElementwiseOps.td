// Ops that compute each element of the result from one element of each operand.
#ifndef WEFT_WEFT_ELEMENTWISE
#define WEFT_WEFT_ELEMENTWISE

include "dialects/Weft/WeftBase.td"

// Operands of one float type, broadcast as NumPy does: aligned at the last dimension, a size of 1
// (or a missing dimension) stretches.
class Weft_BinaryOp<string mnemonic, string what, list<Trait> traits = []> : Weft_InferredOp<mnemonic, traits> {
  let summary = what # ", elementwise with broadcasting";
  let description = "```mlir\n%z = weft." # mnemonic # " %x, %y : tensor<8x64xf32>, tensor<64xf32>\n```\n"
      # "**Constraints:** element types agree; sizes of aligned dimensions agree or are 1.";
  let arguments = (ins Weft_FloatTensor:$lhs, Weft_FloatTensor:$rhs);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs)";
}
def Weft_AddOp : Weft_BinaryOp<"add", "lhs + rhs", [Commutative]> { let hasFolder = 1; }
def Weft_SubOp : Weft_BinaryOp<"sub", "lhs - rhs"> { let hasFolder = 1; }
def Weft_MulOp : Weft_BinaryOp<"mul", "lhs * rhs", [Commutative]> { let hasFolder = 1; }
def Weft_DivOp : Weft_BinaryOp<"div", "lhs / rhs"> { let hasFolder = 1; }
def Weft_MaxOp : Weft_BinaryOp<"max", "the larger of both; NaN if either is (the gradient goes to lhs where they are equal)">;
def Weft_MinOp : Weft_BinaryOp<"min", "the smaller of both; NaN if either is (the gradient goes to lhs where they are equal)">;
def Weft_PowOp : Weft_BinaryOp<"pow", "lhs to the power of rhs, lhs > 0">;

class Weft_UnaryOp<string mnemonic, string what, list<Trait> traits = []>
    : Weft_Op<mnemonic, !listconcat([Pure, SameOperandsAndResultType], traits)> {
  let summary = what # ", elementwise";
  let description = "```mlir\n%y = weft." # mnemonic # " %x : tensor<8x64xf32>\n```";
  let arguments = (ins Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}
def Weft_NegOp : Weft_UnaryOp<"neg", "-input"> { let hasFolder = 1; }
def Weft_ExpOp : Weft_UnaryOp<"exp", "e to the power of input">;
def Weft_LogOp : Weft_UnaryOp<"log", "natural logarithm">;
def Weft_SqrtOp : Weft_UnaryOp<"sqrt", "square root">;
def Weft_RsqrtOp : Weft_UnaryOp<"rsqrt", "1 / sqrt(input)">;
def Weft_TanhOp : Weft_UnaryOp<"tanh", "hyperbolic tangent">;
def Weft_ErfOp : Weft_UnaryOp<"erf", "error function">;
def Weft_AbsOp : Weft_UnaryOp<"abs", "absolute value (its gradient at 0 is 0)">;
def Weft_SinOp : Weft_UnaryOp<"sin", "sine">;
def Weft_CosOp : Weft_UnaryOp<"cos", "cosine">;
def Weft_SigmoidOp : Weft_UnaryOp<"sigmoid", "1 / (1 + e^-input)">;
def Weft_SiluOp : Weft_UnaryOp<"silu", "input times its sigmoid (swish); SwiGLU is the product of this and a second linear">;
def Weft_SoftplusOp : Weft_UnaryOp<"softplus", "log(1 + e^input), for inputs of any size">;
def Weft_ReluOp : Weft_UnaryOp<"relu", "the input where it is above 0, else 0; NaN where it is (its gradient at 0 is 0)">;
def Weft_CopyOp : Weft_Op<"copy", [MovesElements, Pure, SameOperandsAndResultType]> {
  let summary = "the same values, ids too, in a buffer of their own, row-major";
  let description = "```mlir\n%y = weft.copy %x : tensor<8x64xf32>\n```";
  let arguments = (ins Weft_Tensor:$input);
  let results = (outs Weft_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}

def Weft_GeluKindAttr : EnumAttr<Weft_Dialect, Weft_GeluKind, "gelu_kind">;

def Weft_GeluOp : Weft_Op<"gelu", [Pure, SameOperandsAndResultType]> {
  let summary = "Gaussian error linear unit";
  let description = [{
    `erf`: x/2 (1 + erf(x / sqrt 2)). `tanh`: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), GPT-2's.
    Hendrycks and Gimpel, arXiv 1606.08415.
    ```mlir
    %y = weft.gelu tanh %x : tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Weft_GeluKindAttr:$kind, Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "custom<Keyword>($kind) $input attr-dict `:` type($input)";
}

def Weft_GeluBackwardOp : Weft_Op<"gelu_backward", [Pure, SameOperandsAndResultType]> {
  let summary = "gradient of gelu towards its input";
  let arguments = (ins Weft_GeluKindAttr:$kind, Weft_FloatTensor:$grad, Weft_FloatTensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "custom<Keyword>($kind) $grad `,` $input attr-dict `:` type($grad)";
}

def Weft_ClampOp : Weft_Op<"clamp", [Pure, SameOperandsAndResultType]> {
  let summary = "the input, no less than `min` and no more than `max`; NaN where it is";
  let description = [{
    The gradient is that of the input where it lies within the bounds, which count as within.
    ```mlir
    %y = weft.clamp %x {min = -1.0, max = 1.0} : tensor<8x64xf32>
    ```
    **Constraints:** at least one bound; no bound is NaN; min <= max.
  }];
  let arguments = (ins Weft_FloatTensor:$input, OptionalAttr<F64Attr>:$min, OptionalAttr<F64Attr>:$max);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def Weft_ComparisonAttr : EnumAttr<Weft_Dialect, Weft_Comparison, "comparison">;

def Weft_CompareOp : Weft_Op<"compare", [Pure]> {
  let summary = "1 where the comparison holds, else 0, elementwise with broadcasting";
  let description = [{
    `eq`, `ne`, `lt`, `le`, `gt` or `ge`. With a NaN only `ne` holds. The result is a number, to multiply
    with or for `weft.where`; its gradient towards the operands is 0.
    ```mlir
    %c = weft.compare lt %a, %b : tensor<8x64xi32>, tensor<64xi32> -> tensor<8x64xf32>
    ```
    **Constraints:** the operands' element types agree; sizes of aligned dimensions agree or are 1; the
    result has the shape of both together.
  }];
  let arguments = (ins Weft_ComparisonAttr:$comparison, Weft_Tensor:$lhs, Weft_Tensor:$rhs);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = [{
    custom<Keyword>($comparison) $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Weft_WhereOp : Weft_InferredOp<"where"> {
  let summary = "`yes` where the condition is not 0, else `no`, elementwise with broadcasting";
  let description = [{
    What is not chosen counts neither in the result nor in the gradient, NaN and infinities included. No
    gradient flows to the condition.
    ```mlir
    %y = weft.where %c, %a, %b : tensor<8x64xf32>, tensor<8x64xf32>, tensor<f32>
    ```
    **Constraints:** `yes` and `no` have one element type; sizes of aligned dimensions agree or are 1.
  }];
  let arguments = (ins Weft_FloatTensor:$condition, Weft_FloatTensor:$yes, Weft_FloatTensor:$no);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$condition `,` $yes `,` $no attr-dict `:` type($condition) `,` type($yes) `,` type($no)";
}

def Weft_CastOp : Weft_Op<"cast", [MovesElements, Pure, SameOperandsAndResultShape]> {
  let summary = "the same numbers in another float type; ids become numbers";
  let description = "Rounds to the nearest, ties to even; f64 on its way to 16 bits is rounded to f32 first.\n```mlir\n%y = weft.cast %x : tensor<f32> to tensor<bf16>\n```";
  let arguments = (ins Weft_Tensor:$input);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasFolder = 1;
}

def Weft_AccumulateOp : Weft_Op<"accumulate", [AddsToOld, Pure, AllTypesMatch<["old", "value", "result"]>]> {
  let summary = "old + value, or value alone in the first micro-step of an update";
  let description = [{
    `flag` is the step's `accumulate`: where it is 0, `old` does not count, whatever it holds.
    ```mlir
    %f = weft.step_value accumulate
    %old = weft.get @wte.weight.gradient : tensor<256x384xf32>
    %new = weft.accumulate %old, %dw, %f : tensor<256x384xf32>
    weft.set @wte.weight.gradient, %new : tensor<256x384xf32>
    ```
  }];
  let arguments = (ins Weft_FloatTensor:$old, Weft_FloatTensor:$value, Weft_Flag:$flag);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$old `,` $value `,` $flag attr-dict `:` type($value)";
}

def Weft_CausalMaskOp : Weft_Op<"causal_mask", [ReadsCoordinates, WalksRows, Pure, SameOperandsAndResultType]> {
  let summary = "hides the keys that come after the query";
  let description = [{
    The last two dimensions are queries and keys. Where key > query + (keys - queries), the result is
    `fill` (-infinity if left out), elsewhere the input. With a `window` the keys that lie `window` or
    more before the query's own are hidden too: each query sees at most `window` keys.
    ```mlir
    %m = weft.causal_mask %scores {window = 32} : tensor<8x6x64x64xf32>
    ```
    **Constraints:** rank at least 2; `window` is at least 1.
  }];
  let arguments = (ins Weft_FloatTensor:$input, OptionalAttr<F64Attr>:$fill, OptionalAttr<I64Attr>:$window);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$input (`fill` `(` $fill^ `)`)? attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def Weft_ConstantOp : Weft_Op<"constant", [MovesElements, NamesMemory, Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "a tensor of known values";
  let description = "```mlir\n%c = weft.constant dense<0.125> : tensor<f32>\n```\n**Constraints:** every element is the same.";
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Weft_Tensor:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Weft_IotaOp : Weft_Op<"iota", [ReadsCoordinates, Pure]> {
  let summary = "0, 1, 2, ...: the positions of a sequence";
  let description = "```mlir\n%p = weft.iota : tensor<64xi32>\n```\n**Constraints:** rank 1.";
  let results = (outs Weft_TensorOf<[I32], [HasAnyRankOfPred<[1]>]>:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

#endif // WEFT_WEFT_ELEMENTWISE
