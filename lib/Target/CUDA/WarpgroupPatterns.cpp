// Products of a warpgroup (wgmma): operands in shared memory are named by descriptors, sums stay in registers.
#include "Fragments.h"
#include "SharedTile.h"
#include "TilePatterns.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

namespace {

constexpr int64_t kInner = 16; // that one instruction sums over
constexpr llvm::StringLiteral kProduct = "wgmma.mma_async";

Value longNumber(ThreadCode &code, uint64_t value) {
  return code.make<arith::ConstantOp>(code.b.getI64IntegerAttr(static_cast<int64_t>(value)));
}

/// A tile of 16-bit elements in shared memory, as PTX describes one to wgmma: "matrix descriptor" in its manual.
class Descriptor {
public:
  Descriptor(ThreadCode &code, MemRefType type, Value buffer, Value slot, bool innerIsRow)
      : code(code), rowBytes(type.getShape().back() * 2), innerIsRow(innerIsRow) {
    MemRefType place = SharedTile::placeOf(type, 2);
    if (slot) {
      Value bytes = code.number(place.getNumElements() * 2);
      buffer = code.pointerPlus(buffer, code.make<arith::MulIOp>(code.make<arith::IndexCastOp>(code.b.getI32Type(), slot), bytes));
    }
    // The address without its last four bits, eighteen bits of it in all; from one group of eight rows to the next; the swizzle.
    constexpr uint64_t addressMask = 0x3FFFF;
    uint64_t groupOfRows = 8 * rowBytes / 16, swizzle = *getSwizzleMode(rowBytes);
    Value address = code.make<LLVM::PtrToIntOp>(code.b.getI64Type(), buffer);
    address = code.make<arith::AndIOp>(address, longNumber(code, addressMask));
    address = code.make<arith::ShRUIOp>(address, longNumber(code, 4));
    start = code.make<arith::OrIOp>(address, longNumber(code, groupOfRows << 16 | groupOfRows << 32 | swizzle << 62));
  }

  /// Of the part of one instruction, from `across` (a row of a, a column of b) and `inner` on.
  Value at(int64_t across, int64_t inner) {
    int64_t row = innerIsRow ? inner : across, column = innerIsRow ? across : inner;
    int64_t bytes = row * rowBytes + column * 2;
    return bytes ? code.make<arith::AddIOp>(start, longNumber(code, bytes / 16)) : start;
  }

private:
  ThreadCode &code;
  int64_t rowBytes;
  bool innerIsRow;
  Value start;
};

/// The text of an instruction, and its operands: sums first, which it takes and gives.
class Assembly {
public:
  explicit Assembly(ThreadCode &code, ValueRange sums) : code(code), operands(sums) {
    for (size_t i = 0; i < sums.size(); ++i) {
      results += "=f,";
      ties += (i ? "," : "") + std::to_string(i);
      list += (i ? ", $" : "$") + std::to_string(i);
    }
  }

  std::string sums() const { return "{" + list + "}"; }
  std::string add(Value operand, StringRef constraint) {
    operands.push_back(operand);
    ties += ("," + constraint).str();
    return "$" + std::to_string(number++ + 2 * countSums());
  }

