#include "Families.h"

#include <cmath>

using namespace weft;

namespace {

class Gpt2Writer final : public ModelWriter {
public:
  Gpt2Writer(llvm::raw_ostream &os, const ModelConfig &config)
      : ModelWriter(os, config, "in_out") {}

private:
  void body() override;
  std::vector<std::string> notDecaying() const override { return {"*.bias", "*ln_*"}; }
  llvm::StringRef normName() const override { return "layer norms"; }

  void block();
  void attention();
  void splitHeads();
  void mlp();
  void model();
  void callBlock(int64_t layer);
  std::string embeddings();

  void layerNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result);

  /// Each block adds twice to the residual stream; GPT-2 starts these additions smaller, so that
  /// the stream's variance does not grow with depth.
  double residualDeviation() const { return config.initDeviation / std::sqrt(2.0 * config.layers); }
};

} // namespace

void Gpt2Writer::layerNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result) {
  std::string weight = parameter((name + ".weight").str(), "ones", {config.width});
  std::string bias = parameter((name + ".bias").str(), "zeros", {config.width});
  std::string type = tensor({config.width});
  text.op("%" + result + " = weft.layer_norm %" + input + ", " + weight + ", " + bias +
              " {eps = " + floatLiteral(config.normEps) + ", scope = \"" + name + "\"}",
          hidden + ", " + type + ", " + type);
}

void Gpt2Writer::splitHeads() {
  std::string split = tensor({config.batch, config.sequence, config.heads, config.headSize});
  text.comment("Queries, keys and values of each head: [batch, head, position, element].");
  text.op("%q0, %k0, %v0 = weft.split %qkv axis 2 parts 3 {scope = \"attn\"}",
          rows(3 * config.width));
  for (llvm::StringRef value : {"q", "k", "v"}) {
    text.op("%" + value + "1 = weft.reshape %" + value + "0 {scope = \"attn\"}",
            hidden + " to " + split);
    text.op("%" + value + " = weft.transpose %" + value + "1 [0, 2, 1, 3] {scope = \"attn\"}",
            split);
  }
  text.blank();
}

void Gpt2Writer::attention() {
  layerNorm("ln_1", "x", "h1");
  text.blank();
  linear("attn.c_attn", "h1", "qkv", config.width, 3 * config.width, config.initDeviation,
         config.hasQkvBias);
  text.blank();
  splitHeads();
  attentionProducts(/*window=*/std::nullopt, "attn");
  linear("attn.c_proj", "o", "a", config.width, config.width, residualDeviation(),
         config.hasOutputBias);
  std::string a = dropout("a", "a1", config.residualDropout, hidden, "attn");
  text.op("%x1 = weft.add %x, %" + a, hidden + ", " + hidden);
}

void Gpt2Writer::mlp() {
  layerNorm("ln_2", "x1", "h2");
  text.blank();
  linear("mlp.c_fc", "h2", "f", config.width, config.inner, config.initDeviation,
         config.hasMlpBias);
  activate("f", "g", rows(config.inner), "mlp");
  text.blank();
  linear("mlp.c_proj", "g", "m", config.inner, config.width, residualDeviation(),
         config.hasMlpBias);
  std::string m = dropout("m", "m1", config.residualDropout, hidden, "mlp");
  text.op("%y = weft.add %x1, %" + m, hidden + ", " + hidden);
}

void Gpt2Writer::block() {
  text.comment("One block. It is written once and called once a layer, under a name that comes in");
  text.comment("front of the names of its parameters and of the scopes of its ops.");
  std::string scale = config.scalesScoresByLayer ? ", %scale: " + scalar : "";
  text.open("weft.layer @block(%x: " + hidden + scale + ") -> " + hidden);
  attention();
  text.blank();
  mlp();
  text.op("weft.return %y", hidden);
  text.close();
}

/// Gives the name of the table of tokens.
std::string Gpt2Writer::embeddings() {
  std::string tokenTable = tensor({config.vocabulary, config.width});
  std::string positionTable = tensor({config.positions, config.width});
  std::string positionIds = tensorType({config.sequence}, "i32");
  std::string init = "normal, " + floatLiteral(config.initDeviation);
  std::string wte = parameter("wte.weight", init, {config.vocabulary, config.width});
  std::string wpe = parameter("wpe.weight", init, {config.positions, config.width});
  text.blank();
  text.op("%words = weft.embedding %tokens, " + wte + " {scope = \"wte\"}",
          ids + ", " + tokenTable);
  text.op("%positions = weft.iota", positionIds);
  text.op("%places = weft.embedding %positions, " + wpe + " {scope = \"wpe\"}",
          positionIds + ", " + positionTable);
  bool drops = config.embeddingDropout > 0;
  text.op(llvm::Twine(drops ? "%sum_of_both" : "%x0") + " = weft.add %words, %places",
          hidden + ", " + tensor({config.sequence, config.width}));
  dropout("sum_of_both", "x0", config.embeddingDropout, hidden, "drop");
  return wte;
}

void Gpt2Writer::callBlock(int64_t layer) {
  std::string number = std::to_string(layer), scale, scaleType;
  if (config.scalesScoresByLayer) {
    constant("scale" + number, scoreScale() / static_cast<double>(layer + 1));
    scale = ", %scale" + number;
    scaleType = ", " + scalar;
  }
  text.op("%x" + llvm::Twine(layer + 1) + " = weft.call @block as \"h." + number + "\" (%x" +
              number + scale + ")",
          "(" + hidden + scaleType + ") -> " + hidden);
}

void Gpt2Writer::model() {
  openModel();
  std::string table = embeddings();
  text.blank();
  for (int64_t layer = 0; layer < config.layers; ++layer)
    callBlock(layer);
  text.blank();
  layerNorm("ln_f", "x" + std::to_string(config.layers), "h");
  text.blank();
  head(table);
}

void Gpt2Writer::body() {
  copies = config.layers;
  block();
  copies = 1;
  text.blank();
  model();
}

std::unique_ptr<ModelWriter> weft::makeGpt2Writer(llvm::raw_ostream &os,
                                                  const ModelConfig &config) {
  return std::make_unique<Gpt2Writer>(os, config);
}
