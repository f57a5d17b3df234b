// The one place for defaults: the reader has none of its own. test/Oracles/defaults.py writes down
// transformers' for the test that compares them.
#include "Defaults.h"

#include "weft/Import/ConfigFile.h"

using namespace weft;
using llvm::json::Object;

Object weft::defaults::gpt2() {
  return Object{{"activation_function", "gelu_new"},
                {"add_cross_attention", false},
                {"attn_pdrop", 0.1},
                {"embd_pdrop", 0.1},
                {"initializer_range", 0.02},
                {"layer_norm_epsilon", 1e-5},
                {"n_embd", 768},
                {"n_head", 12},
                {"n_inner", nullptr}, // 4 * n_embd
                {"n_layer", 12},
                {"n_positions", 1024},
                {"pad_token_id", nullptr},
                {"reorder_and_upcast_attn", false},
                {"resid_pdrop", 0.1},
                {"scale_attn_by_inverse_layer_idx", false},
                {"scale_attn_weights", true},
                {"tie_word_embeddings", true},
                {"vocab_size", 50257}};
}

/// What most types with rotary positions agree on, and what `own` differs in or adds.
static Object decoder(const Object &own) {
  return overlay(Object{{"attention_dropout", 0.0},
                        {"hidden_act", "silu"},
                        {"hidden_size", 4096},
                        {"initializer_range", 0.02},
                        {"num_attention_heads", 32},
                        {"num_hidden_layers", 32},
                        {"pad_token_id", nullptr},
                        {"rms_norm_eps", 1e-6},
                        {"rope_theta", 1e4},
                        {"tie_word_embeddings", false}},
                 own);
}

Object weft::defaults::llama() {
  return decoder(Object{{"attention_bias", false},
                        {"head_dim", nullptr}, // the heads share out the width
                        {"intermediate_size", 11008},
                        {"max_position_embeddings", 2048},
                        {"mlp_bias", false},
                        {"num_key_value_heads", nullptr}, // as many as heads
                        {"vocab_size", 32000}});
}

Object weft::defaults::mistral() {
  return decoder(Object{{"head_dim", nullptr},
                        {"intermediate_size", 14336},
                        {"max_position_embeddings", 131072},
                        {"num_key_value_heads", 8},
                        {"sliding_window", 4096},
                        {"vocab_size", 32000}});
}

Object weft::defaults::qwen2() {
  return decoder(Object{{"intermediate_size", 22016},
                        {"layer_types", nullptr}, // the other three say it
                        {"max_position_embeddings", 32768},
                        {"max_window_layers", 28},
                        {"num_key_value_heads", 32},
                        {"sliding_window", 4096},
                        {"use_sliding_window", false},
                        {"vocab_size", 151936}});
}

Object weft::defaults::qwen3() {
  return overlay(qwen2(), Object{{"attention_bias", false}, {"head_dim", 128}});
}

Object weft::defaults::gemma2() {
  Object config = decoder(Object{{"attention_bias", false},
                                 {"attn_logit_softcapping", 50.0},
                                 {"final_logit_softcapping", 30.0},
                                 {"head_dim", 256},
                                 {"hidden_activation", "gelu_pytorch_tanh"},
                                 {"hidden_size", 2304},
                                 {"intermediate_size", 9216},
                                 {"layer_types", nullptr}, // by turns
                                 {"max_position_embeddings", 8192},
                                 {"num_attention_heads", 8},
                                 {"num_hidden_layers", 26},
                                 {"num_key_value_heads", 4},
                                 {"pad_token_id", 0},
                                 {"query_pre_attn_scalar", 256},
                                 {"sliding_window", 4096},
                                 {"tie_word_embeddings", true},
                                 {"use_bidirectional_attention", nullptr},
                                 {"vocab_size", 256000}});
  config.erase("hidden_act"); // the other one is read
  return config;
}

Object weft::defaults::mixtral() {
  return overlay(mistral(), Object{{"num_experts_per_tok", 2},
                                   {"num_local_experts", 8},
                                   {"output_router_logits", false},
                                   {"rms_norm_eps", 1e-5},
                                   {"rope_theta", 1e6},
                                   {"router_aux_loss_coef", 0.001},
                                   {"router_jitter_noise", 0.0},
                                   {"sliding_window", nullptr}});
}
