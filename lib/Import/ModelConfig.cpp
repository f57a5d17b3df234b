// The keys of each model type, as transformers' configuration_<type>.py names them; Defaults.cpp
// has their defaults.
#include "weft/Import/ModelConfig.h"
#include "weft/Import/ConfigFile.h"

#include "ConfigReader.h"
#include "Defaults.h"
#include "RopeConfig.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace weft;
namespace json = llvm::json;

static const SizeKeys kGpt2Sizes = {"n_layer", "n_head", "n_embd", "vocab_size", "n_positions"};
static const SizeKeys kDecoderSizes = {"num_hidden_layers", "num_attention_heads", "hidden_size",
                                       "vocab_size", "max_position_embeddings"};

/// Keys of every model type that do not change a training step: who wrote the file and how, what
/// generation and classification use, storage.
static void ignoreCommonKeys(ConfigReader &reader) {
  reader.ignore({"_attn_implementation",
                 "_name_or_path",
                 "architectures",
                 "attn_implementation",
                 "bos_token_id",
                 "cache_implementation",
                 "chunk_size_feed_forward",
                 "dtype",
                 "eos_token_id",
                 "id2label",
                 "label2id",
                 "model_type",
                 "output_attentions",
                 "output_hidden_states",
                 "problem_type",
                 "return_dict",
                 "task_specific_params",
                 "tokenizer_class",
                 "torch_dtype",
                 "transformers.js_config",
                 "transformers_version",
                 "use_cache"});
  reader.only("is_encoder_decoder", false);
}

/// The op of an activation that transformers names `word`.
static std::string readActivation(ConfigReader &reader, llvm::StringRef key) {
  std::string word = reader.word(key);
  llvm::StringRef op = llvm::StringSwitch<llvm::StringRef>(word)
                           .Cases({"silu", "swish"}, "silu")
                           .Cases({"gelu_new", "gelu_pytorch_tanh", "gelu_fast"}, "gelu tanh")
                           .Case("gelu", "gelu erf")
                           .Case("relu", "relu")
                           .Case("sigmoid", "sigmoid")
                           .Case("tanh", "tanh")
                           .Default("");
  if (op.empty())
    reader.fail(reader.name(key) +
                " must be silu, swish, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, relu, sigmoid "
                "or tanh, got '" +
                word + "', which is not supported");
  return op.str();
}

static void checkDivides(ConfigReader &reader, llvm::StringRef part, int64_t partSize,
                         llvm::StringRef whole, int64_t wholeSize) {
  if (wholeSize % partSize != 0)
    reader.fail(reader.nameOfValue(part) + " must divide " + reader.nameOfValue(whole) + ", got " +
                llvm::Twine(partSize) + " and " + llvm::Twine(wholeSize));
}

