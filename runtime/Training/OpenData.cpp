#include "Training/OpenData.h"

#include "Data/ReadAhead.h"

using namespace weft::rt;

std::unique_ptr<BatchSource> weft::rt::openData(const std::string &list, const WeftEntry &entry,
                                                const Options &options, int threads) {
  auto source =
      openBatchSource(list, entry, options.seed, options.dataFormat, threads, options.dataOrder);
  if (options.readAhead)
    return std::make_unique<ReadAhead>(std::move(source), entry);
  return source;
}
