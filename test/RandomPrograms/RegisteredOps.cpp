// Prints the names of the weft dialect's ops, for tests in other languages that must know them all.
#include "dialects/Weft/Weft.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"

int main() {
  mlir::MLIRContext context;
  context.loadDialect<weft::WeftDialect>();
  for (mlir::RegisteredOperationName name : context.getRegisteredOperations())
    if (name.getDialectNamespace() == "weft")
      llvm::outs() << name.getStringRef() << '\n';
}
