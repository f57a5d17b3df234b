// The progress line, on a terminal and elsewhere.
#include "Metrics/Console.h"
#include "TestSupport.h"

#include <algorithm>
#include <pty.h>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

StepReport report(int64_t step) {
  StepReport report;
  report.step = step;
  report.steps = 1000;
  report.loss = 4.25;
  report.learningRate = 3e-4;
  report.gradientNorm = 1.5;
  report.tokensPerSecond = 12345;
  report.milliseconds = 20.5;
  report.secondsLeft = 3725;
  return report;
}

/// What a console shows on a terminal of so many columns.
std::string onTerminal(unsigned short columns, const StepReport &shown) {
  int host = -1, terminal = -1;
  winsize size = {24, columns, 0, 0};
  EXPECT_EQ(openpty(&host, &terminal, nullptr, nullptr, &size), 0);
  Console console(terminal);
  console.show(shown);
  char text[1024];
  ssize_t length = read(host, text, sizeof(text));
  close(host);
  close(terminal);
  return {text, static_cast<size_t>(std::max<ssize_t>(length, 0))};
}

TEST(Console, ShowsOneLineAStepElsewhere) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  Console console(ends[1]);
  StepReport evaluated = report(7);
  const ValidationLoss losses[] = {{"", 3.5}, {"long", 4.25}};
  evaluated.validation = losses;
  console.show(evaluated);
  console.finish();
  char text[512] = {};
  ASSERT_GT(read(ends[0], text, sizeof(text) - 1), 0);
  EXPECT_STREQ(text, "step 7/1000  loss 4.2500  lr 0.0003  grad norm 1.500  12345 tokens/s  20.5 ms"
                     "  val loss 3.5000  val loss long 4.2500\n");
  close(ends[0]);
  close(ends[1]);
}

TEST(Console, ShowsABarThatFitsTheTerminal) {
  std::string wide = onTerminal(160, report(500));
  EXPECT_EQ(wide,
            "\r[============>           ] step 500/1000  loss 4.2500  lr 0.0003  grad norm 1.500  "
            "12345 tokens/s  left 1:02:05\x1b[K");
  for (unsigned short columns : {100, 80, 40}) {
    std::string line = onTerminal(columns, report(500));
    EXPECT_LT(line.size(), columns + std::string("\r\x1b[K").size()) << columns;
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
}

} // namespace
