#include "ProductTable.h"

using namespace weft;

namespace {

/// One line: products of at most this many elements of C and this K are cut into these pieces.
struct Entry {
  int64_t maxElements, maxK;
  int64_t blockM, blockN;
};

// Measured with benchmarks/products on two threads (the figures are in benchmarks/RESULTS.md): a
// piece must be large enough to run at full speed, and there must be several for the threads to
// share. Where K is very long, small pieces read too much of A and B again.
constexpr Entry kTable[] = {
    {256 * 1024, 16384, 128, 384},
    {INT64_MAX, INT64_MAX, 256, 384},
};

} // namespace

ProductChoice weft::chooseProduct(int64_t m, int64_t n, int64_t k, mlir::Type element) {
  if (element.getIntOrFloatBitWidth() == 16)
    return {exec::Library::CuBLASLt, m, n};
  const Entry *entry = llvm::find_if(
      kTable, [&](const Entry &entry) { return m * n <= entry.maxElements && k <= entry.maxK; });
  // oneDNN has no f64.
  return {element.isF64() ? exec::Library::OpenBLAS : exec::Library::OneDNN, entry->blockM, entry->blockN};
}
