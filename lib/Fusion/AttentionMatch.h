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
  double scale = 1.0;
  bool causal = false;
  std::optional<int64_t> window;
  std::optional<double> softcap;
  int64_t queries = 0;                   // of one head: rows of the scores where they are masked
  llvm::SmallVector<mlir::Value> biases; // added to the scores; broadcast against them
  llvm::SmallVector<mlir::Value> hiding; // chosen by: the scores where it is not 0, else hidden

private:
  llvm::LogicalResult fail(const llvm::Twine &why);
  llvm::LogicalResult readUp();
  llvm::LogicalResult readDown();
  llvm::LogicalResult readMask(CausalMaskOp mask);
  llvm::LogicalResult readFactor(double factor);
  llvm::LogicalResult readTanh(TanhOp op);
  llvm::LogicalResult readBias(AddOp add, mlir::Value bias);
  llvm::LogicalResult readChoice(WhereOp where);
  llvm::LogicalResult noteRows(mlir::Value masked);

  SoftmaxOp softmax;
  mlir::Value current;      // how far up
  double outerFactor = 1.0; // what multiplies `current` later on
  bool hasMask = false;
};

} // namespace weft

#endif // WEFT_LIB_FUSION_ATTENTIONMATCH_H
