// The keys of each model type, as transformers' configuration_<type>.py names them; Defaults.cpp
// has their defaults.
#include "weft/Import/ModelConfig.h"
#include "weft/Import/ConfigFile.h"

#include "ConfigReader.h"
#include "Defaults.h"
#include "HarmlessKeys.h"
#include "RopeConfig.h"
#include "Windows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace weft;
namespace json = llvm::json;

static const SizeKeys kGpt2Sizes = {"n_layer", "n_head", "n_embd", "vocab_size", "n_positions"};
static const SizeKeys kDecoderSizes = {"num_hidden_layers", "num_attention_heads", "hidden_size",
                                       "vocab_size", "max_position_embeddings"};

/// The op of an activation that transformers names `word`.
static std::string readActivation(ConfigReader &reader, llvm::StringRef key) {
  std::string word = reader.word(key);
  llvm::StringRef op = llvm::StringSwitch<llvm::StringRef>(word)
                           .Cases({"silu", "swish"}, "silu")
                           .Cases({"gelu_new", "gelu_pytorch_tanh", "gelu_fast"}, "gelu tanh")
                           .Cases({"gelu", "gelu_python"}, "gelu erf")
                           .Case("quick_gelu", kQuickGelu)
                           .Case("relu", "relu")
                           .Case("sigmoid", "sigmoid")
                           .Case("tanh", "tanh")
                           .Default("");
  if (op.empty() && reader.areRight(key))
    reader.failAt(key, "must be silu, swish, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, "
                       "gelu_python, quick_gelu, relu, sigmoid or tanh, got '" +
                           word + "', which is not supported");
  return op.str();
}

static void checkDivides(ConfigReader &reader, llvm::StringRef part, int64_t partSize,
                         llvm::StringRef whole, int64_t wholeSize) {
  if (reader.areRight({part, whole}) && wholeSize % partSize != 0)
    reader.fail(reader.nameOfValue(part) + " must divide " + reader.nameOfValue(whole) + ", got " +
                llvm::Twine(partSize) + " and " + llvm::Twine(wholeSize));
}

static void readSizes(ConfigReader &reader, const SizeKeys &keys, ModelConfig &config) {
  config.layers = reader.size(keys.layers);
  config.heads = reader.size(keys.heads);
  config.width = reader.size(keys.width);
  config.vocabulary = reader.size(keys.vocabulary);
  config.positions = reader.positions(keys.positions);
  config.windows.resize(config.layers);
}

static void readGpt2(ConfigReader &reader, ModelConfig &config) {
  readSizes(reader, kGpt2Sizes, config);
  checkDivides(reader, kGpt2Sizes.heads, config.heads, kGpt2Sizes.width, config.width);
  config.keyValueHeads = config.heads;
  config.headSize = config.width / config.heads;
  config.inner = reader.optionalSize("n_inner").value_or(4 * config.width);
  config.activation = readActivation(reader, "activation_function");
  config.normEps = reader.positive("layer_norm_epsilon");
  config.initDeviation = reader.positive("initializer_range");
  config.tiesHead = reader.flag("tie_word_embeddings");
  config.hasQkvBias = config.hasOutputBias = config.hasMlpBias = true;
  if (reader.flag("scale_attn_weights"))
    config.scoreDivisor = config.headSize;
  config.embeddingDropout = reader.rate("embd_pdrop");
  config.attentionDropout = reader.rate("attn_pdrop");
  config.residualDropout = reader.rate("resid_pdrop");
  config.scalesScoresByLayer = reader.flag("scale_attn_by_inverse_layer_idx");
  checkLayerTypes(reader, config);
  // The order in which f32 is rounded; and what no layer of this type looks at.
  reader.ignore({"n_ctx", "n_special", "output_past", "pad_token_id", "predict_special_tokens",
                 "reorder_and_upcast_attn", "summary_activation", "summary_first_dropout",
                 "summary_proj_to_labels", "summary_type", "summary_use_proj"});
}

