#include "weft/Support/ViewLayout.h"

#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

ViewLayout ViewLayout::rowMajor(ArrayRef<int64_t> shape) {
  ViewLayout layout;
  layout.shape.assign(shape.begin(), shape.end());
  layout.strides.resize(shape.size());
  int64_t stride = 1;
  for (int64_t i = shape.size() - 1; i >= 0; --i) {
    layout.strides[i] = stride;
    stride *= shape[i];
  }
  return layout;
}

bool ViewLayout::isRowMajor() const {
  int64_t expected = 1;
  for (int64_t i = shape.size() - 1; i >= 0; --i) {
    if (shape[i] != 1 && strides[i] != expected)
      return false;
    expected *= shape[i];
  }
  return true;
}

std::optional<ViewLayout> ViewLayout::reshaped(ArrayRef<int64_t> newShape) const {
  // Dimensions of size 1 have no stride worth keeping; neighbours that lie densely are one run.
  SmallVector<std::pair<int64_t, int64_t>> runs; // size, innermost stride
  for (auto [size, stride] : llvm::zip(shape, strides)) {
    if (size == 1)
      continue;
    if (!runs.empty() && runs.back().second == size * stride)
      runs.back() = {runs.back().first * size, stride};
    else
      runs.push_back({size, stride});
  }
  // Each run must be cut into whole new dimensions, from the last on.
  ViewLayout result;
  result.offset = offset;
  result.shape.assign(newShape.begin(), newShape.end());
  result.strides.assign(newShape.size(), 1);
  int64_t left = 1, stride = 1; // what is left of the current run
  for (int64_t i = newShape.size() - 1; i >= 0; --i) {
    if (newShape[i] == 1) {
      result.strides[i] = stride;
      continue;
    }
    if (left == 1) {
      if (runs.empty())
        return std::nullopt;
      std::tie(left, stride) = runs.pop_back_val();
    }
    if (left % newShape[i] != 0)
      return std::nullopt;
    result.strides[i] = stride;
    left /= newShape[i];
    stride *= newShape[i];
  }
  return result;
}

ViewLayout ViewLayout::transposed(ArrayRef<int64_t> permutation) const {
  ViewLayout result;
  result.offset = offset;
  for (int64_t dim : permutation) {
    result.shape.push_back(shape[dim]);
    result.strides.push_back(strides[dim]);
  }
  return result;
}

ViewLayout ViewLayout::sliced(ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes) const {
  ViewLayout result = *this;
  result.shape.assign(sizes.begin(), sizes.end());
  for (auto [start, stride] : llvm::zip(offsets, strides))
    result.offset += start * stride;
  return result;
}

MemRefType ViewLayout::memrefType(Type elementType) const {
  if (isRowMajor())
    return MemRefType::get(shape, elementType);
  return MemRefType::get(shape, elementType,
                         StridedLayoutAttr::get(elementType.getContext(), 0, strides));
}

bool weft::isViewOp(Operation *op) {
  return isa_and_nonnull<ReshapeOp, TransposeOp, SliceOp, SplitOp>(op);
}

static ViewLayout splitLayout(SplitOp op, const ViewLayout &input, unsigned part) {
  SmallVector<int64_t> offsets(input.shape.size(), 0), sizes(input.shape);
  int64_t axis = op.getAxis();
  sizes[axis] /= op.getParts();
  offsets[axis] = sizes[axis] * part;
  return input.sliced(offsets, sizes);
}

ViewOf weft::resolveView(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  ViewOf self{value, ViewLayout::rowMajor(type.getShape())};
  Operation *op = value.getDefiningOp();
  if (!isViewOp(op))
    return self;
  ViewOf input = resolveView(op->getOperand(0));
  return TypeSwitch<Operation *, ViewOf>(op)
      .Case([&](ReshapeOp) {
        std::optional<ViewLayout> layout = input.layout.reshaped(type.getShape());
        return layout ? ViewOf{input.root, *layout} : self;
      })
      .Case([&](TransposeOp op) {
        return ViewOf{input.root, input.layout.transposed(op.getPermutation())};
      })
      .Case([&](SliceOp op) {
        return ViewOf{input.root, input.layout.sliced(op.getOffsets(), op.getSizes())};
      })
      .Case([&](SplitOp op) {
        return ViewOf{input.root,
                      splitLayout(op, input.layout, cast<OpResult>(value).getResultNumber())};
      });
}
