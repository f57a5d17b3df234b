// weft-verify-aliasing: no op writes memory that it also reads as something else.
#include "dialects/Exec/Exec.h"
#include "weft/Memory/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_VERIFYALIASING
#include "weft/Memory/Passes.h.inc"

namespace {

/// One dimension of more than one element.
struct Dimension {
  int64_t extent, stride;
};

/// The elements of an operand: from `offset` of what it is a view of, with the longest stride
/// first.
struct Elements {
  Attribute symbol; // of a state or an input
  Value root;       // else what is no view
  int64_t offset = 0;
  SmallVector<Dimension> dimensions;

  bool isOfSameMemory(const Elements &other) const {
    return symbol || other.symbol ? symbol == other.symbol : root == other.root;
  }
};

Elements elementsOf(Value operand) {
  auto type = cast<MemRefType>(operand.getType());
  Elements elements;
  for (auto view = operand.getDefiningOp<exec::ViewOp>(); view;
       view = operand.getDefiningOp<exec::ViewOp>()) {
    elements.offset += view.getOffset();
    operand = view.getSource();
  }
  elements.root = operand;
  if (auto state = operand.getDefiningOp<exec::StateRefOp>())
    elements.symbol = state.getSymbolAttr();
  if (auto input = operand.getDefiningOp<exec::InputRefOp>())
    elements.symbol = input.getSymbolAttr();
  for (auto [extent, stride] : llvm::zip_equal(type.getShape(), type.getStridesAndOffset().first))
    if (extent != 1)
      elements.dimensions.push_back({extent, stride});
  llvm::stable_sort(elements.dimensions,
                    [](Dimension a, Dimension b) { return a.stride > b.stride; });
  return elements;
}

/// How many elements lie between the first and the last of them, both among them; 0 of none.
int64_t spanOf(ArrayRef<Dimension> dimensions) {
  int64_t span = 1;
  for (Dimension dimension : dimensions) {
    if (dimension.extent == 0)
      return 0;
    span += (dimension.extent - 1) * dimension.stride;
  }
  return span;
}

/// Whether no element of `a` is one of `b`. Knows ranges that lie apart, and parts that lie beside
/// each other in rows of one length; of anything else it says no.
bool areApart(int64_t atA, ArrayRef<Dimension> a, int64_t atB, ArrayRef<Dimension> b) {
  int64_t spanA = spanOf(a), spanB = spanOf(b);
  if (spanA == 0 || spanB == 0 || atA + spanA <= atB || atB + spanB <= atA)
    return true;
  if (a.empty() || b.empty())
    return false;
  int64_t row = std::max(a.front().stride, b.front().stride);
  if (row == 0)
    return false;
  auto inRow = [&](ArrayRef<Dimension> d) { return d.front().stride == row ? d.drop_front() : d; };
  auto staysInRow = [&](int64_t at, ArrayRef<Dimension> d) {
    return at % row + spanOf(inRow(d)) <= row;
  };
  return staysInRow(atA, a) && staysInRow(atB, b) &&
         areApart(atA % row, inRow(a), atB % row, inRow(b));
}

LogicalResult report(OpOperand &written, OpOperand &other) {
  return written.getOwner()->emitOpError("writes operand ")
         << written.getOperandNumber() << ", which shares memory with operand "
         << other.getOperandNumber()
         << "; expected memory of its own, or the very buffer of an input that the kernel lists as "
            "in_place";
}

LogicalResult verify(CommandOpInterface command, SymbolTable &kernels) {
  auto elements = llvm::map_to_vector(command->getOperands(), elementsOf);
  for (OpOperand &written : command->getOpOperands()) {
    std::optional<MemoryAccess> access = command.getAccess(written, kernels);
    if (!access || !isWritten(*access))
      continue;
    for (OpOperand &other : command->getOpOperands()) {
      const Elements &a = elements[written.getOperandNumber()],
                     &b = elements[other.getOperandNumber()];
      if (&other == &written || !a.isOfSameMemory(b) ||
          areApart(a.offset, a.dimensions, b.offset, b.dimensions))
        continue;
      bool isSame = a.offset == b.offset && written.get().getType() == other.get().getType();
      if (!isSame || !command.mayShareBuffer(written, other, kernels))
        return report(written, other);
    }
  }
  return success();
}

struct VerifyAliasing : impl::VerifyAliasingBase<VerifyAliasing> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    SymbolTable kernels(getOperation());
    WalkResult result = getOperation().walk([&](exec::ProgramOp program) {
      for (auto command : program.getBody().getOps<CommandOpInterface>())
        if (failed(verify(command, kernels)))
          return WalkResult::interrupt();
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace weft
