#include "Decoder.h"

#include "Families.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace weft;

void DecoderWriter::rmsNorm(llvm::StringRef name, llvm::StringRef input, llvm::StringRef result,
                            int64_t size, llvm::StringRef type) {
  std::string weight =
      parameter((name + ".weight").str(), config.normOffset == 0 ? "ones" : "zeros", {size});
  std::string offset =
      config.normOffset == 0 ? "" : ", weight_offset = " + floatLiteral(config.normOffset);
  text.op("%" + result + " = weft.rms_norm %" + input + ", " + weight +
              " {eps = " + floatLiteral(config.normEps) + offset + ", scope = \"" + name + "\"}",
          type + ", " + tensor({size}));
}

std::string DecoderWriter::ropeAttributes() const {
  const Rope &rope = config.rope;
  std::string attributes = "theta = " + floatLiteral(rope.theta);
  if (rope.scaling == Rope::Scaling::Linear)
    attributes += ", scaling = #weft.rope_linear<factor = " + floatLiteral(rope.factor) + ">";
  if (rope.scaling == Rope::Scaling::Llama3)
    attributes += ", scaling = #weft.rope_llama3<factor = " + floatLiteral(rope.factor) +
                  ", low_freq_factor = " + floatLiteral(rope.lowFrequencyFactor) +
                  ", high_freq_factor = " + floatLiteral(rope.highFrequencyFactor) +
                  ", original_positions = " + std::to_string(rope.originalPositions) + ">";
  return attributes + ", scope = \"self_attn\"";
}

/// From %h1 to %result [batch, head, position, element]: the product, the norm of each head where
/// the model has one, the rotation of queries and keys.
void DecoderWriter::projectHeads(llvm::StringRef projection, llvm::StringRef result, int64_t heads,
                                 bool hasPosition) {
  std::string scope = " {scope = \"self_attn\"}", r = result.str();
  std::string split = tensor({config.batch, config.sequence, heads, config.headSize});
  std::string name = ("self_attn." + projection + "_proj").str();
  linear(name, "h1", r + "0", config.width, heads * config.headSize, config.initDeviation,
         config.hasQkvBias);
  text.op("%" + r + "1 = weft.reshape %" + r + "0" + scope,
          rows(heads * config.headSize) + " to " + split);
  std::string input = r + "1";
  if (hasPosition && config.normsQueryAndKey) {
    rmsNorm(("self_attn." + projection + "_norm").str(), input, r + "n", config.headSize, split);
    input = r + "n";
  }
  std::string transposed = hasPosition ? r + "2" : r;
  text.op("%" + transposed + " = weft.transpose %" + input + " [0, 2, 1, 3]" + scope, split);
  if (hasPosition)
    text.op("%" + r + " = weft.rope half %" + transposed + " {" + ropeAttributes() + "}",
            tensor({config.batch, heads, config.sequence, config.headSize}));
  text.blank();
}

void DecoderWriter::addResidual(llvm::StringRef norm, llvm::StringRef residual,
                                llvm::StringRef value, llvm::StringRef result) {
  std::string addend = value.str();
  if (config.normsOutputs) {
    addend += "1";
    rmsNorm(norm, value, addend, config.width, hidden);
  }
  text.op("%" + result + " = weft.add %" + residual + ", %" + addend, hidden + ", " + hidden);
}

void DecoderWriter::attention(std::optional<int64_t> window) {
  rmsNorm("input_layernorm", "x", "h1", config.width, hidden);
  text.blank();
  text.comment("Queries, keys and values of each head: [batch, head, position, element]; queries "
               "and keys are");
  text.comment("turned by angles that grow with the position.");
  projectHeads("q", "q", config.heads, /*hasPosition=*/true);
  projectHeads("k", "k", config.keyValueHeads, /*hasPosition=*/true);
  projectHeads("v", "v", config.keyValueHeads, /*hasPosition=*/false);
  attentionProducts(window, "self_attn");
  linear("self_attn.o_proj", "o", "a", config.heads * config.headSize, config.width,
         config.initDeviation, config.hasOutputBias);
  addResidual("post_attention_layernorm", "x", "a", "x1");
}

void DecoderWriter::gatedMlp() {
  std::string inner = rows(config.inner);
  linear("mlp.gate_proj", "h2", "gate", config.width, config.inner, config.initDeviation,
         config.hasMlpBias);
  linear("mlp.up_proj", "h2", "up", config.width, config.inner, config.initDeviation,
         config.hasMlpBias);
  activate("gate", "opened", inner, "mlp");
  text.op("%gated = weft.mul %opened, %up {scope = \"mlp\"}", inner + ", " + inner);
  linear("mlp.down_proj", "gated", "m", config.inner, config.width, config.initDeviation,
         config.hasMlpBias);
}

std::string DecoderWriter::blockResults() const {
  if (!hasBalanceLoss())
    return hidden;
  std::string counts = tensor({config.experts.count});
  return "(" + hidden + ", " + counts + ", " + counts + ")";
}

