#include "ThreadCode.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include <map>

using namespace mlir;
using namespace weft;

// ---- numbers

Value ThreadCode::number(int64_t value) { return make<arith::ConstantIntOp>(b.getI32Type(), value); }

Value ThreadCode::threadId() {
  return make<arith::IndexCastUIOp>(b.getI32Type(),
                                    make<gpu::ThreadIdOp>(gpu::Dimension::x));
}
Value ThreadCode::lane() { return make<arith::AndIOp>(threadId(), number(31)); }
Value ThreadCode::warp() { return make<arith::ShRUIOp>(threadId(), number(5)); }

Value ThreadCode::isFirst() {
  return make<arith::CmpIOp>(arith::CmpIPredicate::eq, threadId(), number(0));
}

Value ThreadCode::isOwner(const tile::Layout &layout) {
  int64_t same = 0; // bits of the thread's number that do not matter
  for (auto [bit, basis] : llvm::enumerate(llvm::concat<const tile::Coordinates>(layout.lanes, layout.warps)))
    if (llvm::all_of(basis, [](int32_t x) { return x == 0; }))
      same |= int64_t(1) << bit;
  if (!same)
    return Value();
  return make<arith::CmpIOp>(arith::CmpIPredicate::eq,
                             make<arith::AndIOp>(threadId(), number(same)), number(0));
}

// ---- linear maps

// Bits that move by the same distance move together.
Value ThreadCode::linear(Value x, ArrayRef<int64_t> bases, Value sum) {
  std::map<int64_t, int64_t> masks; // of bits of x, by how far they move up
  for (auto [from, basis] : llvm::enumerate(bases))
    for (int64_t to = 0; to < 31; ++to)
      if (basis >> to & 1)
        masks[to - static_cast<int64_t>(from)] |= int64_t(1) << from;
  for (auto [distance, mask] : masks) {
    Value moved = make<arith::AndIOp>(x, number(mask));
    if (distance > 0)
      moved = make<arith::ShLIOp>(moved, number(distance));
    else if (distance < 0)
      moved = make<arith::ShRUIOp>(moved, number(-distance));
    sum = sum ? make<arith::XOrIOp>(sum, moved) : moved;
  }
  return sum;
}

ThreadOffset ThreadCode::offset(ArrayRef<int64_t> lanes, ArrayRef<int64_t> warps) {
  int64_t bits = 0;
  for (int64_t basis : llvm::concat<const int64_t>(lanes, warps))
    bits |= basis;
  Value base = linear(warp(), warps, linear(lane(), lanes, Value()));
  return {base ? base : number(0), bits};
}

Value ThreadCode::plus(const ThreadOffset &offset, int64_t constant) {
  if (constant == 0)
    return offset.base;
  if (offset.bits & constant)
    return make<arith::XOrIOp>(offset.base, number(constant));
  return make<arith::AddIOp>(offset.base, number(constant));
}

ThreadOffset ThreadCode::coordinate(const tile::Layout &layout, int64_t dim) {
  auto along = [&](const tile::Coordinates &basis) -> int64_t { return basis[dim]; };
  return offset(llvm::map_to_vector(layout.lanes, along), llvm::map_to_vector(layout.warps, along));
}

ThreadOffset ThreadCode::shared(const tile::Layout &layout, MemRefType buffer) {
  auto place = [&](const tile::Coordinates &basis) {
    return tile::getSharedOffset(buffer, basis);
  };
  return offset(llvm::map_to_vector(layout.lanes, place), llvm::map_to_vector(layout.warps, place));
}

// ---- pointers

Value ThreadCode::pointerPlus(Value pointer, Value bytes) {
  return make<LLVM::GEPOp>(pointer.getType(), b.getI8Type(), pointer,
                           ArrayRef<LLVM::GEPArg>{bytes});
}

Value ThreadCode::pointerPlus(Value pointer, int64_t bytes) {
  return bytes ? pointerPlus(pointer, make<arith::ConstantIntOp>(b.getI64Type(), bytes)) : pointer;
}

static int64_t bytesOf(Type element) { return element.getIntOrFloatBitWidth() / 8; }

SmallVector<Value> ThreadCode::load(Type element, Value pointer, int64_t count) {
  if (count == 1)
    return {make<LLVM::LoadOp>(element, pointer, bytesOf(element))};
  Value all = make<LLVM::LoadOp>(VectorType::get(count, element), pointer, count * bytesOf(element));
  SmallVector<Value> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(make<LLVM::ExtractElementOp>(all, number(i)));
  return values;
}

void ThreadCode::store(ValueRange values, Value pointer) {
  Type element = values.front().getType();
  int64_t count = values.size();
  Value all = values.front();
  if (count > 1) {
    all = make<LLVM::PoisonOp>(VectorType::get(count, element));
    for (auto [i, value] : llvm::enumerate(values))
      all = make<LLVM::InsertElementOp>(all, value, number(i));
  }
  LLVM::StoreOp::create(b, loc, all, pointer, count * bytesOf(element));
}
