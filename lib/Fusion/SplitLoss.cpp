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

int64_t numRows(RankedTensorType type) { return type.getNumElements() / type.getShape().back(); }

/// A cross entropy, the product that its logits come from, and what stands between: ops that do the
/// same to every row.
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
      auto isScalar = [](Value v) { return getTensorType(v).getNumElements() == 1; };
      auto operands = op->getOperands();
      auto whole = llvm::find_if_not(operands, isScalar);
      if (!isa<MulOp, DivOp, TanhOp, CastOp>(op) || whole == operands.end() ||
          llvm::count_if(operands, isScalar) + 1 != op->getNumOperands() ||
          getTensorType(*whole).getShape() != type.getShape())
        return false;
      between.push_back(op);
      value = *whole;
    }
    return false;
  }

  /// How many rows a chunk has; all, if they fit.
  int64_t chooseRows(int64_t chunkBytes) const {
    int64_t rows = numRows(type),
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
    int64_t rows = numRows(type);
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
      auto part = make<CrossEntropyOp>(logitsOf(input, count), slice(ids, first, count),
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

  Value logitsOf(Value input, int64_t count) {
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
    for (Operation *op : llvm::reverse(between))
      value = clone(op);
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
      if (rows < numRows(loss.getLogits().getType()))
        splitter.split(rows);
    }
  }
};

} // namespace
