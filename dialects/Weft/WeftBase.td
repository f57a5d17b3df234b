#ifndef WEFT_WEFT_BASE
#define WEFT_WEFT_BASE

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/CallInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/Interfaces/OpFacts.td"
include "dialects/Interfaces/Spec.td"
include "dialects/Weft/WeftEnums.td"

def Weft_Dialect : Dialect {
  let name = "weft";
  let cppNamespace = "::weft";
  let summary = "a training step: model, loss, optimizer, and the graph that they become";
  let description = [{
    The language that a user writes (layers, a model, a train op) and the graph of immutable tensors
    that it is turned into. Shapes are static. Elementwise ops broadcast as NumPy does.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasRegionArgAttrVerify = 1;
  let dependentDialects = ["::weft::spec::SpecDialect"];
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

class Weft_Op<string mnemonic, list<Trait> traits = []> : Op<Weft_Dialect, mnemonic, traits>;

def Weft_SizePred : CPred<"::weft::hasSaneSize(::llvm::cast<::mlir::ShapedType>($_self).getShape())">;
class Weft_TensorOf<list<Type> elements, list<Pred> preds = []>
    : RankedTensorOf<elements, !listconcat([HasStaticShapePred, Weft_SizePred], preds), "non-empty statically shaped tensor">;
// Those of 16 bits are stored and multiplied; all else is computed in f32 (weft-widen-arithmetic).
def Weft_FloatTensor : Weft_TensorOf<[BF16, F16, F32, F64]>;
def Weft_IdTensor : Weft_TensorOf<[I32]>;
def Weft_Tensor : Weft_TensorOf<[BF16, F16, F32, F64, I32]>;

// A number of the step block (`weft.step_value`).
def Weft_Flag : Type<CPred<"::llvm::isa<::mlir::RankedTensorType>($_self) && ::llvm::cast<::mlir::RankedTensorType>($_self).getRank() == 0 && ::llvm::cast<::mlir::RankedTensorType>($_self).getElementType().isF64()">,
      "tensor<f64>", "::mlir::RankedTensorType">,
    BuildableType<"::mlir::RankedTensorType::get({}, $_builder.getF64Type())">;

// 32 bits: a half of a number of the step block or of a random key.
def Weft_Word : Type<CPred<"$_self == ::mlir::RankedTensorType::get({}, ::mlir::IntegerType::get($_self.getContext(), 32))">,
      "tensor<i32>", "::mlir::RankedTensorType">,
    BuildableType<"::mlir::RankedTensorType::get({}, $_builder.getI32Type())">;

// The result type follows from operands and attributes; `inferReturnTypes` says how, and reports
// what does not fit at the user's line. Unlike upstream's InferTypeOpAdaptor, attributes that a user
// wrote in the attribute dictionary count too: while an op is being parsed they are not properties yet.
def Weft_InferTypeTrait : TraitList<[
  DeclareOpInterfaceMethods<InferTypeOpInterface>,
  NativeOpTrait<"InferTypeOpAdaptor", [], [{
    static ::llvm::LogicalResult inferReturnTypes(
        ::mlir::MLIRContext *context, std::optional<::mlir::Location> location, Adaptor adaptor,
        ::llvm::SmallVectorImpl<::mlir::Type> &inferredReturnTypes);
  }], [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *context, std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,
        ::llvm::SmallVectorImpl<::mlir::Type> &inferredReturnTypes) {
      if (failed(::weft::verifyStaticTensors(location, getOperationName(), operands)))
        return ::mlir::failure();
      Properties merged = properties ? *properties.as<Properties *>() : Properties();
      if (failed(::weft::mergeProperties<$cppClass>(merged, attributes, location)))
        return ::mlir::failure();
      return $cppClass::inferReturnTypes(context, location, Adaptor(operands, attributes, merged, regions),
                                         inferredReturnTypes);
    }
  }]>]>;

class Weft_InferredOp<string mnemonic, list<Trait> traits = []>
    : Weft_Op<mnemonic, !listconcat([Pure, Weft_InferTypeTrait], traits)>;

#endif // WEFT_WEFT_BASE
