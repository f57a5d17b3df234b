#include "weft/Fusion/Passes.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace weft {
#define GEN_PASS_DEF_SPLITLOSS
#include "weft/Fusion/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// Products of fewer rows are slow, whatever they save.
constexpr int64_t kFewestRows = 256;
/// Each chunk is written out: more of them take the compiler's time and save little.
constexpr int64_t kMostChunks = 256;

/// A cross entropy, the product that its logits come from, and what stands between: ops that compute each row of
/// logits from a row, and from what rows have in common.
class LossSplitter {
public:
  explicit LossSplitter(CrossEntropyOp loss)
      : loss(loss), b(loss.getLoc(), OpBuilder(loss)), type(loss.getLogits().getType()) {}

  /// Whether the logits are those of a linear and for nothing else.
  bool match() {
    Value value = loss.getLogits();
    while (Operation *op = value.getDefiningOp()) {
      if (!value.hasOneUse())
        return false;
      if ((linear = dyn_cast<LinearOp>(op)))
        return true;
      value = logitsAmong(op);
      if (!value)
        return false;
      between.push_back(op);
    }
    return false;
  }

  /// How many rows a chunk has; all, if they fit.
  int64_t chooseRows(int64_t chunkBytes) const {
    int64_t rows = getNumRows(type),
            bytes = type.getElementTypeBitWidth() / 8 * type.getShape().back();
    int64_t most = std::max({kFewestRows, chunkBytes / bytes, int64_t(llvm::divideCeil(rows, kMostChunks))});
    if (rows <= most)
      return rows;
    // Equal chunks, if there are any of a good size.
    for (int64_t parts = llvm::divideCeil(rows, most); parts <= kMostChunks && rows / parts * 2 >= most; ++parts)
      if (rows % parts == 0)
        return rows / parts;
    return most;
  }

  void split(int64_t chunk) {
    int64_t rows = getNumRows(type);
    RankedTensorType x = linear.getInput().getType();
    Value all = make<ReshapeOp>(x.clone({rows, x.getShape().back()}), linear.getInput());
    Value ids = make<ReshapeOp>(loss.getTargets().getType().clone({rows}), loss.getTargets());
    SmallVector<Value> inputs;
    if (rows % chunk == 0)
      llvm::append_range(
          inputs, make<SplitOp>(all, b.getI64IntegerAttr(0), b.getI64IntegerAttr(rows / chunk))
                      .getResults());
    Value sum, weight;
    for (int64_t first = 0; first < rows; first += chunk) {
      int64_t count = std::min(chunk, rows - first);
      Value input = inputs.empty() ? slice(all, first, count) : inputs[first / chunk];
      auto part = make<CrossEntropyOp>(logitsOf(input, first, count), slice(ids, first, count),
                                       loss.getIgnoreIndexAttr(), loss.getLabelSmoothingAttr(),
                                       loss.getZLossAttr());
      sum = sum ? make<AddOp>(sum, part.getSum()).getResult() : part.getSum();
      weight = weight ? make<AddOp>(weight, part.getWeight()).getResult() : part.getWeight();
    }
    // A generator still asks for rows of the logits, which only its own program computes.
    loss.getLogits().getDefiningOp()->setAttr(kLogitsAttr, b.getUnitAttr());
    loss->replaceAllUsesWith(ValueRange{sum, weight});
    loss.erase();
  }

private:
  /// The one operand that is as large as all logits, where each row of an op is computed from it, and all else can be
  /// had for some rows; null for other ops.
  static Value logitsAmong(Operation *op) {
    RankedTensorType result = getTensorType(op->getResult(0));
    auto isLarge = [&](Value v) { return getTensorType(v).getNumElements() == result.getNumElements(); };
    auto hasRows = [&](Value v) { return getRowsRead(getTensorType(v), result) != RowsRead::Shared; };
    auto reshape = dyn_cast<ReshapeOp>(op);
    bool keepsRows = reshape ? getNumRows(reshape.getInput().getType()) == getNumRows(result)
                             : isOnLogits(op);
    if (!keepsRows || llvm::count_if(op->getOperands(), isLarge) != 1 || !llvm::all_of(op->getOperands(), hasRows))
      return Value();
    return *llvm::find_if(op->getOperands(), isLarge);
  }

  template <typename OpT, typename... Args> OpT make(Args &&...args) {
    auto op = OpT::create(b, std::forward<Args>(args)...);
    copyScope(loss, op);
    return op;
  }

  Value slice(Value value, int64_t first, int64_t count) {
    SmallVector<int64_t> offsets(getTensorType(value).getRank(), 0),
        sizes(getTensorType(value).getShape());
    offsets[0] = first, sizes[0] = count;
    return make<SliceOp>(value, b.getDenseI64ArrayAttr(offsets), b.getDenseI64ArrayAttr(sizes))
        .getResult();
  }

  /// What some rows read of an operand beside the logits.
  Value rowsOf(Value operand, RankedTensorType result, int64_t first, int64_t count) {
    RankedTensorType own = getTensorType(operand);
    if (own.getRank() <= 1)
      return operand;
    auto matrix = own.clone({getNumRows(own), own.getShape().back()});
    if (matrix != own)
      operand = make<ReshapeOp>(matrix, operand);
    return getRowsRead(own, result) == RowsRead::Own ? slice(operand, first, count) : operand;
  }

  Value logitsOf(Value input, int64_t first, int64_t count) {
    RankedTensorType whole = linear.getType();
    IRMapping mapping;
    mapping.map(linear.getInput(), input);
    auto clone = [&](Operation *op) {
      Operation *copy = b.clone(*op, mapping);
      copy->getResult(0).setType(RankedTensorType::get({count, whole.getShape().back()},
                                                       getElementTypeOrSelf(op->getResult(0))));
      mapping.map(op->getResult(0), copy->getResult(0));
      return copy->getResult(0);
    };
    Value value = clone(linear);
    for (Operation *op : llvm::reverse(between)) {
      RankedTensorType result = getTensorType(op->getResult(0));
      if (isa<ReshapeOp>(op)) { // of all rows, which a chunk has one after the other
        mapping.map(op->getResult(0), value);
        continue;
      }
      for (Value operand : op->getOperands())
        if (!mapping.contains(operand))
          mapping.map(operand, rowsOf(operand, result, first, count));
      value = clone(op);
    }
    return value;
  }

  CrossEntropyOp loss;
  ImplicitLocOpBuilder b;
  RankedTensorType type;
  LinearOp linear;
  SmallVector<Operation *> between; // from the loss upwards
};

struct SplitLoss : weft::impl::SplitLossBase<SplitLoss> {
  using SplitLossBase::SplitLossBase;

  void runOnOperation() override {
    if (chunkBytes < 1) {
      getOperation().emitError("expected chunk-bytes to be positive, got ") << int64_t(chunkBytes);
      return signalPassFailure();
    }
    SmallVector<CrossEntropyOp> losses;
    getOperation().walk([&](CrossEntropyOp loss) { losses.push_back(loss); });
    for (CrossEntropyOp loss : losses) {
      LossSplitter splitter(loss);
      if (!splitter.match())
        continue;
      int64_t rows = splitter.chooseRows(chunkBytes);
      if (rows < getNumRows(loss.getLogits().getType()))
        splitter.split(rows);
    }
  }
};

} // namespace