static void readSizes(ConfigReader &reader, const SizeKeys &keys, ModelConfig &config) {
  config.layers = reader.size(keys.layers);
  config.heads = reader.size(keys.heads);
  config.width = reader.size(keys.width);
  config.vocabulary = reader.size(keys.vocabulary);
  config.positions = reader.size(keys.positions);
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
  reader.only("add_cross_attention", false);
  reader.only("reorder_and_upcast_attn", false);
  reader.only("scale_attn_by_inverse_layer_idx", false);
  reader.ignore({"n_ctx", "pad_token_id", "summary_activation", "summary_first_dropout",
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
  if (config.headSize % 2 != 0)
    reader.fail("rotary positions need heads of an even size, got " + llvm::Twine(config.headSize) +
                "; see " + reader.name("head_dim"));
  config.scoreDivisor = config.headSize;
  config.normEps = reader.positive("rms_norm_eps");
  config.initDeviation = reader.positive("initializer_range");
  config.attentionDropout = reader.rate("attention_dropout");
  config.tiesHead = reader.flag("tie_word_embeddings");
  config.rope = readRope(reader);
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
  reader.ignore({"is_llama_config", "pretraining_tp"});
  reader.only("rope_interleaved", false);
}

/// Every layer has the window, if there is one.
static void readOneWindow(ConfigReader &reader, ModelConfig &config) {
  config.windows.assign(config.layers, reader.optionalSize("sliding_window"));
}

/// `layer_types` says which layers have the window; without it, `isSliding` does.
static void readWindows(ConfigReader &reader, ModelConfig &config, std::optional<int64_t> window,
                        llvm::function_ref<bool(int64_t)> isSliding) {
  const json::Array *types = reader.optionalArray("layer_types");
  if (types && types->size() != static_cast<size_t>(config.layers))
    return reader.fail(reader.name("layer_types") + " must have an entry for each of " +
                       llvm::Twine(config.layers) + " layers, got " + llvm::Twine(types->size()));
  for (int64_t layer = 0; layer < config.layers; ++layer) {
    llvm::StringRef type = isSliding(layer) ? "sliding_attention" : "full_attention";
    if (types)
      type = (*types)[layer].getAsString().value_or("");
    if (type != "sliding_attention" && type != "full_attention")
      return reader.fail(reader.name("layer_types") +
                         " must hold \"full_attention\" and \"sliding_attention\" only");
    if (type == "sliding_attention" && !window)
      return reader.fail(reader.name("layer_types") + " has \"sliding_attention\", but " +
                         reader.name("sliding_window") + " gives no window");
    config.windows[layer] = type == "sliding_attention" ? window : std::nullopt;
  }
}

static void readMistral(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readOneWindow(reader, config);
}

/// Qwen's layers have a window from `max_window_layers` on, if at all.
static void readQwenWindows(ConfigReader &reader, ModelConfig &config) {
  bool uses = reader.flag("use_sliding_window");
  std::optional<int64_t> window = reader.optionalSize("sliding_window");
  int64_t first = reader.size("max_window_layers");
  if (!uses)
    window = std::nullopt;
  readWindows(reader, config, window, [&](int64_t layer) { return window && layer >= first; });
}

static void readQwen2(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  config.hasQkvBias = true;
  readQwenWindows(reader, config);
  reader.only("use_mrope", false);
}

static void readQwen3(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readAttentionBias(reader, config);
  config.normsQueryAndKey = true;
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
  readWindows(reader, config, reader.optionalSize("sliding_window"),
              [](int64_t layer) { return layer % 2 == 0; });
}

static void readMixtral(ConfigReader &reader, ModelConfig &config) {
  readDecoder(reader, config);
  readActivationOfMlp(reader, config);
  readOneWindow(reader, config);
  config.experts.count = reader.size("num_local_experts");
  config.experts.chosen = reader.size("num_experts_per_tok");
  if (config.experts.chosen > config.experts.count)
    reader.fail(reader.name("num_experts_per_tok") + " must be at most " +
                reader.name("num_local_experts") + ", got " + llvm::Twine(config.experts.chosen) +
                " of " + llvm::Twine(config.experts.count));
  // 0 switches the term off.
  double coefficient = reader.rate("router_aux_loss_coef");
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

llvm::Expected<json::Object> weft::completeConfig(const json::Object &config) {
  llvm::Expected<const ModelType *> type = findType(config);
  if (!type)
    return type.takeError();
  return overlay((*type)->defaults(), config);
}

llvm::Expected<ModelConfig> weft::readModelConfig(const json::Object &object) {
  llvm::Expected<const ModelType *> type = findType(object);
  if (!type)
    return type.takeError();
  ModelConfig config;
  config.family = (*type)->name.str();
  config.title = (*type)->title.str();
  ConfigReader reader(object, (*type)->defaults());
  ignoreCommonKeys(reader);
  (*type)->read(reader, config);
  if (llvm::Error error = reader.finish("model_type '" + config.family + "'"))
    return std::move(error);
  return config;
}
