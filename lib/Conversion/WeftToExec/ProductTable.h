// Which library computes a matrix product, and in which pieces.
#ifndef WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H
#define WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H

#include "dialects/Exec/Exec.h"

namespace weft {

struct ProductChoice {
  exec::Library library;
  int64_t blockM, blockN;
};

/// The choice for C[m,n] = A[m,k] B[k,n]: a function of the shape and the type alone, so that the
/// bits of a product do not depend on the machine's threads. Of 16 bits, a GPU's library has them.
ProductChoice chooseProduct(int64_t m, int64_t n, int64_t k, mlir::Type element);

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H
