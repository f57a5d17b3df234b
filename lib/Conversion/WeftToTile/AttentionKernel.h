// What the kernels of attention share: sizes, blocks, scores and masks.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONKERNEL_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONKERNEL_H

#include "AttentionRanges.h"
#include "DropoutDraws.h"
#include "KernelBuilder.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace weft {

/// The sizes and scores of an attention op, and the blocks that its kernels cut it into. It has no window and nothing
/// ahead that hide nothing.
struct AttentionShape : AttentionPositions {
  template <typename OpT> AttentionShape(OpT op, const KernelOptions &options);

  int64_t batch, heads, keyHeads, width, valueWidth;
  double scale;
  bool causal;
  llvm::SmallVector<int64_t, 4> bias; // its shape; empty without
  std::optional<double> softcap, dropout;
  mlir::FloatType element; // of scores and sums
  mlir::FloatType stored;  // of q, k, v and their gradients: of 16 bits, where element is f32
  /// Which operands they are, where there are these; of a draw the first.
  std::optional<unsigned> biasAt, keptAt, alibiAt, queryDocumentsAt, keyDocumentsAt, drawAt, restAt;

  int64_t group() const { return heads / keyHeads; }
  /// The part of all scores that counts: half, or less with a window, where causal, else what a window
  /// shows.
  double visibleShare() const;
  /// Of the products of rows, `d` of them over the width and `e` over that of values.
  double flops(int64_t d, int64_t e) const {
    return 2.0 * batch * heads * queries * keys * (d * width + e * valueWidth) * visibleShare();
  }
};

/// Arithmetic on indices, in ops where it cannot be done at once.
class IndexMath {
public:
  using Number = mlir::Value;
  explicit IndexMath(mlir::ImplicitLocOpBuilder &b) : b(b) {}

  Number constant(int64_t value);
  Number add(Number x, Number y);
  Number add(Number x, int64_t y) { return add(x, constant(y)); }
  Number min(Number x, Number y);
  Number max(Number x, Number y);
  Number floorTo(Number x, int64_t step);
  Number ifAbove(Number a, Number b, Number x, Number y);

private:
  mlir::ImplicitLocOpBuilder &b;
};

/// A kernel under construction. Widths are cut into pieces whose extents are powers of two; a tile
/// of a head is the list of its pieces.
class AttentionKernel {
public:
  using Value = mlir::Value;
  using Values = llvm::SmallVector<Value>;

  AttentionKernel(mlir::OpBuilder &builder, mlir::Location loc, mlir::StringRef name,
                  const AttentionShape &shape, llvm::ArrayRef<mlir::Type> arguments, int64_t grid,
                  int64_t outputs);
  /// Ends the kernel, and notes how much its products compute.
  tile::KernelOp finish(double flops);

protected:
  struct Piece {
    int64_t offset, extent;
    bool isWhole; // inside the width
  };
  static llvm::SmallVector<Piece> cut(int64_t width);

  // ---- numbers and indices
  Value argument(unsigned i) { return kernel.getBody().getArgument(i); }
  mlir::Type elementOf(unsigned i) { return mlir::getElementTypeOrSelf(argument(i).getType()); }
  Value index(int64_t value) { return IndexMath(b).constant(value); }
  Value add(Value x, Value y) { return IndexMath(b).add(x, y); }
  Value add(Value x, int64_t y) { return IndexMath(b).add(x, y); }
  std::pair<Value, Value> divide(Value a, int64_t by); // quotient and remainder
  template <typename OpT, typename... Args> Value make(Args... args) {
    return OpT::create(b, args...);
  }

  using Body = llvm::function_ref<Values(Value i, mlir::ValueRange carried)>;
  Values loop(Value from, Value to, int64_t step, mlir::ValueRange initial, Body body);

