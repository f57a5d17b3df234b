// Reads arithmetic on positions, from which masks are made.
#ifndef WEFT_LIB_FUSION_POSITIONFORM_H
#define WEFT_LIB_FUSION_POSITIONFORM_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// query * (position of the query) + key * (position of the key) + constant.
struct PositionForm {
  double query = 0, key = 0, constant = 0;

  /// The form of a value that is broadcast against scores of [.., queries, keys], if it has one.
  static std::optional<PositionForm> of(mlir::Value value, int64_t queries, int64_t keys);

  PositionForm operator+(const PositionForm &other) const {
    return {query + other.query, key + other.key, constant + other.constant};
  }
  PositionForm operator*(double factor) const {
    return {query * factor, key * factor, constant * factor};
  }
};

/// The number that every element of a value is, if that is known.
std::optional<double> getNumber(mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_FUSION_POSITIONFORM_H
