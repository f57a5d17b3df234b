#include "Training/NotFinite.h"

#include "Support/DType.h"

#include <cmath>

using namespace weft::rt;

namespace {

struct Found {
  int64_t element = -1; // none
  double value = 0;
};

Found find(const WeftState &tensor, const StateBlock &state) {
  Found found;
  state.read(tensor.offset, tensor.bytes, [&](const char *data, uint64_t at, uint64_t bytes) {
    uint64_t first = elementsIn(tensor.dtype, at), count = elementsIn(tensor.dtype, bytes);
    for (uint64_t i = 0; i < count && found.element < 0; ++i)
      if (double value = loadReal(data, tensor.dtype, static_cast<int64_t>(i));
          !std::isfinite(value))
        found = {static_cast<int64_t>(first + i), value};
  });
  return found;
}

} // namespace

std::string weft::rt::whatIsNotFinite(const WeftModule &module, const StateBlock &state,
                                      WeftRole role) {
  std::string kind = textOf<WeftRole>(role);
  for (int64_t i = 0; i < module.num_states; ++i) {
    const WeftState &tensor = module.states[i];
    Found found = tensor.role == role ? find(tensor, state) : Found();
    if (found.element < 0)
      continue;
    char place[64];
    snprintf(place, sizeof(place), "%g at element %lld", found.value,
             static_cast<long long>(found.element));
    return kind + " '" + tensor.logical + "' is " + place;
  }
  return "all " + kind + "s are finite: look at the data, and at what the text computes";
}