  SmallVector<Value> emit(const std::string &text) {
    MLIRContext *context = code.b.getContext();
    auto type = LLVM::LLVMStructType::getLiteral(context, SmallVector<Type>(countSums(), code.b.getF32Type()));
    auto dialect = LLVM::AsmDialectAttr::get(context, LLVM::AsmDialect::AD_ATT);
    Value all = LLVM::InlineAsmOp::create(code.b, code.loc, type, operands, text, results + ties, /*has_side_effects=*/true,
                                          /*is_align_stack=*/false, LLVM::tailcallkind::TailCallKind::None, dialect, ArrayAttr())
                    .getResult(0);
    SmallVector<Value> values;
    for (size_t i = 0; i < countSums(); ++i)
      values.push_back(code.make<LLVM::ExtractValueOp>(all, i));
    return values;
  }

private:
  size_t countSums() const { return llvm::count(results, 'f'); }
  ThreadCode &code;
  SmallVector<Value> operands;
  std::string results, ties, list;
  size_t number = 0;
};

struct ConvertWarpgroupDot : TilePattern<WarpgroupDotOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(WarpgroupDotOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    auto slotOf = [](ValueRange slot) { return slot.empty() ? Value() : slot.front(); };
    Descriptor b(code, cast<MemRefType>(op.getB().getType()), adaptor.getB().front(), slotOf(adaptor.getBSlot()), !op.getTransposeB());
    std::optional<Descriptor> sharedA;
    std::optional<Fragments> ownA;
    SmallVector<int64_t> rows; // of each instruction
    Layout own = Layout::of(op.getType());
    auto sumsOfOne = static_cast<int64_t>(cast<RankedTensorType>(op.getType()).getDimSize(1) / 2);
    for (int64_t r = 0; r < own.numRegisters(); r += sumsOfOne)
      rows.push_back(own.ofRegister(r)[0]);
    if (auto type = dyn_cast<MemRefType>(op.getA().getType())) {
      sharedA.emplace(code, type, adaptor.getA().front(), slotOf(adaptor.getASlot()), op.getTransposeA());
    } else {
      ownA.emplace(code, adaptor.getA(), Layout::of(op.getA().getType()), true);
      // Words are put together before the fence: behind it registers stay as they are.
      for (int64_t row : rows)
        for (int64_t k = 0; k < op.getInner(); k += kInner)
          wordsOf(code, *ownA, row, k);
    }
    SmallVector<Value> sums(adaptor.getAcc());
    bool hasNewRegisters = ownA || !isOnItsWay(sums.front());
    for (auto [i, row] : llvm::enumerate(rows)) {
      if (hasNewRegisters)
        NVVM::WgmmaFenceAlignedOp::create(rewriter, op.getLoc());
      for (int64_t k = 0; k < op.getInner(); k += kInner) {
        MutableArrayRef<Value> part = MutableArrayRef(sums).slice(i * sumsOfOne, sumsOfOne);
        Assembly assembly(code, part);
        std::string a = sharedA ? assembly.add(sharedA->at(row, k), "l") : registers(assembly, wordsOf(code, *ownA, row, k));
        Value start = b.at(0, k);
        llvm::copy(multiply(code, op, assembly, a, start, sharedA.has_value()), part.begin());
      }
    }
    replaceByRegisters(rewriter, op, sums);
    return success();
  }

  /// Whether a sum comes from another product, with no wait between.
  static bool isOnItsWay(Value sum) {
    auto part = sum.getDefiningOp<LLVM::ExtractValueOp>();
    auto assembly = part ? part.getContainer().getDefiningOp<LLVM::InlineAsmOp>() : LLVM::InlineAsmOp();
    return assembly && assembly.getAsmString().contains(kProduct);
  }

  static SmallVector<Value> wordsOf(ThreadCode &code, Fragments &a, int64_t row, int64_t k) {
    auto r = static_cast<int32_t>(row), c = static_cast<int32_t>(k);
    return {a.word(r, c), a.word(r + 8, c), a.word(r, c + 8), a.word(r + 8, c + 8)};
  }

  static std::string registers(Assembly &assembly, ArrayRef<Value> words) {
    SmallVector<std::string> names;
    for (Value word : words)
      names.push_back(assembly.add(word, "r"));
    return "{" + llvm::join(names, ", ") + "}";
  }

  /// Whether an operand is transposed is part of the instruction.
  static SmallVector<Value> multiply(ThreadCode &code, WarpgroupDotOp op, Assembly &assembly, const std::string &a, Value b,
                                     bool isShared) {
    int64_t columns = cast<RankedTensorType>(op.getType()).getDimSize(1);
    std::string type = getElementTypeOrSelf(op.getB().getType()).isBF16() ? "bf16" : "f16";
    std::string text = "{ .reg .pred p; setp.ne.b32 p, 1, 0; " + kProduct.str() + ".sync.aligned.m64n" + std::to_string(columns) + "k16.f32." + type + "." + type + " " + assembly.sums() + ", " + a + ", " + assembly.add(b, "l") + ", p, 1, 1";
    if (isShared)
      text += ", " + assembly.add(code.number(op.getTransposeA()), "n");
    text += ", " + assembly.add(code.number(!op.getTransposeB()), "n") + "; }";
    return assembly.emit(text);
  }
};

struct ConvertWarpgroupWait : TilePattern<WarpgroupWaitOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(WarpgroupWaitOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    SmallVector<Value> all;
    for (ValueRange registers : adaptor.getValues())
      llvm::append_range(all, registers);
    NVVM::WgmmaGroupSyncAlignedOp::create(rewriter, op.getLoc());
    SmallVector<Value> sums = Assembly(code, all).emit("wgmma.wait_group.sync.aligned 0;");
    SmallVector<SmallVector<Value>> results;
    size_t at = 0;
    for (ValueRange registers : adaptor.getValues()) {
      results.emplace_back(ArrayRef(sums).slice(at, registers.size()));
      at += registers.size();
    }
    rewriter.replaceOpWithMultiple(op, std::move(results));
    return success();
  }
};

} // namespace

void weft::populateWarpgroupPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertWarpgroupDot, ConvertWarpgroupWait>(converter, patterns.getContext());
}
