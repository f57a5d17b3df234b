// The dialect of attributes that every level of Weft carries.
#ifndef WEFT_INTERFACES_SPECBASE
#define WEFT_INTERFACES_SPECBASE

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def Spec_Dialect : Dialect {
  let name = "spec";
  let cppNamespace = "::weft::spec";
  let summary = "attributes that all levels share";
  let description = [{
    Initial values and roles of tensors are written in the model's text and must reach the training
    executable unchanged, through dialects that do not know each other. They live here.

    Two discardable attributes go with them on any op: `scope`, the dotted path of the layer that
    the op came from (`"h.3.attn"`), and `phase`, one of `"forward"`, `"backward"` and `"update"`.
    Every pass keeps them; `setScope` and friends in `Scope.h` read and write them.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
}

#endif // WEFT_INTERFACES_SPECBASE
