// What every level of Weft carries: how a tensor starts, what it is for, which stage of the step
// an op belongs to. A dialect of attributes without ops.
#ifndef WEFT_INTERFACES_SPEC
#define WEFT_INTERFACES_SPEC

include "dialects/Interfaces/SpecBase.td"
include "dialects/Interfaces/Target.td"

// A double that is the same parameter only if its bits are the same.
def Spec_Double : AttrOrTypeParameter<"::weft::spec::ExactDouble", "a double", "double">;

def Spec_InitKind : I32EnumAttr<"InitKind", "how a tensor starts", [
    I32EnumAttrCase<"Zeros", 0, "zeros">, I32EnumAttrCase<"Ones", 1, "ones">,
    I32EnumAttrCase<"Constant", 2, "constant">, I32EnumAttrCase<"Normal", 3, "normal">,
    I32EnumAttrCase<"Uniform", 4, "uniform">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}

def Spec_InitAttr : AttrDef<Spec_Dialect, "Init"> {
  let mnemonic = "init";
  let summary = "initial values of a tensor";
  let description = [{
    `zeros` and `ones` take no value; `constant` fills with its value; `normal` draws from a normal
    distribution of mean 0 with its value as standard deviation; `uniform` draws from
    [-value, value). Example: `#spec.init<normal, 0.02>`. With a `zero_row`, that row (of the first
    dimension) starts as zeros whatever the kind: `#spec.init<normal, 0.02, zero_row = 2>`.

    **Constraints:** `constant`, `normal` and `uniform` have a value; that of `normal` and
    `uniform` is not negative. 0 <= zero_row < the rows of the tensor.
  }];
  let parameters = (ins "InitKind":$kind, Spec_Double:$value,
                        OptionalParameter<"::std::optional<int64_t>">:$zeroRow);
  let builders = [AttrBuilder<(ins "InitKind":$kind, "double":$value), [{
    return $_get($_ctxt, kind, value, std::nullopt);
  }]>];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Spec_Role : I32EnumAttr<"Role", "what a persistent tensor is for", [
    I32EnumAttrCase<"Parameter", 0, "parameter">, I32EnumAttrCase<"Gradient", 1, "gradient">,
    I32EnumAttrCase<"Optimizer", 2, "optimizer">, I32EnumAttrCase<"LossSum", 3, "loss_sum">,
    I32EnumAttrCase<"LossWeight", 4, "loss_weight">, I32EnumAttrCase<"EvalSum", 5, "eval_sum">,
    I32EnumAttrCase<"EvalWeight", 6, "eval_weight">,
    I32EnumAttrCase<"GradientNorm", 7, "gradient_norm">, I32EnumAttrCase<"Logits", 8, "logits">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}
def Spec_RoleAttr : EnumAttr<Spec_Dialect, Spec_Role, "role">;

def Spec_EntryKind : I32EnumAttr<"EntryKind", "what an entry of an executable does with its model", [
    I32EnumAttrCase<"Train", 0, "train">, I32EnumAttrCase<"Eval", 1, "eval">,
    I32EnumAttrCase<"Logits", 2, "logits">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}
def Spec_EntryKindAttr : EnumAttr<Spec_Dialect, Spec_EntryKind, "entry_kind">;

def Spec_Epilogue : I32EnumAttr<"Epilogue", "what a library's product does besides", [
    I32EnumAttrCase<"Bias", 1, "bias">, I32EnumAttrCase<"Gelu", 2, "gelu">,
    I32EnumAttrCase<"GeluBackward", 3, "gelu_backward">, I32EnumAttrCase<"SumA", 4, "sum_a">,
    I32EnumAttrCase<"SumB", 5, "sum_b">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}
def Spec_EpilogueAttr : EnumAttr<Spec_Dialect, Spec_Epilogue, "epilogue">;

#endif // WEFT_INTERFACES_SPEC
