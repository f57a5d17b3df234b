// In which pieces a library computes a matrix product.
#ifndef WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H
#define WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H

#include "dialects/Exec/Exec.h"

namespace weft {

struct ProductChoice {
  int64_t blockM, blockN;
  int64_t workspaceBytes; // memory that the library may use meanwhile
};

/// The pieces of C[m,n] = A[m,k] B[k,n], whose result with all of its batch has `resultBytes`: a function of the target and the shape
/// alone, so that the bits of a product do not depend on the machine's threads.
ProductChoice chooseProduct(spec::TargetAttr target, exec::Library library, int64_t m, int64_t n, int64_t k,
                            int64_t resultBytes);

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOEXEC_PRODUCTTABLE_H
