// A tiny model written by hand in the shape that the compiler emits: a bigram model with a hidden
// layer, h = embedding[token], logits = h head^T, cross entropy, plain gradient descent with
// momentum. Linked with the runtime it is a training executable for the tests.
//
// FAKE_REAL is its element type. FAKE_ALLOCATES makes one kernel allocate on purpose, FAKE_WRONG
// makes one gradient wrong by a thousandth, FAKE_HUGE plans more memory than any machine has,
// FAKE_UNKNOWN has metrics of a type that the runtime does not know.
#include "weft-rt/ABI.h"

#include <cmath>
#include <cstdlib>
#include <type_traits>

namespace {

using Real = FAKE_REAL;
constexpr bool isFloat = std::is_same_v<Real, float>;
constexpr int32_t realType = isFloat ? WEFT_F32 : WEFT_F64;

constexpr int64_t sequences = 4, length = 24, vocabulary = 256, width = 64;
constexpr int64_t rows = sequences * length;
constexpr int64_t ignored = -100;

constexpr uint64_t place(uint64_t bytes) { return (bytes + 63) / 64 * 64; }
constexpr uint64_t tableBytes = vocabulary * width * sizeof(Real);

// State: embedding, head, their gradients, their momenta, five metrics.
constexpr uint64_t at(int tensor) { return static_cast<uint64_t>(tensor) * place(tableBytes); }
constexpr uint64_t metricAt(int metric) { return at(6) + static_cast<uint64_t>(metric) * 64; }
constexpr uint64_t stateBytes = metricAt(5);
// Arena: hidden [rows, width], logits [rows, vocabulary], gradient of hidden.
constexpr uint64_t hiddenAt = 0;
constexpr uint64_t logitsAt = place(rows * width * sizeof(Real));
constexpr uint64_t hiddenGradientAt = logitsAt + place(rows * vocabulary * sizeof(Real));
[[maybe_unused]] constexpr uint64_t arenaBytes =
    hiddenGradientAt + place(rows * width * sizeof(Real));
constexpr uint64_t inputBytes = 2 * place(rows * sizeof(int32_t));

const int64_t tableDims[] = {vocabulary, width};
const int64_t inputDims[] = {sequences, length};

constexpr WeftInit normal(uint64_t key) { return {WEFT_INIT_NORMAL, 0, 0.5, key, 0}; }
constexpr WeftInit zeros = {WEFT_INIT_ZEROS, 0, 0, 0, 0};

constexpr WeftState table(const char *name, const char *logical, int32_t role, int tensor,
                          WeftInit init) {
  return {name, logical, role, realType, 2, tableDims, at(tensor), tableBytes, init, 0, nullptr};
}
#ifdef FAKE_UNKNOWN
constexpr int32_t metricType = 77; // no runtime has it
#else
constexpr int32_t metricType = realType;
#endif
constexpr WeftState metric(const char *name, int32_t role, int index) {
  return {name, "", role, metricType, 0, nullptr, metricAt(index), sizeof(Real), zeros, 0, nullptr};
}

const WeftState states[] = {table("wte.weight", "wte.weight", WEFT_PARAMETER, 0, normal(0)),
                            table("head.weight", "head.weight", WEFT_PARAMETER, 1, normal(1)),
                            table("wte.weight.gradient", "wte.weight", WEFT_GRADIENT, 2, zeros),
                            table("head.weight.gradient", "head.weight", WEFT_GRADIENT, 3, zeros),
                            table("wte.weight.momentum", "wte.weight", WEFT_OPTIMIZER, 4, zeros),
                            table("head.weight.momentum", "head.weight", WEFT_OPTIMIZER, 5, zeros),
                            metric("loss_sum", WEFT_LOSS_SUM, 0),
                            metric("loss_weight", WEFT_LOSS_WEIGHT, 1),
                            metric("eval_sum", WEFT_EVAL_SUM, 2),
                            metric("eval_weight", WEFT_EVAL_WEIGHT, 3),
                            metric("gradient_norm", WEFT_GRADIENT_NORM, 4)};

const WeftInput inputs[] = {
    {"tokens", WEFT_I32, 0, 2, inputDims, 0, rows * sizeof(int32_t), vocabulary, 0, 0},
    {"targets", WEFT_I32, 0, 2, inputDims, place(rows * sizeof(int32_t)), rows * sizeof(int32_t),
     vocabulary, ignored, 1}};

Real *real(char *base, uint64_t offset) { return reinterpret_cast<Real *>(base + offset); }

/// hidden[row] = embedding[token]
void gather(void *const *args, int64_t begin, int64_t end) {
  auto *tokens = static_cast<const int32_t *>(args[0]);
  auto *embedding = static_cast<const Real *>(args[1]);
  auto *hidden = static_cast<Real *>(args[2]);
  for (int64_t i = begin; i < end; ++i)
    for (int64_t d = 0; d < width; ++d)
      hidden[i * width + d] = embedding[tokens[i] * width + d];
}

/// Adds the losses in args[2..3] and turns logits into their gradients. One grid point: the sum
/// keeps its order.
void crossEntropy(void *const *args, int64_t, int64_t) {
  auto *targets = static_cast<const int32_t *>(args[0]);
  auto *logits = static_cast<Real *>(args[1]);
  Real sum = 0, weight = 0;
  for (int64_t i = 0; i < rows; ++i) {
    Real *row = logits + i * vocabulary;
    Real most = row[0], total = 0;
    for (int64_t v = 1; v < vocabulary; ++v)
      most = std::fmax(most, row[v]);
    for (int64_t v = 0; v < vocabulary; ++v)
      total += std::exp(row[v] - most);
    bool counts = targets[i] != ignored;
    if (counts) {
      sum += most + std::log(total) - row[targets[i]];
      weight += 1;
    }
    for (int64_t v = 0; v < vocabulary; ++v)
      row[v] = counts ? std::exp(row[v] - most) / total - (v == targets[i] ? 1 : 0) : 0;
  }
  *static_cast<Real *>(args[2]) += sum;
  *static_cast<Real *>(args[3]) += weight;
}

#ifdef FAKE_WRONG
constexpr Real scatterScale = Real(1.001);
#else
constexpr Real scatterScale = 1;
#endif

/// gradient[token] += hiddenGradient[row]: a column of the table each, so columns can be shared
/// out.
void scatter(void *const *args, int64_t begin, int64_t end) {
  auto *tokens = static_cast<const int32_t *>(args[0]);
  auto *hiddenGradient = static_cast<const Real *>(args[1]);
  auto *gradient = static_cast<Real *>(args[2]);
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t d = begin; d < end; ++d)
      gradient[tokens[i] * width + d] += scatterScale * hiddenGradient[i * width + d];
#ifdef FAKE_ALLOCATES
  void *volatile kept = malloc(1000); // volatile: the pair would be optimised away
  free(kept);
#endif
}

