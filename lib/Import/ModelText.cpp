#include "weft/Import/ModelText.h"

#include "Families.h"

using namespace weft;

/// "32 heads over 8 of keys", or as many as the model has.
static std::string describeHeads(const ModelConfig &config) {
  std::string heads = std::to_string(config.heads) + " heads";
  if (config.keyValueHeads != config.heads)
    heads += " over " + std::to_string(config.keyValueHeads) + " of keys";
  return heads;
}

static void writeHeader(llvm::raw_ostream &os, const ModelConfig &config, uint64_t parameters,
                        llvm::StringRef command) {
  TextWriter text(os);
  text.comment("One training step of " + config.title + ": " + llvm::Twine(config.layers) +
               " layers, " + describeHeads(config) + ", width " + llvm::Twine(config.width) +
               ", vocabulary " + llvm::Twine(config.vocabulary) + ",");
  if (config.experts.count > 0)
    text.comment("an MLP of " + llvm::Twine(config.experts.count) + " experts, " +
                 llvm::Twine(config.experts.chosen) + " for each token,");
  text.comment(groupDigits(parameters) +
               " parameters, named and laid out as in the published files.");
  text.comment("A micro-batch is " + llvm::Twine(config.batch) + " sequences of " +
               llvm::Twine(config.sequence) + " tokens.");
  text.line("//");
  text.comment("Written by: " + command);
}

std::string weft::writeModelText(const ModelConfig &config, llvm::StringRef moduleName,
                                 llvm::StringRef command) {
  std::string body, header;
  llvm::raw_string_ostream bodyStream(body), headerStream(header);
  std::unique_ptr<ModelWriter> writer = config.family == "gpt2"
                                            ? makeGpt2Writer(bodyStream, config)
                                            : makeDecoderWriter(bodyStream, config);
  writer->module(moduleName);
  writeHeader(headerStream, config, writer->countParameters(), command);
  return header + body;
}
