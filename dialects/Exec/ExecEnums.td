#ifndef WEFT_EXEC_ENUMS
#define WEFT_EXEC_ENUMS

include "mlir/IR/EnumAttr.td"

def Exec_Accumulate : I32EnumAttr<"Accumulate", "what happens to the old values of a product's result", [
    I32EnumAttrCase<"Overwrite", 0, "overwrite">, I32EnumAttrCase<"Add", 1, "add">,
    I32EnumAttrCase<"AddByStep", 2, "add_by_step">]> {
  let cppNamespace = "::weft::exec";
  let genSpecializedAttr = 0;
}

def Exec_Grouping : I32EnumAttr<"Grouping", "which dimension of a grouped product the groups share out", [
    I32EnumAttrCase<"Rows", 1, "rows">, I32EnumAttrCase<"Inner", 2, "inner">]> {
  let cppNamespace = "::weft::exec";
  let genSpecializedAttr = 0;
}

def Exec_StepField : I32EnumAttr<"StepField", "a number of the step block", [
    I32EnumAttrCase<"LearningRate", 0, "learning_rate">, I32EnumAttrCase<"Step", 1, "step">,
    I32EnumAttrCase<"Accumulate", 2, "accumulate">, I32EnumAttrCase<"SeedLow", 3, "seed_low">,
    I32EnumAttrCase<"SeedHigh", 4, "seed_high">, I32EnumAttrCase<"SampleLow", 5, "sample_low">,
    I32EnumAttrCase<"SampleHigh", 6, "sample_high">]> {
  let cppNamespace = "::weft::exec";
  let genSpecializedAttr = 0;
}

#endif // WEFT_EXEC_ENUMS
