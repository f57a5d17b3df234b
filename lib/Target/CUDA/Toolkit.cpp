// Finds NVIDIA's toolkit and runs its assembler.
#include "weft/Target/CUDA/DeviceCode.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace mlir;

namespace weft {

static std::string join(StringRef folder, StringRef path) {
  SmallString<256> result(folder);
  llvm::sys::path::append(result, path);
  return std::string(result);
}

FailureOr<Toolkit> Toolkit::find(Location loc) {
  SmallVector<std::string> folders;
  // Whoever names one wants that one.
  if (std::optional<std::string> home = llvm::sys::Process::GetEnv("CUDA_HOME"))
    folders = {*home};
  else
    folders = {WEFT_CUDA_TOOLKIT, "/usr/local/cuda"};
  for (const std::string &folder : folders) {
    Toolkit toolkit{join(folder, "bin/ptxas"), join(folder, "nvvm/libdevice/libdevice.10.bc")};
    if (llvm::sys::fs::can_execute(toolkit.ptxas) && llvm::sys::fs::exists(toolkit.libdevice))
      return toolkit;
  }
  llvm::erase(folders, "");
  return emitError(loc) << "expected the CUDA toolkit (bin/ptxas and nvvm/libdevice/libdevice.10.bc) in "
                        << llvm::join(folders, " or ")
                        << "; install it, or say where it is with CUDA_HOME";
}

static LogicalResult writeFile(StringRef path, StringRef text) {
  std::error_code problem;
  llvm::raw_fd_ostream stream(path, problem);
  if (problem)
    return failure();
  stream << text;
  stream.close();
  return success(!stream.has_error());
}

static std::string readFile(StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path);
  return file ? (*file)->getBuffer().str() : "";
}

FailureOr<std::string> assemble(Location loc, StringRef ptx, const DeviceOptions &options) {
  FailureOr<Toolkit> toolkit = Toolkit::find(loc);
  if (failed(toolkit))
    return failure();
  SmallString<128> input, output, messages;
  for (auto [path, ending] :
       {std::pair(&input, "ptx"), std::pair(&output, "cubin"), std::pair(&messages, "log")})
    if (llvm::sys::fs::createTemporaryFile("weft", ending, *path))
      return emitError(loc) << "cannot create a file in the folder for temporary files";
  llvm::FileRemover removeInput(input), removeOutput(output), removeMessages(messages);
  if (failed(writeFile(input, ptx)))
    return emitError(loc) << "cannot write '" << input << "'";
  std::string arch = "-arch=" + options.arch;
  std::optional<StringRef> redirects[] = {std::nullopt, StringRef(messages), StringRef(messages)};
  std::string problem;
  int code = llvm::sys::ExecuteAndWait(
      toolkit->ptxas, {toolkit->ptxas, arch, StringRef(input), "-o", StringRef(output)},
      std::nullopt, redirects, /*SecondsToWait=*/0, /*MemoryLimit=*/0, &problem);
  if (code != 0)
    return emitError(loc) << "'" << toolkit->ptxas << "' refuses the code for " << options.arch << ": "
                          << StringRef(problem.empty() ? readFile(messages) : problem).rtrim();
  return readFile(output);
}

} // namespace weft
