// weft-mark-launches: which kernel began last is known after a fault.
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_MARKLAUNCHES
#include "weft/Target/CUDA/Passes.h.inc"

namespace {

/// Behind those that the kernel has. A function without results does not let the interface insert one.
Value addArgument(LLVM::LLVMFuncOp kernel, Type type) {
  LLVM::LLVMFunctionType old = kernel.getFunctionType();
  SmallVector<Type> types(old.getParams());
  types.push_back(type);
  kernel.setFunctionType(LLVM::LLVMFunctionType::get(old.getReturnType(), types));
  if (ArrayAttr attributes = kernel.getArgAttrsAttr()) {
    SmallVector<Attribute> all(attributes.getValue());
    all.push_back(DictionaryAttr::get(kernel.getContext()));
    kernel.setArgAttrsAttr(ArrayAttr::get(kernel.getContext(), all));
  }
  return kernel.getBody().front().addArgument(type, kernel.getLoc());
}

Value isFirstThread(OpBuilder &b, Location loc) {
  Value block = NVVM::BlockIdXOp::create(b, loc, b.getI32Type());
  Value thread = NVVM::ThreadIdXOp::create(b, loc, b.getI32Type());
  Value zero = LLVM::ConstantOp::create(b, loc, b.getI32IntegerAttr(0));
  return LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, LLVM::OrOp::create(b, loc, block, thread), zero);
}

void mark(LLVM::LLVMFuncOp kernel) {
  OpBuilder b(kernel.getContext());
  Location loc = kernel.getLoc();
  Value word = addArgument(kernel, LLVM::LLVMPointerType::get(b.getContext(), 1));
  Value launch = addArgument(kernel, b.getI64Type());
  Block *entry = &kernel.getBody().front();
  Block *body = entry->splitBlock(entry->begin());
  Block *store = b.createBlock(body);
  // Volatile: not behind what may fail.
  LLVM::StoreOp::create(b, loc, launch, word, /*alignment=*/8, /*isVolatile=*/true);
  LLVM::BrOp::create(b, loc, body);
  b.setInsertionPointToEnd(entry);
  LLVM::CondBrOp::create(b, loc, isFirstThread(b, loc), store, body);
}

struct MarkLaunchesPass : impl::MarkLaunchesBase<MarkLaunchesPass> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (function->hasAttr(NVVM::NVVMDialect::getKernelFuncAttrName()))
        mark(function);
  }
};

} // namespace
} // namespace weft
