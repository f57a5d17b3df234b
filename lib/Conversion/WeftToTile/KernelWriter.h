// What kernels that are no groups are written with.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELWRITER_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELWRITER_H

#include "dialects/Tile/Tile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace weft {

/// Appends to the body of a kernel; gives the builder back where it was.
class KernelWriter {
public:
  KernelWriter(mlir::OpBuilder &builder, mlir::Location loc) : builder(builder), loc(loc), guard(builder) {}

  template <typename OpT, typename... Args> mlir::Value make(Args &&...args) {
    return OpT::create(builder, loc, std::forward<Args>(args)...);
  }
  mlir::Value index(int64_t value) { return make<mlir::arith::ConstantIndexOp>(value); }
  mlir::Value word(int32_t value) { return make<mlir::arith::ConstantIntOp>(builder.getI32Type(), value); }
  mlir::Value toIndex(mlir::Value word) { return make<mlir::arith::IndexCastOp>(builder.getIndexType(), word); }
  mlir::Value toWord(mlir::Value index) { return make<mlir::arith::IndexCastOp>(builder.getI32Type(), index); }

  using Body = llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value i, mlir::ValueRange carried)>;
  /// for (i = begin; i < end; i += step); returns what is carried out of the last round.
  mlir::ValueRange loop(mlir::Value begin, mlir::Value end, int64_t step, mlir::ValueRange initial, Body body) {
    auto loop = mlir::scf::ForOp::create(builder, loc, begin, end, index(step), initial);
    mlir::OpBuilder::InsertionGuard inner(builder);
    builder.setInsertionPointToStart(loop.getBody());
    llvm::SmallVector<mlir::Value> next = body(loop.getInductionVar(), loop.getRegionIterArgs());
    if (!initial.empty()) // a loop that carries nothing has its yield already
      mlir::scf::YieldOp::create(builder, loc, next);
    return loop.getResults();
  }

protected:
  mlir::OpBuilder &builder;
  mlir::Location loc;

private:
  mlir::OpBuilder::InsertionGuard guard;
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELWRITER_H
