// The data of a run, as the flags have it.
#ifndef WEFT_RT_TRAINING_OPENDATA_H
#define WEFT_RT_TRAINING_OPENDATA_H

#include "CommandLine/Options.h"
#include "Data/BatchSource.h"

#include <memory>
#include <string>

namespace weft::rt {

/// Opens a list of files for an entry, in the format of the flags and read ahead unless they say no.
std::unique_ptr<BatchSource> openData(const std::string &list, const WeftEntry &entry,
                                      const Options &options, int threads);

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_OPENDATA_H
