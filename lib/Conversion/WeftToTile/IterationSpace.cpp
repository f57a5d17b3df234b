#include "IterationSpace.h"

#include <numeric>

using namespace mlir;
using namespace weft;

static RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

bool weft::isRowReduction(Operation *op) {
  if (isa<PickOp>(op))
    return true;
  ArrayRef<int64_t> axes;
  if (auto sum = dyn_cast<SumOp>(op))
    axes = sum.getAxes();
  else if (auto max = dyn_cast<ReduceMaxOp>(op))
    axes = max.getAxes();
  else
    return false;
  return op->hasAttr("keep_dims") && axes.size() == 1 &&
         axes[0] == tensorType(op->getOperand(0)).getRank() - 1;
}

bool weft::isColumnReduction(Operation *op) {
  if (isa<PartialSumsOp>(op))
    return true;
  auto sum = dyn_cast<SumOp>(op);
  if (!sum || sum.getKeepDims())
    return false;
  int64_t rank = tensorType(sum.getInput()).getRank();
  return rank > 1 && static_cast<int64_t>(sum.getAxes().size()) == rank - 1 &&
         sum.getAxes().back() == rank - 2;
}

bool weft::isSinkReduction(Operation *op) { return isColumnReduction(op) || isa<ChunkSumsOp>(op); }

bool weft::isTableOf(Operation *op, Value value) {
  auto gather = dyn_cast<GatherRowsOp>(op);
  return gather && gather.getTable() == value;
}

ArrayRef<int64_t> weft::iterationShape(Operation *op) {
  bool reduces = isRowReduction(op) || isSinkReduction(op);
  return tensorType(reduces ? op->getOperand(0) : op->getResult(0)).getShape();
}

int64_t IterationSpace::rows() const {
  return std::accumulate(shape.begin(), shape.end() - 1, int64_t(1), std::multiplies<>());
}

namespace {

/// A tensor in the space before simplification: a stride for each dimension, or none where the
/// tensor does not extend along it.
using Strides = SmallVector<std::optional<int64_t>>;

Strides alignStrides(ArrayRef<int64_t> space, const ViewLayout &layout) {
  Strides result(space.size());
  size_t lead = space.size() - layout.shape.size();
  for (auto [i, size] : llvm::enumerate(layout.shape))
    if (size != 1)
      result[lead + i] = layout.strides[i];
  return result;
}

/// Whether dimensions d and d+1 are walked as one by this tensor.
bool merges(const Strides &strides, ArrayRef<int64_t> space, size_t d) {
  if (!strides[d] || !strides[d + 1])
    return !strides[d] && !strides[d + 1];
  return *strides[d] == *strides[d + 1] * space[d + 1];
}

Access makeAccess(ArrayRef<int64_t> space, const Strides &strides, Type elementType) {
  Access access;
  ViewLayout layout;
  for (auto [d, stride] : llvm::enumerate(strides)) {
    if (!stride)
      continue;
    access.dims.push_back(d);
    access.strides.push_back(*stride);
    layout.shape.push_back(space[d]);
    layout.strides.push_back(*stride);
  }
  access.type = layout.memrefType(elementType);
  return access;
}

class SpaceBuilder {
public:
  SpaceBuilder(GroupOp group, ArrayRef<ViewLayout> operandLayouts,
               ArrayRef<ViewLayout> resultLayouts)
      : group(group), body(group.getBody().front()) {
    findShape();
    for (auto [argument, layout] : llvm::zip(body.getArguments(), operandLayouts)) {
      tables.push_back(isTable(argument));
      tableLayouts.push_back(layout);
      tensors.push_back(tables.back() ? Strides(shape.size()) : alignStrides(shape, layout));
    }
    for (auto [i, result] : llvm::enumerate(body.getTerminator()->getOperands())) {
      ViewLayout layout = resultLayouts.empty()
                              ? ViewLayout::rowMajor(tensorType(result).getShape())
                              : resultLayouts[i];
      tensors.push_back(isByProgram(result) ? Strides(shape.size()) : alignStrides(shape, layout));
    }
  }

