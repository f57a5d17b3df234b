// Whole runs of a hand-written model, as child processes: what they print, write and return.
#include "Checkpoint/SafetensorsFile.h"
#include "Trial.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::test;
using nlohmann::json;

namespace {

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
      std::filesystem::remove_all(run.checkpoint);
      Outcome outcome =
          runProcess(run.command(program, {"--checkpoint-dir", run.checkpoint, "--log", run.log}),
                     {std::string("OMP_NUM_THREADS=") + threads});
      ASSERT_EQ(outcome.code, 0) << outcome.err;
      std::string found = readFile(run.checkpoint + "/latest/model.safetensors") +
                          readFile(run.checkpoint + "/latest/optimizer.safetensors");
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
  std::string model = run.checkpoint + "/latest/model.safetensors";
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
                                           "--checkpoint-every", "5", "--keep", "2",
                                           "--global-batch", "8"}),
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
  EXPECT_TRUE(
      contains(wrong.err, "gradients differ from finite differences: that of 'wte.weight' at ["))
      << wrong.err;
  EXPECT_FALSE(contains(wrong.out, "kink")) << wrong.out;
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

/// The files of a finished run, and its log without times.
std::string resultOf(const Trial &run, const std::string &step) {
  std::string all;
  for (const char *name : {"model.safetensors", "optimizer.safetensors", "run.json"})
    all += readFile(run.checkpoint + "/" + step + "/" + name);
  for (json line : run.logged()) {
    line.erase("tokens_per_s");
    line.erase("ms_per_step");
    all += line.dump() + "\n";
  }
  return all;
}

