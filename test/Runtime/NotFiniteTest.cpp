// Losses and weights that are no numbers: where a run says that they come from.
#include "Support/Hash.h"
#include "Trial.h"

#include <cinttypes>
#include <cmath>
#include <cstring>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

// Before the first update it is not the learning rate; and with it, nothing is said of the data.
TEST(NotFinite, IsSaidWhereItComesFrom) {
  Trial run;
  Outcome diverged = runProcess({FAKE_F32, "--data", run.text, "--steps", "50", "--lr", "1e30"});
  EXPECT_TRUE(contains(diverged.err, "; a lower --lr or a longer --warmup may help"))
      << diverged.err;
  ASSERT_EQ(runProcess(run.command(FAKE_F64, {"--checkpoint-dir", run.checkpoint}, "1")).code, 0);
  // Weights whose logits overflow, though each is finite.
  std::string model = run.checkpoint + "/latest/model.safetensors", bytes = readFile(model);
  double large = 1e308;
  uint64_t header = 8 + *reinterpret_cast<const uint64_t *>(bytes.data());
  for (uint64_t i = header; i < bytes.size(); i += 8)
    memcpy(bytes.data() + i, &large, 8);
  writeFile(model, bytes);
  Outcome outcome = runProcess(run.command(FAKE_F64, {"--init-from", model}, "3"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.err, "nothing was updated before, and all parameters are finite"))
      << outcome.err;
  EXPECT_FALSE(contains(outcome.err, "--lr")) << outcome.err;
  Outcome evaluated = runProcess({FAKE_F64, "--val-data", run.text, "--init-from", model});
  EXPECT_EQ(evaluated.code, 1);
  EXPECT_TRUE(contains(evaluated.err, "on the validation data '" + run.text + "' is not finite"))
      << evaluated.err;
  EXPECT_FALSE(contains(evaluated.err, "--lr")) << evaluated.err;
}

TEST(NotFinite, WeightsAreRefused) {
  Trial run;
  std::vector<std::string> flags = {"--checkpoint-dir", run.checkpoint, "--resume"};
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags, "1")).code, 0);
  std::string folder = run.checkpoint + "/latest/";
  std::string model = readFile(folder + "model.safetensors");
  float bad = INFINITY;
  memcpy(model.data() + model.size() - 40, &bad, 4);
  std::string copy = run.scratch / "bad.safetensors";
  writeFile(copy, model);
  std::string message =
      "tensor 'head.weight' has the value inf at offset " + std::to_string(model.size() - 40);
  for (std::vector<std::string> command :
       {run.command(FAKE_F32, {"--init-from", copy}, "2"),
        {FAKE_F32, "--val-data", run.text, "--init-from", copy}}) {
    Outcome outcome = runProcess(command);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(contains(outcome.err, "'" + copy + "': " + message)) << outcome.err;
  }
  // A checkpoint that a run wrote so, with the hash of what it wrote.
  for (const char *name : {"model.safetensors", "optimizer.safetensors"}) {
    std::string whole = readFile(folder + name), json = readFile(folder + "run.json"),
                changed = whole;
    memcpy(changed.data() + changed.size() - 400, &bad, 4);
    writeFile(folder + name, changed);
    auto hashOf = [](const std::string &text) {
      Hash hash;
      hash.add(text.data(), text.size());
      char digits[17];
      snprintf(digits, sizeof(digits), "%016" PRIx64, hash.value());
      return std::string(digits);
    };
    std::string noted = json;
    noted.replace(noted.find(hashOf(whole)), 16, hashOf(changed));
    writeFile(folder + "run.json", noted);
    Outcome outcome = runProcess(run.command(FAKE_F32, flags, "2"));
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    EXPECT_TRUE(contains(outcome.err, std::string(name) + "': tensor '")) << outcome.err;
    EXPECT_TRUE(
        contains(outcome.err, "has the value inf at offset " + std::to_string(whole.size() - 400)))
        << outcome.err;
    writeFile(folder + name, whole);
    writeFile(folder + "run.json", json);
  }
  EXPECT_EQ(runProcess(run.command(FAKE_F32, flags, "2")).code, 0) << "the negative control";
}

TEST(NotFinite, LossesStopTheRun) {
  Trial run;
  Outcome outcome = runProcess({FAKE_F32, "--data", run.text, "--steps", "50", "--lr", "1e30",
                                "--checkpoint-dir", run.checkpoint});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.err, "is not finite")) << outcome.err;
  EXPECT_FALSE(exists(run.checkpoint + "/latest/model.safetensors"));
}

} // namespace
