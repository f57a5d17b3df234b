// Random words on tiles: Philox4x32-10, as `weft.dropout` defines the draw.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_DROPOUTDRAWS_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_DROPOUTDRAWS_H

#include "mlir/IR/Builders.h"

#include <array>

namespace weft {

/// Emits arithmetic on words, as scalars or as tiles.
class Words {
public:
  using Value = mlir::Value;
  using Block = std::array<Value, 4>;

  Words(mlir::OpBuilder &builder, mlir::Location loc) : builder(builder), loc(loc) {}

  Value number(uint32_t value, mlir::Type type);
  Value splat(Value word, mlir::Type type);
  Value fromIndex(Value index);
  template <typename OpT> Value make(Value a, Value b) { return OpT::create(builder, loc, a, b); }
  template <typename OpT> Value make(Value a, uint32_t b) {
    return make<OpT>(a, number(b, a.getType()));
  }
  /// The words of a counter, scalars or tiles, under a key, which is scalar. Inside, each word is the
  /// lower half of 64 bits: that is how processors multiply whole words of a vector.
  Block philox(Block counter, Value key0, Value key1);

  mlir::OpBuilder &builder;
  mlir::Location loc;

private:
  std::pair<Value, Value> multiply(Value a, uint32_t factor);
  mlir::Type widened(mlir::Type type);
  Value wide(int64_t value, mlir::Type type);
  Value widen(Value word, mlir::Type type);
};

/// The draws of one op in one step. A tile is [columns], or [rows, columns] where there are rows.
class DropoutDraws {
public:
  using Value = mlir::Value;

  /// `source`: key, seed and sample, each in two words, and the step, as scalars. Emits the key of
  /// all draws.
  DropoutDraws(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<Value> source,
               double rate);

  /// Which sequence, from the first of the batch on: an index.
  void setSequence(Value sequence);
  /// The row within the sequence: a word; of the first row of `count`, where it is not 0.
  void setRow(Value row, int64_t count = 0);

  /// The words of columns [column, column + extent), from left to right in tiles of at most 16.
  llvm::SmallVector<Value> draw(Value column, int64_t extent);
  /// Whether each word lets its element stay.
  Value isKept(Value words);

private:
  Words::Block blocksAt(Value column);
  Value pick(const Words::Block &block, Value column);

  Words w;
  uint32_t bound;
  int64_t rows = 0, width = 0;
  Value key0, key1, firstLow, firstHigh, sampleLow, sampleHigh, row;
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_DROPOUTDRAWS_H
