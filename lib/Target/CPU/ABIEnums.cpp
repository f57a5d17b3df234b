#include "ABIEnums.h"

using namespace mlir;

namespace weft {

// The ABI names types as the text of a module does.
std::optional<WeftDType> findDType(Type element) {
  std::string text;
  llvm::raw_string_ostream(text) << element;
  for (const ABIEnumerator &each : abiEnumerators<WeftDType>)
    if (text == each.text)
      return static_cast<WeftDType>(each.number);
  return std::nullopt;
}

LogicalResult verifyDType(Operation *op, Type element) {
  if (findDType(element))
    return success();
  auto texts = llvm::map_range(abiEnumerators<WeftDType>, [](const ABIEnumerator &each) { return each.text; });
  return op->emitOpError("expects elements of a type that the runtime has (")
         << llvm::join(texts, ", ") << "), got: " << element;
}

int64_t getStepOffset(exec::StepField field) {
  static_assert(exec::getMaxEnumValForStepField() == unsigned(exec::StepField::SampleHigh),
                "a new field has a place in WeftStep");
  switch (field) {
  case exec::StepField::LearningRate:
    return offsetof(WeftStep, learning_rate);
  case exec::StepField::Step:
    return offsetof(WeftStep, step);
  case exec::StepField::Accumulate:
    return offsetof(WeftStep, accumulate);
  case exec::StepField::SeedLow:
    return offsetof(WeftStep, seed);
  case exec::StepField::SeedHigh:
    return offsetof(WeftStep, seed) + 4;
  case exec::StepField::SampleLow:
    return offsetof(WeftStep, sample);
  case exec::StepField::SampleHigh:
    return offsetof(WeftStep, sample) + 4;
  }
  llvm_unreachable("all fields are above");
}

} // namespace weft
