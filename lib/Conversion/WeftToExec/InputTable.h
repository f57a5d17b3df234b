// Which input of the executable each argument of a graph is.
#ifndef WEFT_LIB_CONVERSION_WEFTTOEXEC_INPUTTABLE_H
#define WEFT_LIB_CONVERSION_WEFTTOEXEC_INPUTTABLE_H

#include "dialects/Exec/Exec.h"
#include "dialects/Weft/Weft.h"

#include "llvm/ADT/StringSet.h"

namespace weft {

/// Graphs of one model share its arguments; those of different models are different inputs, even
/// under one name, since their shapes may differ.
class InputTable {
public:
  /// Reads from the entries which graph is of which model.
  explicit InputTable(mlir::ModuleOp module);

  /// Makes the inputs of a graph that are not there yet.
  llvm::LogicalResult addArguments(GraphOp graph, mlir::OpBuilder &builder);
  exec::InputOp lookup(GraphOp graph, unsigned argument);

private:
  /// The name, or the first of name_0, name_1, ... that nothing else has.
  std::string takeSymbol(llvm::StringRef name);
  llvm::StringRef modelOf(GraphOp graph) { return models.lookup(graph.getSymName()); }

  llvm::StringMap<llvm::StringRef> models;                // by graph; no iteration over either
  llvm::StringMap<llvm::StringMap<exec::InputOp>> inputs; // by name, then by model
  llvm::StringSet<> symbols;                              // of the exec.module
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOEXEC_INPUTTABLE_H
