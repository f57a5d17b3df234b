// weft-split-sums: enough programs for a sum over rows.
#include "weft/Conversion/WeftToTile/Passes.h"

#include "IterationSpace.h"
#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/Target.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_SPLITSUMS
#include "weft/Conversion/WeftToTile/Passes.h.inc"

namespace {

/// With as many columns there are 512 tiles of them and more: programs enough. As the next, chosen by counting, not timed on a GPU.
constexpr int64_t kManyColumns = 1 << 16;
/// Fewer rows are not worth a second kernel.
constexpr int64_t kFewRows = 128;

/// About twice the root of the number of rows: parts of half as many rows as there are parts, since a step that only loads and adds has
/// more loads on their way at once than one that also computes what is added. No part is empty.
int64_t countParts(int64_t rows) {
  int64_t parts = int64_t(2) << llvm::Log2_64_Ceil(rows) / 2;
  return llvm::divideCeil(rows, llvm::divideCeil(rows, parts));
}

void split(SumOp sum) {
  auto type = cast<RankedTensorType>(sum.getInput().getType());
  int64_t columns = type.getShape().back(), rows = type.getNumElements() / columns;
  if (!isColumnReduction(sum) || columns >= kManyColumns || rows < kFewRows)
    return;
  OpBuilder b(sum);
  int64_t parts = countParts(rows);
  auto partial = PartialSumsOp::create(b, sum.getLoc(), RankedTensorType::get({parts, columns}, type.getElementType()),
                                       sum.getInput(), parts);
  auto whole = SumOp::create(b, sum.getLoc(), partial, SmallVector<int64_t>{0}, /*keep_dims=*/false);
  for (Operation *op : {partial.getOperation(), whole.getOperation()})
    op->setDiscardableAttrs(sum->getDiscardableAttrDictionary());
  sum.replaceAllUsesWith(whole.getResult());
  sum.erase();
}

struct SplitSumsPass : impl::SplitSumsBase<SplitSumsPass> {
  void runOnOperation() override {
    if (spec::getTarget(getOperation()).getManyPrograms())
      getOperation().walk(split);
  }
};

} // namespace
} // namespace weft
