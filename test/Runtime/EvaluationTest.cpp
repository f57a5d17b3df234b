// What becomes of a run whose evaluation fails, or whose data has no target that counts.
#include "Trial.h"

#include <cmath>
#include <cstring>

using namespace weft::rt;
using namespace weft::rt::test;
using nlohmann::json;

namespace {

/// Data for the hand-written model: a sequence of 24 for each letter, which decides its tokens; one
/// without a target that counts for each '-'.
std::string sequences(const std::string &pattern) {
  std::vector<int32_t> tokens, targets;
  for (char letter : pattern)
    for (int i = 0; i < 24; ++i) {
      tokens.push_back((7 * letter + i * i) % 256);
      targets.push_back(letter == '-' ? -100 : (tokens.back() + 3 * i) % 256);
    }
  std::string count = std::to_string(pattern.size()), bytes = std::to_string(96 * pattern.size());
  std::string shape = "\"dtype\":\"I32\",\"shape\":[" + count + ",24],\"data_offsets\":[";
  return safetensors("{\"tokens\":{" + shape + "0," + bytes + "]},\"targets\":{" + shape + bytes +
                         "," + std::to_string(192 * pattern.size()) + "]}}",
                     bytesOf(tokens) + bytesOf(targets));
}

struct Batches : Trial {
  std::string data = scratch / "data.safetensors", other = scratch / "other.safetensors";

