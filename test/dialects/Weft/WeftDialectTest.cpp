// What text cannot show: helpers of the dialect, builders, and that every op has a round trip.
#include "dialects/Weft/Weft.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <set>

using namespace mlir;
using namespace weft;

namespace {

using Shape = SmallVector<int64_t>;

TEST(BroadcastShapes, FollowsNumPy) {
  EXPECT_EQ(*broadcastShapes({8, 64}, {64}), (Shape{8, 64}));
  EXPECT_EQ(*broadcastShapes({64}, {8, 64}), (Shape{8, 64}));
  EXPECT_EQ(*broadcastShapes({8, 1, 4}, {5, 1}), (Shape{8, 5, 4}));
  EXPECT_EQ(*broadcastShapes({}, {3}), (Shape{3}));
  EXPECT_EQ(*broadcastShapes({}, {}), Shape());
  EXPECT_TRUE(failed(broadcastShapes({8, 64}, {8})));
  EXPECT_TRUE(failed(broadcastShapes({2}, {3})));
}

TEST(SaneSize, RefusesWhatCannotBeCounted) {
  EXPECT_TRUE(hasSaneSize({}));
  EXPECT_TRUE(hasSaneSize({50257, 1600}));
  EXPECT_FALSE(hasSaneSize({8, 0}));
  EXPECT_FALSE(hasSaneSize({99999999999, 99999999999}));
  EXPECT_FALSE(hasSaneSize({ShapedType::kDynamic}));
}

TEST(Scope, JoinsAndMeets) {
  EXPECT_EQ(joinScopes("h.0", "attn"), "h.0.attn");
  EXPECT_EQ(joinScopes("", "attn"), "attn");
  EXPECT_EQ(joinScopes("h.0", ""), "h.0");
  EXPECT_EQ(joinScopes("", ""), "");
  EXPECT_EQ(commonScope("h.3.attn", "h.3.mlp"), "h.3");
  EXPECT_EQ(commonScope("h.3", "h.3.mlp"), "h.3");
  EXPECT_EQ(commonScope("h.3", "h.3"), "h.3");
  // Parts are compared whole.
  EXPECT_EQ(commonScope("h.3", "h.31"), "h");
  EXPECT_EQ(commonScope("h", "wte"), "");
  EXPECT_EQ(commonScope("", "wte"), "");
}

class WeftDialectTest : public testing::Test {
protected:
  WeftDialectTest() { context.loadDialect<WeftDialect>(); }

  MLIRContext context;
};

TEST_F(WeftDialectTest, ScopeAndPhaseAreCopied) {
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  auto from = StepValueOp::create(builder, loc, StepFieldAttr::get(&context, StepField::Step));
  auto to = StepValueOp::create(builder, loc, StepFieldAttr::get(&context, StepField::Step));
  setScope(from, "h.0");
  setPhase(to, "forward");
  copyScope(from, to);
  EXPECT_EQ(getScope(to), "h.0");
  EXPECT_EQ(getPhase(to), "");
  from.erase();
  to.erase();
}

TEST_F(WeftDialectTest, FunctionsAreBuiltWithNames) {
  OpBuilder builder(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  builder.setInsertionPointToEnd(module->getBody());
  Type type = RankedTensorType::get({4}, builder.getF32Type());
  auto graph = GraphOp::create(builder, module->getLoc(), "step",
                               builder.getFunctionType({type, type, type}, {}),
                               ArrayRef<StringRef>{"tokens", "arg1", "targets"});
  builder.setInsertionPointToEnd(&graph.getBody().front());
  ReturnOp::create(builder, graph.getLoc(), ValueRange());
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(getArgumentName(graph, 0), "tokens");
  EXPECT_EQ(getArgumentName(graph, 1), "arg1");
  EXPECT_FALSE(graph.getArgAttr(1, kNameAttr));
  EXPECT_EQ(getArgumentName(graph, 2), "targets");
}

// Attributes are unique by their bits: NaN (a group without weight decay) equals itself, and the
// two zeros differ.
TEST_F(WeftDialectTest, AttributesAreUniqueByBits) {
  StringAttr match = StringAttr::get(&context, "*");
  double unset = std::numeric_limits<double>::quiet_NaN();
  auto group = ParameterGroupAttr::get(&context, match, unset, 1.0);
  EXPECT_EQ(group, ParameterGroupAttr::get(&context, match, unset, 1.0));
  EXPECT_FALSE(group.hasWeightDecay());
  EXPECT_TRUE(ParameterGroupAttr::get(&context, match, 0.0, 1.0).hasWeightDecay());
  EXPECT_NE(spec::InitAttr::get(&context, spec::InitKind::Constant, 0.0),
            spec::InitAttr::get(&context, spec::InitKind::Constant, -0.0));
}

/// The tests that print what they parse and parse it again.
std::set<std::string> findRoundTrips() {
  std::set<std::string> found;
  for (const auto &file : std::filesystem::directory_iterator(ROUND_TRIPS)) {
    std::ifstream stream(file.path());
    std::string first;
    if (std::getline(stream, first) && StringRef(first).contains("-verify-roundtrip"))
      found.insert(file.path());
  }
  return found;
}

TEST_F(WeftDialectTest, EveryOpHasARoundTrip) {
  std::set<std::string> missing, files = findRoundTrips();
  for (RegisteredOperationName name : context.getRegisteredOperationsByDialect("weft"))
    missing.insert(name.getStringRef().str());
  EXPECT_GT(missing.size(), 50u);
  EXPECT_GE(files.size(), 2u);
  for (const std::string &file : files) {
    auto module = parseSourceFile<ModuleOp>(file, &context);
    ASSERT_TRUE(module) << file;
    module->walk([&](Operation *op) { missing.erase(op->getName().getStringRef().str()); });
  }
  EXPECT_EQ(missing, std::set<std::string>());
}

} // namespace
