#ifndef WEFT_TILE_ENUMS
#define WEFT_TILE_ENUMS

include "mlir/IR/EnumAttr.td"

def Tile_ReductionKind : I32EnumAttr<"ReductionKind", "how elements are combined", [
    I32EnumAttrCase<"Add", 0, "add">, I32EnumAttrCase<"Max", 1, "max">]> {
  let cppNamespace = "::weft::tile";
  let genSpecializedAttr = 0;
}

#endif // WEFT_TILE_ENUMS
