// Differences of fourth order, (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h: with h = 1e-3 both what
// is cut off and what is rounded stay near 1e-12 of the function. The same values give those of one
// side, of second order: (4 f(h) - f(2h) - 3 f(0)) / 2h.
#include "Training/Derivative.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace weft::rt;

namespace {

/// By tens from the largest: with 1e-3 the last is 1e-6, where rounding is still 1e-10 of the
/// function.
constexpr int numSteps = 4;

struct Differences {
  double both, left, right;

  Differences() = default;
  Differences(const std::function<double(double)> &at, double here, double h) {
    double after = at(h), before = at(-h), farAfter = at(2 * h), farBefore = at(-2 * h);
    both = (8 * (after - before) - (farAfter - farBefore)) / (12 * h);
    right = (4 * after - farAfter - 3 * here) / (2 * h);
    left = (3 * here - 4 * before + farBefore) / (2 * h);
  }
};

using Tried = std::array<Differences, numSteps>;

/// Where two steps in a row agree best, the smaller one's, and by how much they disagree.
struct Limit {
  double value = 0, doubt = INFINITY;

  Limit(const Tried &tried, double Differences::*which) {
    for (int i = 0; i + 1 < numSteps; ++i) {
      double now = std::abs(tried[i].*which - tried[i + 1].*which);
      if (now < doubt) {
        value = tried[i + 1].*which;
        doubt = now;
      }
    }
  }
};

/// Whether there is a kink at the point, or nearer to it than the smallest step, that explains the
/// claim: it is the slope of a side that has one, or lies between two that differ by far more than
/// they are in doubt.
bool isExplainedByKink(double claim, const Tried &tried, double allowed) {
  Limit left(tried, &Differences::left), right(tried, &Differences::right);
  double doubt = left.doubt + right.doubt;
  bool isSmooth = std::abs(left.value - right.value) <= std::max(allowed, 10 * doubt);
  if (isSmooth)
    return false;
  for (const Limit &side : {left, right})
    if (side.doubt <= allowed && std::abs(claim - side.value) <= allowed)
      return true;
  auto [low, high] = std::minmax(left.value, right.value);
  return doubt <= allowed && claim >= low && claim <= high;
}

} // namespace

Verdict weft::rt::judgeDerivative(double claim, const std::function<double(double)> &at,
                                  double here, double step, double allowed) {
  Tried tried;
  for (int i = 0; i < numSteps; ++i, step /= 10) {
    tried[i] = Differences(at, here, step);
    double error = std::abs(claim - tried[i].both);
    if (error <= allowed)
      return {tried[i].both, error, i > 0};
  }
  if (isExplainedByKink(claim, tried, allowed))
    return {tried.back().both, 0, true};
  Limit found(tried, &Differences::both);
  bool isNumber = std::isfinite(found.doubt) && std::isfinite(claim);
  return {found.value, isNumber ? std::abs(claim - found.value) : INFINITY, false};
}
