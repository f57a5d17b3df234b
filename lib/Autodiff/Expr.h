// A value and the builder that extends it, with the operators that mathematics is written in.
#ifndef WEFT_LIB_AUTODIFF_EXPR_H
#define WEFT_LIB_AUTODIFF_EXPR_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace weft {

/// Every operator emits one weft op at the builder's location, with the operands in the order
/// written. Numbers become scalar constants of the other operand's element type, which elementwise
/// ops broadcast; so no constant is larger than one element.
class Expr {
public:
  Expr(mlir::ImplicitLocOpBuilder &builder, mlir::Value value) : builder(&builder), value(value) {}

  operator mlir::Value() const { return value; }
  mlir::RankedTensorType type() const {
    return llvm::cast<mlir::RankedTensorType>(value.getType());
  }
  int64_t rank() const { return type().getRank(); }
  mlir::ImplicitLocOpBuilder &getBuilder() const { return *builder; }

  /// A scalar of this value's element type.
  Expr scalar(double number) const;

private:
  mlir::ImplicitLocOpBuilder *builder;
  mlir::Value value;
};

/// A tensor of one repeated number.
Expr constant(mlir::ImplicitLocOpBuilder &builder, mlir::RankedTensorType type, double number);

Expr operator+(Expr a, Expr b);
Expr operator-(Expr a, Expr b);
Expr operator*(Expr a, Expr b);
Expr operator/(Expr a, Expr b);
inline Expr operator+(Expr a, double b) { return a + a.scalar(b); }
inline Expr operator-(Expr a, double b) { return a - a.scalar(b); }
inline Expr operator*(Expr a, double b) { return a * a.scalar(b); }
inline Expr operator-(double a, Expr b) { return b.scalar(a) - b; }
inline Expr operator/(double a, Expr b) { return b.scalar(a) / b; }
Expr operator-(Expr a);

Expr max(Expr a, Expr b);
Expr min(Expr a, Expr b);
Expr pow(Expr a, Expr b);
Expr exp(Expr a);
Expr log(Expr a);
Expr sqrt(Expr a);
Expr rsqrt(Expr a);
Expr sin(Expr a);
Expr cos(Expr a);
Expr sigmoid(Expr a);

/// The same numbers in another float type; `a` itself where it has that type.
Expr castTo(Expr a, mlir::Type elementType);

/// Reductions over `axes`; `a` itself (reshaped, without keepDims) where these are all of size 1.
Expr sum(Expr a, llvm::ArrayRef<int64_t> axes, bool keepDims = false);
Expr mean(Expr a, llvm::ArrayRef<int64_t> axes, bool keepDims = false);

/// The same elements in row-major order; `a` itself where it has that shape.
Expr reshape(Expr a, llvm::ArrayRef<int64_t> shape);
Expr slice(Expr a, llvm::ArrayRef<int64_t> offsets, llvm::ArrayRef<int64_t> sizes);

/// Stretches `a` to `shape`; `a` itself where it has that shape.
Expr broadcast(Expr a, llvm::ArrayRef<int64_t> shape);

/// The adjoint of `broadcast`: adds up what came from one element of a tensor of `shape`.
Expr sumTo(Expr a, llvm::ArrayRef<int64_t> shape);

/// 1 where the comparison holds, else 0.
Expr isGreater(Expr a, Expr b);
Expr isAtLeast(Expr a, Expr b);
/// `yes` where the condition is not 0, else `no`.
Expr where(Expr condition, Expr yes, Expr no);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_EXPR_H
