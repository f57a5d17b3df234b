// Signals that ask a run to end, and two runs that want one directory.
#include "Checkpoint/SafetensorsFile.h"
#include "Support/DirectoryLock.h"
#include "Trial.h"

#include <csignal>
#include <unistd.h>

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
    EXPECT_FALSE(exists(run.checkpoint + "/.lock"));
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

TEST(TwoRuns, ShareNoDirectory) {
  Endless first;
  Process process(first.flags({"--checkpoint-every", "50"}));
  ASSERT_TRUE(process.waitForOutput("step 60/"));
  std::string log = readFile(first.log).substr(0, 100);
  for (std::vector<std::string> flags : {std::vector<std::string>{}, {"--resume"}}) {
    Outcome second = runProcess(first.flags(flags));
    EXPECT_EQ(second.code, 2);
    char host[256] = {};
    gethostname(host, sizeof(host) - 1);
    EXPECT_EQ(second.err, "error: '" + first.checkpoint + "' is in use by another run (process " +
                              std::to_string(process.id()) + " on " + host +
                              "): wait for its end, or give another directory\n");
    EXPECT_EQ(readFile(first.log).substr(0, 100), log) << "the first one's log is as it was";
  }
  // Who only reads is welcome.
  Outcome reader =
      runProcess(first.command(FAKE_F32, {"--init-from", first.checkpoint + "/latest"}, "1"));
  EXPECT_EQ(reader.code, 0) << reader.err;
  process.signal(SIGKILL);
  EXPECT_EQ(process.wait().code, 128 + SIGKILL);
  // The lock died with its process, though the file is still there.
  EXPECT_TRUE(exists(first.checkpoint + "/.lock"));
  Process third(first.flags({"--resume"}));
  EXPECT_TRUE(third.waitForOutput("going on from '"));
  EXPECT_TRUE(third.waitForOutput("step 1"));
  third.signal(SIGTERM);
  EXPECT_EQ(third.wait().code, 0);
}

TEST(TwoRuns, ALockIsOnTheFileThatIsThere) {
  ScratchDirectory scratch;
  { DirectoryLock lock(scratch.path); }
  EXPECT_FALSE(exists(scratch / ".lock"));
  DirectoryLock again(scratch.path);
  EXPECT_TRUE(
      contains(readFile(scratch / ".lock"), "process " + std::to_string(getpid()) + " on "));
}

} // namespace
