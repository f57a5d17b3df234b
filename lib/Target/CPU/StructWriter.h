// Constants of the structs of ABI.h, written by the names of their fields.
#ifndef WEFT_LIB_TARGET_CPU_STRUCTWRITER_H
#define WEFT_LIB_TARGET_CPU_STRUCTWRITER_H

#include "ABITypes.h"

namespace weft {

/// Makes the value of a struct in the initialiser of a global, field by field.
class StructValue {
public:
  StructValue(mlir::OpBuilder &builder, mlir::Location loc, mlir::LLVM::LLVMStructType type);

protected:
  void setInteger(unsigned place, int64_t value);
  void setIntegers(unsigned place, llvm::ArrayRef<int64_t> values);
  void setReal(unsigned place, double value);
  void setAddress(unsigned place, mlir::LLVM::GlobalOp global);
  void setAddress(unsigned place, mlir::LLVM::LLVMFuncOp function);
  void setAddress(unsigned place, llvm::StringRef global);
  void setElement(unsigned place, mlir::LLVM::GlobalOp array, int64_t index);
  void setElements(unsigned place, mlir::LLVM::GlobalOp array, llvm::ArrayRef<int64_t> indices);
  void set(unsigned place, mlir::Value field);

  mlir::Value value;

private:
  mlir::Type getFieldType(unsigned place);
  mlir::Value getElement(mlir::LLVM::GlobalOp array, int64_t index);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::LLVM::LLVMStructType type;
};

/// A field of this struct that is not among those written.
template <auto Field, typename Struct, uint64_t Written>
concept UnwrittenField = std::same_as<typename FieldOf<Field>::Struct, Struct> &&
                         (Written >> kPlace<Field> & 1) == 0;

/// Writes each field of a struct once, in any order:
///
///   StructWriter<WeftImage>(b, loc).address<&WeftImage::arch>(arch).integer<&WeftImage::bytes>(size)...finish()
///
/// A field that is written twice, one that is missing at the end, and one of another kind than is
/// written do not compile. `Written` has a bit for each field that was written.
template <typename Struct, uint64_t Written = 0> class StructWriter : StructValue {
public:
  StructWriter(mlir::OpBuilder &builder, mlir::Location loc)
    requires(Written == 0)
      : StructValue(builder, loc, getABIStruct<Struct>(builder.getContext())) {}

  /// As wide as the field is.
  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> && std::integral<typename FieldOf<Field>::Type>
  auto integer(int64_t number) {
    setInteger(kPlace<Field>, number);
    return after<Field>();
  }

  /// An array, filled up with 0.
  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> &&
             std::is_array_v<typename FieldOf<Field>::Type> &&
             std::same_as<std::remove_extent_t<typename FieldOf<Field>::Type>, int64_t>
  auto integers(llvm::ArrayRef<int64_t> numbers) {
    setIntegers(kPlace<Field>, numbers);
    return after<Field>();
  }

  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> &&
             std::floating_point<typename FieldOf<Field>::Type>
  auto real(double number) {
    setReal(kPlace<Field>, number);
    return after<Field>();
  }

  /// The address of a global, of a function (null where there is none), or of a global of this name
  /// that may not be there yet.
  template <auto Field, typename T>
    requires UnwrittenField<Field, Struct, Written> &&
             std::is_pointer_v<typename FieldOf<Field>::Type>
  auto address(T symbol) {
    setAddress(kPlace<Field>, symbol);
    return after<Field>();
  }

  /// The address of an element.
  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> &&
             std::is_pointer_v<typename FieldOf<Field>::Type>
  auto element(mlir::LLVM::GlobalOp array, int64_t index) {
    setElement(kPlace<Field>, array, index);
    return after<Field>();
  }

  /// An array of pointers to these elements of `array`, filled up with null.
  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> &&
             std::is_array_v<typename FieldOf<Field>::Type> &&
             std::is_pointer_v<std::remove_extent_t<typename FieldOf<Field>::Type>>
  auto elements(mlir::LLVM::GlobalOp array, llvm::ArrayRef<int64_t> indices) {
    setElements(kPlace<Field>, array, indices);
    return after<Field>();
  }

  /// A struct within this one.
  template <auto Field>
    requires UnwrittenField<Field, Struct, Written> && std::is_class_v<typename FieldOf<Field>::Type>
  auto nested(mlir::Value field) {
    set(kPlace<Field>, field);
    return after<Field>();
  }

  mlir::Value finish()
    requires(Written == kAllFields<Struct>)
  {
    return value;
  }

private:
  template <typename, uint64_t> friend class StructWriter;
  explicit StructWriter(const StructValue &value) : StructValue(value) {}

  template <auto Field> auto after() {
    return StructWriter<Struct, Written | uint64_t(1) << kPlace<Field>>(*this);
  }
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_STRUCTWRITER_H
