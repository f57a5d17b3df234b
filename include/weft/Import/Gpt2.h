// GPT-2 as Weft text (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019).
#ifndef WEFT_IMPORT_GPT2_H
#define WEFT_IMPORT_GPT2_H

#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace weft {

/// The sizes of a GPT-2 and of one micro-batch of it.
struct Gpt2Config {
  int64_t layers;
  int64_t heads;
  int64_t width;
  int64_t vocabulary;
  int64_t positions; // rows of the table of positions: the longest sequence
  int64_t batch;     // sequences in a micro-batch
  int64_t sequence;  // tokens in a sequence
  std::string elementType = "f32";
};

/// What the sizes must satisfy for the model to exist; the error names the flags that set them.
llvm::Error checkGpt2(const Gpt2Config &config);

/// The number of parameters; the tied head counts once.
uint64_t countGpt2Parameters(const Gpt2Config &config);

/// Writes the model, its loss and its training as one module. Parameters have the names and layouts
/// of the published files. `command` is quoted in the header, so that a reader can make the text
/// again.
void writeGpt2(llvm::raw_ostream &os, const Gpt2Config &config, llvm::StringRef moduleName,
               llvm::StringRef command);

} // namespace weft

#endif // WEFT_IMPORT_GPT2_H
