// What a program is compiled for: facts that every pass asks of the module and none repeats.
#ifndef WEFT_INTERFACES_TARGET
#define WEFT_INTERFACES_TARGET

include "dialects/Interfaces/SpecBase.td"

def Spec_Backend : I32EnumAttr<"Backend", "the kind of machine that programs run on", [
    I32EnumAttrCase<"CPU", 0, "cpu">, I32EnumAttrCase<"CUDA", 1, "cuda">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}

def Spec_Library : I32EnumAttr<"Library", "who computes a product", [
    I32EnumAttrCase<"OneDNN", 0, "onednn">, I32EnumAttrCase<"OpenBLAS", 1, "openblas">,
    I32EnumAttrCase<"CuBLASLt", 2, "cublaslt">]> {
  let cppNamespace = "::weft::spec";
  let genSpecializedAttr = 0;
}

// Its error is the one of `custom<Keyword>`.
class Spec_KeywordParameter<EnumInfo enum> : EnumParameter<enum> {
  let parser = "::mlir::FieldParser<" # cppType # ">::parse($_parser)";
}

def Spec_LibraryAttr : EnumAttr<Spec_Dialect, Spec_Library, "library">;

def Spec_ProductLibraryAttr : AttrDef<Spec_Dialect, "ProductLibrary"> {
  let mnemonic = "products";
  let summary = "the library for matrix products of one element type";
  let description = [{ Example: `#spec.products<f32, onednn>`. }];
  let parameters = (ins "::mlir::Type":$element, Spec_KeywordParameter<Spec_Library>:$library);
  let assemblyFormat = "`<` $element `,` $library `>`";
}

def Spec_TargetAttr : AttrDef<Spec_Dialect, "Target"> {
  let mnemonic = "target";
  let summary = "what a module is compiled for";
  let description = [{
    Stands on the module as `spec.target`; `weft-set-target` puts it there, and whatever depends on the machine asks it (`getTarget` in
    `Target.h`). What is not said has the value of a CPU.
    ```mlir
    module attributes {spec.target = #spec.target<cuda, archs = ["sm_80", "sm_90a"], products = [#spec.products<f32, cublaslt>],
                                                  shared_bytes = 166912, lane_bytes = 16>} { ... }
    ```
    - `march`: the processor that programs, and on a CPU kernels, are compiled for: a name of LLVM's, or `native`;
    - `archs`: the architectures that device code is generated for;
    - `products`: the library for products of each element type; products of others are widened to one that has a library;
    - `workspace_bytes`: the most memory that a library may use during one product;
    - `epilogues`: libraries compute biases and gelus with their products;
    - `tf32`: products of f32 may round their factors to TF32, 10 bits of mantissa;
    - `shared_bytes`: the most shared memory of one block of threads, 0 where there is none;
    - `lane_bytes`: what one thread of a warp of 32 loads at once, 0 where there are no warps;
    - `many_programs`: kernels want thousands of programs, not a few for each processor;
    - `separate_backward`: attention's gradients of queries and of keys are two kernels;
    - `grouped_kernels`: products by expert are kernels, since the host does not know how many rows each has.

    **Constraints:** `archs` are strings, `products` are `#spec.products` of different element types; bytes are not negative, `lane_bytes` is 0 or a power of two;
    `many_programs` needs `lane_bytes`, which tells how long a tile of a row is.
  }];
  let parameters = (ins
    Spec_KeywordParameter<Spec_Backend>:$backend,
    StringRefParameter<"a processor", [{"native"}]>:$march,
    OptionalParameter<"::mlir::ArrayAttr">:$archs,
    OptionalParameter<"::mlir::ArrayAttr">:$products,
    DefaultValuedParameter<"int64_t", "0">:$workspace_bytes,
    DefaultValuedParameter<"bool", "false">:$epilogues,
    DefaultValuedParameter<"bool", "false">:$tf32,
    DefaultValuedParameter<"int64_t", "0">:$shared_bytes,
    DefaultValuedParameter<"int64_t", "0">:$lane_bytes,
    DefaultValuedParameter<"bool", "false">:$many_programs,
    DefaultValuedParameter<"bool", "false">:$separate_backward,
    DefaultValuedParameter<"bool", "false">:$grouped_kernels);
  let assemblyFormat = [{ `<` $backend (`,` struct($march, $archs, $products, $workspace_bytes, $epilogues, $tf32, $shared_bytes,
    $lane_bytes, $many_programs, $separate_backward, $grouped_kernels)^)? `>` }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The library for products of this element type; none where products of it are to be widened.
    std::optional<Library> getLibrary(::mlir::Type element) const;
    /// Whether some products are computed by this library.
    bool hasLibrary(Library library) const;
    /// Names of architectures, in the order of the text.
    ::llvm::SmallVector<::llvm::StringRef> getArchNames() const;
  }];
}

#endif // WEFT_INTERFACES_TARGET
