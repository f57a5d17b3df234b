// Functions that run programs.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMPROGRAMS_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMPROGRAMS_H

#include "ExecToLLVMTables.h"
#include "llvm/ADT/MapVector.h"

namespace weft {

/// The functions of the runtime that programs call, as ABI.def names them.
struct EntryPoints {
#define WEFT_ENTRY_POINT(name, parameters) mlir::LLVM::LLVMFuncOp name;
#include "weft-rt/ABI.def"
};

/// Declares them at the start of the module.
EntryPoints declareEntryPoints(mlir::ModuleOp module);

/// What programs refer to.
struct ProgramTables {
  mlir::LLVM::GlobalOp states, kernels;
  llvm::DenseMap<mlir::StringAttr, exec::StateOp> stateByName;   // looked up, never iterated
  llvm::DenseMap<mlir::StringAttr, exec::InputOp> inputByName;   // looked up, never iterated
  llvm::DenseMap<mlir::StringAttr, int64_t> stateIndex;          // looked up, never iterated
  llvm::DenseMap<mlir::StringAttr, int64_t> kernelIndex;         // looked up, never iterated
  llvm::DenseMap<int64_t, int64_t> wordIndex;                    // looked up, never iterated
  EntryPoints runtime;
};

/// Builds `void weft_program_<name>(WeftContext *)` for each program.
class ProgramBuilder {
public:
  ProgramBuilder(mlir::ModuleOp module, ConstantBuilder &constants, const ProgramTables &tables);

  mlir::FailureOr<mlir::LLVM::LLVMFuncOp> build(exec::ProgramOp program);

private:
  // Memory that a value names: bytes from the start of a block.
  struct Address {
    mlir::Value base;
    int64_t offset = 0;
  };

  mlir::LLVM::LLVMFuncOp createFunction(exec::ProgramOp program);
  void loadContext(mlir::LLVM::LLVMFuncOp function);
  void allocateArguments(exec::ProgramOp program);
  mlir::LogicalResult lower(mlir::Operation &op);
  mlir::LogicalResult lowerBuffer(exec::BufferOp op);
  void lowerView(exec::ViewOp op);
  mlir::LogicalResult lowerLaunch(exec::LaunchOp op);
  void lowerMatmul(exec::MatmulOp op);
  void lowerGroupedMatmul(exec::GroupedMatmulOp op);
  void lowerInitialize(exec::InitializeOp op);

  mlir::LLVM::GlobalOp getLaunch(exec::LaunchOp op, int64_t grid);
  mlir::Value advance(mlir::Value base, int64_t bytes);
  mlir::Value getPointer(mlir::Value buffer);
  void call(mlir::LLVM::LLVMFuncOp callee, mlir::ValueRange arguments);

  ConstantBuilder &constants;
  const ProgramTables &tables;
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::LLVM::LLVMPointerType pointer;
  mlir::Value context, state, arena, input, step, arguments;
  llvm::DenseMap<mlir::Value, Address> addresses;                 // looked up, never iterated
  llvm::DenseMap<mlir::Attribute, mlir::LLVM::GlobalOp> launches; // looked up, never iterated
  int64_t numLaunches = 0, numMatmuls = 0;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMPROGRAMS_H
