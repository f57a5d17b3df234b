#include "Output.h"

#include "weft/Support/OutputFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

using namespace weft;
using llvm::StringRef;

int weft::fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "weftc") << message << '\n';
  return kBadInput;
}

int weft::failToWrite(StringRef path, llvm::Error error) {
  std::string reason;
  llvm::handleAllErrors(
      std::move(error), [&](const llvm::FileError &e) { reason = e.messageWithoutFileInfo(); },
      [&](const llvm::ErrorInfoBase &e) { reason = e.message(); });
  return fail("cannot write '" + path + "': " + reason);
}

int weft::writeTemporary(StringRef object, llvm::SmallVectorImpl<char> &path) {
  if (std::error_code code = llvm::sys::fs::createTemporaryFile("weft", "o", path))
    return fail("cannot make a temporary file: " + code.message());
  StringRef name(path.data(), path.size());
  if (llvm::Error error = writeOutput(name, object))
    return failToWrite(name, std::move(error));
  return 0;
}

/// Links to a file of its own, then writes that to a device or a pipe.
static int writeExecutableInPlace(const LinkTools &tools, StringRef object, const std::string &path) {
  llvm::SmallString<128> temporary;
  if (std::error_code code = llvm::sys::fs::createTemporaryFile("weft", "exe", temporary))
    return fail("cannot make a temporary file: " + code.message());
  llvm::FileRemover remover(temporary);
  if (llvm::Error error = linkExecutable(tools, object, temporary))
    return fail(llvm::toString(std::move(error)));
  auto bytes = llvm::MemoryBuffer::getFile(temporary);
  if (!bytes)
    return fail("cannot read '" + temporary.str() + "': " + bytes.getError().message());
  if (llvm::Error error = writeOutput(path, (*bytes)->getBuffer()))
    return failToWrite(path, std::move(error));
  return 0;
}

/// Has a file of its own made beside the path, and renames it: what was there is replaced as a whole, or stays.
static int writeBeside(const std::string &path, llvm::function_ref<llvm::Error(StringRef)> make) {
  int descriptor;
  llvm::SmallString<256> temporary;
  if (std::error_code code = llvm::sys::fs::createUniqueFile(path + ".%%%%%%", descriptor, temporary))
    return fail("cannot write '" + path + "': " + code.message());
  llvm::sys::Process::SafelyCloseFileDescriptor(descriptor);
  llvm::FileRemover remover(temporary);
  if (llvm::Error error = make(temporary))
    return fail(llvm::toString(std::move(error)));
  if (std::error_code code = llvm::sys::fs::rename(temporary, path))
    return fail("cannot write '" + path + "': " + code.message());
  remover.releaseFile();
  return 0;
}

int weft::writeExecutable(const LinkTools &tools, StringRef object, const std::string &path, bool bundle) {
  llvm::sys::fs::file_status status;
  if (!llvm::sys::fs::status(path, status)) {
    if (llvm::sys::fs::is_directory(status))
      return fail("cannot write '" + path + "': it is a directory");
    // Renaming would put a file in a device's place.
    if (!llvm::sys::fs::is_regular_file(status))
      return writeExecutableInPlace(tools, object, path);
  }
  if (int code = writeBeside(path, [&](StringRef temporary) { return linkExecutable(tools, object, temporary); }))
    return code;
  if (!bundle)
    return 0;
  StringRef folder = llvm::sys::path::parent_path(path);
  if (llvm::Error error = copySharedLibraries(path, folder.empty() ? "." : folder))
    return fail(llvm::toString(std::move(error)));
  return 0;
}

int weft::writeSimulation(const LinkTools &tools, StringRef object, const std::string &executable) {
  llvm::SmallString<128> objectPath;
  int code = writeTemporary(object, objectPath);
  llvm::FileRemover remover(objectPath);
  if (code != 0)
    return code;
  return writeBeside(executable + ".sim",
                     [&](StringRef temporary) { return linkSimulation(tools, objectPath, temporary); });
}
