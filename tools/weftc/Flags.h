// What weftc was asked for.
#ifndef WEFT_TOOLS_WEFTC_FLAGS_H
#define WEFT_TOOLS_WEFTC_FLAGS_H

#include "weft/Pipelines/Pipelines.h"

#include "llvm/Support/CommandLine.h"

namespace weft::flags {

/// What to stop at and write.
enum class Level { Model, Graph, Grad, Tile, Exec, LLVM, PTX, Cubin, Object, Executable };
enum class ReportKind { None, Text, Json, Ops };
enum class Fuse { All, None, Attention, Loss, Epilogues };
enum class Target { CPU, CUDA };
enum class Precision { F32, TF32 };

extern llvm::cl::opt<std::string> inputPath, march;
extern llvm::cl::opt<Level> level;
extern llvm::cl::opt<ReportKind> report;
extern llvm::cl::opt<bool> bundle;
#ifdef WEFT_CUDA
extern llvm::cl::opt<Target> target;
extern llvm::cl::opt<bool> sim;
#endif

/// Prints what is wrong with them, each alone or with another. Returns an exit code, 0 where all is well.
int parse(int argc, char **argv);

/// Whether computations of this kind become one op.
bool fuses(Fuse what);
/// Where the result goes: -o, or ./model for dir/model.mlir; never the source itself.
std::string output();
/// The same of text: -o, or standard output.
std::string textOutput();

inline bool isText(Level level) { return level <= Level::PTX; }
inline bool isDeviceCode(Level level) { return level == Level::PTX || level == Level::Cubin; }
#ifdef WEFT_CUDA
bool isForGPU();
/// The first of those to compile for.
std::string arch();
CUDAPipelineOptions cudaOptions();
#endif

} // namespace weft::flags

#endif // WEFT_TOOLS_WEFTC_FLAGS_H
