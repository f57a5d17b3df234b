// Signals that ask a run to end.
#include "Checkpoint/SafetensorsFile.h"
#include "Trial.h"

#include <csignal>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

struct Endless : Trial {
  std::vector<std::string> flags(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--checkpoint-dir", checkpoint, "--log", log});
    return command(FAKE_F32, more, "100000000");
  }
};

TEST(Signals, FinishTheStepAndSave) {
  for (int number : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGHUP}) {
    Endless run;
    Process process(run.flags());
    ASSERT_TRUE(process.waitForOutput("step 3/"));
    process.signal(number);
    Outcome outcome = process.wait();
    EXPECT_EQ(outcome.code, 0) << number << outcome.err;
    EXPECT_TRUE(contains(outcome.out, "stopped by a signal after step "));
    SafetensorsFile model(run.checkpoint + "/latest/model.safetensors");
    EXPECT_EQ(model.metadata().at("step"), std::to_string(run.logged().size()));
  }
}

TEST(Signals, WhatNohupIgnoresStaysIgnored) {
  Endless run;
  Process process(run.flags(), {}, [] { signal(SIGHUP, SIG_IGN); });
  ASSERT_TRUE(process.waitForOutput("step 3/"));
  process.signal(SIGHUP);
  std::string later = "step " + std::to_string(run.logged().size() + 50) + "/";
  EXPECT_TRUE(process.waitForOutput(later)) << "the run has ended";
  process.signal(SIGTERM);
  EXPECT_EQ(process.wait().code, 0);
}

} // namespace
