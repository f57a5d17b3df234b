// Recognises attention as people write it.
#ifndef WEFT_LIB_FUSION_ATTENTIONMATCH_H
#define WEFT_LIB_FUSION_ATTENTIONMATCH_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// What stands around one softmax, read from the softmax up to the product of queries and keys and
/// down to the product with values.
class AttentionMatch {
public:
  explicit AttentionMatch(SoftmaxOp softmax) : softmax(softmax) {}

  /// Whether there are products on both sides: only then is it a failure not to be attention.
  bool isCandidate();

  /// Reads everything. Without success, `reason` says what is in the way.
  llvm::LogicalResult read();

  std::string reason;
  MatmulOp scoresProduct, valuesProduct;
  DropoutOp dropout; // of the weights; may be null
  int64_t batch, heads, keyHeads, queries = 0, keys;
  double scale = 1.0;
  bool causal = false;
  std::optional<int64_t> window, ahead; // no `ahead` where causal
  std::optional<double> softcap;

  /// What is broadcast against scores of a type.
  struct Term {
    mlir::Value value;
    mlir::RankedTensorType scores;
    bool isSubtracted = false;
    bool isNegated = false; // of a condition: it hides where it is not 0
  };
  llvm::SmallVector<Term> biases; // added to the scores
  llvm::SmallVector<Term> hiding; // chosen by: the scores or hidden
  /// How a term varies over [batch, heads]: the sizes, each 1 or that of the op. None if it varies
  /// along a part of either.
  std::optional<std::array<int64_t, 2>> leadingSizes(const Term &term) const;
  /// Of each position: where both agree, the query sees the key. [batch or 1, queries or keys].
  mlir::Value queryDocuments, keyDocuments;
  mlir::Value slopes; // of each head, or of all; times `slopeFactor`
  double slopeFactor = 1.0;

private:
  llvm::LogicalResult fail(const llvm::Twine &why);

  // ---- the chain (AttentionMatch.cpp)
  llvm::LogicalResult readUp();
  llvm::LogicalResult readDown();
  llvm::LogicalResult readFactor(double factor);
  llvm::LogicalResult readTanh(TanhOp op);
  llvm::LogicalResult readTerm(mlir::Operation *add, bool isSubtraction);
  llvm::LogicalResult readSizes();
  llvm::LogicalResult readDropout();

  // ---- masks and biases (AttentionMasks.cpp)
  llvm::LogicalResult readMask(CausalMaskOp mask);
  llvm::LogicalResult readBias(Term bias);
  llvm::LogicalResult readChoice(WhereOp where);
  llvm::LogicalResult noteRows(mlir::RankedTensorType scores);
  void readCondition(const Term &condition);
  bool readComparison(const Term &condition);
  bool readBounds(mlir::Value small, mlir::Value large, bool isStrict);
  llvm::LogicalResult settleWindow();
  void settleConditions();
  bool settleDocuments(const Term &condition);
  bool settleSlopes(const Term &bias);

  SoftmaxOp softmax;
  mlir::Value current;                // how far up
  double outerFactor = 1.0;           // what multiplies `current` later on
  llvm::SmallVector<Term> equalities; // perhaps of documents
  bool hasFiniteFill = false;         // where all keys are hidden, their weights are equal
};

/// The product that a value leads to through ops on the scores; it is not checked what they do.
MatmulOp findProduct(mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_FUSION_ATTENTIONMATCH_H