/// The token that these models pass to torch.nn.Embedding, where one below 0 counts from the end.
static std::optional<int64_t> readPadding(ConfigReader &reader, int64_t vocabulary) {
  if (reader.isNull("pad_token_id")) {
    reader.ignore({"pad_token_id"});
    return std::nullopt;
  }
  std::string tokens = std::to_string(-vocabulary) + " to " + std::to_string(vocabulary - 1);
  int64_t id = reader.whole("pad_token_id", -vocabulary, vocabulary - 1,
                            "null or one of the tokens, from " + tokens);
  return id < 0 ? id + vocabulary : id;
}

/// What the models with rotary positions share. Without a size of heads, these share out the width.
static void readDecoder(ConfigReader &reader, ModelConfig &config) {
  readSizes(reader, kDecoderSizes, config);
  config.padding = readPadding(reader, config.vocabulary);
  config.inner = reader.size("intermediate_size");
  config.keyValueHeads = reader.optionalSize("num_key_value_heads").value_or(config.heads);
  checkDivides(reader, "num_key_value_heads", config.keyValueHeads, kDecoderSizes.heads,
               config.heads);
  std::optional<int64_t> headSize = reader.optionalSize("head_dim");
  if (!headSize)
    checkDivides(reader, kDecoderSizes.heads, config.heads, kDecoderSizes.width, config.width);
  config.headSize = headSize.value_or(config.width / config.heads);
  if (reader.areRight({"head_dim", kDecoderSizes.heads, kDecoderSizes.width}) &&
      config.headSize % 2 != 0)
    reader.fail("rotary positions need heads of an even size, got " + llvm::Twine(config.headSize) +
                "; see " + reader.name("head_dim"));
  config.scoreDivisor = config.headSize;
  config.normEps = reader.positive("rms_norm_eps");
  config.initDeviation = reader.positive("initializer_range");
  config.attentionDropout = reader.rate("attention_dropout");
  config.tiesHead = reader.flag("tie_word_embeddings");
  config.rope = readRope(reader, config.positions);
  reader.only("partial_rotary_factor", 1.0);
}

static void readActivationOfMlp(ConfigReader &reader, ModelConfig &config) {
  config.activation = readActivation(reader, "hidden_act");
}

static void readAttentionBias(ConfigReader &reader, ModelConfig &config) {
  config.hasQkvBias = config.hasOutputBias = reader.flag("attention_bias");
}

static void readLlama(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readAttentionBias(reader, config);
  config.hasMlpBias = reader.flag("mlp_bias");
  checkLayerTypes(reader, config);
  reader.ignore({"is_llama_config"});
  reader.only("rope_interleaved", false);
}

/// Types without biases may say that they have none.
static void checkNoBias(ConfigReader &reader) {
  reader.only("attention_bias", false);
  reader.only("mlp_bias", false);
}

static void readMistral(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readOneWindow(reader, config);
  checkNoBias(reader);
}

static void readQwen2(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  config.hasQkvBias = true;
  readQwenWindows(reader, config);
  reader.only("use_mrope", false);
  reader.only("mlp_bias", false);
}

static void readQwen3(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readAttentionBias(reader, config);
  config.normsQueryAndKey = true;
  reader.only("mlp_bias", false);
  readQwenWindows(reader, config);
}

static void readGemma2(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  config.activation = readActivation(reader, "hidden_activation");
  reader.ignore({"hidden_act"}); // transformers reads the other
  readAttentionBias(reader, config);
  config.scoreDivisor = reader.positive("query_pre_attn_scalar");
  config.scoreCap = reader.optionalPositive("attn_logit_softcapping");
  config.logitCap = reader.optionalPositive("final_logit_softcapping");
  config.normOffset = 1.0;
  config.normsOutputs = config.scalesEmbedding = true;
  reader.only("use_bidirectional_attention", false);
  readGemmaWindows(reader, config);
}