void DecoderWriter::block(const LayerKind &kind) {
  copies = kind.count;
  std::string real = hasBalanceLoss() ? ", %real: " + realType() : "";
  text.open("weft.layer @" + kind.name + "(%x: " + hidden + real + ")", "-> " + blockResults());
  attention(kind.window);
  text.blank();
  rmsNorm(config.normsOutputs ? "pre_feedforward_layernorm" : "post_attention_layernorm", "x1",
          "h2", config.width, hidden);
  text.blank();
  config.experts.count > 0 ? experts() : gatedMlp();
  addResidual("post_feedforward_layernorm", "x1", "m", "y");
  std::string counts = tensor({config.experts.count});
  if (hasBalanceLoss())
    text.op("weft.return %y, %routed, %share", hidden + ", " + counts + ", " + counts);
  else
    text.op("weft.return %y", hidden);
  text.close();
  text.blank();
  copies = 1;
}

std::vector<LayerKind> DecoderWriter::layerKinds() const {
  std::vector<LayerKind> kinds;
  for (const std::optional<int64_t> &window : config.windows) {
    auto kind = llvm::find_if(kinds, [&](const LayerKind &k) { return k.window == window; });
    if (kind == kinds.end())
      kind = kinds.insert(kinds.end(), {window ? "sliding_block" : "full_block", window, 0});
    ++kind->count;
  }
  if (kinds.size() == 1)
    kinds.front().name = "block";
  return kinds;
}

/// Gives the name of the table of tokens.
std::string DecoderWriter::embed() {
  std::string zeroRow, padding;
  if (config.padding) {
    text.comment("Token " + llvm::Twine(*config.padding) +
                 " is padding: its row starts as zeros, and as an input it is not trained.");
    zeroRow = ", zero_row = " + std::to_string(*config.padding);
    padding = "padding_index = " + std::to_string(*config.padding) + ", ";
  }
  std::string table =
      parameter("model.embed_tokens.weight", init() + zeroRow, {config.vocabulary, config.width});
  text.op(llvm::Twine(config.scalesEmbedding ? "%words" : "%x0") + " = weft.embedding %tokens, " +
              table + " {" + padding + "scope = \"model.embed_tokens\"}",
          ids + ", " + tensor({config.vocabulary, config.width}));
  if (config.scalesEmbedding) {
    text.comment("sqrt(" + llvm::Twine(config.width) + ")");
    constant("embedding_scale", std::sqrt(static_cast<double>(config.width)));
    text.op("%x0 = weft.mul %words, %embedding_scale {scope = \"model.embed_tokens\"}",
            hidden + ", " + scalar);
  }
  return table;
}

void DecoderWriter::callLayers(llvm::ArrayRef<LayerKind> kinds) {
  for (int64_t layer = 0; layer < config.layers; ++layer) {
    const LayerKind *kind =
        llvm::find_if(kinds, [&](const LayerKind &k) { return k.window == config.windows[layer]; });
    std::string number = std::to_string(layer), next = std::to_string(layer + 1);
    std::string results = "%x" + next;
    if (hasBalanceLoss())
      results += ", %routed" + number + ", %share" + number;
    std::string real = hasBalanceLoss() ? ", %real" : "";
    std::string realOperand = hasBalanceLoss() ? ", " + realType() : "";
    text.op(results + " = weft.call @" + kind->name + " as \"model.layers." + number + "\" (%x" +
                number + real + ")",
            "(" + hidden + realOperand + ") -> " + blockResults());
  }
}

void DecoderWriter::model(llvm::ArrayRef<LayerKind> kinds) {
  openModel();
  std::string table = embed();
  text.blank();
  callLayers(kinds);
  text.blank();
  rmsNorm("model.norm", "x" + std::to_string(config.layers), "h", config.width, hidden);
  text.blank();
  head(table);
}

void DecoderWriter::body() {
  std::vector<LayerKind> kinds = layerKinds();
  if (kinds.size() == 1) {
    text.comment("One block. It is written once and called once a layer, under a name that comes "
                 "in");
    text.comment("front of the names of its parameters and of the scopes of its ops.");
  } else {
    text.comment(
        "Two kinds of blocks, which differ in how far back a position sees. Each is called "
        "once for");
    text.comment("each of its layers, under a name that comes in front of the names of its "
                 "parameters and of");
    text.comment("the scopes of its ops.");
  }
  for (const LayerKind &kind : kinds)
    block(kind);
  model(kinds);
}

std::vector<std::string> DecoderWriter::notDecaying() const {
  std::vector<std::string> globs{"*norm.weight"};
  if (config.hasQkvBias || config.hasOutputBias || config.hasMlpBias)
    globs.push_back("*.bias");
  return globs;
}

std::unique_ptr<ModelWriter> weft::makeDecoderWriter(llvm::raw_ostream &os,
                                                     const ModelConfig &config) {
  return std::make_unique<DecoderWriter>(os, config);
}
