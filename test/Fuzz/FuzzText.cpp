// Any text through the compiler up to placed programs (`weftc --emit=exec`): a program, or errors
// that say where. Anything else (a crash, a sanitizer's report, no end, too much memory, no
// message) is found. Built twice: with sanitizers in all our code, and with the compiler as it is.
#include "TextMutator.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Autodiff/Derivatives.h"
#include "weft/Conversion/WeftToTile/TileBodies.h"
#include "weft/Memory/Passes.h"
#include "weft/Pipelines/Pipelines.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/DJB.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>
#include <memory>

using namespace mlir;
using namespace weft;

// The packaged LLVM is not instrumented: what it allocates, and what of its containers is inline in
// our code, must not be held against marks that only instrumented code sets.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0:detect_container_overflow=0:detect_odr_violation=0:detect_leaks=0";
}

namespace {

/// A context keeps every type and attribute of every text: a new one now and then.
constexpr int kTextsOfOneContext = 200;

/// The characters of an error that tell its kind: names and numbers come later.
constexpr size_t kErrorKind = 24;

/// What libFuzzer takes for coverage beside that of instrumented code: kinds of ops that a text has
/// and becomes, and errors. Texts that reach one for the first time are kept and changed further.
[[gnu::section("__libfuzzer_extra_counters"), gnu::used]] uint8_t reached[1 << 14];

void reach(StringRef what) { reached[llvm::djbHash(what) % std::size(reached)] = 1; }

class Compiler {
public:
  Compiler() {
    DialectRegistry registry;
    registry.insert<spec::SpecDialect, WeftDialect, tile::TileDialect, exec::ExecDialect>();
    registerDerivatives(registry);
    registerTileBodies(registry);
    context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
    context->loadAllAvailableDialects();
    context->printOpOnDiagnostic(false);
    context->getDiagEngine().registerHandler([this](Diagnostic &diagnostic) { note(diagnostic); });
  }

  void compile(StringRef text) {
    errors = 0;
    ParserConfig config(context.get());
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, config, "input.mlir");
    if (!module)
      return require(errors > 0, "the text was refused without an error");
    module->walk([](Operation *op) { reach(op->getName().getStringRef()); });
    if (module->getOps<TrainOp>().empty())
      return;
    PassManager pm(context.get());
    buildGraphPipeline(pm);
    buildFusionPipeline(pm);
    buildGradPipeline(pm);
    buildTilePipeline(pm);
    buildExecPipeline(pm);
    pm.addPass(createVerifyPlacement());
    bool compiled = succeeded(pm.run(*module));
    require(compiled || errors > 0, "the compiler failed without an error");
    if (compiled)
      module->walk([](Operation *op) { reach(("placed " + op->getName().getStringRef()).str()); });
#ifdef PLANTED_FAULT
    require(!(compiled && text.contains("7xf64") && text.contains("weft.softmax")), "planted");
#endif
  }

  std::vector<std::string> opNames() {
    std::vector<std::string> names;
    for (RegisteredOperationName name : context->getRegisteredOperations())
      if (name.getDialectNamespace() == "weft")
        names.push_back(name.getStringRef().str());
    return names;
  }

private:
  void note(Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
      return;
    ++errors;
    reach(StringRef(diagnostic.str()).take_front(kErrorKind));
    bool hasLine = false;
    diagnostic.getLocation()->walk([&](Location location) {
      hasLine |= isa<FileLineColLoc>(location);
      return WalkResult::advance();
    });
    require(hasLine, "the error names no line: " + diagnostic.str());
  }

  static void require(bool condition, const llvm::Twine &what) {
    if (condition)
      return;
    llvm::errs() << "FuzzText: " << what << '\n';
    __builtin_trap();
  }

  std::unique_ptr<MLIRContext> context;
  int errors = 0;
};

size_t store(const std::string &text, uint8_t *data, size_t maxSize) {
  size_t count = std::min(text.size(), maxSize);
  memcpy(data, text.data(), count);
  return count;
}

StringRef asText(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

const std::vector<std::string> &opNames() {
  static const std::vector<std::string> names = Compiler().opNames();
  return names;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static std::unique_ptr<Compiler> compiler;
  static int texts = 0;
  if (texts++ % kTextsOfOneContext == 0)
    compiler = std::make_unique<Compiler>();
  // The parser wants a zero behind the text, as a file's buffer has it.
  compiler->compile(asText(data, size).str());
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize,
                                          unsigned seed) {
  return store(TextMutator(opNames(), seed).mutate(asText(data, size)), data, maxSize);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                            const uint8_t *data2, size_t size2, uint8_t *out,
                                            size_t maxOutSize, unsigned seed) {
  return store(TextMutator(opNames(), seed).cross(asText(data1, size1), asText(data2, size2)), out,
               maxOutSize);
}
