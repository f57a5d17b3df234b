// What becomes of a run that cannot write: its log, its progress, its checkpoints.
#include "Trial.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::test;
using nlohmann::json;

namespace {

/// Files cannot grow beyond this many bytes: stands for a full disk.
std::function<void()> fullDisk(rlim_t bytes) {
  return [bytes] {
    rlimit limit = {bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
}

TEST(Output, AFullDiskLeavesTheOldCheckpoint) {
  Trial run;
  std::vector<std::string> flags = {"--checkpoint-dir", run.checkpoint, "--resume"};
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags, "2")).code, 0);
  std::string model = readFile(run.checkpoint + "/latest/model.safetensors");
  std::string optimizer = readFile(run.checkpoint + "/latest/optimizer.safetensors");
  // Room for neither file, and room for the first but not for the second.
  for (rlim_t bytes : {rlim_t(20000), rlim_t(model.size() + 8)}) {
    Outcome outcome = runProcess(run.command(FAKE_F32, flags, "3"), {}, fullDisk(bytes));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_TRUE(contains(outcome.err, ".safetensors': File too large")) << outcome.err;
    EXPECT_EQ(readFile(run.checkpoint + "/latest/model.safetensors"), model);
    EXPECT_EQ(readFile(run.checkpoint + "/latest/optimizer.safetensors"), optimizer);
    EXPECT_EQ(filesIn(run.checkpoint), (std::set<std::string>{"latest", "step-000002"}));
  }
}

TEST(Output, ALogThatCannotBeWrittenCostsTheLog) {
  Trial run;
  Outcome outcome = runProcess(
      run.command(FAKE_F32, {"--log", "/dev/full", "--checkpoint-dir", run.checkpoint}, "5"));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "warning: cannot write '/dev/full': No space left on device; the run goes "
                         "on without this log\n");
  EXPECT_TRUE(exists(run.checkpoint + "/step-000005/run.json"));
}

// The disk fills up in the middle of a line. Later, with room, the run goes on, and so does the
// log.
TEST(Output, ALogThatWasGivenUpIsGoneOnFrom) {
  Trial run;
  // Room for a checkpoint and for some lines.
  constexpr rlim_t room = 200000;
  std::string filler(room - 500, ' ');
  std::vector<std::string> flags = {"--log", run.log, "--checkpoint-dir", run.checkpoint,
                                    "--resume"};
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags, "1")).code, 0);
  std::string first = readFile(run.log);
  writeFile(run.log, first.substr(0, first.size() - 2) + filler + "}\n");
  Outcome full = runProcess(run.command(FAKE_F32, flags, "9"), {}, fullDisk(room));
  ASSERT_EQ(full.code, 0) << full.err;
  EXPECT_TRUE(contains(full.err, "File too large; the run goes on without this log")) << full.err;
  size_t whole = run.logged().size();
  EXPECT_GT(whole, 1u);
  EXPECT_LT(whole, 9u);
  EXPECT_EQ(readFile(run.log).back(), '\n') << "half a line was left";
  Outcome again = runProcess(run.command(FAKE_F32, flags, "11"));
  ASSERT_EQ(again.code, 0) << again.err;
  std::vector<json> lines = run.logged();
  ASSERT_EQ(lines.size(), whole + 2);
  EXPECT_EQ(lines[whole].at("step"), 10);
  EXPECT_EQ(lines.back().at("step"), 11);
  EXPECT_EQ(runProcess(run.command(FAKE_F32, flags, "12")).code, 0);
  EXPECT_EQ(run.logged().size(), whole + 3);
}

/// Runs a command with its standard output as `open` makes it.
Outcome runInto(const std::vector<std::string> &command, const std::function<void()> &open) {
  return runProcess(command, {}, open);
}

void intoFullDevice() {
  close(STDOUT_FILENO);
  open("/dev/full", O_WRONLY);
}

/// `./train | head -1`, of which the head is gone.
void intoBrokenPipe() {
  int ends[2];
  if (pipe(ends) != 0)
    _exit(99);
  close(ends[0]);
  dup2(ends[1], STDOUT_FILENO);
  signal(SIGPIPE, SIG_DFL);
}

