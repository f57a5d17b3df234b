// What one thread holds of an operand of tensor cores, as the words that instructions take.
#ifndef WEFT_LIB_TARGET_CUDA_FRAGMENTS_H
#define WEFT_LIB_TARGET_CUDA_FRAGMENTS_H

#include "ThreadCode.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

#include <map>

namespace weft {

/// Makes the words of a tile's registers, each once: two neighbours of 16 bits, or an f32 rounded to tf32.
class Fragments {
public:
  Fragments(ThreadCode &code, mlir::ValueRange registers, const tile::Layout &layout, bool isA)
      : code(code), registers(registers), layout(layout), isA(isA) {}

  /// Of the element at `across`, its row in a or column in b, and `along` what is summed over.
  mlir::Value word(int32_t across, int32_t along) {
    mlir::Value &known = words[{across, along}];
    if (known)
      return known;
    mlir::Value first = at(across, along);
    if (first.getType().isF32())
      return known = code.make<mlir::NVVM::ConvertFloatToTF32Op>(code.b.getI32Type(), first, mlir::NVVM::FPRoundingMode::RNA);
    return known = pair(first, at(across, along + 1));
  }

private:
  mlir::Value at(int32_t across, int32_t along) {
    return registers[layout.registerAt(isA ? tile::Coordinates{across, along} : tile::Coordinates{along, across})];
  }

  /// Two numbers in one register; where both are rounded first, by one instruction.
  mlir::Value pair(mlir::Value low, mlir::Value high) {
    auto type = mlir::VectorType::get(2, low.getType());
    auto a = low.getDefiningOp<mlir::arith::TruncFOp>(), c = high.getDefiningOp<mlir::arith::TruncFOp>();
    mlir::Value both;
    if (a && c && a.getIn().getType().isF32() && c.getIn().getType().isF32())
      both = code.make<mlir::arith::TruncFOp>(type, joined(a.getIn(), c.getIn()));
    else
      both = joined(low, high);
    // mma.sync knows pairs of f16 as such, those of bf16 as words.
    return type.getElementType().isF16() ? both : code.make<mlir::LLVM::BitcastOp>(code.b.getI32Type(), both);
  }

  mlir::Value joined(mlir::Value low, mlir::Value high) {
    mlir::Value result = code.make<mlir::LLVM::UndefOp>(mlir::VectorType::get(2, low.getType()));
    result = code.make<mlir::LLVM::InsertElementOp>(result, low, code.number(0));
    return code.make<mlir::LLVM::InsertElementOp>(result, high, code.number(1));
  }

  ThreadCode &code;
  mlir::ValueRange registers;
  tile::Layout layout;
  bool isA;
  std::map<std::pair<int32_t, int32_t>, mlir::Value> words;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_FRAGMENTS_H
