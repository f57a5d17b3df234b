// Tiles in shared memory.
#ifndef WEFT_LIB_TARGET_CUDA_SHAREDTILE_H
#define WEFT_LIB_TARGET_CUDA_SHAREDTILE_H

#include "ThreadCode.h"

namespace weft {

/// Where the registers of a tile lie in a shared buffer.
class SharedTile {
public:
  SharedTile(ThreadCode &code, mlir::MemRefType type, mlir::Value buffer, const tile::Layout &layout,
             llvm::ArrayRef<mlir::Value> indices = {})
      : code(code), place(placeOf(type, layout.rank)), layout(layout), buffer(buffer),
        thread(code.shared(layout, place)) {
    if (static_cast<int64_t>(indices.size()) > layout.rank) {
      mlir::Value number = code.make<mlir::arith::IndexCastOp>(code.b.getI32Type(), indices.front());
      int64_t bytes = place.getNumElements() * place.getElementTypeBitWidth() / 8;
      this->buffer = code.pointerPlus(buffer, code.make<mlir::arith::MulIOp>(number, code.number(bytes)));
      indices = indices.drop_front();
    }
    for (auto [d, index] : llvm::enumerate(indices))
      begin(d, index);
  }

  /// How many registers one access may span: chunks of 16 bytes stay whole.
  int64_t run() const {
    return std::min<int64_t>(layout.run(), 128 / place.getElementTypeBitWidth());
  }

  mlir::Value pointer(int64_t number) {
    mlir::Value bytes = code.plus(thread, tile::getSharedOffset(place, layout.ofRegister(number)));
    return code.pointerPlus(buffer, bytes);
  }

  /// Of the one tile in which this one lies.
  static mlir::MemRefType placeOf(mlir::MemRefType type, int64_t rank) {
    return mlir::MemRefType::get(type.getShape().take_back(rank), type.getElementType(),
                                 mlir::MemRefLayoutAttrInterface(), type.getMemorySpace());
  }

private:
  void begin(int64_t dim, mlir::Value index) {
    llvm::SmallVector<int64_t> bases;
    for (int32_t bit = 1; bit < place.getDimSize(dim); bit *= 2) {
      tile::Coordinates basis(place.getRank(), 0);
      basis[dim] = bit;
      bases.push_back(tile::getSharedOffset(place, basis));
      thread.bits |= bases.back();
    }
    mlir::Value number = code.make<mlir::arith::IndexCastOp>(code.b.getI32Type(), index);
    thread.base = code.linear(number, bases, thread.base);
  }

  ThreadCode &code;
  mlir::MemRefType place;
  tile::Layout layout;
  mlir::Value buffer;
  ThreadOffset thread;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_SHAREDTILE_H
