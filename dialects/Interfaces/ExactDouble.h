// A double as a parameter of attributes, which are unique: two are equal when their bits are.
#ifndef WEFT_INTERFACES_EXACTDOUBLE_H
#define WEFT_INTERFACES_EXACTDOUBLE_H

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/bit.h"

#include <cstdint>

namespace weft::spec {

class ExactDouble {
public:
  ExactDouble(double value) : value(value) {}
  operator double() const { return value; }

  bool operator==(const ExactDouble &other) const { return bits() == other.bits(); }
  friend llvm::hash_code hash_value(const ExactDouble &d) { return llvm::hash_value(d.bits()); }

private:
  uint64_t bits() const { return llvm::bit_cast<uint64_t>(value); }

  double value;
};

} // namespace weft::spec

#endif // WEFT_INTERFACES_EXACTDOUBLE_H