  IterationSpace build() {
    IterationSpace space;
    space.kind = kind();
    simplify(space.kind);
    space.shape = shape;
    size_t numArguments = body.getNumArguments();
    for (auto [i, argument] : llvm::enumerate(body.getArguments())) {
      Type element = tensorType(argument).getElementType();
      Access access = makeAccess(shape, tensors[i], element);
      if (tables[i])
        access.type = tableLayouts[i].memrefType(element);
      space.arguments.push_back(access);
    }
    for (auto [i, result] : llvm::enumerate(body.getTerminator()->getOperands())) {
      RankedTensorType type = tensorType(result);
      space.results.push_back(makeAccess(shape, tensors[numArguments + i], type.getElementType()));
      if (isByProgram(result))
        space.results.back().type = MemRefType::get(type.getShape(), type.getElementType());
    }
    return space;
  }

private:
  void findShape() {
    int64_t most = -1;
    for (Operation &op : body.without_terminator()) {
      ArrayRef<int64_t> candidate = iterationShape(&op);
      int64_t elements = ShapedType::getNumElements(candidate);
      if (elements > most || (elements == most && candidate.size() > shape.size())) {
        most = elements;
        shape.assign(candidate.begin(), candidate.end());
      }
    }
    if (shape.empty())
      shape.push_back(1);
  }

  static bool isTable(Value argument) {
    return llvm::any_of(argument.getUses(), [](OpOperand &use) {
      return isa<GatherRowsOp>(use.getOwner()) && use.getOperandNumber() == 1;
    });
  }

  /// Whether a result has no place in the space: its kernel stores it by the number of the program.
  static bool isByProgram(Value result) { return isa_and_nonnull<ChunkSumsOp, PartialSumsOp>(result.getDefiningOp()); }

  /// Whether a tensor walks the whole space in order.
  bool isDense(const Strides &strides) const {
    int64_t expected = 1;
    for (int64_t d = shape.size() - 1; d >= 0; --d) {
      if (shape[d] != 1 && strides[d] != expected)
        return false;
      expected *= shape[d];
    }
    return true;
  }

  IterationSpace::Kind kind() const {
    bool flat = true;
    for (Operation &op : body.without_terminator()) {
      if (isColumnReduction(&op))
        return IterationSpace::Kind::Columns;
      if (isa<ChunkSumsOp>(op))
        return IterationSpace::Kind::Chunks;
      flat &= !isRowReduction(&op) && !op.hasTrait<facts::WalksRows>();
    }
    for (auto [i, strides] : llvm::enumerate(tensors)) {
      bool isScalar = llvm::none_of(strides, [](auto s) { return s.has_value(); });
      bool isResult = i >= body.getNumArguments();
      flat &= isDense(strides) || (isScalar && !isResult);
    }
    return flat ? IterationSpace::Kind::Flat : IterationSpace::Kind::Rows;
  }

  void mergeInto(size_t d) {
    for (Strides &strides : tensors)
      strides.erase(strides.begin() + d);
    shape[d + 1] *= shape[d];
    shape.erase(shape.begin() + d);
  }

  void simplify(IterationSpace::Kind kind) {
    // A draw asks for its sample and its row.
    if (llvm::any_of(body, [](Operation &op) { return isa<DropOp>(op); }))
      return;
    // A causal mask asks for the number of its query: that dimension stays by itself.
    bool keepsQueries = llvm::any_of(body, [](Operation &op) { return isa<CausalMaskOp>(op); });
    for (int64_t d = static_cast<int64_t>(shape.size()) - 2; d >= 0; --d) {
      bool last = d + 1 == static_cast<int64_t>(shape.size()) - 1;
      bool isQuery = keepsQueries && last,
           nextIsQuery = keepsQueries && d + 3 == (int64_t)shape.size();
      if (kind == IterationSpace::Kind::Flat || kind == IterationSpace::Kind::Chunks) {
        mergeFlat(d);
      } else if (shape[d] == 1 && !isQuery) {
        mergeInto(d);
      } else if (!last && !nextIsQuery &&
                 llvm::all_of(tensors, [&](Strides &s) { return merges(s, shape, d); })) {
        mergeInto(d);
      }
    }
  }

  /// In a flat space a dense tensor has stride 1, a scalar none.
  void mergeFlat(size_t d) {
    for (Strides &strides : tensors) {
      bool spans = strides[d].has_value() || strides[d + 1].has_value();
      strides[d + 1] = spans ? std::optional<int64_t>(1) : std::nullopt;
    }
    mergeInto(d);
  }

  GroupOp group;
  Block &body;
  SmallVector<int64_t> shape;
  SmallVector<Strides> tensors; // arguments, then results
  SmallVector<bool> tables;
  SmallVector<ViewLayout> tableLayouts;
};

} // namespace

IterationSpace IterationSpace::of(GroupOp group, ArrayRef<ViewLayout> operandLayouts,
                                  ArrayRef<ViewLayout> resultLayouts) {
  return SpaceBuilder(group, operandLayouts, resultLayouts).build();
}
