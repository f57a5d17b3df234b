#include "weft/Conversion/WeftToTile/Passes.h"

#include "dialects/Weft/Weft.h"
#include "weft/Support/ViewLayout.h"

namespace weft {
#define GEN_PASS_DEF_INSERTCOPIES
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// Whether a library product can read a matrix that lies like this: row by row or column by column.
bool isProductOperand(const ViewLayout &layout) {
  if (layout.isRowMajor())
    return true;
  size_t row = layout.shape.size() - 2, column = row + 1;
  auto steps = [&](size_t inner, size_t outer) {
    return layout.strides[inner] == 1 && layout.strides[outer] >= layout.shape[inner];
  };
  return steps(column, row) || steps(row, column);
}

/// Whether an op computes its result into a buffer, rather than naming one that is there.
bool isComputed(Value value) {
  Operation *op = value.getDefiningOp();
  return op && !isViewOp(op) && !op->hasTrait<facts::NamesMemory>();
}

struct InsertCopies : weft::impl::InsertCopiesBase<InsertCopies> {
  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      if (auto reshape = dyn_cast<ReshapeOp>(op)) {
        if (!resolveView(reshape.getInput()).layout.reshaped(reshape.getType().getShape()))
          copyOperand(reshape->getOpOperand(0));
      } else if (auto product = dyn_cast<MatmulOp>(op)) {
        copyForProduct(product.getLhsMutable());
        copyForProduct(product.getRhsMutable());
      } else if (auto product = dyn_cast<MatmulAccumulateOp>(op)) {
        copyForProduct(product.getLhsMutable());
        copyForProduct(product.getRhsMutable());
      }
      if (auto sums = dyn_cast<ChunkSumsOp>(op);
          sums && !resolveView(sums.getInput()).layout.isRowMajor())
        copyOperand(sums.getInputMutable());
      // Kernels and calls that read their operands as they lie.
      if (isa<TopKOp, RouteOp, GroupedLinearOp, GroupedLinearBackwardOp>(op))
        for (OpOperand &operand : op->getOpOperands())
          if (!resolveView(operand.get()).layout.isRowMajor())
            copyOperand(operand);
      if (isa<AttentionOp, AttentionBackwardOp>(op))
        copyForAttention(op);
      // Kernels of rows that are added where ids say walk ids and rows in order.
      if (auto scatter = dyn_cast<EmbeddingBackwardOp>(op))
        for (OpOperand *operand : {&scatter.getIdsMutable(), &scatter.getGradMutable()})
          if (!resolveView(operand->get()).layout.isRowMajor())
            copyOperand(*operand);
      // The rows of a table lie in memory.
      if (auto gather = dyn_cast<GatherRowsOp>(op);
          gather && gather.getTable().getDefiningOp<ConstantOp>())
        copyOperand(gather.getTableMutable());
      if (isa<SetOp>(op)) {
        if (!isComputed(op->getOperand(0)))
          copyOperand(op->getOpOperand(0));
      } else if (isViewOp(op) ||
                 isa<ConcatOp, MatmulOp, MatmulAccumulateOp, EmbeddingBackwardOp, TopKOp, RouteOp,
                     GroupedLinearOp, GroupedLinearBackwardOp, AttentionOp, AttentionBackwardOp>(op)) {
        for (OpOperand &operand : op->getOpOperands())
          if (operand.get().getDefiningOp<ConstantOp>())
            copyOperand(operand);
      }
    });
  }

  /// Heads may lie anywhere, but each position's elements side by side; one number a position is a list.
  void copyForAttention(Operation *op) {
    for (OpOperand &operand : op->getOpOperands()) {
      ViewLayout layout = resolveView(operand.get()).layout;
      bool isList = layout.shape.size() < 4;
      if (isList ? !layout.isRowMajor() : layout.strides.back() != 1)
        copyOperand(operand);
    }
  }

  void copyForProduct(OpOperand &operand) {
    if (!isProductOperand(resolveView(operand.get()).layout))
      copyOperand(operand);
  }

  void copyOperand(OpOperand &operand) {
    Operation *user = operand.getOwner();
    OpBuilder builder(user);
    auto copy = CopyOp::create(builder, user->getLoc(), operand.get());
    copyScope(user, copy);
    operand.set(copy);
  }
};

} // namespace
