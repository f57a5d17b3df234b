// The enumerations of the weft dialect, apart from its attributes so that their code is generated once.
#ifndef WEFT_WEFT_ENUMS
#define WEFT_WEFT_ENUMS

include "mlir/IR/EnumAttr.td"

def Weft_StepField : I32EnumAttr<"StepField", "what the host writes before each program", [
    I32EnumAttrCase<"LearningRate", 0, "learning_rate">, I32EnumAttrCase<"Step", 1, "step">,
    I32EnumAttrCase<"Accumulate", 2, "accumulate">, I32EnumAttrCase<"SeedLow", 3, "seed_low">,
    I32EnumAttrCase<"SeedHigh", 4, "seed_high">, I32EnumAttrCase<"SampleLow", 5, "sample_low">,
    I32EnumAttrCase<"SampleHigh", 6, "sample_high">]> {
  let cppNamespace = "::weft";
  let genSpecializedAttr = 0;
}

def Weft_GeluKind : I32EnumAttr<"GeluKind", "which gelu", [
    I32EnumAttrCase<"Erf", 0, "erf">, I32EnumAttrCase<"Tanh", 1, "tanh">]> {
  let cppNamespace = "::weft";
  let genSpecializedAttr = 0;
}

def Weft_Comparison : I32EnumAttr<"Comparison", "how two numbers are compared", [
    I32EnumAttrCase<"Eq", 0, "eq">, I32EnumAttrCase<"Ne", 1, "ne">, I32EnumAttrCase<"Lt", 2, "lt">,
    I32EnumAttrCase<"Le", 3, "le">, I32EnumAttrCase<"Gt", 4, "gt">, I32EnumAttrCase<"Ge", 5, "ge">]> {
  let cppNamespace = "::weft";
  let genSpecializedAttr = 0;
}

def Weft_RopePairing : I32EnumAttr<"RopePairing", "which elements a rotation pairs", [
    I32EnumAttrCase<"Half", 0, "half">, I32EnumAttrCase<"Interleaved", 1, "interleaved">]> {
  let cppNamespace = "::weft";
  let genSpecializedAttr = 0;
}

def Weft_WeightLayout : I32EnumAttr<"WeightLayout", "how a weight is stored", [
    I32EnumAttrCase<"OutIn", 0, "out_in">, I32EnumAttrCase<"InOut", 1, "in_out">]> {
  let cppNamespace = "::weft";
  let genSpecializedAttr = 0;
}

#endif // WEFT_WEFT_ENUMS
