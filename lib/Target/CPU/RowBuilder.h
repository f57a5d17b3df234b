// Rewrites a kernel so that its matrices (tiles of rank 2) lie in scratch memory, row by row.
#ifndef WEFT_LIB_TARGET_CPU_ROWBUILDER_H
#define WEFT_LIB_TARGET_CPU_ROWBUILDER_H

#include "LaneAnalysis.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/SaveAndRestore.h"

namespace weft {

/// How many accumulators a product has in registers: `rows` of them, each of `laneBytes` bytes.
struct RegisterBlock {
  int64_t laneBytes, rows;
};

/// The elements of a cache line, and the extent of the square blocks in which matrices are transposed.
inline int64_t blockExtent(mlir::Type element) { return 512 / element.getIntOrFloatBitWidth(); }

/// Builds the new body beside the old one, block by block. Elementwise ops are not emitted where
/// they stand but where rows of them are wanted: by a product, a reduction, a store or the end of a
/// loop. One loop over rows then computes all that leads there, and keeps what is wanted again
/// later in the scratch of a matrix that is not.
class RowBuilder {
public:
  RowBuilder(tile::KernelOp kernel, const LaneAnalysis &lanes, RegisterBlock block)
      : kernel(kernel), lanes(lanes), block(block), builder(kernel.getContext()) {}

  llvm::LogicalResult build();

private:
  using Value = mlir::Value;
  using Operation = mlir::Operation;

  // ---- structure (RowBuilder.cpp)
  llvm::LogicalResult convertBlock(mlir::Block &old);
  llvm::LogicalResult convert(Operation *op);
  llvm::LogicalResult convertFor(mlir::scf::ForOp loop);
  void convertReduce(tile::ReduceOp reduce);
  void convertStore(tile::StoreOp store);
  void convertConcat(tile::ConcatOp concat);
  void pack(tile::LoadOp load, unsigned lanesAlong);

  // ---- products (RowProduct.cpp)
  void convertDot(tile::DotOp dot);
  Value readScalar(Value matrix, Value row, Value column);
  void prefetchNext(Value matrix, Value part, int64_t step, int64_t parts);

  // ---- rows of elementwise ops (RowLoop.cpp)
  struct Chain {
    llvm::SmallVector<Value> leaves;  // in scratch already
    llvm::SetVector<Operation *> ops; // to compute, operands first
  };
  using Rows = llvm::DenseMap<Value, Value>; // looked up only
  void collect(Value matrix, Chain &chain);
  void prepareScalars(const Chain &chain, unsigned lanesAlong);
  Value rowOf(Value matrix, Value row, unsigned lanesAlong, Rows &known);
  Value rowOfBroadcast(tile::BroadcastOp op, Value row, unsigned lanesAlong);
  /// Runs over the rows of `matrix` for `user`, which is before them in the old block; keeps them
  /// in `target` and hands them to `use`, where there are these. Returns what is carried out of the
  /// last.
  Value loopOverRows(Value matrix, unsigned lanesAlong, Operation *user, Value target,
                     Value carried,
                     llvm::function_ref<Value(Value row, Value value, Value carried)> use);
  /// The scratch of a matrix whose lanes run along a dimension, filled if it is not yet.
  Value materialize(Value matrix, unsigned lanesAlong, Operation *user, Value target = Value());

  // ---- scratch
  Value allocate(mlir::MemRefType type);
  mlir::MemRefType scratchType(Value matrix, unsigned lanesAlong);
  bool isDead(Value matrix, const llvm::SetVector<Operation *> &users, Operation *user) const;
  Value scratchOf(Value matrix, unsigned lanesAlong) const {
    return scratch.lookup({matrix, lanesAlong});
  }

  // ---- small helpers
  Value index(int64_t value);
  Value add(Value a, Value b);
  mlir::scf::ForOp loop(int64_t end, int64_t step, mlir::ValueRange carried = {});
  Value loadRow(Value buffer, Value row, Value column, int64_t width);
  void storeRow(Value value, Value buffer, Value row, Value column);
  mlir::RankedTensorType rowType(Value matrix, unsigned lanesAlong);
  llvm::SmallVector<Value> mapAll(mlir::ValueRange values);

  tile::KernelOp kernel;
  const LaneAnalysis &lanes;
  RegisterBlock block;
  mlir::OpBuilder builder;
  mlir::Location loc = mlir::UnknownLoc::get(kernel.getContext());
  mlir::IRMapping mapping;                                   // scalars, buffers, tiles of rank 1
  llvm::DenseMap<std::pair<Value, unsigned>, Value> scratch; // of matrices, by lanes
  llvm::DenseMap<Value, Value> scalarBuffers;                // tiles of rank 1 in memory
  llvm::DenseSet<Operation *> done;                          // elementwise ops and users behind us
  llvm::SmallVector<Value> unused;                           // scratch to give out again
  llvm::SmallVector<Value> *inBlock = nullptr;               // scratch of the present block
  mlir::Block *entry = nullptr;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_ROWBUILDER_H
