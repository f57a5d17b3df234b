#include "weft/Import/Gpt2.h"

#include "TextWriter.h"

#include <cmath>

using namespace weft;

llvm::Error weft::checkGpt2(const Gpt2Config &config) {
  if (config.width % config.heads != 0)
    return llvm::createStringError("--heads must divide --width, got %lld heads of width %lld",
                                   static_cast<long long>(config.heads),
                                   static_cast<long long>(config.width));
  if (config.sequence > config.positions)
    return llvm::createStringError(
        "--seq must be at most the model's %lld positions, got %lld; use a shorter sequence",
        static_cast<long long>(config.positions), static_cast<long long>(config.sequence));
  return llvm::Error::success();
}

uint64_t weft::countGpt2Parameters(const Gpt2Config &config) {
  uint64_t width = config.width;
  uint64_t norm = 2 * width;
  uint64_t attention = 3 * width * (width + 1) + width * (width + 1);
  uint64_t mlp = 4 * width * (width + 1) + width * (4 * width + 1);
  uint64_t tables = (config.vocabulary + config.positions) * width;
  return tables + config.layers * (2 * norm + attention + mlp) + norm;
}

namespace {

/// How far from 0 the weights of Radford et al. start.
constexpr double kDeviation = 0.02;

class Gpt2Writer {
public:
  Gpt2Writer(llvm::raw_ostream &os, const Gpt2Config &config)
      : text(os), config(config), hidden(tensor({config.batch, config.sequence, config.width})),
        ids(tensorType({config.batch, config.sequence}, "i32")), scalar(tensor({})) {}

  void module(llvm::StringRef name, llvm::StringRef command);

private:
  void header(llvm::StringRef command);
  void block();
  void attention();
  void attentionProducts();
  void mlp();
  void model();
  void embeddings();
  void head(llvm::StringRef input);
  void train();

  void layerNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result);
  void linear(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result, int64_t in,
              int64_t out, double deviation);

  std::string tensor(llvm::ArrayRef<int64_t> sizes) const {
    return tensorType(sizes, config.elementType);
  }
  int64_t headSize() const { return config.width / config.heads; }

  /// Each block adds twice to the residual stream; GPT-2 starts these additions smaller, so that
  /// the stream's variance does not grow with depth.
  double residualDeviation() const { return kDeviation / std::sqrt(2.0 * config.layers); }

  TextWriter text;
  const Gpt2Config &config;
  const std::string hidden, ids, scalar; // types that recur
};

} // namespace

void Gpt2Writer::header(llvm::StringRef command) {
  text.comment("One training step of GPT-2: " + llvm::Twine(config.layers) + " layers, " +
               llvm::Twine(config.heads) + " heads, width " + llvm::Twine(config.width) +
               ", vocabulary " + llvm::Twine(config.vocabulary) + ",");
  text.comment(groupDigits(countGpt2Parameters(config)) +
               " parameters, named and laid out as in the published files.");
  text.comment("A micro-batch is " + llvm::Twine(config.batch) + " sequences of " +
               llvm::Twine(config.sequence) + " tokens.");
  text.line("//");
  text.comment("Written by: " + command);
}

void Gpt2Writer::layerNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result) {
  std::string weight = (name + ".weight").str(), bias = (name + ".bias").str();
  std::string type = tensor({config.width});
  text.parameter(weight, "ones", type);
  text.parameter(bias, "zeros", type);
  text.op("%" + result + " = weft.layer_norm %" + input + ", %" + weight + ", %" + bias +
              " {eps = 1.0e-5, scope = \"" + name + "\"}",
          hidden + ", " + type + ", " + type);
}

void Gpt2Writer::linear(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result,
                        int64_t in, int64_t out, double deviation) {
  std::string weight = (name + ".weight").str(), bias = (name + ".bias").str();
  std::string weightType = tensor({in, out}), biasType = tensor({out});
  text.parameter(weight, "normal, " + floatLiteral(deviation), weightType);
  text.parameter(bias, "zeros", biasType);
  text.op("%" + result + " = weft.linear in_out %" + input + ", %" + weight + ", %" + bias +
              " {scope = \"" + name + "\"}",
          "(" + tensor({config.batch, config.sequence, in}) + ", " + weightType + ", " + biasType +
              ") -> " + tensor({config.batch, config.sequence, out}));
}

void Gpt2Writer::attentionProducts() {
  std::string split = tensor({config.batch, config.sequence, config.heads, headSize()});
  std::string heads = tensor({config.batch, config.heads, config.sequence, headSize()});
  std::string scores = tensor({config.batch, config.heads, config.sequence, config.sequence});
  llvm::StringRef scope = "scope = \"attn\"";

  text.comment("Queries, keys and values of each head: [batch, head, position, element].");
  text.op("%q0, %k0, %v0 = weft.split %qkv axis 2 parts 3 {" + scope + "}",
          tensor({config.batch, config.sequence, 3 * config.width}));
  for (llvm::StringRef value : {"q", "k", "v"}) {
    text.op("%" + value + "1 = weft.reshape %" + value + "0 {" + scope + "}",
            hidden + " to " + split);
    text.op("%" + value + " = weft.transpose %" + value + "1 [0, 2, 1, 3] {" + scope + "}", split);
  }
  text.blank();
  text.comment("softmax(q k^T / sqrt(" + llvm::Twine(headSize()) +
               ")) v, where no position sees a later one.");
  text.op("%products = weft.matmul %q, %k {transpose_b, " + scope + "}", heads + ", " + heads);
  text.op("%scale = weft.constant dense<" + floatLiteral(1.0 / std::sqrt(double(headSize()))) + ">",
          scalar);
  text.op("%scores = weft.mul %products, %scale {" + scope + "}", scores + ", " + scalar);
  text.op("%masked = weft.causal_mask %scores {" + scope + "}", scores);
  text.op("%p = weft.softmax %masked {" + scope + "}", scores);
  text.op("%o0 = weft.matmul %p, %v {" + scope + "}", scores + ", " + heads);
  text.op("%o1 = weft.transpose %o0 [0, 2, 1, 3] {" + scope + "}", heads);
  text.op("%o = weft.reshape %o1 {" + scope + "}", split + " to " + hidden);
  text.blank();
}

