// What text cannot show: sizes of buffers, and that every op of the exec dialect has a round trip.
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <set>

using namespace mlir;
using namespace weft;

namespace {

class ExecDialectTest : public testing::Test {
protected:
  ExecDialectTest() { context.loadDialect<exec::ExecDialect, tile::TileDialect>(); }

  // The registered ops that do not stand in a module.
  std::set<std::string> getMissing(ModuleOp module) {
    std::set<std::string> missing;
    for (RegisteredOperationName name : context.getRegisteredOperationsByDialect("exec"))
      missing.insert(name.getStringRef().str());
    module->walk([&](Operation *op) { missing.erase(op->getName().getStringRef().str()); });
    return missing;
  }

  MemRefType parse(StringRef type) { return cast<MemRefType>(parseType(type, &context)); }

  MLIRContext context;
};

TEST_F(ExecDialectTest, EveryOpHasARoundTrip) {
  auto module = parseSourceFile<ModuleOp>(ROUND_TRIPS, &context);
  ASSERT_TRUE(module);
  EXPECT_EQ(getMissing(*module), std::set<std::string>());
}

// The check above sees an op that is missing.
TEST_F(ExecDialectTest, AMissingOpIsNoticed) {
  auto module = parseSourceFile<ModuleOp>(ROUND_TRIPS, &context);
  ASSERT_TRUE(module);
  module->walk([](exec::InitializeOp op) { op.erase(); });
  EXPECT_EQ(getMissing(*module), std::set<std::string>{"exec.initialize"});
}

TEST_F(ExecDialectTest, SizesIncludeGapsOfStrides) {
  EXPECT_EQ(exec::getByteSize(parse("memref<3x5xf32>")), 60);
  EXPECT_EQ(exec::getByteSize(parse("memref<f64>")), 8);
  EXPECT_EQ(exec::getSpan(parse("memref<3x5xf32, strided<[8, 1]>>")), 21);
  EXPECT_EQ(exec::getSpan(parse("memref<3x5xf32, strided<[1, 3]>>")), 15);
  EXPECT_EQ(exec::getSpan(parse("memref<3x5xf32, strided<[0, 1]>>")), 5);
  EXPECT_EQ(exec::getSpan(parse("memref<0x5xf32>")), 0);
  EXPECT_EQ(exec::getSpan(parse("memref<3x5xf32, strided<[?, 1]>>")), std::nullopt);
  EXPECT_EQ(exec::getSpan(parse("memref<3x5xf32, strided<[-5, 1]>>")), std::nullopt);
  EXPECT_EQ(exec::getSpan(parse("memref<4294967296x4294967296xf32>")), std::nullopt);
}

} // namespace
