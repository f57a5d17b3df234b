#include "ABITypes.h"

using namespace mlir;

namespace weft {

#define WEFT_STRUCT_BEGIN(Struct)                                                                  \
  static_assert(unsigned(places::Struct::numFields) < 64, "a set of fields is a word");             \
  template <> LLVM::LLVMStructType getABIStruct<Struct>(MLIRContext * context) {                   \
    return LLVM::LLVMStructType::getLiteral(context, {
#define WEFT_FIELD(Struct, Type, name) getABIType<decltype(Struct::name)>(context),
#define WEFT_STRUCT_END(Struct) }); }
#include "weft-rt/ABI.def"

} // namespace weft
