// The command line and the learning rate schedule.
#include "CommandLine/Options.h"
#include "TestSupport.h"

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

/// A module that trains "loss" and "other", on inputs of four sequences.
struct SmallModule {
  WeftModule module = {};
  WeftEntry entries[2] = {};

  explicit SmallModule(int64_t inputs) {
    module.name = "small";
    module.compiler = "none";
    module.num_entries = 2;
    module.entries = entries;
    for (WeftEntry &entry : entries) {
      entry.module = &module;
      entry.kind = WEFT_ENTRY_TRAIN;
      entry.sequences = 4;
      entry.num_inputs = inputs;
    }
    entries[0].name = "loss";
    entries[1].name = "other";
  }
};

std::optional<Options> parse(std::vector<const char *> arguments, int64_t inputs = 1) {
  static SmallModule withInputs(1), withoutInputs(0);
  arguments.insert(arguments.begin(), "train");
  return parseOptions(static_cast<int>(arguments.size()), arguments.data(),
                      (inputs ? withInputs : withoutInputs).module);
}

TEST(Options, Defaults) {
  Options options = *parse({"--data", "x", "--steps", "7"});
  EXPECT_EQ(options.schedule.steps, 7);
  EXPECT_EQ(options.globalBatch, 4);
  EXPECT_EQ(options.schedule.kind, ScheduleKind::Constant);
  EXPECT_NO_THROW(parse({"--steps", "1"}, /*inputs=*/0));
  EXPECT_NO_THROW(parse({"--data", "x", "--check-gradients"}));
}

TEST(Options, ReadsAllFlags) {
  Options options = *parse({"--data",
                            "d",
                            "--val-data",
                            "v",
                            "--eval-every",
                            "2",
                            "--eval-batches",
                            "3",
                            "--steps",
                            "9",
                            "--lr",
                            "1e-2",
                            "--min-lr",
                            "1e-3",
                            "--warmup",
                            "4",
                            "--schedule",
                            "cosine",
                            "--global-batch",
                            "12",
                            "--seed",
                            "5",
                            "--log",
                            "l",
                            "--checkpoint-dir",
                            "c",
                            "--checkpoint-every",
                            "6",
                            "--init-from",
                            "i",
                            "--profile",
                            "--dump-gradients",
                            "g"});
  EXPECT_EQ(options.valData, std::vector<std::string>{"v"});
  EXPECT_EQ(options.evalEvery, 2);
  EXPECT_EQ(options.evalBatches, 3);
  EXPECT_EQ(options.schedule.peak, 1e-2);
  EXPECT_EQ(options.schedule.least, 1e-3);
  EXPECT_EQ(options.schedule.warmup, 4);
  EXPECT_EQ(options.schedule.kind, ScheduleKind::Cosine);
  EXPECT_EQ(options.globalBatch, 12);
  EXPECT_EQ(options.seed, 5u);
  EXPECT_EQ(options.checkpointEvery, 6);
  EXPECT_TRUE(options.profile);
  EXPECT_EQ(options.dumpGradients, "g");
}

TEST(Options, RefusesEveryBadValueByItsFlag) {
  struct Case {
    std::vector<const char *> flags;
    const char *message;
  };
  const Case cases[] = {
      {{"--steps", "0"}, "--steps: expected a whole number of at least 1, found '0'"},
      {{"--steps", "-3"}, "found '-3'"},
      {{"--steps", "3x"}, "found '3x'"},
      {{"--steps", "1e3"}, "found '1e3'"},
      {{"--steps", "99999999999999999999"}, "found '99999999999999999999'"},
      {{"--steps"}, "--steps"},
      {{"--steps", "3", "--lr", "0"}, "--lr: expected a finite number greater than 0, found '0'"},
      {{"--steps", "3", "--lr", "-1e-3"}, "found '-1e-3'"},
      {{"--steps", "3", "--lr", "nan"}, "found 'nan'"},
      {{"--steps", "3", "--lr", "inf"}, "found 'inf'"},
      {{"--steps", "3", "--min-lr", "-1"}, "--min-lr"},
      {{"--steps", "3", "--min-lr", "1"}, "--min-lr: expected at most the learning rate"},
      {{"--steps", "3", "--warmup", "-1"}, "--warmup"},
      {{"--steps", "3", "--warmup", "4"}, "--warmup: expected at most the 3 steps"},
      {{"--steps", "3", "--schedule", "square"}, "--schedule"},
      {{"--steps", "3", "--global-batch", "0"}, "--global-batch"},
      {{"--steps", "3", "--global-batch", "6"}, "--global-batch: expected a multiple of 4"},
      {{"--steps", "3", "--seed", "-1"}, "--seed"},
      {{"--steps", "3", "--eval-every", "2"}, "--val-data"},
      {{"--steps", "3", "--eval-batches", "2"}, "--val-data"},
      {{"--steps", "3", "--val-data", "v", "--eval-every", "0"}, "--eval-every"},
      {{"--steps", "3", "--val-data", "v", "--eval-batches", "0"}, "--eval-batches"},
      {{"--steps", "3", "--checkpoint-every", "2"}, "--checkpoint-dir"},
      {{"--steps", "3", "--checkpoint-dir", "c", "--checkpoint-every", "0"}, "--checkpoint-every"},
      {{"--steps", "3", "--checkpoint-dir", "c", "--keep", "0"}, "--keep"},
      {{"--steps", "3", "--keep", "2"}, "--checkpoint-dir"},
      {{"--steps", "3", "--resume"}, "--checkpoint-dir"},
      {{"--steps", "3", "--ignore-tensors", "*"}, "--init-from"},
      {{"--steps", "3", "--data-format", "csv"}, "--data-format"},
      {{"--steps", "3", "--order", "random"}, "--order"},
      {{"--steps", "3", "--check-samples", "3"}, "--check-gradients"},
      {{"--check-gradients", "--check-tolerance", "0"}, "--check-tolerance"},
      {{}, "--steps is required"},
      {{"--steps", "3", "--unknown"}, "--unknown"},
      {{"--steps", "3", "extra"}, "extra"},
      {{"--steps", "3", "--train", "none"},
       "--train: expected the name of a train op of 'small' (loss, other), found 'none'"},
      {{"--generate", "a", "--init-from", "i"}, "--data excludes --generate"},
      {{"--steps", "3", "--steps", "4"}, "--steps"},
  };
  for (const Case &bad : cases) {
    std::vector<const char *> flags = bad.flags;
    flags.insert(flags.begin(), {"--data", "x"});
    std::string message = errorOf([&] { parse(flags); });
    EXPECT_NE(message.find(bad.message), std::string::npos) << message << "\n" << bad.message;
  }
  EXPECT_NE(errorOf([] { parse({"--steps", "3"}); }).find("--data is required"), std::string::npos);
  EXPECT_NE(errorOf([] {
              parse({"--steps", "3", "--data", "x"}, 0);
            }).find("no inputs"),
            std::string::npos);
}

