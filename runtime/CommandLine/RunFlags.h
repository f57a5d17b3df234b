// What a run must not change when it goes on.
#ifndef WEFT_RT_COMMANDLINE_RUNFLAGS_H
#define WEFT_RT_COMMANDLINE_RUNFLAGS_H

#include "CommandLine/Options.h"

#include <string>

namespace weft::rt {

/// The flags on which the bits of each step depend, as a JSON object under their names, and the
/// identity of the data. Others may change: how long the run is (where the learning rate does not
/// depend on it), what is evaluated, saved and logged.
std::string runFlags(const Options &options, const std::string &data);

} // namespace weft::rt

#endif // WEFT_RT_COMMANDLINE_RUNFLAGS_H
