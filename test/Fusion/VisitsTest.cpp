// How often the matcher of attention looks at values: in proportion to the text, however many ways lead through it.
#include "../../lib/Fusion/AttentionMatch.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace weft;

namespace {

struct Text {
  std::string before, op, after; // in `op`, X is the value before, Y the own one, T their type
};

std::string replaced(std::string text, StringRef what, StringRef with) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

/// The visits that reading one attention costs, in a text with so many ops like `op`.
size_t countVisits(const Text &text, int count) {
  std::string body = text.before;
  for (int i = 0; i < count; ++i)
    body += replaced(replaced(text.op, "X", "%x" + std::to_string(i)), "Y", "%x" + std::to_string(i + 1));
  body = "weft.layer @l(%q: T, %i: tensor<4xi32>, %j: tensor<4x1xi32>) -> T {\n" + body +
         replaced(text.after, "X", "%x" + std::to_string(count)) + "weft.return %y : T\n}\n";
  MLIRContext context;
  context.loadDialect<WeftDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(replaced(body, "T", "tensor<4x4xf32>"), &context);
  EXPECT_TRUE(module);
  size_t visits = 0;
  module->walk([&](SoftmaxOp softmax) {
    AttentionMatch match(softmax);
    EXPECT_TRUE(match.isCandidate());
    (void)match.read();
    visits += match.numVisits();
  });
  return visits;
}

const char *const kScores = "%x0 = weft.matmul %q, %q {transpose_b} : T, T\n";
const char *const kCondition = "%low = weft.constant dense<-1.0e9> : tensor<f32>\n%x0 = weft.compare le %i, %j : "
                               "tensor<4xi32>, tensor<4x1xi32> -> T\n";
const char *const kEnd = "%p = weft.softmax X : T\n%y = weft.matmul %p, %q : T, T\n";
const char *const kHide = "%s = weft.matmul %q, %q {transpose_b} : T, T\n%m = weft.where X, %s, %low : T, T, tensor<f32>\n"
                          "%p = weft.softmax %m : T\n%y = weft.matmul %p, %q : T, T\n";
const char *const kAdd = "%s = weft.matmul %q, %q {transpose_b} : T, T\n%m = weft.add %s, X : T, T\n"
                         "%p = weft.softmax %m : T\n%y = weft.matmul %p, %q : T, T\n";
const char *const kBelow = "%s = weft.matmul %q, %q {transpose_b} : T, T\n%c = weft.compare le X, %low : T, tensor<f32> -> T\n"
                           "%m = weft.where %c, %s, %low : T, T, tensor<f32>\n"
                           "%p = weft.softmax %m : T\n%y = weft.matmul %p, %q : T, T\n";
const char *const kPositions = "%low = weft.constant dense<-1.0e9> : tensor<f32>\n%f = weft.cast %i : tensor<4xi32> to "
                               "tensor<4xf32>\n%x0 = weft.broadcast %f : tensor<4xf32> to T\n";

const Text kTexts[] = {
    {kScores, "Y = weft.tanh X : T\n", kEnd},
    {kScores, "Y = weft.add X, X : T, T\n", kEnd},
    {kScores, "Y = weft.mul X, X : T, T\n", kEnd},
    {kScores, "Y = weft.where X, X, X : T, T, T\n", kEnd},
    {kScores, "Y = weft.causal_mask X : T\n", kEnd},
    {kCondition, "Y = weft.mul X, X : T, T\n", kHide},
    {kCondition, "Y = weft.min X, X : T, T\n", kHide},
    {kCondition, "Y = weft.max X, X : T, T\n", kHide},
    {kCondition, "Y = weft.add X, X : T, T\n", kAdd},
    {kCondition, "Y = weft.where X, X, X : T, T, T\n", kAdd},
    {kPositions, "Y = weft.add X, X : T, T\n", kBelow},
    {kPositions, "Y = weft.sub X, X : T, T\n", kBelow},
    {kPositions, "Y = weft.neg X : T\n", kBelow},
};

TEST(Visits, GrowWithTheText) {
  for (const Text &text : kTexts) {
    size_t few = countVisits(text, 1000), many = countVisits(text, 2000);
    EXPECT_LE(few, 16 * 1000u) << text.op;
    EXPECT_LE(many, 2 * few + 16) << text.op;
  }
}

} // namespace
