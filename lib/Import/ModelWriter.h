// What the text of every model family has in common: parameters, products, attention behind its
// queries, keys and values, the loss, the train op.
#ifndef WEFT_LIB_IMPORT_MODELWRITER_H
#define WEFT_LIB_IMPORT_MODELWRITER_H

#include "TextWriter.h"

#include "weft/Import/ModelConfig.h"

#include <cmath>

namespace weft {

class ModelWriter {
public:
  virtual ~ModelWriter() = default;

  /// The module without the header. `parameters` is known after it.
  void module(llvm::StringRef name);

  /// How many parameters the model has; a shared one counts once.
  uint64_t countParameters() const { return parameters; }

protected:
  ModelWriter(llvm::raw_ostream &os, const ModelConfig &config, llvm::StringRef weightLayout);

  /// The layers and the model, and what of its parameters does not decay, as globs.
  virtual void body() = 0;
  virtual std::vector<std::string> notDecaying() const = 0;
  /// How the text calls its norms.
  virtual llvm::StringRef normName() const = 0;

  void openModel();

  std::string tensor(llvm::ArrayRef<int64_t> sizes) const {
    return tensorType(sizes, config.elementType);
  }
  /// [batch, sequence, size].
  std::string rows(int64_t size) const { return tensor({config.batch, config.sequence, size}); }

  std::string parameter(llvm::StringRef name, llvm::StringRef init, llvm::ArrayRef<int64_t> sizes);
  void constant(llvm::StringRef result, double value);

  /// The product of [batch, sequence, in] with the weight `name`, under the scope `name`.
  void linear(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result, int64_t in,
              int64_t out, double deviation, bool hasBias);

  /// The point by point function of the MLP.
  void activate(llvm::StringRef input, llvm::StringRef result, llvm::StringRef type,
                llvm::StringRef scope);

  /// Writes a dropout and gives the name of its result; with a rate of 0 it writes nothing.
  std::string dropout(llvm::StringRef input, llvm::StringRef result, double rate,
                      llvm::StringRef type, llvm::StringRef scope);

  /// `cap * tanh(input / cap)`; `result` names the values on the way too.
  void softCap(llvm::StringRef input, llvm::StringRef result, double cap, llvm::StringRef type,
               llvm::StringRef scope);

  /// What scores are multiplied with, in the first layer at least.
  double scoreScale() const { return 1.0 / std::sqrt(config.scoreDivisor.value_or(1.0)); }

  /// From %q [batch, head, position, element], and %k and %v, of fewer heads maybe, to %o
  /// [batch, position, width of all heads].
  void attentionProducts(std::optional<int64_t> window, llvm::StringRef scope);

  /// The logits of %h, which `table` or a weight of its own makes, and the loss; to the end of the
  /// model.
  void head(llvm::StringRef table);

  TextWriter text;
  const ModelConfig &config;
  const std::string hidden, ids, scalar; // types that recur
  /// How many layers the text at hand is written for: a parameter counts as many times.
  uint64_t copies = 1;

private:
  void quickGelu(llvm::StringRef input, llvm::StringRef result, llvm::StringRef type,
                 llvm::StringRef scope);
  void scores(std::optional<int64_t> window, const std::string &scope);
  void values(const std::string &scope);
  /// Adds to %sum what the model asks for besides the cross entropy; gives the result's name.
  virtual std::string auxiliaryLoss() { return "sum"; }
  /// What the model takes besides tokens and targets, with a comma in front.
  virtual std::string extraInputs() const { return ""; }
  void train();

  /// How many queries share a key.
  int64_t group() const { return config.heads / config.keyValueHeads; }
  std::string keys() const;
  std::string groupedQueries() const;
  std::string groupedScores() const;
  std::string scoresOfHeads() const;

  const llvm::StringRef weightLayout;
  uint64_t parameters = 0;
};

} // namespace weft

#endif // WEFT_LIB_IMPORT_MODELWRITER_H
