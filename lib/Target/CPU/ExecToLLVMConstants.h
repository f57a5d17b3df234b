// Constant globals in the layout of the runtime's ABI.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H

#include "dialects/Exec/Exec.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringMap.h"

namespace weft {

/// The structs of ABI.h as LLVM types.
struct ABITypes {
  explicit ABITypes(mlir::MLIRContext *context);

  mlir::LLVM::LLVMPointerType pointer;
  mlir::LLVM::LLVMStructType init, state, input, kernel, launch, matmul, program, entry, image, module;
};

/// Writes the fields of one struct inside the initialiser of a global.
class StructWriter {
public:
  StructWriter(mlir::OpBuilder &builder, mlir::Location loc, mlir::LLVM::LLVMStructType type);

  StructWriter &integer(int64_t value); // as wide as the field is
  StructWriter &real(double value);
  StructWriter &address(mlir::LLVM::GlobalOp global);
  StructWriter &address(mlir::LLVM::LLVMFuncOp function);
  StructWriter &address(llvm::StringRef global); // of a global that may not be there yet
  StructWriter &null();
  StructWriter &element(mlir::LLVM::GlobalOp array, int64_t index); // the address of one
  /// An array field of pointers to these elements of `array`, filled up with null.
  StructWriter &elements(mlir::LLVM::GlobalOp array, llvm::ArrayRef<int64_t> indices);
  StructWriter &integers(llvm::ArrayRef<int64_t> values); // an array field, filled up with 0
  StructWriter &nested(mlir::Value value);
  mlir::Value finish();

private:
  mlir::Type getFieldType();

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::LLVM::LLVMStructType type;
  mlir::Value value;
  int64_t field = 0;
};

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

  /// The place in the text that an op comes from, "model.mlir:12:8": for a GPU, whose faults are told by it. Elsewhere, and
  /// where it is not known, empty: what is compiled does not depend on how its text is broken into lines.
  mlir::LLVM::GlobalOp location(mlir::Operation *op);
  void noteLocations() { notesLocations = true; }

  const ABITypes &getTypes() const { return types; }
  mlir::Location getLoc() const { return loc; }

private:
  mlir::LLVM::GlobalOp make(const llvm::Twine &name, mlir::Type type, mlir::Attribute value);

  ABITypes types;
  mlir::Location loc;
  mlir::OpBuilder builder;
  llvm::StringMap<mlir::LLVM::GlobalOp> strings; // looked up, never iterated
  int64_t numDims = 0;
  bool notesLocations = false;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMCONSTANTS_H
