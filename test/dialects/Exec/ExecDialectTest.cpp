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

// What a program runs says what it does to memory; all else in a program only names memory.
TEST_F(ExecDialectTest, EveryOpOfAProgramIsACommandOrNamesMemory) {
  auto module = parseSourceFile<ModuleOp>(ROUND_TRIPS, &context);
  ASSERT_TRUE(module);
  SymbolTable kernels(*module);
  int commands = 0;
  module->walk([&](Operation *op) {
    if (!isa_and_nonnull<exec::ProgramOp>(op->getParentOp()))
      return;
    auto command = dyn_cast<CommandOpInterface>(op);
    EXPECT_NE(bool(command), op->getNumResults() == 1) << op->getName().getStringRef().str();
    commands += bool(command);
    for (OpOperand &operand : op->getOpOperands())
      EXPECT_TRUE(!command || command.getAccess(operand, kernels) || isa<exec::LaunchOp>(op));
  });
  EXPECT_GT(commands, 8);
}

TEST_F(ExecDialectTest, CommandsCountBytesAndWork) {
  auto module = parseSourceString<ModuleOp>(R"(
    exec.module @m { exec.program @p {
      %a = exec.buffer : memref<4x8xf32>
      %b = exec.buffer : memref<8x16xf32>
      %c = exec.buffer : memref<4x16xf32>
      %w = exec.buffer : memref<1024xi32>
      %o = exec.buffer : memref<3xi32>
      %g = exec.buffer : memref<2x8x16xf32>
      exec.matmul %a, %b, %c overwrite block [4, 16] cublaslt workspace(%w : memref<1024xi32>) : memref<4x8xf32>, memref<8x16xf32>, memref<4x16xf32>
      exec.matmul %a, %b, %c add block [4, 16] onednn : memref<4x8xf32>, memref<8x16xf32>, memref<4x16xf32>
      exec.grouped_matmul rows %a, %g, %c by %o add block [4, 16] openblas : memref<4x8xf32>, memref<2x8x16xf32>, memref<4x16xf32>, memref<3xi32>
      exec.launch @there_is_none(%a) : memref<4x8xf32>
    } })", ParserConfig(&context, /*verifyAfterParse=*/false));
  ASSERT_TRUE(module);
  SymbolTable kernels(*module);
  std::vector<double> bytes, flops;
  std::vector<std::string> names;
  module->walk([&](CommandOpInterface command) {
    bytes.push_back(command.getBytes(kernels));
    flops.push_back(command.getFlops(kernels));
    names.push_back(command.getWorkName());
  });
  int64_t a = 4 * 8 * 4, b = 8 * 16 * 4, c = 4 * 16 * 4;
  EXPECT_EQ(bytes, (std::vector<double>{double(a + b + c), double(a + b + 2 * c), double(a + 2 * b + 2 * c + 12), double(a)}));
  EXPECT_EQ(flops, (std::vector<double>{1024, 1024, 1024, 0}));
  EXPECT_EQ(names, (std::vector<std::string>{"matmul to 4x16", "matmul to 4x16, added", "grouped matmul to 4x16, added",
                                             "there_is_none"}));
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
