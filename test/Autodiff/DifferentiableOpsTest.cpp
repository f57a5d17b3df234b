// Every weft op has a derivative rule or a reason to have none, and every rule has a model on which
// it is checked against finite differences.
#include "weft/Autodiff/Derivatives.h"

#include "dialects/Weft/Weft.h"

#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <set>

using namespace mlir;
using namespace weft;

namespace {

using Names = std::set<std::string>;

// Ops without a rule, by reason.
const Names kStructure = {"weft.layer",    "weft.model", "weft.graph", "weft.return",
                          "weft.call",     "weft.train", "weft.eval",  "weft.entry",
                          "weft.variable", "weft.get",   "weft.set"};
// No operands, so nothing to differentiate towards.
const Names kSources = {"weft.parameter", "weft.constant", "weft.iota", "weft.step_value",
                        "weft.word"};
// Made by autodiff: they stand behind it.
const Names kBackward = {
    "weft.accumulate",         "weft.matmul_accumulate",      "weft.gelu_backward",
    "weft.embedding_backward", "weft.cross_entropy_backward", "weft.grouped_linear_backward",
    "weft.attention_backward",
    "weft.chunk_sums"};
// Made of differentiable ops after autodiff, by the conversion to kernels.
const Names kLowered = {"weft.gather_rows", "weft.group", "weft.yield", "weft.launch", "weft.drop", "weft.matmul_epilogue", "weft.partial_sums"};
// Made of ids alone.
const Names kOfIds = {"weft.one_hot", "weft.target_weight", "weft.route"};
// Made into differentiable ops before autodiff.
const Names kDecomposed = {"weft.cross_entropy"};

class DifferentiableOps : public testing::Test {
protected:
  DifferentiableOps() {
    DialectRegistry registry;
    registry.insert<WeftDialect>();
    registerDerivatives(registry);
    context.appendDialectRegistry(registry);
    context.loadDialect<WeftDialect>();
  }

  Names opsWithRule() {
    std::vector<std::string> names = differentiableOps(context);
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    return Names(names.begin(), names.end());
  }

  MLIRContext context;
};

/// The ops of `names` for which no model, in a file named after the op, uses the op.
Names findOpsWithoutModel(const Names &names) {
  Names found;
  for (const auto &file : std::filesystem::directory_iterator(DERIVATIVE_MODELS)) {
    if (file.path().extension() != ".mlir")
      continue;
    std::ifstream stream(file.path());
    std::string text(std::istreambuf_iterator<char>(stream), {});
    std::string stem = file.path().stem();
    std::string name = "weft." + stem.substr(0, stem.find('-'));
    if (text.find("= " + name + " ") != std::string::npos)
      found.insert(name);
  }
  Names missing;
  std::set_difference(names.begin(), names.end(), found.begin(), found.end(),
                      std::inserter(missing, missing.end()));
  return missing;
}

TEST_F(DifferentiableOps, EveryOpHasARuleOrAReason) {
  Names accounted = opsWithRule();
  size_t total = accounted.size();
  for (const Names &names : {kStructure, kSources, kBackward, kLowered, kOfIds, kDecomposed}) {
    accounted.insert(names.begin(), names.end());
    total += names.size();
  }
  EXPECT_EQ(accounted.size(), total) << "an op with a rule is listed as one without";
  Names registered;
  for (RegisteredOperationName name : context.getRegisteredOperations())
    if (name.getDialectNamespace() == "weft")
      registered.insert(name.getStringRef().str());
  EXPECT_EQ(registered, accounted);
}

TEST_F(DifferentiableOps, EveryRuleHasAModelForFiniteDifferences) {
  Names names = opsWithRule();
  names.insert(kDecomposed.begin(), kDecomposed.end());
  EXPECT_EQ(findOpsWithoutModel(names), Names());
}

// The negative controls: an op without a model is found, and without the registration no op has a
// rule.
TEST_F(DifferentiableOps, FindsWhatIsMissing) {
  EXPECT_EQ(findOpsWithoutModel({"weft.add", "weft.iota"}), Names({"weft.iota"}));
  MLIRContext bare;
  bare.loadDialect<WeftDialect>();
  EXPECT_TRUE(differentiableOps(bare).empty());
}

} // namespace