/// momentum = 0.9 momentum + g / weight, parameter -= lr momentum; and the norm of g / weight.
void update(void *const *args, int64_t, int64_t) {
  auto *step = static_cast<const WeftStep *>(args[0]);
  char *state = static_cast<char *>(args[1]);
  Real weight = *real(state, metricAt(1)), squares = 0;
  for (int64_t t = 0; t < 2; ++t) {
    Real *parameter = real(state, at(static_cast<int>(t)));
    Real *gradient = real(state, at(static_cast<int>(t) + 2));
    Real *momentum = real(state, at(static_cast<int>(t) + 4));
    for (int64_t i = 0; i < vocabulary * width; ++i) {
      Real mean = gradient[i] / weight;
      squares += mean * mean;
      momentum[i] = Real(0.9) * momentum[i] + mean;
      parameter[i] -= static_cast<Real>(step->learning_rate) * momentum[i];
    }
  }
  *real(state, metricAt(4)) = std::sqrt(squares);
}

const WeftKernel gatherKernel = {"gather", gather}, lossKernel = {"cross_entropy", crossEntropy},
                 scatterKernel = {"scatter", scatter}, updateKernel = {"update", update};
const WeftLaunch gatherLaunch = {&gatherKernel, "wte", "forward", rows};
const WeftLaunch lossLaunch = {&lossKernel, "loss", "forward", 1};
const WeftLaunch scatterLaunch = {&scatterKernel, "wte", "backward", width};
const WeftLaunch updateLaunch = {&updateKernel, "", "update", 1};

