// Recognises attention as people write it.
#ifndef WEFT_LIB_FUSION_ATTENTIONMATCH_H
#define WEFT_LIB_FUSION_ATTENTIONMATCH_H

#include "AttentionMasks.h"

namespace weft {

/// What stands around one softmax, read from the softmax up to the product of queries and keys and
/// down to the product with values.
class AttentionMatch {
public:
  explicit AttentionMatch(SoftmaxOp softmax);

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

  /// What is done to the scores behind scale and cap: a term is added, or a mask replaces some of
  /// them.
  struct Step {
    mlir::RankedTensorType scores;
    Term added;          // no value where scores are replaced
    Term seen;           // of a mask: where scores stay as they are
    CausalMaskOp causal; // the same, for a mask of positions
    double fill = 0;     // of a mask: what takes the place of the others, or is added to them

    bool isMask() const { return seen.value || causal; }
    bool replaces() const { return !added.value; }
  };
  llvm::SmallVector<Step>
      steps; // from the softmax up; once all is read, those that a bias is made of
  llvm::SmallVector<Term> hiding; // conditions that show the scores so computed, or hide them
  mlir::Type biasType;            // to which the sum with a bias is rounded
  /// How a term varies over [batch, heads]: the sizes, each 1 or that of the op. None if it varies
  /// along a part of either.
  std::optional<std::array<int64_t, 2>> leadingSizes(const Term &term) const;
  /// Of each position: where both agree, the query sees the key. [batch or 1, queries or keys].
  mlir::Value queryDocuments, keyDocuments;
  mlir::Value slopes; // of each head, or of all; times `slopeFactor`
  double slopeFactor = 1.0;
  /// How often values were looked at.
  size_t numVisits() const;

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

  llvm::LogicalResult readMask(CausalMaskOp mask);
  llvm::LogicalResult readChoice(WhereOp where);
  llvm::LogicalResult readBias(Term bias);
  llvm::LogicalResult noteMask(Step mask);
  llvm::LogicalResult noteStep(const Step &step);

  // ---- what becomes of masks and biases (AttentionSteps.cpp)
  void settleMasks();
  bool everyQuerySees();
  Seen read(const Step &mask);
  void hide(const Seen &seen);
  bool settleDocuments(const Term &condition);
  bool isOwnDocument(const Term &condition) const;
  void settleSlopes();
  bool settleSlopes(const Term &bias);
  llvm::LogicalResult settleBiasType();
  llvm::LogicalResult settleWindow();

  SoftmaxOp softmax;
  mlir::Value current;      // how far up
  double outerFactor = 1.0; // what multiplies `current` later on
  Facts<bool> products;   // whether a value leads to a product through ops on the scores; what they
                          // do is not checked
  Facts<bool> parameters; // whether it is computed from a parameter, whose gradient would be lost
  Facts<std::optional<double>>
      magnitudes; // what no element exceeds, whatever its sign, if that is known
  std::optional<MaskReader> masks;
};

} // namespace weft

#endif // WEFT_LIB_FUSION_ATTENTIONMATCH_H
