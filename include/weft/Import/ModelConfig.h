// What a model is, and what one micro-batch of it is: all that its text is written from.
#ifndef WEFT_IMPORT_MODELCONFIG_H
#define WEFT_IMPORT_MODELCONFIG_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/JSON.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft {

// Far beyond any model, and small enough that no product of sizes overflows 64 bits.
inline constexpr int64_t kMaxSize = 1'000'000;
// Of positions there are models with more; ids of 32 bits count them.
inline constexpr int64_t kMaxPositions = (int64_t(1) << 31) - 1;

/// x * sigmoid(1.702 x), which has no op of its own.
inline constexpr llvm::StringLiteral kQuickGelu = "quick_gelu";

/// Rotary positions (Su et al., 2021), with what stretches them to longer sequences.
struct Rope {
  enum class Scaling { Default, Linear, Llama3 };

  double theta = 10000.0;
  Scaling scaling = Scaling::Default;
  double factor = 1.0;
  double lowFrequencyFactor = 1.0; // this and what follows: Llama3
  double highFrequencyFactor = 4.0;
  int64_t originalPositions = 0;
};

/// Several MLPs of which a router chooses a few for each token.
struct Experts {
  int64_t count = 0; // 0: one MLP for all tokens
  int64_t chosen = 0;
  std::optional<double> balanceLoss; // coefficient of the loss that keeps experts equally busy
};

struct ModelConfig {
  std::string family; // "llama": Hugging Face's model_type
  std::string title;  // "Llama"

  int64_t layers = 0;
  int64_t heads = 0;
  int64_t keyValueHeads = 0; // each serves heads / keyValueHeads queries
  int64_t headSize = 0;
  int64_t width = 0;
  int64_t inner = 0; // between the two products of an MLP
  int64_t vocabulary = 0;
  int64_t positions = 0;          // the longest sequence
  std::optional<int64_t> padding; // the token whose embedding starts as zeros and is not trained

  std::string activation; // as the op is written: "silu", "gelu tanh"; or kQuickGelu
  double normEps = 0;
  double normOffset = 0;    // added to the weights of norms
  double initDeviation = 0; // of the normal distribution that weights start from
  bool tiesHead = false;
  bool hasQkvBias = false;
  bool hasOutputBias = false; // of the product after attention
  bool hasMlpBias = false;
  bool normsQueryAndKey = false;
  bool normsOutputs = false;          // attention and MLP have a norm behind them too
  bool scalesEmbedding = false;       // by sqrt(width)
  std::optional<double> scoreDivisor; // scores are divided by its square root
  bool scalesScoresByLayer = false;   // scores are divided by 1, 2, ... from the first layer on
  std::optional<double> scoreCap;     // x becomes cap * tanh(x / cap)
  std::optional<double> logitCap;
  double embeddingDropout = 0;
  double attentionDropout = 0;
  double residualDropout = 0;
  Rope rope;
  std::vector<std::optional<int64_t>> windows; // of each layer: how many positions a query sees
  Experts experts;

  int64_t batch = 0;    // sequences in a micro-batch
  int64_t sequence = 0; // tokens in a sequence
  std::string elementType = "f32";
};

/// The keys under which a model type stores the sizes that flags may replace.
struct SizeKeys {
  llvm::StringRef layers, heads, width, vocabulary, positions;
};

/// The keys of a config's model type; an error if that is missing or unknown.
llvm::Expected<SizeKeys> getSizeKeys(const llvm::json::Object &config);

/// The model types that can be read: "gpt2, llama, ...".
std::string listModelTypes();

/// Replaces the number of layers, and with it what is listed for each of them: lists are cut, and
/// those that are too short are left out where the model type has the same without them.
void replaceLayers(llvm::json::Object &config, const SizeKeys &keys, int64_t layers);

/// The config with the value of every key that it leaves out and that is read, by default of its
/// model type; an error if that is missing or unknown.
llvm::Expected<llvm::json::Object> completeConfig(const llvm::json::Object &config);

/// Reads a Hugging Face config, but for the batch and the sequence. A key that is not understood,
/// and not known to leave the numbers as they are, is an error that names it, unless one of the
/// patterns matches it ("rope_scaling.beta" for a key inside). One error has all that is wrong.
llvm::Expected<ModelConfig> readModelConfig(const llvm::json::Object &config,
                                            llvm::ArrayRef<llvm::GlobPattern> passedOver = {});

} // namespace weft

#endif // WEFT_IMPORT_MODELCONFIG_H
