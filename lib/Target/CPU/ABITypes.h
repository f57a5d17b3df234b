// The types of ABI.h as types of LLVM's dialect.
#ifndef WEFT_LIB_TARGET_CPU_ABITYPES_H
#define WEFT_LIB_TARGET_CPU_ABITYPES_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "weft-rt/ABI.h"

namespace weft {

/// A literal struct of the types of the fields. Only the structs of ABI.def have one.
template <typename Struct>
mlir::LLVM::LLVMStructType getABIStruct(mlir::MLIRContext *context);
#define WEFT_STRUCT_BEGIN(Struct)                                                                  \
  template <> mlir::LLVM::LLVMStructType getABIStruct<Struct>(mlir::MLIRContext * context);
#include "weft-rt/ABI.def"

/// The type of a field.
template <typename T> mlir::Type getABIType(mlir::MLIRContext *context) {
  if constexpr (std::is_pointer_v<T>)
    return mlir::LLVM::LLVMPointerType::get(context);
  else if constexpr (std::is_array_v<T>)
    return mlir::LLVM::LLVMArrayType::get(getABIType<std::remove_extent_t<T>>(context),
                                          std::extent_v<T>);
  else if constexpr (std::is_integral_v<T>)
    return mlir::IntegerType::get(context, 8 * sizeof(T));
  else if constexpr (std::is_same_v<T, double>)
    return mlir::Float64Type::get(context);
  else
    return getABIStruct<T>(context);
}

/// The type of a function of generated code or of the runtime: `getABIFunction<WeftKernelFn>(context)`.
template <typename Pointer> struct ABIFunction;
template <typename... Parameters> struct ABIFunction<void (*)(Parameters...)> {
  static mlir::LLVM::LLVMFunctionType get(mlir::MLIRContext *context) {
    return mlir::LLVM::LLVMFunctionType::get(mlir::LLVM::LLVMVoidType::get(context),
                                             {getABIType<Parameters>(context)...});
  }
};
template <typename Pointer>
mlir::LLVM::LLVMFunctionType getABIFunction(mlir::MLIRContext *context) {
  return ABIFunction<Pointer>::get(context);
}

/// What a pointer to a member says of it.
template <auto Field> struct FieldOf;
template <typename S, typename T, T S::*Field> struct FieldOf<Field> {
  using Struct = S;
  using Type = T;
};

namespace places {
#define WEFT_STRUCT_BEGIN(Struct) enum class Struct : unsigned {
#define WEFT_FIELD(Struct, Type, name) name,
#define WEFT_STRUCT_END(Struct) numFields };
#include "weft-rt/ABI.def"
} // namespace places

/// The place of a field in its struct, from 0: `kPlace<&WeftState::dtype>`.
template <auto Field> inline constexpr unsigned kPlace = ~0u;
#define WEFT_FIELD(Struct, Type, name)                                                             \
  template <> inline constexpr unsigned kPlace<&Struct::name> = unsigned(places::Struct::name);
#include "weft-rt/ABI.def"

/// The fields of a struct as bits, each by its place.
template <typename Struct> inline constexpr uint64_t kAllFields = 0;
#define WEFT_STRUCT_BEGIN(Struct)                                                                  \
  template <> inline constexpr uint64_t kAllFields<Struct> = ~(~uint64_t(0) << unsigned(places::Struct::numFields));
#include "weft-rt/ABI.def"

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_ABITYPES_H
