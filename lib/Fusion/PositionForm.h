// Reads arithmetic on positions, from which masks are made.
#ifndef WEFT_LIB_FUSION_POSITIONFORM_H
#define WEFT_LIB_FUSION_POSITIONFORM_H

#include "Facts.h"
#include "dialects/Weft/Weft.h"

namespace weft {

/// query * (position of the query) + key * (position of the key) + constant.
struct PositionForm {
  double query = 0, key = 0, constant = 0;

  bool isNumber() const { return query == 0 && key == 0; }
  PositionForm operator+(const PositionForm &other) const {
    return {query + other.query, key + other.key, constant + other.constant};
  }
  PositionForm operator*(double factor) const {
    return {query * factor, key * factor, constant * factor};
  }
};

/// Finds the forms of values that are broadcast against scores of [.., queries, keys].
class PositionForms {
public:
  PositionForms(int64_t queries, int64_t keys);
  /// The form of a value, if it has one.
  std::optional<PositionForm> of(mlir::Value value) { return forms.of(value); }
  size_t numVisits() const { return forms.numVisits() + iotas.numVisits(); }

private:
  std::optional<PositionForm> read(mlir::Value value);
  std::optional<PositionForm> readArithmetic(mlir::Operation *op);
  bool isPositions(mlir::Value value, int64_t fromEnd, int64_t count);

  int64_t queries, keys;
  Facts<bool> iotas; // 0, 1, 2, ... in the order of their elements
  Facts<std::optional<PositionForm>> forms;
};

/// The number that every element of a value is, if that is known.
std::optional<double> getNumber(mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_FUSION_POSITIONFORM_H
