#include "weft/Support/OutputFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

llvm::Error weft::writeOutput(llvm::StringRef path, llvm::StringRef content) {
  bool inPlace =
      path == "-" || (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path));
  if (!inPlace)
    return llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
      os << content;
      return llvm::Error::success();
    });
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (code)
    return llvm::errorCodeToError(code);
  os << content;
  os.flush();
  code = os.error();
  os.clear_error(); // reported here, once
  return llvm::errorCodeToError(code);
}