static void readMixtral(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readOneWindow(reader, config);
  checkNoBias(reader);
  config.experts.count = reader.size("num_local_experts");
  config.experts.chosen = reader.size("num_experts_per_tok");
  if (reader.areRight({"num_experts_per_tok", "num_local_experts"}) &&
      config.experts.chosen > config.experts.count)
    reader.fail(reader.name("num_experts_per_tok") + " must be at most " +
                reader.name("num_local_experts") + ", got " + llvm::Twine(config.experts.chosen) +
                " of " + llvm::Twine(config.experts.count));
  // 0 switches the term off.
  double coefficient = reader.notNegative("router_aux_loss_coef");
  if (reader.flag("output_router_logits") && coefficient > 0)
    config.experts.balanceLoss = coefficient;
  reader.only("router_jitter_noise", 0.0);
}

namespace {

struct ModelType {
  llvm::StringRef name, title;
  void (*read)(ConfigReader &reader, ModelConfig &config);
  json::Object (*defaults)();
  const SizeKeys &sizes = kDecoderSizes;
};

} // namespace

static const ModelType kModelTypes[] = {
    {"gpt2", "GPT-2", readGpt2, defaults::gpt2, kGpt2Sizes},
    {"llama", "Llama", readLlama, defaults::llama},
    {"mistral", "Mistral", readMistral, defaults::mistral},
    {"qwen2", "Qwen2", readQwen2, defaults::qwen2},
    {"qwen3", "Qwen3", readQwen3, defaults::qwen3},
    {"gemma2", "Gemma 2", readGemma2, defaults::gemma2},
    {"mixtral", "Mixtral", readMixtral, defaults::mixtral},
};

std::string weft::listModelTypes() {
  return llvm::join(llvm::map_range(kModelTypes, [](const ModelType &t) { return t.name; }), ", ");
}

static llvm::Expected<const ModelType *> findType(const json::Object &config) {
  llvm::StringRef name = config.getString("model_type").value_or("");
  const ModelType *found =
      llvm::find_if(kModelTypes, [&](const ModelType &type) { return type.name == name; });
  if (found != std::end(kModelTypes))
    return found;
  const json::Value *value = config.get("model_type");
  return llvm::createStringError("\"model_type\" must be one of " + listModelTypes() + ", got " +
                                 (value ? llvm::formatv("{0}", *value).str() : "none"));
}

llvm::Expected<SizeKeys> weft::getSizeKeys(const json::Object &config) {
  llvm::Expected<const ModelType *> type = findType(config);
  if (!type)
    return type.takeError();
  return (*type)->sizes;
}

/// How far the layers of a config see; none of what else is wrong with it counts.
static std::vector<std::optional<int64_t>> getWindows(const json::Object &config) {
  llvm::Expected<ModelConfig> model =
      readModelConfig(config, llvm::cantFail(llvm::GlobPattern::create("*")));
  if (model)
    return model->windows;
  llvm::consumeError(model.takeError());
  return {};
}

void weft::replaceLayers(json::Object &config, const SizeKeys &keys, int64_t layers) {
  constexpr llvm::StringLiteral types = "layer_types";
  json::Array *list = config.getArray(types);
  int64_t count = list ? static_cast<int64_t>(list->size()) : 0;
  if (list && layers <= count) {
    while (list->size() > static_cast<size_t>(layers))
      list->pop_back();
  } else if (list) {
    json::Object without = config;
    without.erase(types);
    if (getWindows(without) == getWindows(config))
      config = std::move(without);
  }
  config[keys.layers] = layers;
}

llvm::Expected<json::Object> weft::completeConfig(const json::Object &config) {
  llvm::Expected<const ModelType *> type = findType(config);
  if (!type)
    return type.takeError();
  return overlay((*type)->defaults(), config);
}

llvm::Expected<ModelConfig> weft::readModelConfig(const json::Object &object,
                                                  llvm::ArrayRef<llvm::GlobPattern> passedOver) {
  llvm::Expected<const ModelType *> type = findType(object);
  if (!type)
    return type.takeError();
  ModelConfig config;
  config.family = (*type)->name.str();
  config.title = (*type)->title.str();
  ConfigReader reader(object, (*type)->defaults(), passedOver);
  ignoreHarmlessKeys(reader);
  (*type)->read(reader, config);
  if (llvm::Error error = reader.finish("model_type '" + config.family + "'"))
    return std::move(error);
  return config;
}