  // ---- tiles
  mlir::RankedTensorType type(llvm::ArrayRef<int64_t> shape) {
    return mlir::RankedTensorType::get(shape, s.element);
  }
  Value splat(mlir::RankedTensorType type, double value);
  /// The same numbers in another float type.
  Value converted(Value x, mlir::Type element);
  Values zeros(int64_t rows, llvm::ArrayRef<Piece> pieces);
  /// Rows from `row` on of a head, as they are stored. `isWhole`: all of them exist.
  Values load(unsigned buffer, llvm::ArrayRef<Value> head, Value row, int64_t rows,
              llvm::ArrayRef<Piece> pieces, bool isWhole);
  void store(Values tiles, unsigned buffer, llvm::ArrayRef<Value> head, Value row,
             llvm::ArrayRef<Piece> pieces, bool isWhole);
  Value loadRow(unsigned buffer, llvm::ArrayRef<Value> head, Value row, int64_t rows, bool isWhole);
  /// Of what was computed, the product takes what would be stored.
  Value dot(Value x, Value y, Value acc, bool transposeA = false, bool transposeB = false);
  /// init + a b^T, over the pieces of both.
  Value productOfRows(const Values &a, const Values &b, Value init);
  Value rowsAsColumns(Value v, int64_t columns); // t[i, j] = v[i]
  /// A tile of all queries and keys of a block, and what is the same for all of the others in it.
  mlir::RankedTensorType squareOf(mlir::Type element);
  Value asKeys(Value perKey);
  Value asQueries(Value perQuery);

  /// The scores of products: scaled, and capped. `tanh`, if asked for, is what the cap was computed
  /// of.
  Value scores(Value products, Value *tanh = nullptr);
  /// The scores of a block with what is added to them, or replaces them. `isWhole`: all its keys exist. `kept`, if
  /// asked for, is where they were not replaced.
  Value biased(Value scores, llvm::ArrayRef<Value> head, Value query, Value key, bool isWhole, Value *kept = nullptr);
  /// Which scores of a block count, from its first query and key on; null if all do. `isWhole`: all
  /// do but for documents.
  Value visible(Value query, Value key, bool isWhole);

  // ---- documents
  bool hasDocuments() const { return s.keyDocumentsAt.has_value(); }
  /// Notes the documents of the block from `query` or `key` on.
  void loadQueryDocuments(Value batch, Value query);
  void loadKeyDocuments(Value batch, Value key);
  /// Computes a block, if any of its keys can have the document of one of its queries.
  Values ifShared(mlir::ValueRange carried, llvm::function_ref<Values(mlir::ValueRange)> block);

  // ---- dropout
  /// What multiplies the weights of a block: 0 or 1 / (1 - dropout).
  Value dropFactor(llvm::ArrayRef<Value> head, Value query, Value key);

  using Ranges = AttentionRanges<IndexMath>;
  Ranges ranges() { return Ranges(IndexMath(b), s); }

  const AttentionShape s;
  bool hidesMissingQueries = false; // where sums over queries are taken
  bool keysAreRows = false;         // of squares; queries else
  llvm::SmallVector<Piece> pieces, valuePieces;
  mlir::OpBuilder::InsertionGuard guard;
  mlir::ImplicitLocOpBuilder b;
  tile::KernelOp kernel;

private:
  /// What an operand like the bias has for a block.
  Value loadBias(unsigned operand, llvm::ArrayRef<Value> head, Value query, Value key, bool isWhole);
  Value alibiOf(llvm::ArrayRef<Value> head, Value query, Value key);
  Value positions(Value first, int64_t count); // [count] of i32
  Value smallest(Value ids);
  Value largest(Value ids);

  Value queryDocuments, keyDocuments;
  std::optional<DropoutDraws> draws;
};

/// Which gradients a kernel computes: all in one pass over the keys, where memory that one program
/// writes is near; or those of the queries and those of keys and values apart, where nothing but
/// registers is.
enum class AttentionGradients { All, Queries, Keys };

