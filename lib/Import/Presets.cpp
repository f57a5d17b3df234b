#include "weft/Import/Presets.h"

#include "weft/Import/ConfigFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace weft;
using llvm::json::Array;
using llvm::json::Object;

/// As OpenAI published them, but for dropout: of a first run one wants to see what it learns.
static Object gpt2(int64_t layers, int64_t heads, int64_t width, int64_t vocabulary) {
  return Object{{"model_type", "gpt2"},
                {"architectures", Array{"GPT2LMHeadModel"}},
                {"activation_function", "gelu_new"},
                {"attn_pdrop", 0.0},
                {"embd_pdrop", 0.0},
                {"resid_pdrop", 0.0},
                {"bos_token_id", vocabulary - 1},
                {"eos_token_id", vocabulary - 1},
                {"initializer_range", 0.02},
                {"layer_norm_epsilon", 1e-5},
                {"n_embd", width},
                {"n_head", heads},
                {"n_layer", layers},
                {"n_positions", 1024},
                {"tie_word_embeddings", true},
                {"vocab_size", vocabulary}};
}

/// What all models with rotary positions state.
static Object decoder(llvm::StringRef type, llvm::StringRef architecture, int64_t layers,
                      int64_t heads, int64_t keyValueHeads, int64_t width, int64_t inner) {
  return Object{{"model_type", type},          {"architectures", Array{architecture}},
                {"attention_dropout", 0.0},    {"hidden_act", "silu"},
                {"hidden_size", width},        {"initializer_range", 0.02},
                {"intermediate_size", inner},  {"num_attention_heads", heads},
                {"num_hidden_layers", layers}, {"num_key_value_heads", keyValueHeads}};
}

/// Meta's models of the third generation, whose positions are stretched from 8192.
static Object llama3(Object sizes, double factor, bool tiesHead) {
  return overlay(std::move(sizes),
                 Object{{"bos_token_id", 128000},
                        {"eos_token_id", 128001},
                        {"max_position_embeddings", 131072},
                        {"rms_norm_eps", 1e-5},
                        {"rope_scaling", Object{{"factor", factor},
                                                {"high_freq_factor", 4.0},
                                                {"low_freq_factor", 1.0},
                                                {"original_max_position_embeddings", 8192},
                                                {"rope_type", "llama3"}}},
                        {"rope_theta", 500000.0},
                        {"tie_word_embeddings", tiesHead},
                        {"vocab_size", 128256}});
}

static Object qwen3(Object sizes) {
  return overlay(std::move(sizes), Object{{"bos_token_id", 151643},
                                          {"eos_token_id", 151645},
                                          {"head_dim", 128},
                                          {"max_position_embeddings", 40960},
                                          {"rms_norm_eps", 1e-6},
                                          {"rope_theta", 1000000.0},
                                          {"tie_word_embeddings", true},
                                          {"use_sliding_window", false},
                                          {"vocab_size", 151936}});
}

/// Reads bytes.
static Object tiny(Object sizes) {
  return overlay(std::move(sizes), Object{{"bos_token_id", nullptr},
                                          {"eos_token_id", nullptr},
                                          {"max_position_embeddings", 1024},
                                          {"rms_norm_eps", 1e-5},
                                          {"rope_theta", 10000.0},
                                          {"tie_word_embeddings", true},
                                          {"vocab_size", 256}});
}

// The tiny ones are small enough to learn the words of two novels in a minute or two.
static std::vector<Preset> makePresets() {
  Object llamaTiny = tiny(decoder("llama", "LlamaForCausalLM", 4, 4, 2, 128, 352));
  Object mixtralTiny = overlay(tiny(decoder("mixtral", "MixtralForCausalLM", 4, 4, 2, 128, 128)),
                               Object{{"num_experts_per_tok", 2},
                                      {"num_local_experts", 8},
                                      {"output_router_logits", true},
                                      {"router_aux_loss_coef", 0.02}});
  Object llama1b = llama3(decoder("llama", "LlamaForCausalLM", 16, 32, 8, 2048, 8192), 32.0, true);
  Object llama8b = llama3(decoder("llama", "LlamaForCausalLM", 32, 32, 8, 4096, 14336), 8.0, false);
  Object qwen600m = qwen3(decoder("qwen3", "Qwen3ForCausalLM", 28, 16, 8, 1024, 3072));
  return {
      {"gpt2-tiny", "over bytes, for a first run", gpt2(4, 4, 128, 256), 16, 64},
      {"gpt2-124m", "OpenAI's gpt2", gpt2(12, 12, 768, 50257), 4, 64},
      {"gpt2-355m", "OpenAI's gpt2-medium", gpt2(24, 16, 1024, 50257), 4, 64},
      {"gpt2-774m", "OpenAI's gpt2-large", gpt2(36, 20, 1280, 50257), 4, 64},
      {"gpt2-1558m", "OpenAI's gpt2-xl", gpt2(48, 25, 1600, 50257), 4, 64},
      {"llama-tiny", "over bytes", std::move(llamaTiny), 16, 64},
      {"llama-3.2-1b", "Meta's Llama-3.2-1B", std::move(llama1b), 4, 64},
      {"llama-3.1-8b", "Meta's Llama-3.1-8B", std::move(llama8b), 4, 64},
      {"qwen3-0.6b", "Qwen's Qwen3-0.6B", std::move(qwen600m), 4, 64},
      {"mixtral-tiny", "over bytes, 8 experts of which a token sees 2", std::move(mixtralTiny), 16,
       64},
  };
}

llvm::ArrayRef<Preset> weft::getPresets() {
  static const std::vector<Preset> presets = makePresets();
  return presets;
}

const Preset *weft::findPreset(llvm::StringRef name) {
  const auto *found = llvm::find_if(getPresets(), [&](const Preset &p) { return p.name == name; });
  return found == getPresets().end() ? nullptr : found;
}

std::string weft::listPresets() {
  return llvm::join(llvm::map_range(getPresets(), [](const Preset &p) { return p.name; }), ", ");
}
