// Whether a number is the derivative of a function of one variable, by finite differences.
#ifndef WEFT_RT_TRAINING_DERIVATIVE_H
#define WEFT_RT_TRAINING_DERIVATIVE_H

#include <functional>

namespace weft::rt {

struct Verdict {
  double difference = 0; // what the claim was held against
  double error = 0;      // |claim - difference|; 0 for a subgradient at a kink
  bool isNearKink = false;
};

/// `at(x)`: the function, x from the point; `here`: at(0); `step`: the largest step; `allowed`: the
/// largest error that is accepted. Smaller steps are tried only where the largest does not bear the
/// claim out: it may cross a kink. What every step contradicts stays an error, unless the one-sided
/// differences show that the point lies at a kink and the claim is one side's, or between the two.
Verdict judgeDerivative(double claim, const std::function<double(double)> &at, double here,
                        double step, double allowed);

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_DERIVATIVE_H
