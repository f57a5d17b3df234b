#include "CommandLine/RunFlags.h"

#include <nlohmann/json.hpp>

using namespace weft::rt;

std::string weft::rt::runFlags(const Options &options, const std::string &data) {
  const Schedule &schedule = options.schedule;
  nlohmann::ordered_json flags = {{"train", options.trained->name},
                                  {"seed", options.seed},
                                  {"global-batch", options.globalBatch},
                                  {"lr", schedule.peak},
                                  {"warmup", schedule.warmup},
                                  {"schedule", scheduleNames[static_cast<int>(schedule.kind)]},
                                  {"data", data},
                                  {"order", dataOrderNames[static_cast<int>(options.dataOrder)]}};
  if (schedule.kind != ScheduleKind::Constant) {
    flags["steps"] = schedule.steps;
    flags["min-lr"] = schedule.least;
  }
  return flags.dump();
}