/// The kernels of `weft.attention` and `weft.attention_backward`, whose operands lie as `arguments`
/// say; the results follow behind them (of the gradients asked for).
tile::KernelOp buildAttentionKernel(mlir::OpBuilder &builder, AttentionOp op,
                                    llvm::ArrayRef<mlir::Type> arguments,
                                    const KernelOptions &options);
tile::KernelOp buildAttentionBackwardKernel(mlir::OpBuilder &builder, AttentionBackwardOp op,
                                            AttentionGradients of,
                                            llvm::ArrayRef<mlir::Type> arguments,
                                            const KernelOptions &options);

template <typename OpT> AttentionShape::AttentionShape(OpT op, const KernelOptions &options) {
  auto q = getTensorType(op.getQ()), k = getTensorType(op.getK());
  batch = q.getDimSize(0), heads = q.getDimSize(1), queries = q.getDimSize(2),
  width = q.getDimSize(3);
  keyHeads = k.getDimSize(1), keys = k.getDimSize(2);
  valueWidth = getTensorType(op.getV()).getDimSize(3);
  stored = llvm::cast<mlir::FloatType>(q.getElementType());
  element = llvm::cast<mlir::FloatType>(getComputeType(stored));
  int64_t most = options.tileBytes * 8 / element.getWidth();
  // Larger blocks than for this would want more registers than there are.
  constexpr int64_t mostShared = 163 << 10;
  int64_t sharedBytes = std::min(options.target.getSharedBytes(), mostShared);
  // Blocks on the diagonal are half in vain, and of few blocks many lie there: smaller ones waste less.
  constexpr int64_t fewKeys = 512;
  if (op.getCausal() && keys <= fewKeys && sharedBytes == 0)
    most /= 2;
  // Of n queries and n keys: q, k, v and the weights; in the backward two more.
  constexpr bool isBackward = std::is_same_v<OpT, AttentionBackwardOp>;
  auto bytes = [&](int64_t n) {
    int64_t rows = 2 * llvm::alignTo(width, 16) + (isBackward ? 2 : 1) * llvm::alignTo(valueWidth, 16);
    return (n * rows + (isBackward ? 2 : 1) * n * n) * stored.getWidth() / 8;
  };
  while (sharedBytes != 0 && most > 16 && bytes(most) > sharedBytes)
    most /= 2;
  auto block = [&](int64_t size) {
    return std::clamp<int64_t>(llvm::PowerOf2Ceil(size), std::min<int64_t>(most, 16), most);
  };
  queryBlock = block(queries), keyBlock = block(keys);
  scale = op.getScale().convertToDouble();
  causal = op.getCausal();
  if (op.getBias())
    bias.assign(getTensorType(op.getBias()).getShape().begin(),
                getTensorType(op.getBias()).getShape().end());
  // Beyond the lengths they hide nothing; positions are of 32 bits.
  if (op.getWindow() && static_cast<int64_t>(*op.getWindow()) < keys)
    window = *op.getWindow();
  int64_t keysAhead = causal ? 1 : op.getAhead().value_or(queries);
  if (keysAhead < queries)
    ahead = keysAhead;
  if (op.getSoftcap())
    softcap = op.getSoftcap()->convertToDouble();
  if (op.getDropout())
    dropout = op.getDropout()->convertToDouble();
  auto place = [](mlir::OperandRange operands) {
    return operands.empty() ? std::nullopt : std::optional(operands.getBeginOperandIndex());
  };
  biasAt = place(op.getBiasMutable()), keptAt = place(op.getKeptMutable()), alibiAt = place(op.getAlibiMutable());
  queryDocumentsAt = place(op.getQueryDocumentsMutable());
  keyDocumentsAt = place(op.getKeyDocumentsMutable());
  drawAt = place(op.getDraw());
  if constexpr (isBackward)
    restAt = place(op.getRestMutable());
}

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONKERNEL_H
