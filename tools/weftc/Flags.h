// What weftc was asked for.
#ifndef WEFT_TOOLS_WEFTC_FLAGS_H
#define WEFT_TOOLS_WEFTC_FLAGS_H

#include "weft/Target/Backend.h"

#include "llvm/Support/CommandLine.h"

namespace weft::flags {

/// What to stop at and write. Behind the last come the forms of device code that the backends have.
enum class Level { Model, Graph, Grad, Tile, Exec, LLVM, Object, Executable, FirstDeviceForm };
enum class ReportKind { None, Text, Json, Ops };
enum class Fuse { All, None, Attention, Loss, Epilogues };

extern llvm::cl::opt<std::string> inputPath;
extern llvm::cl::opt<Level> level;
extern llvm::cl::opt<ReportKind> report;
extern llvm::cl::opt<bool> bundle;

/// Prints what is wrong with them, each alone or with another. Returns an exit code, 0 where all is well.
int parse(int argc, char **argv);

/// Whether computations of this kind become one op.
bool fuses(Fuse what);
/// Prints what of them does not go with the machine that the text is compiled for. Returns an exit code.
int checkBackend(const Backend &backend);
/// Whether flags say something of the machine; what the text says is enough otherwise.
bool askForTarget();
TargetRequest targetRequest();
/// Whether a simulated device is to stand beside the executable.
bool simulates();
/// The form of device code to write; null for the other levels.
const DeviceForm *deviceForm();

/// Where the result goes: -o, or ./model for dir/model.mlir; never the source itself.
std::string output();
/// The same of text: -o, or standard output.
std::string textOutput();

} // namespace weft::flags

#endif // WEFT_TOOLS_WEFTC_FLAGS_H
