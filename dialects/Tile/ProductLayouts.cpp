// Layouts of products: of threads that sum up alone, and of tensor cores.
//
// Tensor cores multiply fragments: 16 rows of a with 8 columns of b, summed over 16 elements of 16 bits or 8 of 32.
// Where a lane's elements of them lie is what PTX says of mma.m16n8k16 and mma.m16n8k8.
#include "dialects/Tile/Layout.h"

using namespace mlir;
using namespace weft::tile;

int64_t weft::tile::getFragmentInner(DotOp dot) {
  auto type = cast<RankedTensorType>(dot.getType());
  int64_t bits = getElementTypeOrSelf(dot.getA()).getIntOrFloatBitWidth(), inner = 256 / bits;
  bool isTaken = bits == 16 || dot.getTf32();
  bool fits = type.getDimSize(0) >= 16 && type.getDimSize(1) >= 8 && dot.getInner() >= inner;
  return isTaken && fits ? inner : 0;
}

Layout weft::tile::getResultLayout(DotOp dot, int64_t warps) {
  auto type = cast<RankedTensorType>(dot.getType());
  if (getFragmentInner(dot))
    return Layout::ofFragments(type.getShape(), warps);
  // Threads hold runs along the dimension that an operand's rows lie in, so that they read it from shared memory 16
  // bytes at a time; where rows lie along what is summed over, registers of an operand do.
  int64_t run = 128 / type.getElementTypeBitWidth();
  return Layout::ofProduct(type.getShape(), warps, dot.getTransposeA() ? run : 1, dot.getTransposeB() ? 1 : run);
}

Layout weft::tile::getOperandLayout(DotOp dot, const Layout &result, int64_t inner, bool isA) {
  int64_t bits = getElementTypeOrSelf(dot.getA()).getIntOrFloatBitWidth();
  Layout layout = getFragmentInner(dot) ? result.fragmentOperand(inner, bits, isA) : result.operand(inner, isA);
  return (isA ? dot.getTransposeA() : dot.getTransposeB()) ? layout.transposed() : layout;
}

Layout Layout::operand(int64_t inner, bool isA) const {
  Layout result = without(isA ? 1 : 0);
  for (int32_t i = 1; i < inner; i *= 2)
    result.registers.push_back(isA ? Coordinates{0, i} : Coordinates{i, 0});
  return result;
}

// Columns of one warp are neighbours. What is next in memory comes first in registers.
Layout Layout::ofFragments(ArrayRef<int64_t> shape, int64_t warps) {
  Layout layout;
  layout.rank = 2;
  layout.registers = {{0, 1}, {8, 0}};
  layout.lanes = {{0, 2}, {0, 4}, {1, 0}, {2, 0}, {4, 0}};
  int32_t row = 16, columns = static_cast<int32_t>(shape[1]);
  for (int64_t w = 1; w < warps; w *= 2) {
    Coordinates basis{0, 0};
    if (row < shape[0]) {
      basis[0] = row;
      row *= 2;
    } else if (columns > 8) {
      columns /= 2;
      basis[1] = columns;
    }
    layout.warps.push_back(basis);
  }
  for (int32_t column = 8; column < columns; column *= 2)
    layout.registers.push_back({0, column});
  for (; row < shape[0]; row *= 2)
    layout.registers.push_back({row, 0});
  return layout;
}

Layout Layout::fragmentOperand(int64_t inner, int64_t bits, bool isA) const {
  auto along = [&](int32_t i) { return isA ? Coordinates{0, i} : Coordinates{i, 0}; };
  auto across = [&](int32_t i) { return isA ? Coordinates{i, 0} : Coordinates{0, i}; };
  // Four lanes hold neighbours of what is summed over: two each of 16 bits, one of 32.
  auto own = static_cast<int32_t>(32 / bits);
  Layout rest = without(isA ? 1 : 0), result;
  result.rank = 2;
  for (int32_t i = 1; i < own; i *= 2)
    result.registers.push_back(along(i));
  if (isA)
    result.registers.push_back(across(8));
  for (int32_t i = 4 * own; i < inner; i *= 2)
    result.registers.push_back(along(i));
  for (const Coordinates &basis : rest.registers)
    if (basis[isA ? 0 : 1] >= (isA ? 16 : 8)) // what lies below is in one fragment
      result.registers.push_back(basis);
  result.lanes = {along(own), along(2 * own), across(1), across(2), across(4)};
  result.warps = rest.warps;
  return result;
}
