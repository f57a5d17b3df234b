// weft-erf-to-libm: erf of f64, which is for checking and need not be fast.
#include "weft/Target/CPU/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_ERFTOLIBM
#include "weft/Target/CPU/Passes.h.inc"

namespace {

/// The first byte keeps LLVM from mangling the name, and the name distinct from a kernel @erf.
constexpr llvm::StringLiteral kErf = "\01erf";

LLVM::LLVMFuncOp getErf(ModuleOp module) {
  if (auto erf = module.lookupSymbol<LLVM::LLVMFuncOp>(kErf))
    return erf;
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  Type f64 = builder.getF64Type();
  auto erf = LLVM::LLVMFuncOp::create(builder, module.getLoc(), kErf,
                                      LLVM::LLVMFunctionType::get(f64, {f64}));
  auto none = LLVM::ModRefInfo::NoModRef;
  erf.setMemoryEffectsAttr(
      LLVM::MemoryEffectsAttr::get(builder.getContext(), none, none, none, none, none, none));
  erf.setNoUnwind(true);
  erf.setWillReturn(true);
  return erf;
}

/// Calls `erf` for a scalar or for each lane of a vector, in order.
Value callErf(OpBuilder &builder, Location loc, LLVM::LLVMFuncOp erf, Value x) {
  auto call = [&](Value lane) { return LLVM::CallOp::create(builder, loc, erf, lane).getResult(); };
  auto type = dyn_cast<VectorType>(x.getType());
  if (!type)
    return call(x);
  Value result = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  for (int64_t i = 0; i < type.getNumElements(); ++i) {
    SmallVector<int64_t> at;
    for (int64_t rest = i, d = type.getRank() - 1; d >= 0; rest /= type.getDimSize(d--))
      at.insert(at.begin(), rest % type.getDimSize(d));
    Value lane = vector::ExtractOp::create(builder, loc, x, at);
    result = vector::InsertOp::create(builder, loc, call(lane), result, at);
  }
  return result;
}

struct ErfToLibm : impl::ErfToLibmBase<ErfToLibm> {
  void runOnOperation() override {
    getOperation().walk([&](math::ErfOp op) {
      if (!getElementTypeOrSelf(op.getType()).isF64())
        return;
      OpBuilder builder(op);
      op.replaceAllUsesWith(callErf(builder, op.getLoc(), getErf(getOperation()), op.getOperand()));
      op.erase();
    });
  }
};

} // namespace
} // namespace weft
