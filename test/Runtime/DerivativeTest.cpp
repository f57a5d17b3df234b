// Right and wrong derivatives of functions that are smooth, bend sharply, or have kinks.
#include "Training/Derivative.h"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

using namespace weft::rt;

namespace {

constexpr double allowed = 1e-6;

Verdict judge(double claim, const std::function<double(double)> &f, double step = 1e-3) {
  return judgeDerivative(claim, f, f(0), step, allowed);
}

double smooth(double x) { return 100 + std::sin(3 * x + 1) + x * x; }
const double slope = 3 * std::cos(1.0);

/// `smooth`, whose slope grows by `jump` at `kink`.
std::function<double(double)> kinked(double kink, double jump) {
  return [=](double x) {
    return smooth(x) + jump * std::max(0.0, x - kink) - jump * std::max(0.0, -kink);
  };
}

TEST(Derivative, OfASmoothFunction) {
  Verdict right = judge(slope, smooth);
  EXPECT_LE(right.error, 1e-9);
  EXPECT_FALSE(right.isNearKink);
  for (double wrong : {slope * 1.001, slope + 3e-6, -slope, 0.0, double(NAN), double(INFINITY)}) {
    EXPECT_GT(judge(wrong, smooth).error, allowed) << wrong;
    EXPECT_FALSE(judge(wrong, smooth).isNearKink);
  }
}

TEST(Derivative, NearAKinkIsFoundBySmallerStepsOrFromOneSide) {
  for (double jump : {0.5, -2.0, 40.0})
    for (double kink : {1.5e-3, 5e-4, 1e-4, 3e-5, 5e-6, 1.5e-6, 1e-6, 3e-7, 1e-8})
      for (double side : {kink, -kink}) {
        double right = side < 0 ? slope + jump : slope;
        Verdict verdict = judge(right, kinked(side, jump));
        EXPECT_LE(verdict.error, allowed) << side << " " << jump;
        EXPECT_TRUE(verdict.isNearKink) << side << " " << jump;
        // Where a step is small enough, or a side without a kink, a wrong one does not hide there.
        for (double wrong :
             {right * 1.01 + 0.01, right + 2 * jump, right - jump, right + 1e-4 * jump}) {
          EXPECT_GT(judge(wrong, kinked(side, jump)).error, allowed)
              << side << " " << jump << " " << wrong;
        }
      }
}

TEST(Derivative, AtAKinkIsASubgradient) {
  auto f = kinked(0, 2);
  for (double subgradient : {slope, slope + 2, slope + 1, slope + 0.01}) {
    EXPECT_EQ(judge(subgradient, f).error,
              subgradient == slope + 1 ? judge(subgradient, f).error : 0);
    EXPECT_LE(judge(subgradient, f).error, allowed);
  }
  for (double wrong : {slope - 0.01, slope + 2.01, slope + 1e5}) {
    EXPECT_GT(judge(wrong, f).error, allowed) << wrong;
  }
}

TEST(Derivative, OfASharpBendNeedsASmallerStep) {
  auto bend = [](double x) { return std::sin(2000 * x); };
  EXPECT_LE(judgeDerivative(2000, bend, 0, 1e-3, 2000 * 1e-6).error, 2000 * 1e-6);
  EXPECT_GT(judgeDerivative(2002, bend, 0, 1e-3, 2000 * 1e-6).error, 1);
}

TEST(Derivative, BetweenKinksNeedsTheUsersStep) {
  auto f = [](double x) { return std::max(0.0, x - 1e-7) + 3 * std::max(0.0, -x - 2e-7); };
  EXPECT_GT(judge(0, f).error, allowed) << "unknown is an error";
  EXPECT_LE(judge(0, f, 5e-5).error, allowed);
  EXPECT_GT(judge(0.001, f, 5e-5).error, allowed);
}

TEST(Derivative, OfWhatIsNoNumberIsWrong) {
  EXPECT_EQ(judge(0, [](double x) { return x == 0 ? 0 : NAN; }).error, INFINITY);
}

} // namespace
