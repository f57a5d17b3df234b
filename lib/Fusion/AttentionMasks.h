// Reads the conditions by which masks hide keys.
#ifndef WEFT_LIB_FUSION_ATTENTIONMASKS_H
#define WEFT_LIB_FUSION_ATTENTIONMASKS_H

#include "PositionForm.h"

#include "dialects/Weft/Weft.h"

namespace weft {

/// What is broadcast against scores of a type.
struct Term {
  mlir::Value value;
  mlir::RankedTensorType scores;
  bool isSubtracted = false;
  bool isNegated = false; // of a condition: it hides where it is not 0
};

/// What must hold for a query to see a key: all of it.
struct Seen {
  /// Query i sees keys above i + keys - queries - window, and below i + keys - queries + ahead.
  std::optional<int64_t> window, ahead;
  llvm::SmallVector<Term> equalities; // perhaps of documents
  llvm::SmallVector<Term> others;

  /// Of two bounds the narrower one counts.
  static void narrow(std::optional<int64_t> &bound, int64_t size) {
    bound = bound ? std::min(*bound, size) : size;
  }
};

/// Takes conditions on scores of [.., queries, keys] apart.
class MaskReader {
public:
  MaskReader(int64_t queries, int64_t keys);
  void read(Term condition, Seen &seen);
  void read(CausalMaskOp mask, Seen &seen);
  /// The form of what multiplies slopes.
  std::optional<PositionForm> formOf(mlir::Value value) { return forms.of(value); }
  size_t numVisits() const { return truths.numVisits() + forms.numVisits(); }

private:
  bool readComparison(const Term &condition, Seen &seen);
  bool readBounds(mlir::Value small, mlir::Value large, bool isStrict, Seen &seen);

  int64_t shift;      // query i stands where key i + shift does
  Facts<bool> truths; // 1 or 0
  PositionForms forms;
};

mlir::Value skipBroadcasts(mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_FUSION_ATTENTIONMASKS_H
