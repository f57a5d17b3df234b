#include "HarmlessKeys.h"

using namespace weft;

/// The file, and how a framework is to store and run what it describes.
static constexpr llvm::StringRef kBookkeeping[] = {"_attn_implementation",
                                                   "_attn_implementation_autoset",
                                                   "_attn_implementation_internal",
                                                   "_commit_hash",
                                                   "_flash_attn_2_enabled",
                                                   "_experts_implementation",
                                                   "_experts_implementation_internal",
                                                   "_name_or_path",
                                                   "architectures",
                                                   "attn_implementation",
                                                   "chunk_size_feed_forward",
                                                   "dtype",
                                                   "gradient_checkpointing",
                                                   "max_sequence_length",
                                                   "model_name",
                                                   "model_type",
                                                   "pretraining_tp", // how products are cut
                                                   "torch_dtype",
                                                   "torchscript",
                                                   "transformers.js_config",
                                                   "transformers_version",
                                                   "unsloth_fixed",
                                                   "unsloth_version",
                                                   "use_bfloat16",
                                                   "use_cache",
                                                   "use_flash_attention_2"};

/// What a model is asked for besides its loss, and heads that are none of a language model's.
static constexpr llvm::StringRef kOutputs[] = {"_num_labels",
                                               "finetuning_task",
                                               "id2label",
                                               "label2id",
                                               "num_labels",
                                               "output_attentions",
                                               "output_hidden_states",
                                               "problem_type",
                                               "return_dict",
                                               "task_specific_params",
                                               "tf_legacy_loss"};

/// Tokens by their roles, and tokenizers. (`pad_token_id` is read where it counts.)
static constexpr llvm::StringRef kTokens[] = {
    "bos_token_id",        "decoder_start_token_id", "eos_token_id",
    "forced_bos_token_id", "forced_eos_token_id",    "prefix",
    "sep_token_id",        "tokenizer_class",        "unk_token_id"};

/// How text is drawn from a model: transformers 4 kept it in this file.
static constexpr llvm::StringRef kGeneration[] = {"bad_words_ids",
                                                  "begin_suppress_tokens",
                                                  "cache_implementation",
                                                  "diversity_penalty",
                                                  "do_sample",
                                                  "early_stopping",
                                                  "encoder_no_repeat_ngram_size",
                                                  "exponential_decay_length_penalty",
                                                  "length_penalty",
                                                  "max_length",
                                                  "max_new_tokens",
                                                  "min_length",
                                                  "no_repeat_ngram_size",
                                                  "num_beam_groups",
                                                  "num_beams",
                                                  "num_return_sequences",
                                                  "output_scores",
                                                  "remove_invalid_values",
                                                  "repetition_penalty",
                                                  "return_dict_in_generate",
                                                  "suppress_tokens",
                                                  "temperature",
                                                  "top_k",
                                                  "top_p",
                                                  "typical_p"};

void weft::ignoreHarmlessKeys(ConfigReader &reader) {
  reader.ignore(kBookkeeping);
  reader.ignore(kOutputs);
  reader.ignore(kTokens);
  reader.ignore(kGeneration);
  // An encoder's models are other models.
  for (llvm::StringRef key :
       {"add_cross_attention", "is_decoder", "is_encoder_decoder", "tie_encoder_decoder"})
    reader.only(key, false);
  reader.only("pruned_heads", llvm::json::Object());
}
