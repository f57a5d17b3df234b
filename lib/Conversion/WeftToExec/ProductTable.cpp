#include "ProductTable.h"

using namespace weft;

namespace {

/// One line: products of at most this many elements of C are cut into these pieces.
struct Entry {
  int64_t maxElements;
  int64_t blockM, blockN;
};

// Measured with benchmarks/products on two threads (see benchmarks/RESULTS.md): the pieces must be
// large enough to run at full speed, and several for the threads to share.
constexpr Entry kTable[] = {
    {256 * 512, 128, 192},
    {256 * 1024, 128, 384},
    {INT64_MAX, 256, 384},
};

} // namespace

ProductChoice weft::chooseProduct(int64_t m, int64_t n, int64_t, bool isF64) {
  ProductChoice choice{isF64 ? exec::Library::OpenBLAS : exec::Library::OneDNN, 0, 0};
  for (const Entry &entry : kTable)
    if (m * n <= entry.maxElements) {
      choice.blockM = entry.blockM;
      choice.blockN = entry.blockN;
      break;
    }
  return choice;
}
