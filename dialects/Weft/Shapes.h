// Shape rules that ops share: what type inference, verifiers and rewrites all go by.
#ifndef WEFT_WEFT_SHAPES_H
#define WEFT_WEFT_SHAPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace weft {

/// The shape that NumPy's rules give two shapes: aligned at the last dimension, a size of 1 or a
/// missing dimension stretches. Fails where two sizes differ and neither is 1.
llvm::FailureOr<llvm::SmallVector<int64_t>> broadcastShapes(llvm::ArrayRef<int64_t> a,
                                                            llvm::ArrayRef<int64_t> b);

/// Whether every dimension has elements and the number of all of them is one that plans can add up.
bool hasSaneSize(llvm::ArrayRef<int64_t> shape);

/// The type of a value that is known to be a ranked tensor.
inline mlir::RankedTensorType getTensorType(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType());
}

/// The type that numbers of a float type are computed in: f32 for those of 16 bits.
inline mlir::Type getComputeType(mlir::Type element) {
  bool isShort = element.isBF16() || element.isF16(); // inference meets types of any kind
  return isShort ? mlir::Float32Type::get(element.getContext()) : element;
}
inline mlir::RankedTensorType withComputeType(mlir::RankedTensorType type) {
  return type.clone(getComputeType(type.getElementType()));
}

/// How many rows a tensor has: lists along its last dimension.
int64_t getNumRows(mlir::RankedTensorType type);

/// What each row of a result reads of an operand that is broadcast to it: the same as all others, a row (or a number) of
/// its own, or one that it shares with some.
enum class RowsRead { Same, Own, Shared };
RowsRead getRowsRead(mlir::RankedTensorType operand, mlir::RankedTensorType result);

/// "8x64", or "scalar" for rank 0: how errors show a shape.
std::string shapeToString(llvm::ArrayRef<int64_t> shape);

/// An error at `location` (if there is one) in the words of a verifier: "'weft.add' op ...".
template <typename... Args>
llvm::LogicalResult inferenceError(std::optional<mlir::Location> location, llvm::StringRef op,
                                   Args &&...args) {
  return mlir::emitOptionalError(location, "'", op, "' op ", std::forward<Args>(args)...);
}

/// Proves that every operand is a ranked tensor of static shape and sane size. Inference runs while an op is
/// parsed, before any constraint on its operands has been verified.
llvm::LogicalResult verifyStaticTensors(std::optional<mlir::Location> location, llvm::StringRef op,
                                        mlir::ValueRange operands);

/// Proves that all types have one element type.
llvm::LogicalResult verifySameElementType(std::optional<mlir::Location> location,
                                          llvm::StringRef op,
                                          llvm::ArrayRef<mlir::RankedTensorType> types);

/// Adds to `properties` what `attributes` say.
template <typename OpT>
llvm::LogicalResult mergeProperties(typename OpT::Properties &properties,
                                    mlir::DictionaryAttr attributes,
                                    std::optional<mlir::Location> location) {
  if (!attributes || attributes.empty())
    return mlir::success();
  return OpT::setPropertiesFromAttr(properties, attributes, [&] {
    mlir::Location at = location ? *location : mlir::UnknownLoc::get(attributes.getContext());
    return mlir::emitError(at);
  });
}

} // namespace weft

#endif // WEFT_WEFT_SHAPES_H
