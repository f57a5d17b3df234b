// Fills state tensors. One Philox block gives the elements 2i and 2i + 1, by Box-Muller in double
// for normal values, so an element is a function of (seed, key, element index) alone.
#include "Device/CPU/Initialize.h"
#include "Device/CPU/Philox.h"
#include "Device/CPU/Runtime.h"
#include "Device/Commands.h"
#include "Support/DType.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

using namespace weft::rt;

namespace {

std::array<double, 2> drawPair(const WeftInit &init, uint64_t seed, int64_t pair) {
  std::array<uint64_t, 2> bits = draw(seed, init.key, static_cast<uint64_t>(pair));
  double first = toUnit(bits[0]), second = toUnit(bits[1]);
  if (init.kind == WEFT_INIT_UNIFORM)
    return {init.value * (2 * first - 1), init.value * (2 * second - 1)};
  double radius = init.value * std::sqrt(-2 * std::log(1 - first)); // 1 - first is never 0
  double angle = 2 * std::numbers::pi * second;
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

/// What all elements are; nothing where they are drawn.
std::optional<double> constantOf(const WeftInit &init) {
  switch (asEnum<WeftInitKind>(init.kind)) {
  case WEFT_INIT_ZEROS:
    return 0;
  case WEFT_INIT_ONES:
    return 1;
  case WEFT_INIT_CONSTANT:
    return init.value;
  case WEFT_INIT_NORMAL:
  case WEFT_INIT_UNIFORM:
    return std::nullopt;
  }
  __builtin_unreachable();
}

template <typename T> T rounded(double value) {
  if constexpr (requires { T::from(value); })
    return T::from(value);
  else
    return static_cast<T>(value);
}

template <typename T>
void fillElements(const WeftInit &init, uint64_t seed, T *data, int64_t begin, int64_t end,
                  int threads) {
  std::optional<double> value = constantOf(init);
  bool random = !value;
  T constant = rounded<T>(value.value_or(0));
#pragma omp parallel for num_threads(threads) schedule(static)
  for (int64_t pair = begin / 2; pair < (end + 1) / 2; ++pair) {
    std::array<double, 2> values = {0, 0};
    if (random)
      values = drawPair(init, seed, pair);
    for (int64_t i = std::max(2 * pair, begin); i < std::min(2 * pair + 2, end); ++i)
      data[i - begin] = random ? rounded<T>(values[static_cast<size_t>(i & 1)]) : constant;
  }
}

void fillAsInit(const WeftState &state, uint64_t seed, char *data, int64_t begin, int64_t end,
                int threads) {
  withType(state.dtype, [&]<typename T>(T *) {
    fillElements(state.init, seed, reinterpret_cast<T *>(data), begin, end, threads);
  });
}

/// As much of the row that starts as zeros as lies in [begin, end).
void fillZeroRow(const WeftState &state, char *data, int64_t begin, int64_t end) {
  int64_t size = elementCount(state.dims + 1, state.rank - 1);
  int64_t first = std::max(state.init.zero_row * size, begin);
  int64_t last = std::min((state.init.zero_row + 1) * size, end);
  if (first < last)
    std::memset(data + byteSize(state.dtype, first - begin), 0,
                static_cast<size_t>(byteSize(state.dtype, last - first)));
}

} // namespace

void weft::rt::fill(const WeftState &state, uint64_t seed, char *data, int64_t begin, int64_t end,
                    int threads) {
  fillAsInit(state, seed, data, begin, end, threads);
  if (state.init.has_zero_row)
    fillZeroRow(state, data, begin, end);
}

void weft_rt_initialize(WeftContext *context, const WeftState *state) {
  const Runtime &runtime = runtimeOf(context);
  if (runtime.commands)
    return runtime.commands->initialize(*state);
  fill(*state, context->step->seed, context->state + state->offset, 0,
       elementCount(state->dims, state->rank), runtime.threads);
}
