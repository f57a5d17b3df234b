// What the keys mean that a config leaves out.
#ifndef WEFT_LIB_IMPORT_DEFAULTS_H
#define WEFT_LIB_IMPORT_DEFAULTS_H

#include "llvm/Support/JSON.h"

/// For each model type the values of all keys that are read, as transformers'
/// configuration_<type>.py states them (4.57 and 5.24 agree). `null` is a value: what it means
/// depends on the key.
namespace weft::defaults {

llvm::json::Object gpt2();
llvm::json::Object llama();
llvm::json::Object mistral();
llvm::json::Object qwen2();
llvm::json::Object qwen3();
llvm::json::Object gemma2();
llvm::json::Object mixtral();

} // namespace weft::defaults

#endif // WEFT_LIB_IMPORT_DEFAULTS_H
