// How many threads a run takes, and what it says of variables that OpenMP's library aborts for.
#include "Trial.h"

#include <csignal>
#include <functional>
#include <sched.h>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

Outcome trainWith(const std::vector<std::string> &variables) {
  Trial run;
  return runProcess(run.command(FAKE_F32, {}, "1"), variables);
}

TEST(Threads, VariablesThatAreWrongAreOneMessage) {
  for (const char *value :
       {"abc", "-1", "0", "1.5", "2x", "+2", "2,", ",2", "2,,3", "4;2", "99999999999", "4097"}) {
    Outcome outcome = trainWith({std::string("OMP_NUM_THREADS=") + value});
    EXPECT_EQ(outcome.code, 2) << value << outcome.err;
    EXPECT_EQ(
        outcome.err,
        std::string("error: OMP_NUM_THREADS: expected a whole number from 1 to 4096, or several "
                    "with commas between them, as in 4,2, found '") +
            value + "'\n");
  }
  for (const char *name : {"OMP_STACKSIZE", "KMP_STACKSIZE"})
    for (const char *value : {"99999999999", "9999999G", "99999999999999999999"}) {
      Outcome outcome = trainWith({std::string(name) + "=" + value});
      EXPECT_EQ(outcome.code, 2) << value << outcome.err;
      EXPECT_TRUE(contains(outcome.err, std::string(name) +
                                            ": expected a stack that fits into memory, found '" +
                                            value + "'"))
          << outcome.err;
    }
}

TEST(Threads, VariablesThatAreRightOrEmptyTrain) {
  for (const char *variable :
       {"OMP_NUM_THREADS=", "OMP_NUM_THREADS= ", "OMP_NUM_THREADS=2", "OMP_NUM_THREADS= 3 ",
        "OMP_NUM_THREADS=4,2", "OMP_NUM_THREADS=2 , 1", "OMP_STACKSIZE=4M", "OMP_STACKSIZE=8192",
        "OMP_STACKSIZE=", "KMP_FORKJOIN_BARRIER=", "OMP_SCHEDULE=", "OMP_PROC_BIND=", "OMP_PLACES=",
        "OMP_THREAD_LIMIT="}) {
    Outcome outcome = trainWith({variable});
    EXPECT_EQ(outcome.code, 0) << variable << outcome.err;
    EXPECT_EQ(outcome.err, "") << variable;
  }
}

/// The threads that a run of many steps has, read-ahead and main thread included.
size_t threadsOf(const std::vector<std::string> &variables,
                 const std::function<void()> &inChild = {}) {
  Trial run;
  Process process(run.command(FAKE_F32, {"--no-read-ahead"}, "100000000"), variables, inChild);
  EXPECT_TRUE(process.waitForOutput("step 2/"));
  size_t count = filesIn("/proc/" + std::to_string(process.id()) + "/task").size();
  process.signal(SIGTERM);
  process.wait();
  return count;
}

TEST(Threads, TheDefaultIsTheAffinityMaskAndTheUserWins) {
  auto onOne = [] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof(one), &one);
  };
  size_t alone = threadsOf({"OMP_NUM_THREADS=1"});
  EXPECT_EQ(threadsOf({"OMP_NUM_THREADS="}, onOne), alone);
  EXPECT_EQ(threadsOf({"OMP_NUM_THREADS=3"}, onOne), alone + 2);
  EXPECT_EQ(threadsOf({"OMP_NUM_THREADS=3,2"}), alone + 2);
}

} // namespace
