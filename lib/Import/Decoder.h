// The writer of Llama and what descends from it; Decoder.cpp writes the model, Experts.cpp mixtures
// of experts and the loss that balances them.
#ifndef WEFT_LIB_IMPORT_DECODER_H
#define WEFT_LIB_IMPORT_DECODER_H

#include "ModelWriter.h"

namespace weft {

/// The layers of one window: they share a text.
struct LayerKind {
  std::string name;
  std::optional<int64_t> window;
  uint64_t count;
};

class DecoderWriter final : public ModelWriter {
public:
  DecoderWriter(llvm::raw_ostream &os, const ModelConfig &config)
      : ModelWriter(os, config, "out_in") {}

private:
  void body() override;
  std::vector<std::string> notDecaying() const override;
  llvm::StringRef normName() const override { return "norms"; }
  std::string auxiliaryLoss() override;

  std::vector<LayerKind> layerKinds() const;
  void block(const LayerKind &kind);
  void attention(std::optional<int64_t> window);
  void projectHeads(llvm::StringRef projection, llvm::StringRef result, int64_t heads,
                    bool hasPosition);
  void gatedMlp();
  void experts();
  void route();
  void applyExperts();
  void countRouted();
  void expertLinear(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result, int64_t in,
                    int64_t out);
  void model(llvm::ArrayRef<LayerKind> kinds);
  std::string embed();
  void callLayers(llvm::ArrayRef<LayerKind> kinds);

  void rmsNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result, int64_t size,
               llvm::StringRef type);
  /// x + f(x): the norm behind the function, where the model has one, and the sum.
  void addResidual(llvm::StringRef norm, llvm::StringRef residual, llvm::StringRef value,
                   llvm::StringRef result);
  std::string ropeAttributes() const;

  bool hasBalanceLoss() const { return config.experts.balanceLoss.has_value(); }
  std::string init() const { return "normal, " + floatLiteral(config.initDeviation); }
  /// One row for each expert that a token chose.
  int64_t routedRows() const { return config.batch * config.sequence * config.experts.chosen; }
  std::string choices(llvm::StringRef elementType) const {
    return tensorType({config.batch, config.sequence, config.experts.chosen}, elementType);
  }
  std::string blockResults() const;
  /// Which tokens are the data's, for what counts tokens.
  std::string realType() const { return tensor({config.batch, config.sequence}); }
  std::string extraInputs() const override {
    return hasBalanceLoss() ? ", %real: " + realType() + " {weft.from_data}" : "";
  }
};

} // namespace weft

#endif // WEFT_LIB_IMPORT_DECODER_H
