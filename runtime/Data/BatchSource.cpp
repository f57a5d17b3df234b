#include "Data/BatchSource.h"

#include "Data/SequenceSource.h"
#include "Support/Error.h"

#include <algorithm>

using namespace weft::rt;

std::unique_ptr<BatchSource> weft::rt::openBatchSource(const std::string &list,
                                                       const WeftEntry &entry, uint64_t seed,
                                                       DataFormat format, int threads,
                                                       DataOrder order) {
  std::vector<std::string> paths = expandPaths(list);
  RunOrder run = {seed, order};
  auto isTensors = [&](const std::string &path) {
    return format == DataFormat::Tensors ||
           (format == DataFormat::Auto && endsWith(path, ".safetensors"));
  };
  if (std::none_of(paths.begin(), paths.end(), isTensors))
    return openTokens(paths, entry, run, format, threads);
  if (paths.size() > 1)
    fail("'%s' names %zu files: expected one file of tensors, or several of tokens", list.c_str(),
         paths.size());
  return openTensors(paths.front(), entry, run);
}