constexpr int32_t library = isFloat ? WEFT_ONEDNN : WEFT_OPENBLAS;
const WeftMatmul logitsProduct = {"head", "forward", realType, library,    WEFT_OVERWRITE,
                                  0,      1,         0,        rows,       vocabulary,
                                  width,  width,     width,    vocabulary, 32,
                                  64,     {},        {},       {},         {},
                                  0,      0};
const WeftMatmul hiddenProduct = {"head",     "backward", realType, library, WEFT_OVERWRITE,
                                  0,          0,          0,        rows,    width,
                                  vocabulary, vocabulary, width,    width,   32,
                                  64,         {},         {},       {},      {},
                                  0,          0};
const WeftMatmul headProduct = {"head", "backward", realType, library,    WEFT_ADD_BY_STEP,
                                1,      0,          0,        vocabulary, width,
                                rows,   vocabulary, width,    width,      64,
                                64,     {},         {},       {},         {},
                                0,      0};

void initialize(WeftContext *context) {
  for (const WeftState &state : states)
    weft_rt_initialize(context, &state);
}

void clear(WeftContext *context, uint64_t offset, int64_t count) {
  Real *values = real(context->state, offset);
  for (int64_t i = 0; context->step->accumulate == 0 && i < count; ++i)
    values[i] = 0;
}

void forward(WeftContext *context, int sumMetric) {
  clear(context, metricAt(sumMetric), 1);
  clear(context, metricAt(sumMetric + 1), 1);
  Real *hidden = real(context->arena, hiddenAt), *logits = real(context->arena, logitsAt);
  void *gatherArgs[] = {context->input, context->state + at(0), hidden};
  weft_rt_launch(context, &gatherLaunch, gatherArgs);
  weft_rt_matmul(context, &logitsProduct, hidden, context->state + at(1), logits);
  void *lossArgs[] = {context->input + inputs[1].offset, logits,
                      context->state + metricAt(sumMetric),
                      context->state + metricAt(sumMetric + 1)};
  weft_rt_launch(context, &lossLaunch, lossArgs);
}

void microStep(WeftContext *context) {
  forward(context, 0);
  Real *hidden = real(context->arena, hiddenAt), *logits = real(context->arena, logitsAt);
  Real *hiddenGradient = real(context->arena, hiddenGradientAt);
  weft_rt_matmul(context, &headProduct, logits, hidden, context->state + at(3));
  weft_rt_matmul(context, &hiddenProduct, logits, context->state + at(1), hiddenGradient);
  clear(context, at(2), vocabulary * width);
  void *scatterArgs[] = {context->input, hiddenGradient, context->state + at(2)};
  weft_rt_launch(context, &scatterLaunch, scatterArgs);
}

void apply(WeftContext *context) {
  void *args[] = {context->step, context->state};
  weft_rt_launch(context, &updateLaunch, args);
}

void evaluate(WeftContext *context) { forward(context, 2); }

const WeftProgram programs[] = {
    {"init", initialize}, {"micro_step", microStep}, {"apply", apply}, {"eval", evaluate}};

#ifdef FAKE_HUGE
constexpr uint64_t plannedArena = uint64_t(1) << 50;
#else
constexpr uint64_t plannedArena = arenaBytes;
#endif

const WeftEntry entries[] = {{&weft_module,
                              "loss",
                              "loss",
                              WEFT_ENTRY_TRAIN,
                              {&programs[1], &programs[2]},
                              {&states[6], &states[7], &states[10]},
                              2,
                              inputs,
                              sequences,
                              rows,
                              0},
                             {&weft_module,
                              "loss",
                              "loss",
                              WEFT_ENTRY_EVAL,
                              {&programs[3], nullptr},
                              {&states[8], &states[9], nullptr},
                              2,
                              inputs,
                              sequences,
                              rows,
                              0}};

} // namespace

extern "C" const WeftModule weft_module = {WEFT_ABI_VERSION,
                                           0,
                                           "fake",
                                           "no compiler",
                                           0,
                                           stateBytes,
                                           plannedArena,
                                           inputBytes,
                                           sizeof(WeftStep),
                                           stateBytes + plannedArena + inputBytes +
                                               sizeof(WeftStep),
                                           sizeof(states) / sizeof(states[0]),
                                           states,
                                           4,
                                           programs,
                                           2,
                                           entries,
                                           0,
                                           nullptr,
                                           0,
                                           nullptr,
                                           0,
                                           nullptr};
