#include "Faults.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace weft::test;

namespace {

/// The ops of one kind, in order.
template <typename OpT> SmallVector<OpT> all(Operation *code) {
  SmallVector<OpT> ops;
  code->walk([&](OpT op) { ops.push_back(op); });
  return ops;
}

SmallVector<LLVM::InlineAsmOp> waitsForProducts(Operation *code) {
  return llvm::filter_to_vector(all<LLVM::InlineAsmOp>(code), [](LLVM::InlineAsmOp op) {
    return op.getAsmString().starts_with("wgmma.wait_group");
  });
}

void erase(Operation *op) { op->erase(); }

/// Behind a branch that only the first thread takes.
void isolate(Operation *op) {
  Location loc = op->getLoc();
  Block *before = op->getBlock(), *own = before->splitBlock(op), *after = own->splitBlock(op->getNextNode());
  OpBuilder b = OpBuilder::atBlockEnd(before);
  Value thread = NVVM::ThreadIdXOp::create(b, loc, b.getI32Type());
  Value zero = LLVM::ConstantOp::create(b, loc, b.getI32IntegerAttr(0));
  Value isFirst = LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, thread, zero);
  LLVM::CondBrOp::create(b, loc, isFirst, own, after);
  b.setInsertionPointToEnd(own);
  LLVM::BrOp::create(b, loc, after);
}

void lengthen(NVVM::CpAsyncWaitGroupOp wait) { wait.setN(wait.getN() + 1); }

/// Results as they are, in place of what is waited for.
void passOn(LLVM::InlineAsmOp wait) {
  OpBuilder b(wait);
  Value whole = LLVM::UndefOp::create(b, wait.getLoc(), wait.getResultTypes().front());
  for (auto [i, value] : llvm::enumerate(wait.getOperands()))
    whole = LLVM::InsertValueOp::create(b, wait.getLoc(), whole, value, i);
  wait.replaceAllUsesWith(ValueRange(whole));
  wait.erase();
}

template <typename Ops, typename Change> bool changeOne(const Ops &ops, int place, Change change) {
  if (place < 0 || place >= static_cast<int>(ops.size()))
    return false;
  change(ops[place]);
  return true;
}

void printPlacesOf(LLVM::LLVMFuncOp function, bool isWanted, raw_ostream &stream) {
  size_t barriers = all<NVVM::Barrier0Op>(function).size(), waits = all<NVVM::CpAsyncWaitGroupOp>(function).size();
  size_t commits = all<NVVM::CpAsyncCommitGroupOp>(function).size();
  if (function.isExternal() || (!isWanted && barriers + waits + commits == 0))
    return;
  stream << function.getName() << ": no-barrier " << barriers << ", no-wait " << waits << ", short-wait " << waits
         << ", no-commit " << commits;
  if (size_t productWaits = waitsForProducts(function).size())
    stream << ", no-proxy-fence " << all<NVVM::FenceProxyOp>(function).size() << ", no-register-fence "
           << all<NVVM::WgmmaFenceAlignedOp>(function).size() << ", no-product-wait " << productWaits;
  stream << "\n";
}

} // namespace

bool weft::test::plant(ModuleOp module, Fault fault, int place) {
  switch (fault) {
  case Fault::None:
  case Fault::Misaligned:
  case Fault::LittleShared:
    return true;
  case Fault::NoBarrier:
    return changeOne(all<NVVM::Barrier0Op>(module), place, erase);
  case Fault::LoneBarrier:
    return changeOne(all<NVVM::Barrier0Op>(module), place, isolate);
  case Fault::NoWait:
    return changeOne(all<NVVM::CpAsyncWaitGroupOp>(module), place, erase);
  case Fault::ShortWait:
    return changeOne(all<NVVM::CpAsyncWaitGroupOp>(module), place, lengthen);
  case Fault::NoCommit:
    return changeOne(all<NVVM::CpAsyncCommitGroupOp>(module), place, erase);
  case Fault::NoProxyFence:
    return changeOne(all<NVVM::FenceProxyOp>(module), place, erase);
  case Fault::NoRegisterFence:
    return changeOne(all<NVVM::WgmmaFenceAlignedOp>(module), place, erase);
  case Fault::NoProductWait:
    return changeOne(waitsForProducts(module), place, passOn);
  }
  llvm_unreachable("unknown fault");
}

void weft::test::printPlaces(ModuleOp module, bool isAll, raw_ostream &stream) {
  module.walk([&](LLVM::LLVMFuncOp function) { printPlacesOf(function, isAll, stream); });
}
