// Emits the code of one thread: where its registers of a tile lie.
#ifndef WEFT_LIB_TARGET_CUDA_THREADCODE_H
#define WEFT_LIB_TARGET_CUDA_THREADCODE_H

#include "dialects/Tile/Layout.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace weft {

/// Something that depends linearly, over GF(2), on the numbers of lane and warp.
struct ThreadOffset {
  mlir::Value base;
  int64_t bits; // which bits of base a thread may have
};

class ThreadCode {
public:
  using Value = mlir::Value;

  ThreadCode(mlir::OpBuilder &b, mlir::Location loc) : b(b), loc(loc) {}

  // ---- numbers of 32 bits
  Value number(int64_t value);
  Value lane();
  Value warp();
  /// Whether this is the first of all threads, or the first of those that hold the same of a tile; null
  /// if no two do.
  Value isFirst();
  Value isOwner(const tile::Layout &layout);

  // ---- linear maps
  /// The exclusive or of the bases of the bits of `x` that are 1, and `sum` where there is one.
  Value linear(Value x, llvm::ArrayRef<int64_t> bases, Value sum);
  ThreadOffset offset(llvm::ArrayRef<int64_t> lanes, llvm::ArrayRef<int64_t> warps);
  /// With a constant: that of a register.
  Value plus(const ThreadOffset &offset, int64_t constant);
  ThreadOffset coordinate(const tile::Layout &layout, int64_t dim);
  /// In bytes, in a shared buffer.
  ThreadOffset shared(const tile::Layout &layout, mlir::MemRefType buffer);

  // ---- pointers
  Value pointerPlus(Value pointer, Value bytes);
  Value pointerPlus(Value pointer, int64_t bytes);
  /// So many neighbours in one access, which is aligned to all of it.
  llvm::SmallVector<Value> load(mlir::Type element, Value pointer, int64_t count);
  void store(mlir::ValueRange values, Value pointer);

  template <typename OpT, typename... Args> Value make(Args &&...args) {
    return OpT::create(b, loc, std::forward<Args>(args)...);
  }

  mlir::OpBuilder &b;
  mlir::Location loc;

private:
  Value threadId();
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_THREADCODE_H
