#include "Decoder.h"

using namespace weft;

void DecoderWriter::route() {
  std::string scope = " {scope = \"block_sparse_moe\"}", scores = rows(config.experts.count);
  std::string ids = choices("i32"), weights = choices(config.elementType);
  std::string ones = rows(1), order = tensorType({routedRows()}, "i32");
  text.comment("The router gives each token its " + llvm::Twine(config.experts.chosen) +
               " most probable of " + llvm::Twine(config.experts.count) +
               " experts, with weights that sum to 1.");
  linear("block_sparse_moe.gate", "h2", "router", config.width, config.experts.count,
         config.initDeviation, /*hasBias=*/false);
  text.op("%probabilities = weft.softmax %router" + scope, scores);
  text.op("%best, %experts = weft.top_k %probabilities k " + llvm::Twine(config.experts.chosen) +
              scope,
          scores);
  text.op("%total = weft.sum %best axes [2] {keep_dims, scope = \"block_sparse_moe\"}", weights);
  text.op("%weights = weft.div %best, %total" + scope, weights + ", " + ones);
  text.blank();
  text.comment("Rows of tokens in the order of their experts, so that each expert has its rows in "
               "one piece.");
  text.op("%order, %slots, %offsets = weft.route %experts experts " +
              llvm::Twine(config.experts.count) + scope,
          ids);
  text.op("%rows = weft.dispatch %h2, %order, %slots" + scope, hidden + ", " + order + ", " + ids);
  text.blank();
}

void DecoderWriter::expertLinear(llvm::StringRef name, llvm::StringRef input,
                                 llvm::StringRef result, int64_t in, int64_t out) {
  std::string weight = parameter(("block_sparse_moe.experts.*." + name + ".weight").str(), init(),
                                 {config.experts.count, out, in});
  text.op("%" + result + " = weft.grouped_linear out_in %" + input + ", " + weight +
              ", %offsets {scope = \"block_sparse_moe\"}",
          tensor({routedRows(), in}) + ", " + tensor({config.experts.count, out, in}) + ", " +
              tensorType({config.experts.count + 1}, "i32"));
}

void DecoderWriter::applyExperts() {
  std::string inner = tensor({routedRows(), config.inner}), scope = "block_sparse_moe";
  text.comment("The weights of all experts are one value; files hold one tensor for each expert.");
  expertLinear("w1", "rows", "gate", config.width, config.inner);
  expertLinear("w3", "rows", "up", config.width, config.inner);
  activate("gate", "opened", inner, scope);
  text.op("%gated = weft.mul %opened, %up {scope = \"" + scope + "\"}", inner + ", " + inner);
  expertLinear("w2", "gated", "answers", config.inner, config.width);
  text.op("%m = weft.combine %answers, %weights, %slots {scope = \"" + scope + "\"}",
          tensor({routedRows(), config.width}) + ", " + choices(config.elementType) + ", " +
              choices("i32"));
}

/// %routed and %share, for the loss that balances experts.
void DecoderWriter::countRouted() {
  std::string scope = " {scope = \"block_sparse_moe\"}";
  int64_t count = config.experts.count, chosen = config.experts.chosen;
  std::string column = tensorType({config.batch, config.sequence, chosen, 1}, "i32");
  std::string numbers = tensorType({count}, "i32");
  std::string hits = tensor({config.batch, config.sequence, chosen, count});
  std::string one = rows(1), oneOfEach = tensor({config.batch, config.sequence, 1, 1});
  text.blank();
  text.comment("Of each expert: how many tokens chose it, and the sum of its probabilities.");
  text.comment("%real is 0 for what only fills an evaluation's last batch up: it counts nowhere.");
  text.op("%column = weft.reshape %experts" + scope, choices("i32") + " to " + column);
  text.op("%numbers = weft.iota", numbers);
  text.op("%hits = weft.compare eq %column, %numbers" + scope,
          column + ", " + numbers + " -> " + hits);
  text.op("%of_choice = weft.reshape %real" + scope, realType() + " to " + oneOfEach);
  text.op("%counted = weft.mul %hits, %of_choice" + scope, hits + ", " + oneOfEach);
  text.op("%routed = weft.sum %counted axes [0, 1, 2]" + scope, hits);
  text.op("%of_token = weft.reshape %real" + scope, realType() + " to " + one);
  text.op("%weighed = weft.mul %probabilities, %of_token" + scope, rows(count) + ", " + one);
  text.op("%share = weft.sum %weighed axes [0, 1]" + scope, rows(count));
}

void DecoderWriter::experts() {
  route();
  applyExperts();
  if (hasBalanceLoss())
    countRouted();
}

/// The load balancing loss of the Switch Transformer (Fedus et al., 2021) over all layers at once,
/// as transformers computes it: experts * sum of (tokens that chose the expert / tokens) * (its
/// mean probability).
std::string DecoderWriter::auxiliaryLoss() {
  if (!hasBalanceLoss())
    return "sum";
  double layers = static_cast<double>(config.layers);
  double coefficient = *config.experts.balanceLoss;
  std::string counts = tensor({config.experts.count}), scope = " {scope = \"balance\"}";
  text.blank();
  text.comment("The loss that keeps the experts equally busy: " + shortNumber(coefficient) + " * " +
               llvm::Twine(config.experts.count) + " * the sum over experts of the share");
  text.comment("of tokens that chose one, times its mean probability, both over the tokens of all "
               "layers.");
  text.comment("The loss is divided by its weight in the end, so this term is multiplied by it.");
  text.comment("It is one of a micro-batch: those that are accumulated balance each by itself.");
  for (std::string value : {"routed", "share"})
    for (int64_t layer = 1; layer < config.layers; ++layer) {
      std::string sum = layer == 1 ? value + "0" : value + "_to" + std::to_string(layer - 1);
      text.op("%" + value + "_to" + llvm::Twine(layer) + " = weft.add %" + sum + ", %" + value +
                  llvm::Twine(layer) + scope,
              counts + ", " + counts);
    }
  std::string last = config.layers == 1 ? "0" : "_to" + std::to_string(config.layers - 1);
  text.op("%products = weft.mul %routed" + last + ", %share" + last + scope,
          counts + ", " + counts);
  text.op("%balance = weft.sum %products axes [0]" + scope, counts);
  constant("balance_scale",
           coefficient * static_cast<double>(config.experts.count) / (layers * layers));
  text.op("%scaled = weft.mul %balance, %balance_scale" + scope, scalar + ", " + scalar);
  text.op("%tokens_of_layer = weft.sum %real axes [0, 1]" + scope, realType());
  text.op("%squared = weft.mul %tokens_of_layer, %tokens_of_layer" + scope, scalar + ", " + scalar);
  text.op("%mean = weft.div %scaled, %squared" + scope, scalar + ", " + scalar);
  text.op("%term = weft.mul %mean, %count" + scope, scalar + ", " + scalar);
  text.op("%whole = weft.add %sum, %term" + scope, scalar + ", " + scalar);
  return "whole";
}
