// The kernel of embedding_backward.
#include "KernelBuilder.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

tile::KernelOp weft::buildScatterKernel(OpBuilder &builder, StringRef name, EmbeddingBackwardOp op,
                                        const KernelOptions &options) {
  OpBuilder::InsertionGuard guard(builder);
  Location loc = op.getLoc();
  auto tableType = cast<RankedTensorType>(op.getOld().getType());
  Type element = tableType.getElementType();
  int64_t rows = cast<RankedTensorType>(op.getIds().getType()).getNumElements();
  int64_t columns = tableType.getDimSize(1);
  int64_t extent = std::min<int64_t>(options.tileBytes * 8 / element.getIntOrFloatBitWidth(),
                                     llvm::PowerOf2Ceil(columns));
  auto table = MemRefType::get(tableType.getShape(), element);
  SmallVector<Type> types = {table, MemRefType::get({rows}, builder.getI32Type()),
                             MemRefType::get({rows, columns}, element), table};
  ArrayAttr inPlace = builder.getArrayAttr({builder.getI64ArrayAttr({0, 0})});
  auto kernel = tile::KernelOp::create(builder, loc, name, builder.getFunctionType(types, {}),
                                       llvm::divideCeil(columns, extent), /*outputs=*/1, inPlace,
                                       /*arg_attrs=*/ArrayAttr(), /*res_attrs=*/ArrayAttr());
  kernel->setAttr(kInPlaceRequired, builder.getUnitAttr());
  Block *entry = builder.createBlock(&kernel.getBody());
  for (Type type : types)
    entry->addArgument(type, loc);
  Value ids = entry->getArgument(1), grad = entry->getArgument(2), sum = entry->getArgument(3);

  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  bool inBounds = columns % extent == 0;
  auto tileType = RankedTensorType::get({extent}, element);
  Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
  Value column = arith::MulIOp::create(builder, loc, program, index(extent));
  auto loop = scf::ForOp::create(builder, loc, index(0), index(rows), index(1));
  builder.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  Value id = memref::LoadOp::create(builder, loc, ids, row);
  Value target = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), id);
  Value old =
      tile::LoadOp::create(builder, loc, tileType, sum, ValueRange{target, column}, inBounds);
  Value add = tile::LoadOp::create(builder, loc, tileType, grad, ValueRange{row, column}, inBounds);
  Value next = arith::AddFOp::create(builder, loc, old, add);
  tile::StoreOp::create(builder, loc, next, sum, ValueRange{target, column}, inBounds);
  builder.setInsertionPointAfter(loop);
  tile::ReturnOp::create(builder, loc);
  return kernel;
}
