// What the ops that a program runs do to memory, and how much work they are.
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace weft::exec {

static std::string shapeOf(Value buffer) {
  auto sizes = llvm::map_range(cast<MemRefType>(buffer.getType()).getShape(), [](int64_t size) { return std::to_string(size); });
  return llvm::join(sizes, "x");
}

/// Of the result of a product.
static MemoryAccess accessOf(Accumulate accumulate) {
  switch (accumulate) {
  case Accumulate::Overwrite:
    return MemoryAccess::Write;
  case Accumulate::Add:
  case Accumulate::AddByStep:
    return MemoryAccess::Update;
  }
  llvm_unreachable("a product accumulates in one of these ways");
}

static StringRef addedOf(Accumulate accumulate) { return accumulate == Accumulate::Overwrite ? "" : ", added"; }

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

static tile::KernelOp kernelOf(LaunchOp launch, SymbolTable &kernels) {
  return kernels.lookup<tile::KernelOp>(launch.getKernel());
}

std::optional<MemoryAccess> LaunchOp::getAccess(OpOperand &operand, SymbolTable &kernels) {
  tile::KernelOp kernel = kernelOf(*this, kernels);
  if (!kernel)
    return std::nullopt;
  return operand.getOperandNumber() < kernel.getNumInputs() ? MemoryAccess::Read : MemoryAccess::Write;
}

bool LaunchOp::mayShareBuffer(OpOperand &written, OpOperand &read, SymbolTable &kernels) {
  tile::KernelOp kernel = kernelOf(*this, kernels);
  if (!kernel || !kernel.getInPlace() || read.getOperandNumber() >= kernel.getNumInputs())
    return false;
  int64_t output = written.getOperandNumber() - kernel.getNumInputs(), input = read.getOperandNumber();
  return llvm::any_of(kernel.getInPlace()->getAsRange<ArrayAttr>(), [&](ArrayAttr pair) {
    return cast<IntegerAttr>(pair[0]).getInt() == output && cast<IntegerAttr>(pair[1]).getInt() == input;
  });
}

double LaunchOp::getFlops(SymbolTable &kernels) {
  tile::KernelOp kernel = kernelOf(*this, kernels);
  auto flops = kernel ? kernel->getAttrOfType<FloatAttr>("flops") : FloatAttr();
  return flops ? flops.getValueAsDouble() : 0;
}

std::string LaunchOp::getWorkName() { return getKernel().str(); }

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

std::optional<MemoryAccess> MatmulOp::getAccess(OpOperand &operand, SymbolTable &) {
  Value value = operand.get();
  if (&operand == &getCMutable())
    return accessOf(getAccumulate());
  if (value == getWorkspace())
    return MemoryAccess::Scratch;
  bool isWritten = (writesBias() && value == getBias()) || (writesAux() && value == getAux());
  return isWritten ? MemoryAccess::Write : MemoryAccess::Read;
}

double MatmulOp::getFlops(SymbolTable &) {
  auto a = cast<MemRefType>(getA().getType()), c = cast<MemRefType>(getC().getType());
  int64_t inner = a.getShape()[a.getRank() - (getTransposeA() ? 2 : 1)];
  return 2.0 * inner * c.getNumElements();
}

std::string MatmulOp::getWorkName() {
  std::string epilogue = getEpilogue() ? ", " + spec::stringifyEpilogue(*getEpilogue()).str() : "";
  return "matmul to " + shapeOf(getC()) + epilogue + addedOf(getAccumulate()).str();
}

std::optional<MemoryAccess> GroupedMatmulOp::getAccess(OpOperand &operand, SymbolTable &) {
  return &operand == &getCMutable() ? accessOf(getAccumulate()) : MemoryAccess::Read;
}

/// Each row goes through the product of its group alone.
double GroupedMatmulOp::getFlops(SymbolTable &) {
  auto a = cast<MemRefType>(getA().getType());
  Value other = getGrouping() == Grouping::Inner ? getB() : getC();
  return 2.0 * a.getNumElements() * cast<MemRefType>(other.getType()).getShape().back();
}

std::string GroupedMatmulOp::getWorkName() {
  return "grouped matmul to " + shapeOf(getC()) + addedOf(getAccumulate()).str();
}

//===----------------------------------------------------------------------===//
// Initialization
//===----------------------------------------------------------------------===//

std::optional<MemoryAccess> InitializeOp::getAccess(OpOperand &, SymbolTable &) { return std::nullopt; }

} // namespace weft::exec