/// Twelve steps with evaluations, checkpoints and a schedule.
std::vector<std::string> resumable(const Trial &run, std::vector<std::string> more = {}) {
  std::vector<std::string> flags = {
      "--checkpoint-dir", run.checkpoint, "--checkpoint-every", "4",        "--resume", "--log",
      run.log,            "--val-data",   run.text,             "--eval-every", "3"};
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

TEST(Training, ResumesToTheSameBits) {
  Trial whole, parts;
  Outcome outcome = runProcess(whole.command(FAKE_F32, resumable(whole), "12"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "starting from the beginning"));
  parts.text = whole.text;
  for (const char *steps : {"5", "9", "12"}) {
    outcome = runProcess(parts.command(FAKE_F32, resumable(parts), steps));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    // What a killed run would have logged beyond its last checkpoint.
    std::ofstream(parts.log, std::ios::app) << "{\"step\": " << std::stoi(steps) + 1 << "}\n{\"st";
  }
  outcome = runProcess(parts.command(FAKE_F32, resumable(parts), "12"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "going on from '" + parts.checkpoint + "/step-000012'"));
  std::vector<json> lines = parts.logged();
  ASSERT_EQ(lines.size(), 12u);
  // The evaluation after the last step of a part is one that the whole run did not make.
  std::ofstream log(parts.log);
  for (json &line : lines) {
    if (line.at("step") == 5)
      line.erase("val_loss");
    log << line.dump() << "\n";
  }
  log.close();
  EXPECT_EQ(resultOf(whole, "step-000012"), resultOf(parts, "step-000012"));
  // The negative control: another seed is another result.
  Trial other;
  other.text = whole.text;
  ASSERT_EQ(runProcess(other.command(FAKE_F32, resumable(other, {"--seed", "1"}), "12")).code, 0);
  EXPECT_NE(resultOf(whole, "step-000012"), resultOf(other, "step-000012"));
}

TEST(Training, PassesOverBrokenCheckpoints) {
  Trial run, whole;
  whole.text = run.text;
  ASSERT_EQ(runProcess(whole.command(FAKE_F32, resumable(whole), "12")).code, 0);
  ASSERT_EQ(runProcess(run.command(FAKE_F32, resumable(run), "12")).code, 0);
  std::string newest = run.checkpoint + "/step-000012/", before = run.checkpoint + "/step-000008/";
  std::filesystem::create_directory(run.checkpoint + "/.step-000016.tmp");
  std::string model = readFile(newest + "model.safetensors");
  std::string changed = model;
  changed[changed.size() - 100] ^= 1;
  using Change = std::function<void()>;
  std::pair<const char *, Change> cases[] = {
      {"model.safetensors' is not what was written",
       [&] { writeFile(newest + "model.safetensors", changed); }},
      {"model.safetensors' is not what was written",
       [&] { writeFile(newest + "model.safetensors", model.substr(0, 1000)); }},
      {"optimizer.safetensors': No such file",
       [&] { std::filesystem::remove(newest + "optimizer.safetensors"); }},
      {"run.json': No such file", [&] { std::filesystem::remove(newest + "run.json"); }},
      {"run.json'", [&] { writeFile(newest + "run.json", "{\"step\": 12, "); }},
      {"expected the description of a program",
       [&] { writeFile(newest + "describe.json", "[1]"); }}};
  for (const auto &[message, change] : cases) {
    change();
    Outcome outcome = runProcess(run.command(FAKE_F32, resumable(run), "12"));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(contains(outcome.out, "passed over a broken checkpoint: ")) << outcome.out;
    EXPECT_TRUE(contains(outcome.out, message)) << outcome.out;
    EXPECT_TRUE(contains(outcome.out, "going on from '" + run.checkpoint + "/step-000008'"));
    EXPECT_EQ(resultOf(whole, "step-000012"), resultOf(run, "step-000012")) << message;
  }
  EXPECT_FALSE(exists(run.checkpoint + "/.step-000016.tmp"));
  for (const char *step : {"step-000004", "step-000008", "step-000012"})
    std::filesystem::remove(run.checkpoint + "/" + step + "/run.json");
  Outcome none = runProcess(run.command(FAKE_F32, resumable(run), "12"));
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(contains(none.err, "is whole")) << none.err;
}

TEST(Training, KeepsTheNewestCheckpoints) {
  Trial run;
  Outcome outcome = runProcess(run.command(
      FAKE_F32, {"--checkpoint-dir", run.checkpoint, "--checkpoint-every", "2"}, "4"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  outcome = runProcess(run.command(FAKE_F32, {"--checkpoint-dir", run.checkpoint,
                                              "--checkpoint-every", "2", "--keep", "2", "--resume"},
                                   "11"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(filesIn(run.checkpoint),
            (std::set<std::string>{"latest", "step-000010", "step-000011"}));
  EXPECT_EQ(std::filesystem::read_symlink(run.checkpoint + "/latest"), "step-000011");
}

TEST(Training, RefusesToResumeAnotherRun) {
  Trial run;
  auto flags = [&](std::vector<std::string> more) { return resumable(run, std::move(more)); };
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags({}), "4")).code, 0);
  std::string other = run.scratch / "other";
  writeFile(other, readFile(run.text) + "x");
  std::pair<std::vector<std::string>, const char *> cases[] = {
      {{FAKE_F32, "--data", run.text, "--steps", "8", "--lr", "0.5", "--seed", "3"},
       "--seed was 0 and is 3"},
      {{FAKE_F32, "--data", run.text, "--steps", "8", "--lr", "0.25", "--global-batch", "8"},
       "--global-batch was 4 and is 8; --lr was 0.5 and is 0.25"},
      {{FAKE_F32, "--data", other, "--steps", "8", "--lr", "0.5"}, "--data was "},
      {{FAKE_F32, "--data", run.text, "--steps", "8", "--lr", "0.5", "--schedule", "cosine"},
       "--schedule was \"constant\" and is \"cosine\""},
      {{FAKE_F32, "--data", run.text, "--steps", "3", "--lr", "0.5"}, "expected at least that"},
      {{FAKE_F64, "--data", run.text, "--steps", "8", "--lr", "0.5"},
       "'wte.weight' is F32 [256,64], the program needs F64 [256,64]"},
  };
  for (auto &[command, message] : cases) {
    for (const std::string &flag : flags({}))
      command.push_back(flag);
    Outcome outcome = runProcess(command);
    EXPECT_EQ(outcome.code, 2) << message;
    EXPECT_TRUE(contains(outcome.err, message)) << outcome.err;
  }
  Outcome fresh = runProcess(run.command(FAKE_F32, {"--checkpoint-dir", run.checkpoint}, "8"));
  EXPECT_EQ(fresh.code, 2);
  EXPECT_TRUE(contains(fresh.err, "holds checkpoints of another run, up to step 4")) << fresh.err;
  std::string log = readFile(run.log);
  writeFile(run.log, log.substr(0, log.find('\n') + 1));
  Outcome gap = runProcess(run.command(FAKE_F32, flags({}), "8"));
  EXPECT_EQ(gap.code, 2);
  EXPECT_TRUE(contains(gap.err, "does not go up to step 4")) << gap.err;
}

TEST(Training, DescribesItself) {
  Trial run;
  Outcome outcome = runProcess({FAKE_F64, "--describe"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  json described = json::parse(outcome.out);
  EXPECT_EQ(described.at("model"), "fake");
  EXPECT_EQ(described.at("parameters").at("count"), 2 * 256 * 64);
  EXPECT_EQ(described.at("parameters").at("tensors")[1].at("name"), "head.weight");
  EXPECT_EQ(described.at("parameters").at("tensors")[1].at("shape"), (std::vector<int>{256, 64}));
  EXPECT_EQ(described.at("memory").at("total").get<int64_t>(),
            described.at("memory").at("state").get<int64_t>() +
                described.at("memory").at("arena").get<int64_t>() + 768 + 40);
  ASSERT_EQ(runProcess(run.command(FAKE_F64, {"--checkpoint-dir", run.checkpoint}, "1")).code, 0);
  EXPECT_EQ(readFile(run.checkpoint + "/latest/describe.json"), outcome.out);
}

// Without an update that a bad token had a part in: the checkpoint is of the step before.
TEST(Training, ABadTokenFoundLateIsAFault) {
  Trial run;
  std::string path = run.scratch / "sparse.bin";
  writeFile(path, "");
  std::filesystem::resize_file(path, (uint64_t(1) << 30) + 2);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  std::string bad(1 << 20, '\x7f'); // a fraction of a thousandth
  file.seekp(1 << 29);
  file.write(bad.data(), static_cast<std::streamsize>(bad.size()));
  file.close();
  Outcome outcome = runProcess({FAKE_F32, "--data", path, "--steps", "100000", "--lr", "0.1",
                                "--checkpoint-dir", run.checkpoint});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.err, "sparse.bin': id 32639 at offset ")) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "step 1/")) << "the first batches were good";
  json steps = json::parse(readFile(run.checkpoint + "/latest/run.json"));
  std::string last = std::to_string(steps.at("step").get<int64_t>());
  EXPECT_TRUE(contains(outcome.out, "a checkpoint of step " + last + " was written"))
      << outcome.out;
  EXPECT_TRUE(contains(outcome.out, "step " + last + "/"));
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
                           "--keep",           "--resume",
                           "--ignore-tensors", "--describe",
                           "--init-from",      "--profile",
                           "--dump-gradients", "--check-gradients",
                           "--check-samples",  "--check-tolerance",
                           "--check-step",     "--version",
                           "OMP_NUM_THREADS"})
    EXPECT_TRUE(contains(outcome.out, flag)) << flag;
}

} // namespace