TEST(Options, ChoosesTheTrainOp) {
  EXPECT_STREQ(parse({"--data", "x", "--steps", "7"})->trained->name, "loss");
  EXPECT_STREQ(parse({"--data", "x", "--steps", "7", "--train", "other"})->trained->name, "other");
}

TEST(Options, ChoosesWhatToDo) {
  EXPECT_EQ(parse({"--data", "x", "--steps", "7", "--val-data", "v"})->mode, Mode::Train);
  EXPECT_EQ(parse({"--data", "x", "--check-gradients"})->mode, Mode::CheckGradients);
  Options evaluates = *parse({"--val-data", "v", "--val-data", "other=w"});
  EXPECT_EQ(evaluates.mode, Mode::Evaluate);
  EXPECT_EQ(evaluates.valData, (std::vector<std::string>{"v", "other=w"}));
  EXPECT_NE(errorOf([] {
              parse({"--val-data", "v", "--log", "l"});
            }).find("--log: nothing"),
            std::string::npos);
}

TEST(Options, Generates) {
  Options greedy = *parse({"--generate", "ab", "--init-from", "i"});
  EXPECT_EQ(greedy.mode, Mode::Generate);
  EXPECT_EQ(greedy.generate, "ab");
  EXPECT_EQ(greedy.maxNewTokens, 100);
  EXPECT_EQ(greedy.temperature, 0);
  Options drawn = *parse({"--generate-ids", "1,2", "--init-from", "i", "--max-new-tokens", "3",
                          "--temperature", "0.5", "--top-k", "4"});
  EXPECT_EQ(drawn.generateIds, "1,2");
  EXPECT_EQ(drawn.maxNewTokens, 3);
  EXPECT_EQ(drawn.temperature, 0.5);
  EXPECT_EQ(drawn.topK, 4);
  auto refuses = [](std::vector<const char *> flags, const char *message) {
    std::string found = errorOf([&] { parse(flags); });
    EXPECT_NE(found.find(message), std::string::npos) << found;
  };
  refuses({"--generate", "a"}, "--generate requires --init-from");
  refuses({"--generate", "a", "--init-from", "i", "--steps", "3"}, "--steps excludes --generate");
  refuses({"--generate", "a", "--init-from", "i", "--top-k", "3"},
          "--top-k requires --temperature");
  refuses({"--generate", "a", "--init-from", "i", "--temperature", "-1"},
          "--temperature: expected");
}

TEST(Schedule, RisesAndFalls) {
  Schedule schedule{ScheduleKind::Constant, 1, 0.25, 4, 12};
  EXPECT_EQ(schedule.at(1), 0.25);
  EXPECT_EQ(schedule.at(4), 1);
  EXPECT_EQ(schedule.at(5), 1);
  EXPECT_EQ(schedule.at(12), 1);
  schedule.kind = ScheduleKind::Linear;
  EXPECT_EQ(schedule.at(3), 0.75);
  EXPECT_EQ(schedule.at(8), 0.625);
  EXPECT_EQ(schedule.at(12), 0.25);
  schedule.kind = ScheduleKind::Cosine;
  EXPECT_EQ(schedule.at(4), 1);
  EXPECT_DOUBLE_EQ(schedule.at(8), 0.625);
  EXPECT_DOUBLE_EQ(schedule.at(6), 0.25 + 0.75 * 0.5 * (1 + std::sqrt(0.5)));
  EXPECT_EQ(schedule.at(12), 0.25);
}

TEST(Schedule, WarmupMayBeAllOrNothing) {
  for (ScheduleKind kind : {ScheduleKind::Constant, ScheduleKind::Linear, ScheduleKind::Cosine}) {
    Schedule all{kind, 1, 0, 5, 5};
    EXPECT_EQ(all.at(5), 1);
    Schedule none{kind, 1, 0, 0, 1};
    EXPECT_EQ(none.at(1), kind == ScheduleKind::Constant ? 1 : 0);
  }
}

} // namespace
