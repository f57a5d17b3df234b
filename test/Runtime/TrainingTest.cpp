// Whole runs of a hand-written model, as child processes: what they print, write and return.
#include "Checkpoint/SafetensorsFile.h"
#include "TestSupport.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::test;
using nlohmann::json;

namespace {

/// A scratch directory with text to train on, in which one letter tells the next.
struct Trial {
  ScratchDirectory scratch;
  std::string text = scratch / "text", checkpoint = scratch / "checkpoint";
  std::string log = scratch / "log.jsonl";

  Trial() {
    std::string contents;
    for (int i = 0; i < 300; ++i)
      contents += "the quick brown fox jumps over the lazy dog. ";
    writeFile(text, contents);
  }

  std::vector<std::string> command(const char *program, std::vector<std::string> flags,
                                   const std::string &steps = "30") const {
    std::vector<std::string> all = {program, "--data", text, "--lr", "0.5"};
    if (!steps.empty())
      all.insert(all.end(), {"--steps", steps});
    all.insert(all.end(), flags.begin(), flags.end());
    return all;
  }

  std::vector<json> logged() const {
    std::vector<json> lines;
    std::istringstream stream(readFile(log));
    for (std::string line; std::getline(stream, line);)
      lines.push_back(json::parse(line));
    return lines;
  }
};

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

TEST(Training, LearnsAndLogs) {
  Trial run;
  Outcome outcome = runProcess(run.command(
      FAKE_F32, {"--log", run.log, "--val-data", run.text, "--eval-every", "12"}, "60"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  std::vector<json> lines = run.logged();
  ASSERT_EQ(lines.size(), 60u);
  EXPECT_LT(lines[59].at("loss").get<double>(), 0.7 * lines[0].at("loss").get<double>());
  for (size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].at("step"), i + 1);
    EXPECT_EQ(lines[i].at("lr"), 0.5);
    for (const char *key : {"grad_norm", "tokens_per_s", "ms_per_step"})
      EXPECT_GT(lines[i].at(key).get<double>(), 0) << key;
    EXPECT_EQ(lines[i].contains("val_loss"), (i + 1) % 12 == 0) << i;
  }
  EXPECT_TRUE(contains(outcome.out, "step 60/60  loss "));
  EXPECT_TRUE(contains(outcome.out, "memory: state 393536 + arena 147456 + input 768 + step 40 = "
                                    "541800 bytes; runtime_bytes "));
}

TEST(Training, SameBitsAtAnyNumberOfThreads) {
  for (const char *program : {FAKE_F32, FAKE_F64}) {
    Trial run;
    std::string model, log;
    for (const char *threads : {"1", "2", "3"}) {
      Outcome outcome =
          runProcess(run.command(program, {"--checkpoint-dir", run.checkpoint, "--log", run.log}),
                     {std::string("OMP_NUM_THREADS=") + threads});
      ASSERT_EQ(outcome.code, 0) << outcome.err;
      std::string found = readFile(run.checkpoint + "/model.safetensors") +
                          readFile(run.checkpoint + "/optimizer.safetensors");
      if (model.empty())
        model = found;
      EXPECT_EQ(model, found) << threads << " threads";
    }
  }
}

// Two micro-batches of one update see the sequences that two updates see one by one.
TEST(Training, AccumulatesMicroBatches) {
  Trial run;
  // A learning rate that changes nothing.
  auto lossesOf = [&](const char *batch, const char *steps) {
    Outcome outcome = runProcess({FAKE_F64, "--data", run.text, "--steps", steps, "--lr", "1e-300",
                                  "--global-batch", batch, "--log", run.log});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return run.logged();
  };
  std::vector<json> apart = lossesOf("4", "4"), together = lossesOf("8", "2");
  ASSERT_EQ(apart.size(), 4u);
  ASSERT_EQ(together.size(), 2u);
  for (size_t i = 0; i < 2; ++i)
    EXPECT_NEAR(
        together[i].at("loss").get<double>(),
        (apart[2 * i].at("loss").get<double>() + apart[2 * i + 1].at("loss").get<double>()) / 2,
        1e-13);
}

TEST(Training, StartsFromACheckpoint) {
  Trial run;
  ASSERT_EQ(runProcess(run.command(FAKE_F32, {"--checkpoint-dir", run.checkpoint})).code, 0);
  std::string model = run.checkpoint + "/model.safetensors";
  Outcome outcome = runProcess(
      run.command(FAKE_F64, {"--init-from", model, "--log", run.log, "--seed", "9"}, "1"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_LT(run.logged()[0].at("loss").get<double>(), 5);
  Outcome fresh = runProcess(run.command(FAKE_F64, {"--log", run.log, "--seed", "9"}, "1"));
  EXPECT_GT(run.logged()[0].at("loss").get<double>(), 5);
}

TEST(Training, NothingAllocatesAfterTheFirstStep) {
  if (sanitized)
    GTEST_SKIP() << "AddressSanitizer brings its own allocator";
  std::string preload = std::string("LD_PRELOAD=") + ALLOCATION_HOOK;
  for (const char *program : {FAKE_F32, FAKE_F64})
    for (const char *threads : {"1", "2", "3"}) {
      Trial run;
      Outcome outcome =
          runProcess(run.command(program, {"--log", run.log, "--val-data", run.text, "--eval-every",
                                           "7", "--profile", "--checkpoint-dir", run.checkpoint,
                                           "--checkpoint-every", "5", "--global-batch", "8"}),
                     {preload, std::string("OMP_NUM_THREADS=") + threads});
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      EXPECT_FALSE(contains(outcome.err, "allocation after step 1")) << outcome.err;
    }
  // Negative control: a kernel that calls malloc is caught, and the caller's file is named.
  Trial run;
  Outcome caught = runProcess(run.command(FAKE_ALLOCATES, {}), {preload});
  EXPECT_EQ(caught.code, 97);
  EXPECT_TRUE(contains(caught.err, "allocation after step 1: malloc of 1000 bytes, from"));
  EXPECT_TRUE(contains(caught.err, "WeftFakeAllocates")) << caught.err;
}

TEST(Training, DumpsGradients) {
  Trial run;
  std::string path = run.scratch / "gradients.safetensors";
  Outcome outcome =
      runProcess(run.command(FAKE_F64, {"--dump-gradients", path, "--log", run.log}, "3"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  SafetensorsFile file(path);
  double sum = std::stod(file.metadata().at("loss_sum"));
  double weight = std::stod(file.metadata().at("loss_weight"));
  EXPECT_EQ(weight, 96);
  EXPECT_EQ(sum / weight, run.logged()[0].at("loss").get<double>());
  double squares = 0;
  for (const char *name : {"wte.weight", "head.weight"}) {
    ASSERT_NE(file.find(name), nullptr);
    for (uint64_t i = 0; i < file.find(name)->bytes; i += 8) {
      double value;
      memcpy(&value, file.find(name)->data + i, 8);
      squares += value * value;
    }
  }
  EXPECT_NEAR(std::sqrt(squares) / weight, run.logged()[0].at("grad_norm").get<double>(), 1e-12);
}

TEST(Training, ChecksGradients) {
  Trial run;
  Outcome right =
      runProcess(run.command(FAKE_F64, {"--check-gradients", "--check-samples", "200"}, ""));
  EXPECT_EQ(right.code, 0) << right.err;
  EXPECT_TRUE(contains(right.out, "wte.weight"));
  Outcome wrong =
      runProcess(run.command(FAKE_WRONG, {"--check-gradients", "--check-samples", "200"}, ""));
  EXPECT_EQ(wrong.code, 1);
  EXPECT_TRUE(contains(wrong.err, "gradients differ from finite differences")) << wrong.err;
  Outcome loose = runProcess(run.command(
      FAKE_WRONG, {"--check-gradients", "--check-samples", "200", "--check-tolerance", "0.1"}, ""));
  EXPECT_EQ(loose.code, 0) << loose.err;
  Outcome single = runProcess(run.command(FAKE_F32, {"--check-gradients"}, ""));
  EXPECT_EQ(single.code, 2);
  EXPECT_TRUE(contains(single.err, "expected a model in f64")) << single.err;
}

TEST(Training, ProfileNamesKernelsAndProducts) {
  Trial run;
  Outcome outcome = runProcess(run.command(FAKE_F32, {"--profile"}));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char *part : {"cross_entropy", "matmul [96,256,64] nt f32 onednn", "everything else",
                           "GFLOP/s", "100.0%"})
    EXPECT_TRUE(contains(outcome.out, part)) << part << outcome.out;
}

TEST(Training, SignalsFinishTheStepAndSave) {
  for (int number : {SIGINT, SIGTERM}) {
    Trial run;
    Process process(
        run.command(FAKE_F32, {"--checkpoint-dir", run.checkpoint, "--log", run.log}, "100000000"));
    ASSERT_TRUE(process.waitForOutput("step 3/"));
    process.signal(number);
    Outcome outcome = process.wait();
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(contains(outcome.out, "stopped by a signal after step "));
    SafetensorsFile model(run.checkpoint + "/model.safetensors");
    EXPECT_EQ(model.metadata().at("step"), std::to_string(run.logged().size()));
  }
}

TEST(Training, StopsWhenTheLossIsNotFinite) {
  Trial run;
  Outcome outcome = runProcess({FAKE_F32, "--data", run.text, "--steps", "50", "--lr", "1e30",
                                "--checkpoint-dir", run.checkpoint});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.err, "is not finite")) << outcome.err;
  EXPECT_FALSE(exists(run.checkpoint + "/model.safetensors"));
}

/// Files cannot grow beyond this many bytes: stands for a full disk.
std::function<void()> fullDisk(rlim_t bytes) {
  return [bytes] {
    rlimit limit = {bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
}

TEST(Training, AFullDiskLeavesTheOldCheckpoint) {
  Trial run;
  std::vector<std::string> flags = {"--checkpoint-dir", run.checkpoint};
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags, "2")).code, 0);
  std::string model = readFile(run.checkpoint + "/model.safetensors");
  std::string optimizer = readFile(run.checkpoint + "/optimizer.safetensors");
  // Room for neither file, and room for the first but not for the second.
  for (rlim_t bytes : {rlim_t(20000), rlim_t(model.size() + 8)}) {
    Outcome outcome = runProcess(run.command(FAKE_F32, flags, "3"), {}, fullDisk(bytes));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_TRUE(contains(outcome.err, ".safetensors.tmp': File too large")) << outcome.err;
    EXPECT_EQ(readFile(run.checkpoint + "/model.safetensors"), model);
    EXPECT_EQ(readFile(run.checkpoint + "/optimizer.safetensors"), optimizer);
    EXPECT_FALSE(exists(run.checkpoint + "/model.safetensors.tmp"));
    EXPECT_FALSE(exists(run.checkpoint + "/optimizer.safetensors.tmp"));
  }
}

TEST(Training, AFullDiskUnderTheLogIsAFault) {
  Trial run;
  Outcome outcome = runProcess(run.command(FAKE_F32, {"--log", "/dev/full"}));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.err, "cannot write '/dev/full': No space left")) << outcome.err;
}

