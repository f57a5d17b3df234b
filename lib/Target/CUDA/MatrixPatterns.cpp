// Products on tensor cores: fragments in registers, and how they come from shared memory.
#include "Fragments.h"
#include "SharedTile.h"
#include "TilePatterns.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

namespace {

/// Goes before patterns for any layout.
constexpr unsigned kBenefit = 2;

// ---- mma.sync

NVVM::MMATypes matrixType(Type element) {
  if (element.isBF16())
    return NVVM::MMATypes::bf16;
  return element.isF16() ? NVVM::MMATypes::f16 : NVVM::MMATypes::tf32;
}

/// Four registers of the result are one fragment: two neighbours in a row, and the same eight rows below.
struct ConvertFragmentDot : TilePattern<DotOp> {
  ConvertFragmentDot(TypeConverter &converter, MLIRContext *context)
      : TilePattern(converter, context, kBenefit) {}

  LogicalResult matchAndRewrite(DotOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    int64_t inner = getFragmentInner(op);
    if (!inner)
      return rewriter.notifyMatchFailure(op, "not for tensor cores");
    ThreadCode code(rewriter, op.getLoc());
    Layout own = Layout::of(op.getType()), ofA = Layout::of(op.getA().getType()),
           ofB = Layout::of(op.getB().getType());
    Fragments a(code, adaptor.getA(), op.getTransposeA() ? ofA.transposed() : ofA, true);
    Fragments b(code, adaptor.getB(), op.getTransposeB() ? ofB.transposed() : ofB, false);
    auto half = static_cast<int32_t>(inner / 2);
    SmallVector<Value> sums(adaptor.getAcc());
    // Neighbouring instructions do not wait for each other's sums.
    for (int32_t k = 0; k < op.getInner(); k += 2 * half)
      for (size_t r = 0; r < sums.size(); r += 4) {
        Coordinates at = own.ofRegister(r);
        Value rows[] = {a.word(at[0], k), a.word(at[0] + 8, k), a.word(at[0], k + half),
                        a.word(at[0] + 8, k + half)};
        Value columns[] = {b.word(at[1], k), b.word(at[1], k + half)};
        multiply(code, op, inner, rows, columns, MutableArrayRef(sums).slice(r, 4));
      }
    replaceByRegisters(rewriter, op, sums);
    return success();
  }

  static void multiply(ThreadCode &code, DotOp op, int64_t inner, ValueRange a, ValueRange b,
                       MutableArrayRef<Value> sums) {
    SmallVector<Type> floats(4, code.b.getF32Type());
    NVVM::MMATypes type = matrixType(getElementTypeOrSelf(op.getA()));
    Value result = code.make<NVVM::MmaOp>(
        LLVM::LLVMStructType::getLiteral(code.b.getContext(), floats), a, b, ValueRange(sums),
        ArrayRef<int64_t>{16, 8, inner}, std::nullopt, std::nullopt, std::array{type, type},
        std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
    for (auto [i, sum] : llvm::enumerate(sums))
      sum = code.make<LLVM::ExtractValueOp>(result, i);
  }
};

// ---- ldmatrix

/// How a warp reads a tile of 16-bit elements as matrices of 8 x 8, whose rows are 16 neighbouring bytes each: each lane
/// says where one row lies, and gets two neighbours of a row, or, turned, of a column.
struct MatrixRead {
  bool isTurned;
  int64_t matrices; // that one instruction reads: 1, 2 or 4
  Layout rows;      // in whose lanes are the rows that lanes name

  /// Nothing where the layout is no such reading of the buffer. Offsets in shared memory are linear, so it is enough
  /// to look at those of bases.
  static std::optional<MatrixRead> of(const Layout &layout, MemRefType buffer) {
    if (buffer.getElementTypeBitWidth() != 16 || layout.registers.empty())
      return std::nullopt;
    auto offset = [&](const Coordinates &basis) { return getSharedOffset(buffer, basis); };
    auto isRow = [&](const Coordinates &basis) { return offset(basis) % 16 == 0; };
    // Three of these six bits say where in a row, the other three which row.
    SmallVector<Coordinates> first = {layout.registers[0], layout.lanes[0], layout.lanes[1]},
                             last = {layout.lanes[2], layout.lanes[3], layout.lanes[4]};
    auto isWithin = [&](ArrayRef<Coordinates> bases) {
      return offset(bases[0]) == 2 && offset(bases[1]) == 4 && offset(bases[2]) == 8;
    };
    MatrixRead read{isWithin(last), 1, layout};
    if (!read.isTurned && !isWithin(first))
      return std::nullopt;
    read.rows.lanes = read.isTurned ? first : last;
    ArrayRef<Coordinates> others = ArrayRef(layout.registers).drop_front();
    if (!llvm::all_of(read.rows.lanes, isRow) || !llvm::all_of(others, isRow) ||
        !llvm::all_of(layout.warps, isRow))
      return std::nullopt;
    others = others.take_front(2);
    read.matrices <<= others.size();
    llvm::append_range(read.rows.lanes, others);
    read.rows.lanes.resize(5, Coordinates(layout.rank, 0));
    return read;
  }
};

struct ConvertMatrixLoad : TilePattern<LocalLoadOp> {
  ConvertMatrixLoad(TypeConverter &converter, MLIRContext *context)
      : TilePattern(converter, context, kBenefit) {}

  LogicalResult matchAndRewrite(LocalLoadOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    auto buffer = cast<MemRefType>(op.getSource().getType());
    Layout layout = Layout::of(op.getType());
    std::optional<MatrixRead> read = MatrixRead::of(layout, SharedTile::placeOf(buffer, layout.rank));
    bool isPart = !op.getIndices().empty() && cast<RankedTensorType>(op.getType()).getShape().back() < 8;
    if (!read || isPart)
      return rewriter.notifyMatchFailure(op, "no rows of 16 bytes");
    ThreadCode code(rewriter, op.getLoc());
    SharedTile place(code, buffer, adaptor.getSource().front(), read->rows, firstOfEach(adaptor.getIndices()));
    SmallVector<Value> registers;
    for (int64_t r = 0; r < layout.numRegisters(); r += 2 * read->matrices) {
      Value words = load(code, *read, place.pointer(r));
      for (int64_t i = 0; i < read->matrices; ++i)
        append(code, read->matrices == 1 ? words : code.make<LLVM::ExtractValueOp>(words, i),
               buffer.getElementType(), registers);
    }
    replaceByRegisters(rewriter, op, registers);
    return success();
  }

  static Value load(ThreadCode &code, const MatrixRead &read, Value pointer) {
    MLIRContext *context = code.b.getContext();
    Type word = code.b.getI32Type();
    if (read.matrices > 1)
      word = LLVM::LLVMStructType::getLiteral(context, SmallVector<Type>(read.matrices, word));
    return code.make<NVVM::LdMatrixOp>(word, pointer, static_cast<uint32_t>(read.matrices),
                                       read.isTurned ? NVVM::MMALayout::col : NVVM::MMALayout::row,
                                       NVVM::LdStMatrixShapeAttr::get(context, 8, 8), NVVM::LdStMatrixEltType::B16);
  }

  static void append(ThreadCode &code, Value word, Type element, SmallVectorImpl<Value> &registers) {
    Value both = code.make<LLVM::BitcastOp>(VectorType::get(2, element), word);
    for (int64_t i : {0, 1})
      registers.push_back(code.make<LLVM::ExtractElementOp>(both, code.number(i)));
  }
};

} // namespace

void weft::populateMatrixPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertFragmentDot, ConvertMatrixLoad>(converter, patterns.getContext());
}