void Gpt2Writer::attention() {
  layerNorm("ln_1", "x", "h1");
  text.blank();
  linear("attn.c_attn", "h1", "qkv", config.width, 3 * config.width, kDeviation);
  text.blank();
  attentionProducts();
  linear("attn.c_proj", "o", "a", config.width, config.width, residualDeviation());
  text.op("%x1 = weft.add %x, %a", hidden + ", " + hidden);
}

void Gpt2Writer::mlp() {
  std::string inner = tensor({config.batch, config.sequence, 4 * config.width});
  layerNorm("ln_2", "x1", "h2");
  text.blank();
  linear("mlp.c_fc", "h2", "f", config.width, 4 * config.width, kDeviation);
  text.op("%g = weft.gelu tanh %f {scope = \"mlp\"}", inner);
  text.blank();
  linear("mlp.c_proj", "g", "m", 4 * config.width, config.width, residualDeviation());
  text.op("%y = weft.add %x1, %m", hidden + ", " + hidden);
}

void Gpt2Writer::block() {
  text.comment("One block. It is written once and called once a layer, under a name that comes in");
  text.comment("front of the names of its parameters and of the scopes of its ops.");
  text.open("weft.layer @block(%x: " + hidden + ") -> " + hidden);
  attention();
  text.blank();
  mlp();
  text.op("weft.return %y", hidden);
  text.close();
}

void Gpt2Writer::embeddings() {
  std::string tokenTable = tensor({config.vocabulary, config.width});
  std::string positionTable = tensor({config.positions, config.width});
  std::string positionIds = tensorType({config.sequence}, "i32");
  text.parameter("wte.weight", "normal, " + floatLiteral(kDeviation), tokenTable);
  text.parameter("wpe.weight", "normal, " + floatLiteral(kDeviation), positionTable);
  text.blank();
  text.op("%words = weft.embedding %tokens, %wte.weight {scope = \"wte\"}",
          ids + ", " + tokenTable);
  text.op("%positions = weft.iota", positionIds);
  text.op("%places = weft.embedding %positions, %wpe.weight {scope = \"wpe\"}",
          positionIds + ", " + positionTable);
  text.op("%x0 = weft.add %words, %places",
          hidden + ", " + tensor({config.sequence, config.width}));
}

void Gpt2Writer::head(llvm::StringRef input) {
  std::string table = tensor({config.vocabulary, config.width});
  std::string logits = tensor({config.batch, config.sequence, config.vocabulary});
  layerNorm("ln_f", input, "h");
  text.blank();
  text.comment("The head shares its weight with the table of tokens.");
  text.op("%logits = weft.linear out_in %h, %wte.weight {scope = \"lm_head\"}",
          "(" + hidden + ", " + table + ") -> " + logits);
  text.blank();
  text.comment("The loss is a sum and its weight: how many targets were not ignored.");
  text.op("%sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, "
          "scope = \"loss\"}",
          logits + ", " + ids);
  text.op("weft.return %sum, %count", scalar + ", " + scalar);
}

void Gpt2Writer::model() {
  text.line("weft.model @loss(%tokens: " + ids + ", %targets: " + ids + ")");
  text.open("    -> (" + scalar + ", " + scalar + ")");
  embeddings();
  text.blank();
  for (int64_t layer = 0; layer < config.layers; ++layer)
    text.op("%x" + llvm::Twine(layer + 1) + " = weft.call @block as \"h." + llvm::Twine(layer) +
                "\" (%x" + llvm::Twine(layer) + ")",
            "(" + hidden + ") -> " + hidden);
  text.blank();
  head("x" + std::to_string(config.layers));
  text.close();
}

void Gpt2Writer::train() {
  text.comment(
      "Biases and layer norms do not decay. The learning rate comes from the command line.");
  text.line("weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, "
            "weight_decay = 0.1>)");
  text.line("    clip_norm(1.0)");
  text.line("    groups([#weft.group<match = \"*.bias\", weight_decay = 0.0>,");
  text.line("            #weft.group<match = \"*ln_*\", weight_decay = 0.0>])");
}

void Gpt2Writer::module(llvm::StringRef name, llvm::StringRef command) {
  header(command);
  text.open("module @" + name);
  block();
  text.blank();
  model();
  text.blank();
  train();
  text.close();
}

void weft::writeGpt2(llvm::raw_ostream &os, const Gpt2Config &config, llvm::StringRef moduleName,
                     llvm::StringRef command) {
  Gpt2Writer(os, config).module(moduleName, command);
}