TEST(Training, AClosedOutputDoesNotStopTheRun) {
  Trial run;
  Outcome outcome = runProcess(run.command(FAKE_F32, {"--log", run.log}), {}, [] {
    close(STDOUT_FILENO);
    open("/dev/full", O_WRONLY);
  });
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(run.logged().size(), 30u);
}

TEST(Training, UserErrorsExitWith2) {
  Trial run;
  auto expect2 = [](const Outcome &outcome, const std::string &part) {
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_TRUE(contains(outcome.err, part)) << outcome.err;
    EXPECT_EQ(outcome.err.compare(0, 7, "error: "), 0) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  };
  expect2(runProcess(run.command(FAKE_F32, {"--bogus"})), "--bogus");
  expect2(runProcess(run.command(FAKE_F32, {}, "0")), "--steps");
  expect2(runProcess(run.command(FAKE_F32, {"--val-data", run.scratch / "none"})), "none'");
  expect2(runProcess(run.command(FAKE_F32, {"--log", run.text + "/log"})), "cannot write");
  expect2(runProcess(run.command(FAKE_F32, {"--checkpoint-dir", run.text + "/dir"})),
          "cannot create the directory");
  expect2(runProcess(run.command(FAKE_F32, {"--checkpoint-dir", "/proc/self"})),
          "cannot write into the directory");
  expect2(runProcess(run.command(FAKE_F32, {"--dump-gradients", run.text + "/gradients"})),
          "cannot write");
  expect2(runProcess(run.command(FAKE_F32, {"--init-from", run.text})), "safetensors");
  expect2(runProcess(run.command(FAKE_HUGE, {})),
          "needs 1125899907236968 bytes (state 393536, arena 1125899906842624");
}

TEST(Training, HelpListsEveryFlagAndExitsWith0) {
  Outcome outcome = runProcess({FAKE_F32, "--help"});
  EXPECT_EQ(outcome.code, 0);
  for (const char *flag : {"--data",           "--val-data",
                           "--data-format",    "--no-read-ahead",
                           "--eval-every",     "--eval-batches",
                           "--steps",          "--lr",
                           "--min-lr",         "--warmup",
                           "--schedule",       "--global-batch",
                           "--seed",           "--log",
                           "--checkpoint-dir", "--checkpoint-every",
                           "--init-from",      "--profile",
                           "--dump-gradients", "--check-gradients",
                           "--check-samples",  "--check-tolerance",
                           "--version",        "OMP_NUM_THREADS"})
    EXPECT_TRUE(contains(outcome.out, flag)) << flag;
}

} // namespace