  Outcome train(const std::string &steps, std::vector<std::string> flags = {}) const {
    std::vector<std::string> all = {FAKE_F64, "--data", data, "--order", "file", "--steps", steps, "--lr",
                                    "0.5", "--log", log, "--checkpoint-dir", checkpoint};
    all.insert(all.end(), flags.begin(), flags.end());
    return runProcess(all);
  }
};

TEST(Evaluation, WithoutATargetIsRefusedBeforeStep1) {
  Batches run;
  writeFile(run.data, sequences("abcdefgh"));
  ASSERT_EQ(run.train("1").code, 0);
  std::pair<const char *, std::vector<std::string>> cases[] = {
      {"----", {}}, {"-", {}}, {"-------------", {}}, {"--------abcd", {"--eval-batches", "2"}}};
  for (auto &[pattern, flags] : cases) {
    writeFile(run.other, sequences(pattern));
    std::filesystem::remove(run.log);
    std::vector<std::string> alone = {FAKE_F64, "--val-data", run.other, "--init-from",
                                      run.checkpoint + "/latest"};
    alone.insert(alone.end(), flags.begin(), flags.end());
    std::vector<std::string> beside = {"--val-data", run.other, "--resume"};
    beside.insert(beside.end(), flags.begin(), flags.end());
    for (const Outcome &outcome : {runProcess(alone), run.train("2", beside)}) {
      EXPECT_EQ(outcome.code, 2) << pattern;
      EXPECT_TRUE(
          contains(outcome.err, "error: '" + run.other + "' has no target that counts in the "))
          << outcome.err;
      EXPECT_EQ(contains(outcome.err, "or a larger --eval-batches"), !flags.empty()) << outcome.err;
      EXPECT_EQ(contains(outcome.out, "step 1/"), false);
      EXPECT_FALSE(exists(run.log));
    }
  }
  // One batch more has some: the negative control.
  writeFile(run.other, sequences("--------abcd"));
  Outcome more = run.train("2", {"--val-data", run.other, "--resume", "--eval-batches", "3"});
  EXPECT_EQ(more.code, 0) << more.err;
  EXPECT_TRUE(std::isfinite(run.logged().back().at("val_loss").get<double>()));
}

// A bad token in a file that is too large to be searched before step 1.
TEST(Evaluation, AFailureCostsNoStep) {
  Trial run;
  std::string large = run.scratch / "large.bin";
  writeFile(large, std::string(2000, '\0') + "\xff\xff");
  std::filesystem::resize_file(large, (uint64_t(1) << 30) + 2);
  for (std::vector<std::string> when :
       {std::vector<std::string>{}, {"--eval-every", "2"}, {"--checkpoint-every", "2"}}) {
    std::filesystem::remove_all(run.checkpoint);
    std::vector<std::string> flags = {"--data-format",    "nanogpt",      "--val-data", large,
                                      "--checkpoint-dir", run.checkpoint, "--log",      run.log};
    writeFile(run.text, std::string(2000, '\0'));
    flags.insert(flags.end(), when.begin(), when.end());
    Outcome outcome = runProcess(run.command(FAKE_F32, flags, "3"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_TRUE(contains(outcome.err, "is not a token of 'fake'")) << outcome.err;
    std::string last =
        when.empty() || when[0] == "--checkpoint-every" ? "step-000003" : "step-000002";
    EXPECT_TRUE(exists(run.checkpoint + "/" + last + "/run.json")) << outcome.out;
    EXPECT_TRUE(exists(run.checkpoint + "/latest/evaluation-due"));
    EXPECT_EQ(run.logged().size(), last == "step-000003" ? 3u : 2u) << "its line is there, too";
    // With other validation data the run goes on, and the evaluation is caught up on.
    flags[3] = run.text;
    flags.push_back("--resume");
    Outcome again = runProcess(run.command(FAKE_F32, flags, "3"));
    EXPECT_EQ(again.code, 0) << again.err;
    std::vector<json> lines = run.logged();
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_TRUE(lines.back().contains("val_loss"));
    EXPECT_FALSE(exists(run.checkpoint + "/latest/evaluation-due"));
  }
}

TEST(SkippedSteps, MakeNoUpdateAndTheRunGoesOn) {
  Batches run, without;
  writeFile(run.data, sequences("----abcd----efgh"));
  writeFile(without.data, sequences("abcdefgh"));
  Outcome outcome = run.train("4", {"--val-data", without.data});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "step 3/4  skipped: no target counts  ")) << outcome.out;
  ASSERT_EQ(without.train("2", {"--val-data", without.data}).code, 0);
  std::vector<json> lines = run.logged(), expected = without.logged();
  ASSERT_EQ(lines.size(), 4u);
  for (size_t i : {0u, 2u}) {
    EXPECT_TRUE(lines[i].at("loss").is_null() && lines[i].at("grad_norm").is_null()) << lines[i];
    EXPECT_GT(lines[i].at("tokens_per_s"), 0);
    EXPECT_EQ(lines[i + 1].at("loss"), expected[i / 2].at("loss"));
  }
  EXPECT_EQ(lines[3].at("val_loss"), expected[1].at("val_loss"));
}

TEST(SkippedSteps, AreGoneOnFrom) {
  Batches whole, parts;
  for (const Batches *run : {&whole, &parts})
    writeFile(run->data, sequences("abcd--------efgh"));
  ASSERT_EQ(whole.train("4").code, 0);
  for (const char *steps : {"1", "2", "3", "4"})
    ASSERT_EQ(parts.train(steps, {"--resume"}).code, 0) << steps;
  for (const char *name : {"model.safetensors", "optimizer.safetensors", "run.json"})
    EXPECT_EQ(readFile(whole.checkpoint + "/latest/" + name),
              readFile(parts.checkpoint + "/latest/" + name))
        << name;
  json skipped = json::parse(readFile(parts.checkpoint + "/step-000003/run.json"));
  EXPECT_TRUE(skipped.at("loss").is_null());
}

// Some micro-batches of an update have targets, some do not: those without weigh nothing.
TEST(SkippedSteps, AreWholeUpdates) {
  Batches run, without;
  writeFile(run.data, sequences("abcd--------efgh--------"));
  writeFile(without.data, sequences("abcdefgh"));
  ASSERT_EQ(run.train("3", {"--global-batch", "8"}).code, 0);
  ASSERT_EQ(without.train("2").code, 0);
  std::vector<json> lines = run.logged(), expected = without.logged();
  EXPECT_EQ(lines[0].at("loss"), expected[0].at("loss"));
  EXPECT_EQ(lines[0].at("grad_norm"), expected[0].at("grad_norm"));
  EXPECT_EQ(lines[1].at("loss"), expected[1].at("loss"));
  EXPECT_TRUE(lines[2].at("loss").is_null());
}

} // namespace
