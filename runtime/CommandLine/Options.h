// The flags of a training executable.
#ifndef WEFT_RT_COMMANDLINE_OPTIONS_H
#define WEFT_RT_COMMANDLINE_OPTIONS_H

#include "CommandLine/Schedule.h"
#include "Data/DataFiles.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::rt {

/// What a run of the executable does.
enum class Mode { Train, CheckGradients, Evaluate, Generate, Describe };

struct Options {
  Mode mode = Mode::Train;
  const WeftEntry *trained = nullptr; // null in a module that only evaluates
  std::string data;
  std::vector<std::string> valData; // FILES for all evaluations, or NAME=FILES for each
  DataFormat dataFormat = DataFormat::Auto;
  DataOrder dataOrder = DataOrder::Shuffled;
  bool readAhead = true;
  int64_t evalEvery = 0;   // 0: at the end only
  int64_t evalBatches = 0; // 0: the whole file, once
  Schedule schedule;
  int64_t globalBatch = 0; // sequences of an update
  uint64_t seed = 0;
  std::string log;
  std::string checkpointDir;
  int64_t checkpointEvery = 0; // 0: at the end only
  int64_t keep = 0;            // checkpoints that stay; 0: all
  bool resume = false;
  std::string initFrom;
  std::vector<std::string> ignoreTensors; // patterns
  bool describe = false;
  bool profile = false;
  std::string dumpGradients;
  bool checkGradients = false;
  int64_t checkSamples = 0;
  double checkTolerance = 0;
  double checkStep = 0;              // relative to elements above 1
  std::string generate, generateIds; // what to begin with, as text or as ids
  int64_t maxNewTokens = 0;
  double temperature = 0; // 0: the most likely token
  int64_t topK = 0;       // 0: all tokens

  int64_t microSteps() const { return globalBatch / trained->sequences; }
};

/// Nothing when --help or --version was asked for and answered. Every value is checked, alone and
/// against the others and the module; fails with an Error that names the flag.
std::optional<Options> parseOptions(int argc, const char *const *argv, const WeftModule &module);

} // namespace weft::rt

#endif // WEFT_RT_COMMANDLINE_OPTIONS_H
