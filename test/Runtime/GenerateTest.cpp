// The choice of the next token.
#include "TestSupport.h"
#include "Training/Generate.h"

#include <cmath>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

TEST(Generate, TakesTheMostLikelyToken) {
  EXPECT_EQ(chooseToken({0, 3, -1, 2}, Sampling{}, 0), 1);
  // Of equals the lower one, however likely the others.
  EXPECT_EQ(chooseToken({-INFINITY, 2, 2, 2}, Sampling{}, 0), 1);
  EXPECT_EQ(chooseToken({0, 3, -1, 2}, Sampling{5, 1, 7}, 0), 1) << "top-k of 1";
}

TEST(Generate, DrawsByTheDistribution) {
  const std::vector<double> logits = {std::log(0.5), std::log(0.125), -INFINITY, std::log(0.375)};
  auto frequencies = [&](Sampling sampling) {
    std::vector<double> found(logits.size());
    for (uint64_t position = 0; position < 20000; ++position)
      found[static_cast<size_t>(chooseToken(logits, sampling, position))] += 1.0 / 20000;
    return found;
  };
  std::vector<double> all = frequencies({1, 0, 3});
  EXPECT_NEAR(all[0], 0.5, 0.02);
  EXPECT_NEAR(all[1], 0.125, 0.02);
  EXPECT_EQ(all[2], 0);
  EXPECT_NEAR(all[3], 0.375, 0.02);
  std::vector<double> two = frequencies({1, 2, 3});
  EXPECT_EQ(two[1], 0);
  EXPECT_NEAR(two[0], 0.5 / 0.875, 0.02);
  // A temperature of 1/2 squares what is likely.
  std::vector<double> cold = frequencies({0.5, 2, 3});
  EXPECT_NEAR(cold[0], 0.25 / (0.25 + 0.140625), 0.02);
}

TEST(Generate, IsAFunctionOfSeedAndPosition) {
  const std::vector<double> logits(64, 0.0);
  int sameSeed = 0, sameNext = 0;
  for (uint64_t position = 0; position < 256; ++position) {
    int32_t token = chooseToken(logits, {1, 0, 1}, position);
    EXPECT_EQ(token, chooseToken(logits, {1, 0, 1}, position));
    sameSeed += token == chooseToken(logits, {1, 0, 2}, position);
    sameNext += token == chooseToken(logits, {1, 0, 1}, position + 1);
  }
  EXPECT_LT(sameSeed, 20);
  EXPECT_LT(sameNext, 20);
}

TEST(Generate, RefusesWhatIsNoDistribution) {
  for (double bad : {double(NAN), double(INFINITY)})
    EXPECT_NE(errorOf([&] { chooseToken({0, bad}, Sampling{}, 5); }).find("at position 5"),
              std::string::npos);
}

} // namespace
