#include "weft/Target/CPU/Link.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace weft {

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static Expected<std::string> findProgram(StringRef name, ArrayRef<StringRef> folders,
                                         StringRef advice) {
  for (StringRef folder : folders)
    if (ErrorOr<std::string> found = sys::findProgramByName(name, {folder}))
      return *found;
  if (ErrorOr<std::string> found = sys::findProgramByName(name))
    return *found;
  return makeError(name + " was not found" +
                   (folders.empty() ? "" : " in " + join(folders, ", ") + " or") +
                   " on PATH: " + advice);
}

Expected<LinkTools> findLinkTools(StringRef toolDirectory) {
  LinkTools tools;
  Expected<std::string> clang =
      findProgram("clang++-22", {WEFT_LLVM_TOOLS_DIR, "/usr/bin"}, "install clang-22 and lld-22");
  if (!clang)
    return clang.takeError();
  tools.clang = *clang;

  SmallString<256> library(toolDirectory);
  sys::path::append(library, "..", "lib");
  sys::path::remove_dots(library, /*remove_dot_dot=*/true);
  tools.archive = (library + "/libweft-rt.a").str();
  for (StringRef name : {"libweft-sim-driver.a", "libweft-sim.a"})
    tools.simulator.push_back((library + "/" + name).str());
  std::string flags = (library + "/weft-rt.link").str();
  for (const std::string &file : {tools.archive, flags})
    if (!sys::fs::exists(file))
      return makeError("the runtime is not there: expected " + file +
                       " (build or install it beside weftc)");
  auto text = MemoryBuffer::getFile(flags, /*IsText=*/true);
  if (!text)
    return makeError("cannot read " + flags + ": " + text.getError().message());
  SmallVector<StringRef> lines;
  (*text)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef line : lines)
    tools.flags.push_back(line.trim().str());
  return tools;
}

// Runs a program and returns what it printed on standard output; the error holds the other.
static Expected<std::string> run(ArrayRef<std::string> command) {
  SmallString<128> outPath, errPath;
  for (auto *path : {&outPath, &errPath})
    if (std::error_code code = sys::fs::createTemporaryFile("weft", "txt", *path))
      return makeError("cannot make a temporary file: " + code.message());
  FileRemover removeOut(outPath), removeErr(errPath);
  SmallVector<StringRef> arguments(command.begin(), command.end());
  std::optional<StringRef> redirects[] = {StringRef(""), outPath.str(), errPath.str()};
  std::string reason;
  int status = sys::ExecuteAndWait(command[0], arguments, std::nullopt, redirects, 0, 0, &reason);
  auto readAll = [](StringRef path) {
    auto text = MemoryBuffer::getFile(path);
    return text ? (*text)->getBuffer().str() : std::string();
  };
  if (status == 0)
    return readAll(outPath);
  std::string said = StringRef(readAll(errPath)).trim().str();
  return makeError(sys::path::filename(command[0]) + " failed" +
                   (said.empty() ? (reason.empty() ? "" : ": " + reason) : ":\n" + said));
}

Error linkExecutable(const LinkTools &tools, StringRef object, StringRef output) {
  // No build id: the bytes are a function of the inputs. Where shared libraries are looked for is
  // said by the flags of the runtime.
  std::vector<std::string> command = {
      tools.clang,         "-fuse-ld=lld", "-pie",       "-O2",        "-Wl,--build-id=none",
      "-Wl,--gc-sections", "-o",           output.str(), object.str(), tools.archive};
  llvm::append_range(command, tools.flags);
  return run(command).takeError();
}

Error linkSimulation(const LinkTools &tools, StringRef object, StringRef output) {
  // All of it: the runtime looks functions up by name. What it has it uses itself, whatever else is loaded.
  std::vector<std::string> command = {
      tools.clang,         "-fuse-ld=lld", "-shared",    "-Wl,--build-id=none", "-Wl,-Bsymbolic", "-o",
      output.str(), object.str(), "-Wl,--whole-archive"};
  for (const std::string &archive : tools.simulator) {
    if (!sys::fs::exists(archive))
      return makeError("the simulated GPU is not there: expected " + archive);
    command.push_back(archive);
  }
  llvm::append_range(command, std::vector<std::string>{"-Wl,--no-whole-archive", "-lm", "-ldl"});
  return run(command).takeError();
}

// Is `name` a file of Debian's libc6, which every machine has?
static bool isOfLibc(StringRef name) {
  static constexpr StringLiteral files[] = {
      "ld-linux-x86-64.so.2", "libc.so.6",  "libm.so.6",      "libmvec.so.1", "libdl.so.2",
      "libpthread.so.0",      "librt.so.1", "libresolv.so.2", "libutil.so.1", "libanl.so.1"};
  return llvm::is_contained(files, name);
}

// Copies beside and renames: a library that a running program has mapped stays as it is.
static Error copyFile(StringRef from, StringRef to) {
  Expected<sys::fs::TempFile> temporary = sys::fs::TempFile::create(to + ".%%%%%%", 0644);
  if (!temporary)
    return temporary.takeError();
  std::error_code code = sys::fs::copy_file(from, temporary->FD);
  if (code) {
    consumeError(temporary->discard());
    return makeError("cannot copy " + from + " to " + to + ": " + code.message());
  }
  return temporary->keep(to);
}

// oneDNN asks for GNU's libgomp.so.1. LLVM's folder has that name as a link to its libomp, so the
// loader meets one file under two names, and ldd lists only the first. The bundle needs both names,
// and a link again: a copy would be a second OpenMP runtime in one process.
static Error linkGompToOmp(StringRef directory) {
  SmallString<256> target(directory), temporary;
  sys::path::append(target, "libgomp.so.1");
  sys::fs::createUniquePath(target + ".%%%%%%", temporary, /*MakeAbsolute=*/false);
  std::error_code code = sys::fs::create_link("libomp.so.5", temporary);
  if (!code)
    code = sys::fs::rename(temporary, target);
  if (!code)
    return Error::success();
  sys::fs::remove(temporary);
  return makeError("cannot make the link " + target + ": " + code.message());
}

Error copySharedLibraries(StringRef executable, StringRef directory) {
  Expected<std::string> ldd = findProgram("ldd", {}, "install libc-bin");
  if (!ldd)
    return ldd.takeError();
  Expected<std::string> listing = run({*ldd, executable.str()});
  if (!listing)
    return listing.takeError();
  SmallVector<StringRef> lines;
  StringRef(*listing).split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef line : lines) {
    // "libdnnl.so.2 => /lib/x86_64-linux-gnu/libdnnl.so.2 (0x...)"; others are the loader and vdso.
    auto [name, rest] = line.trim().split(" => ");
    StringRef path = rest.split(" (").first;
    if (rest.empty() || isOfLibc(name))
      continue;
    if (path == "not found")
      return makeError("the shared library " + name + " was not found: install it to bundle it");
    SmallString<256> target(directory);
    sys::path::append(target, name);
    // Where an earlier bundle lies here already, it is what the executable found.
    if (!sys::fs::equivalent(path, target))
      if (Error error = copyFile(path, target))
        return error;
    if (name == "libomp.so.5")
      if (Error error = linkGompToOmp(directory))
        return error;
  }
  return Error::success();
}

} // namespace weft
