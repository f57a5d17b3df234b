// Every op of the tile dialect has a round-trip test.
#include "dialects/Tile/Tile.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace {

// The registered ops whose name does not stand in a text, by words.
std::vector<std::string> getMissing(StringRef text) {
  MLIRContext context;
  context.loadDialect<weft::tile::TileDialect>();
  std::vector<std::string> missing;
  for (RegisteredOperationName op : context.getRegisteredOperationsByDialect("tile"))
    if (!text.contains((op.getStringRef() + " ").str()) &&
        !text.contains((op.getStringRef() + "\n").str()))
      missing.push_back(op.getStringRef().str());
  return missing;
}

TEST(TileOps, HaveARoundTrip) {
  auto file = llvm::MemoryBuffer::getFile(ROUND_TRIPS);
  ASSERT_TRUE(file) << ROUND_TRIPS;
  EXPECT_EQ(getMissing((*file)->getBuffer()), std::vector<std::string>());
}

TEST(TileOps, AreMissedWhereTheyAreMissing) {
  std::string text = "tile.storex ";
  for (const std::string &name : getMissing(""))
    if (name != "tile.store")
      text += name + (name == "tile.return" ? "\n" : " ");
  EXPECT_EQ(getMissing(text), std::vector<std::string>({"tile.store"}));
}

} // namespace
