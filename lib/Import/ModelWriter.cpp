#include "ModelWriter.h"

#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace weft;

ModelWriter::ModelWriter(llvm::raw_ostream &os, const ModelConfig &config,
                         llvm::StringRef weightLayout)
    : text(os), config(config), hidden(rows(config.width)),
      ids(tensorType({config.batch, config.sequence}, "i32")), scalar(tensor({})),
      weightLayout(weightLayout) {}

std::string ModelWriter::parameter(llvm::StringRef name, llvm::StringRef init,
                                   llvm::ArrayRef<int64_t> sizes) {
  uint64_t elements = copies;
  for (int64_t size : sizes)
    elements = llvm::SaturatingMultiply(elements, static_cast<uint64_t>(size));
  parameters = llvm::SaturatingAdd(parameters, elements);
  return text.parameter(name, init, tensor(sizes));
}

void ModelWriter::constant(llvm::StringRef result, double value) {
  text.op("%" + result + " = weft.constant dense<" + floatLiteral(value) + ">", scalar);
}

void ModelWriter::linear(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result,
                         int64_t in, int64_t out, double deviation, bool hasBias) {
  llvm::SmallVector<int64_t> sizes{in, out};
  if (weightLayout == "out_in")
    std::swap(sizes[0], sizes[1]);
  std::string operands =
      parameter((name + ".weight").str(), "normal, " + floatLiteral(deviation), sizes);
  std::string types = rows(in) + ", " + tensor(sizes);
  if (hasBias) {
    operands += ", " + parameter((name + ".bias").str(), "zeros", {out});
    types += ", " + tensor({out});
  }
  text.op("%" + result + " = weft.linear " + weightLayout + " %" + input + ", " + operands +
              " {scope = \"" + name + "\"}",
          "(" + types + ") -> " + rows(out));
}

void ModelWriter::activate(llvm::StringRef input, llvm::StringRef result, llvm::StringRef type,
                           llvm::StringRef scope) {
  if (config.activation == kQuickGelu)
    return quickGelu(input, result, type, scope);
  text.op("%" + result + " = weft." + config.activation + " %" + input + " {scope = \"" + scope +
              "\"}",
          type);
}

/// x * sigmoid(1.702 x).
void ModelWriter::quickGelu(llvm::StringRef input, llvm::StringRef result, llvm::StringRef type,
                            llvm::StringRef scope) {
  std::string factor = (result + "_factor").str(), scaled = (result + "_scaled").str(),
              gate = (result + "_gate").str(), attribute = (" {scope = \"" + scope + "\"}").str();
  constant(factor, 1.702);
  text.op("%" + scaled + " = weft.mul %" + input + ", %" + factor + attribute,
          type + ", " + scalar);
  text.op("%" + gate + " = weft.sigmoid %" + scaled + attribute, type);
  text.op("%" + result + " = weft.mul %" + input + ", %" + gate + attribute, type + ", " + type);
}

std::string ModelWriter::dropout(llvm::StringRef input, llvm::StringRef result, double rate,
                                 llvm::StringRef type, llvm::StringRef scope) {
  if (rate == 0)
    return input.str();
  text.op("%" + result + " = weft.dropout %" + input + " {rate = " + floatLiteral(rate) +
              ", scope = \"" + scope + "\"}",
          type);
  return result.str();
}

void ModelWriter::softCap(llvm::StringRef input, llvm::StringRef result, double cap,
                          llvm::StringRef type, llvm::StringRef scope) {
  std::string limit = (result + "_cap").str(), part = (result + "_part").str(),
              bend = (result + "_bend").str(), attribute = (" {scope = \"" + scope + "\"}").str();
  std::string types = (type + ", " + scalar).str();
  constant(limit, cap);
  text.op("%" + part + " = weft.div %" + input + ", %" + limit + attribute, types);
  text.op("%" + bend + " = weft.tanh %" + part + attribute, type);
  text.op("%" + result + " = weft.mul %" + bend + ", %" + limit + attribute, types);
}

std::string ModelWriter::keys() const {
  return tensor({config.batch, config.keyValueHeads, config.sequence, config.headSize});
}

std::string ModelWriter::groupedQueries() const {
  return tensor({config.batch, config.keyValueHeads, group() * config.sequence, config.headSize});
}

std::string ModelWriter::groupedScores() const {
  return tensor({config.batch, config.keyValueHeads, group() * config.sequence, config.sequence});
}

std::string ModelWriter::scoresOfHeads() const {
  if (group() == 1)
    return groupedScores();
  return tensor({config.batch, config.keyValueHeads, group(), config.sequence, config.sequence});
}

/// "softmax(q k^T / sqrt(32)) v, where no position sees a later one.", whatever of it holds.
static std::string describeAttention(const ModelConfig &config, std::optional<int64_t> window) {
  std::string scores = "q k^T";
  if (config.scalesScoresByLayer)
    scores += " * scale";
  else if (config.scoreDivisor)
    scores += " / sqrt(" + shortNumber(*config.scoreDivisor) + ")";
  if (config.scoreCap)
    scores = "cap(" + scores + ")";
  std::string sight = ", where no position sees a later one.";
  if (window)
    sight = ", where a position sees itself and the " + std::to_string(*window - 1) + " before it.";
  return "softmax(" + scores + ") v" + sight;
}

