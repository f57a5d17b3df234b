// Text from a trained model: its logits program, and the choice of the next token.
#ifndef WEFT_RT_TRAINING_GENERATE_H
#define WEFT_RT_TRAINING_GENERATE_H

#include "CommandLine/Options.h"
#include "Training/Model.h"

#include <vector>

namespace weft::rt {

/// How the next token is chosen: the most likely one, or drawn where `temperature` is above 0.
struct Sampling {
  double temperature = 0;
  int64_t topK = 0; // 0: all
  uint64_t seed = 0;
};

/// The token at `position`. What is drawn is a function of logits, seed and position alone. Of equal
/// logits the lower token counts as the larger. Fails with an Error if a logit is not a number.
int32_t chooseToken(const std::vector<double> &logits, const Sampling &sampling, uint64_t position);

/// Opens what a generation needs at construction, and refuses there what is wrong.
class Generator {
public:
  Generator(const WeftModule &module, const Options &options);

  /// Prints the prompt and then each token as it comes.
  void run();

private:
  int32_t nextToken();
  void print(int32_t token);

  const Options &options;
  const WeftEntry &entry;
  Runtime runtime;
  Model model;
  Sampling sampling;
  std::vector<int32_t> tokens; // prompt and what has been generated
  std::vector<double> logits;
  bool printed = false;
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_GENERATE_H
