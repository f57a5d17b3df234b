// The learning rate of each step.
#ifndef WEFT_RT_COMMANDLINE_SCHEDULE_H
#define WEFT_RT_COMMANDLINE_SCHEDULE_H

#include <cmath>
#include <cstdint>
#include <numbers>

namespace weft::rt {

enum class ScheduleKind { Constant, Linear, Cosine };

/// The names of `--schedule`, in the order of ScheduleKind.
inline constexpr const char *scheduleNames[] = {"constant", "linear", "cosine"};

/// Rises linearly to `peak` over the first `warmup` steps, then stays, or falls to `least` at the
/// last step, in a line or in half a cosine.
struct Schedule {
  ScheduleKind kind = ScheduleKind::Constant;
  double peak = 0;
  double least = 0;
  int64_t warmup = 0;
  int64_t steps = 1;

  /// `step` counts from 1.
  double at(int64_t step) const {
    if (step <= warmup)
      return peak * static_cast<double>(step) / static_cast<double>(warmup);
    if (kind == ScheduleKind::Constant)
      return peak;
    double done = static_cast<double>(step - warmup) / static_cast<double>(steps - warmup);
    double left =
        kind == ScheduleKind::Linear ? 1 - done : 0.5 * (1 + std::cos(std::numbers::pi * done));
    return least + (peak - least) * left;
  }
};

} // namespace weft::rt

#endif // WEFT_RT_COMMANDLINE_SCHEDULE_H