/// %scores [batch, keys' head, queries, keys], from %queries and %k.
void ModelWriter::scores(std::optional<int64_t> window, const std::string &scope) {
  std::string queries = "q";
  if (group() > 1) {
    text.op("%grouped = weft.reshape %q {scope = \"" + scope + "\"}",
            tensor({config.batch, config.heads, config.sequence, config.headSize}) + " to " +
                groupedQueries());
    queries = "grouped";
  }
  bool isScaled = config.scoreDivisor || config.scalesScoresByLayer;
  std::string raw = isScaled ? "products" : config.scoreCap ? "raw" : "scores";
  text.op("%" + raw + " = weft.matmul %" + queries + ", %k {transpose_b, scope = \"" + scope +
              "\"}",
          groupedQueries() + ", " + keys());
  if (isScaled) {
    std::string scaled = config.scoreCap ? "raw" : "scores";
    if (!config.scalesScoresByLayer) // else the block's argument
      constant("scale", scoreScale());
    text.op("%" + scaled + " = weft.mul %" + raw + ", %scale {scope = \"" + scope + "\"}",
            groupedScores() + ", " + scalar);
    raw = scaled;
  }
  if (config.scoreCap)
    softCap(raw, "scores", *config.scoreCap, groupedScores(), scope);
}

/// %o0 [batch, head, position, element], from %scores and %v.
void ModelWriter::values(const std::string &scope) {
  std::string attribute = " {scope = \"" + scope + "\"}";
  std::string p = dropout("p", "kept", config.attentionDropout, scoresOfHeads(), scope);
  std::string heads = tensor({config.batch, config.heads, config.sequence, config.headSize});
  if (group() == 1)
    return text.op("%o0 = weft.matmul %" + p + ", %v" + attribute, groupedScores() + ", " + keys());
  text.op("%shares = weft.reshape %" + p + attribute, scoresOfHeads() + " to " + groupedScores());
  text.op("%sums = weft.matmul %shares, %v" + attribute, groupedScores() + ", " + keys());
  text.op("%o0 = weft.reshape %sums" + attribute, groupedQueries() + " to " + heads);
}

void ModelWriter::attentionProducts(std::optional<int64_t> window, llvm::StringRef scopeName) {
  std::string scope = scopeName.str(), attribute = " {scope = \"" + scope + "\"}";
  text.comment(describeAttention(config, window));
  if (config.scoreCap)
    text.comment("cap(x) = " + shortNumber(*config.scoreCap) + " tanh(x / " +
                 shortNumber(*config.scoreCap) + ").");
  if (group() > 1)
    text.comment("Each head of keys and values serves " + llvm::Twine(group()) +
                 " heads of queries, one behind the other in its rows.");
  scores(window, scope);
  std::string masked = "scores";
  if (group() > 1) {
    text.op("%heads = weft.reshape %scores" + attribute,
            groupedScores() + " to " + scoresOfHeads());
    masked = "heads";
  }
  std::string attributes =
      window ? " {window = " + std::to_string(*window) + ", scope = \"" + scope + "\"}" : attribute;
  text.op("%masked = weft.causal_mask %" + masked + attributes, scoresOfHeads());
  text.op("%p = weft.softmax %masked" + attribute, scoresOfHeads());
  values(scope);
  text.op("%o1 = weft.transpose %o0 [0, 2, 1, 3]" + attribute,
          tensor({config.batch, config.heads, config.sequence, config.headSize}));
  text.op("%o = weft.reshape %o1" + attribute,
          tensor({config.batch, config.sequence, config.heads, config.headSize}) + " to " +
              rows(config.heads * config.headSize));
  text.blank();
}

void ModelWriter::head(llvm::StringRef table) {
  std::string logits = rows(config.vocabulary);
  std::string raw = config.logitCap ? "raw_logits" : "logits";
  std::string weight = table.str();
  if (config.tiesHead)
    text.comment("The head shares its weight with the table of tokens.");
  else
    weight = parameter("lm_head.weight", "normal, " + floatLiteral(config.initDeviation),
                       {config.vocabulary, config.width});
  text.op("%" + raw + " = weft.linear out_in %h, " + weight + " {scope = \"lm_head\"}",
          "(" + hidden + ", " + tensor({config.vocabulary, config.width}) + ") -> " + logits);
  if (config.logitCap)
    softCap(raw, "logits", *config.logitCap, logits, "lm_head");
  text.blank();
  text.comment("The loss is a sum and its weight: how many targets were not ignored.");
  text.op("%sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, "
          "scope = \"loss\"}",
          logits + ", " + ids);
  std::string sum = auxiliaryLoss();
  text.op("weft.return %" + sum + ", %count", scalar + ", " + scalar);
  text.close();
}

void ModelWriter::openModel() {
  text.open("weft.model @loss(%tokens: " + ids + ", %targets: " + ids + extraInputs() + ")",
            "-> (" + scalar + ", " + scalar + ")");
}

void ModelWriter::train() {
  text.comment("Biases and " + normName() +
               " do not decay. The learning rate comes from the command line.");
  text.line("weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, "
            "weight_decay = 0.1>)");
  text.line("    clip_norm(1.0)");
  std::string groups, separator = "    groups([";
  for (const std::string &match : notDecaying()) {
    groups += separator + "#weft.group<match = \"" + match + "\", weight_decay = 0.0>";
    separator = ",\n              ";
  }
  text.line(groups + "])");
}

void ModelWriter::module(llvm::StringRef name) {
  text.open("module @" + name);
  body();
  text.blank();
  train();
  text.close();
}
