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

/// A split of K keeps a partial sum of the whole result for each part; a split into more parts than this is for results so
/// small that the limit does not matter.
constexpr int64_t kMostParts = 8;

ProductChoice cutForThreads(int64_t m, int64_t n, int64_t k) {
  const Entry *entry = llvm::find_if(
      kTable, [&](const Entry &entry) { return m * n <= entry.maxElements && k <= entry.maxK; });
  return {entry->blockM, entry->blockN, /*workspaceBytes=*/0};
}

} // namespace

ProductChoice weft::chooseProduct(spec::TargetAttr target, exec::Library library, int64_t m, int64_t n, int64_t k,
                                  int64_t resultBytes) {
  switch (library) {
  case exec::Library::OneDNN:
  case exec::Library::OpenBLAS:
    return cutForThreads(m, n, k);
  case exec::Library::CuBLASLt: // shares it out itself
    return {m, n, std::min(target.getWorkspaceBytes(), kMostParts * resultBytes)};
  }
  llvm_unreachable("a library that no product has");
}
