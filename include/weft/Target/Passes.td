#ifndef WEFT_TARGET_PASSES
#define WEFT_TARGET_PASSES

include "mlir/Pass/PassBase.td"

def SetTarget : Pass<"weft-set-target", "::mlir::ModuleOp"> {
  let summary = "say what a module is compiled for";
  let description = [{
    Every later pass asks this attribute of the module, and no flag, what depends on the machine.
    ```mlir
    module @gpt2 { ... }
    // becomes, with backend=cuda archs=sm_90a
    module @gpt2 attributes {spec.target = #spec.target<cuda, archs = ["sm_90a"], products = [...], shared_bytes = 232448, ...>} { ... }
    ```
    A module that says another target already is refused: parts of it may have been compiled for that. Changes no values by itself.
  }];
  let options = [
    Option<"backend", "backend", "std::string", "\"cpu\"", "the kind of machine: cpu or cuda">,
    ListOption<"archs", "archs", "std::string", "a GPU's architectures, such as sm_80,sm_90a">,
    Option<"march", "march", "std::string", "\"native\"", "the processor, by a name of LLVM's">,
    Option<"tf32", "tf32", "bool", "false", "products of f32 may round their factors to TF32">,
    Option<"epilogues", "epilogues", "bool", "true", "libraries compute biases and gelus with their products, where they can">
  ];
  let dependentDialects = ["::weft::spec::SpecDialect"];
}

#endif // WEFT_TARGET_PASSES