TEST(Output, AReaderThatIsGoneCostsTheProgress) {
  std::pair<void (*)(), const char *> cases[] = {{intoFullDevice, "No space left on device"},
                                                 {intoBrokenPipe, "Broken pipe"}};
  for (auto &[open, why] : cases) {
    Trial run;
    std::vector<std::string> flags = {"--log", run.log, "--checkpoint-dir", run.checkpoint,
                                      "--resume"};
    Outcome outcome = runInto(run.command(FAKE_F32, flags), open);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, std::string("warning: cannot write to the standard output: ") + why +
                               "; the run goes on without it\n");
    EXPECT_EQ(run.logged().size(), 30u);
    EXPECT_TRUE(exists(run.checkpoint + "/step-000030/run.json"));
  }
}

// A disk that takes what is written and cannot keep it. What was there before stays, whatever
// --keep says.
TEST(Output, ASyncThatFails) {
  Trial run;
  std::vector<std::string> flags = {
      "--log", run.log, "--checkpoint-dir", run.checkpoint, "--resume", "--keep", "1"};
  auto train = [&](const char *steps, const std::string &broken) {
    return runProcess(
        run.command(FAKE_F32, flags, steps),
        {std::string("LD_PRELOAD=") + DURABILITY_HOOK, "WEFT_TEST_NO_SYNC=" + broken});
  };
  Outcome log = train("2", "log.jsonl");
  EXPECT_EQ(log.code, 0);
  EXPECT_EQ(log.err, "warning: cannot write '" + run.log +
                         "': Input/output error; the run goes on without this log\n");
  for (const char *broken : {"model.safetensors", "run.json", ".step-000003.tmp"}) {
    Outcome outcome = train("3", broken);
    EXPECT_EQ(outcome.code, 1) << broken;
    EXPECT_TRUE(contains(outcome.err, "Input/output error")) << outcome.err;
    EXPECT_EQ(filesIn(run.checkpoint), (std::set<std::string>{"latest", "step-000002"})) << broken;
  }
  // Whether the name of the new one is on the disk is not known: both stay.
  EXPECT_EQ(train("3", "/checkpoint").code, 1);
  EXPECT_EQ(filesIn(run.checkpoint),
            (std::set<std::string>{"latest", "step-000002", "step-000003"}));
  EXPECT_EQ(train("4", "none").code, 0);
  EXPECT_EQ(filesIn(run.checkpoint), (std::set<std::string>{"latest", "step-000004"}));
}

// What a run only prints is lost with its output: that is a fault.
TEST(Output, AResultThatCannotBePrintedIsAFault) {
  Trial run;
  ASSERT_EQ(runProcess(run.command(FAKE_F64, {"--checkpoint-dir", run.checkpoint}, "1")).code, 0);
  std::string from = run.checkpoint + "/latest";
  for (auto open : {intoFullDevice, intoBrokenPipe}) {
    Outcome evaluated = runInto({FAKE_F64, "--val-data", run.text, "--init-from", from}, open);
    EXPECT_EQ(evaluated.code, 1);
    EXPECT_TRUE(contains(evaluated.err, "error: cannot write the losses to the standard output"))
        << evaluated.err;
    Outcome checked =
        runInto(run.command(FAKE_F64, {"--check-gradients", "--check-samples", "2"}, ""), open);
    EXPECT_EQ(checked.code, 1);
    Outcome described = runInto({FAKE_F64, "--describe"}, open);
    EXPECT_EQ(described.code, 2);
    for (const Outcome &each : {checked, described})
      EXPECT_TRUE(contains(each.err, "error: cannot write to the standard output: ")) << each.err;
  }
}

// No file of the run gets the number of a stream that is closed, and with it the lines that are for
// people.
TEST(Output, ClosedStreamsAreNoFiles) {
  Trial run, other;
  other.text = run.text;
  auto flags = [](const Trial &trial) {
    return std::vector<std::string>{"--log", trial.log, "--checkpoint-dir", trial.checkpoint};
  };
  ASSERT_EQ(runProcess(run.command(FAKE_F32, flags(run), "3"), {},
                       [] {
                         for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
                           close(stream);
                       })
                .code,
            0);
  ASSERT_EQ(runProcess(other.command(FAKE_F32, flags(other), "3")).code, 0);
  EXPECT_EQ(run.logged().size(), 3u);
  for (const char *name : {"model.safetensors", "optimizer.safetensors", "run.json"})
    EXPECT_EQ(readFile(run.checkpoint + "/latest/" + name),
              readFile(other.checkpoint + "/latest/" + name))
        << name;
}

} // namespace
