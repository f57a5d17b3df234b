// Constant globals, for the tables of the runtime's ABI.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H

#include "StructWriter.h"
#include "dialects/Exec/Exec.h"
#include "llvm/ADT/StringMap.h"

namespace weft {

/// Makes private constant globals at the start of the module; equal strings are made once.
class ConstantBuilder {
public:
  explicit ConstantBuilder(mlir::ModuleOp module);

  using Initializer = llvm::function_ref<mlir::Value(mlir::OpBuilder &)>;

  mlir::LLVM::GlobalOp string(llvm::StringRef text);
  mlir::LLVM::GlobalOp dims(llvm::ArrayRef<int64_t> values);
  mlir::LLVM::GlobalOp words(const llvm::Twine &name, llvm::ArrayRef<int32_t> values);
  mlir::LLVM::GlobalOp bytes(const llvm::Twine &name, llvm::StringRef contents);
  mlir::LLVM::GlobalOp global(const llvm::Twine &name, mlir::Type type, Initializer initializer);
  /// `count` elements of one type, one after the other.
  mlir::LLVM::GlobalOp
  array(const llvm::Twine &name, mlir::Type element, size_t count,
        llvm::function_ref<mlir::Value(mlir::OpBuilder &, size_t)> makeElement);
  /// A struct of the ABI, and several.
  template <typename Struct>
  mlir::LLVM::GlobalOp structure(const llvm::Twine &name, Initializer initializer) {
    return global(name, getABIStruct<Struct>(getContext()), initializer);
  }
  template <typename Struct>
  mlir::LLVM::GlobalOp
  structs(const llvm::Twine &name, size_t count,
          llvm::function_ref<mlir::Value(mlir::OpBuilder &, size_t)> makeElement) {
    return array(name, getABIStruct<Struct>(getContext()), count, makeElement);
  }

  /// The place in the text that an op comes from, "model.mlir:12:8": for a GPU, whose faults are told by it. Elsewhere, and
  /// where it is not known, empty: what is compiled does not depend on how its text is broken into lines.
  mlir::LLVM::GlobalOp location(mlir::Operation *op);
  void noteLocations() { notesLocations = true; }

  mlir::MLIRContext *getContext() const { return builder.getContext(); }
  mlir::Location getLoc() const { return loc; }

private:
  mlir::LLVM::GlobalOp make(const llvm::Twine &name, mlir::Type type, mlir::Attribute value);

  mlir::Location loc;
  mlir::OpBuilder builder;
  llvm::StringMap<mlir::LLVM::GlobalOp> strings; // looked up, never iterated
  int64_t numDims = 0;
  bool notesLocations = false;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H
