// Loops that carry sums, in parts of a fixed shape.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_REDUCEINPARTS_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_REDUCEINPARTS_H

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace weft {

/// for (i = start; i < end; i += step). `most`: rounds of it, at most; `isExact`: never fewer.
struct Rounds {
  mlir::Value start, end;
  int64_t step, most;
  bool isExact;

  /// From index 0 to a fixed end.
  static Rounds upTo(mlir::OpBuilder &builder, mlir::Location loc, int64_t end, int64_t step = 1);
  /// Those of the run number `part` of `most` indices, of the runs that `count` are cut into: a
  /// last one may have fewer.
  static Rounds ofRun(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value part, int64_t most,
                      int64_t count, int64_t step = 1);
};

using Values = llvm::SmallVector<mlir::Value>;
/// Makes what is carried into the next round out of round `i`.
using Round = llvm::function_ref<Values(mlir::Value i, mlir::ValueRange carried)>;
/// Makes one of two partial results, the first of earlier rounds.
using Merge = llvm::function_ref<Values(mlir::ValueRange a, mlir::ValueRange b)>;

/// What the rounds make of `neutral`. More than 64 rounds are cut into parts of 32, more parts than
/// that into parts of these, and so on: each part starts from `neutral`, and parts are merged in
/// their order. So the error of a sum grows with the number of levels, not with that of the rounds.
/// Carrying nothing, it is a plain loop.
Values reduceInParts(mlir::OpBuilder &builder, mlir::Location loc, const Rounds &rounds,
                     mlir::ValueRange neutral, Round emitRound, Merge merge);

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_REDUCEINPARTS_H
