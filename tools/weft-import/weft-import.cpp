// Writes a known model as the Weft text of one training step.
#include "weft/Import/Presets.h"
#include "weft/Support/OutputFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace weft;
namespace cl = llvm::cl;

static cl::OptionCategory category("weft-import options");

static cl::opt<std::string> presetName("preset", cl::desc("The model (see the list below)"),
                                       cl::value_desc("name"), cl::cat(category));
static cl::opt<std::string> outputPath("o",
                                       cl::desc("Where the text goes (default: standard output)"),
                                       cl::value_desc("file"), cl::init("-"), cl::cat(category));
static cl::opt<std::string> elementType("dtype",
                                        cl::desc("Element type, f32 or f64 (default: f32)"),
                                        cl::value_desc("type"), cl::init("f32"), cl::cat(category));

/// A flag that sets one size of the model, and the member that it sets.
struct SizeFlag {
  SizeFlag(llvm::StringRef name, llvm::StringRef description, int64_t Gpt2Config::*member)
      : option(name, cl::desc(description), cl::value_desc("N"), cl::cat(category)),
        member(member) {}
  cl::opt<long long> option;
  int64_t Gpt2Config::*member;
};

static SizeFlag batch("batch", "Sequences in a micro-batch", &Gpt2Config::batch);
static SizeFlag sequence("seq", "Tokens in a sequence", &Gpt2Config::sequence);
static SizeFlag layers("layers", "Blocks, instead of the preset's", &Gpt2Config::layers);
static SizeFlag heads("heads", "Attention heads, instead of the preset's", &Gpt2Config::heads);
static SizeFlag width("width", "Size of a hidden vector, instead of the preset's",
                      &Gpt2Config::width);
static SizeFlag vocabulary("vocab", "Number of tokens, instead of the preset's",
                           &Gpt2Config::vocabulary);
static SizeFlag positions("positions", "Longest sequence, instead of the preset's",
                          &Gpt2Config::positions);
static SizeFlag *const sizeFlags[] = {&batch, &sequence,   &layers,   &heads,
                                      &width, &vocabulary, &positions};

// Far beyond any model, and small enough that no product of sizes overflows 64 bits.
static constexpr long long kMaxSize = 1'000'000;

/// Wrong usage and bad input end every tool with this code.
static int fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "weft-import") << message << '\n';
  return 2;
}

static std::string describePresets() {
  std::string text = "\nPresets, with their default batch and sequence:\n";
  llvm::raw_string_ostream os(text);
  for (const Preset &preset : getPresets())
    os << "  " << llvm::left_justify(preset.name, 12) << preset.summary << " ("
       << preset.config.layers << " layers, " << preset.config.heads << " heads, width "
       << preset.config.width << "; --batch " << preset.config.batch << " --seq "
       << preset.config.sequence << ")\n";
  return text;
}

static llvm::Error applyFlags(Gpt2Config &config) {
  if (elementType != "f32" && elementType != "f64")
    return llvm::createStringError("--dtype must be f32 or f64, got '" + elementType + "'");
  config.elementType = elementType;
  for (SizeFlag *flag : sizeFlags) {
    if (flag->option.getNumOccurrences() == 0)
      continue;
    if (flag->option < 1 || flag->option > kMaxSize)
      return llvm::createStringError("--" + flag->option.ArgStr + " must be from 1 to " +
                                     llvm::Twine(kMaxSize) + ", got " +
                                     llvm::Twine(flag->option.getValue()));
    config.*flag->member = flag->option;
  }
  return checkGpt2(config);
}

/// The shortest command that gives the same text: what the preset has already is left out.
static std::string describeCommand(const Preset &preset, const Gpt2Config &config) {
  std::string command = ("weft-import --preset " + preset.name).str();
  for (SizeFlag *flag : sizeFlags)
    if (bool always = flag == &batch || flag == &sequence;
        always || config.*flag->member != preset.config.*flag->member)
      command += (" --" + flag->option.ArgStr + " " + llvm::Twine(config.*flag->member)).str();
  if (config.elementType != preset.config.elementType)
    command += " --dtype " + config.elementType;
  return command;
}

static int writeModel(const Preset &preset, const Gpt2Config &config) {
  // A dash is no part of a symbol's name.
  std::string moduleName = preset.name.str();
  std::replace(moduleName.begin(), moduleName.end(), '-', '_');
  std::string text;
  llvm::raw_string_ostream os(text);
  writeGpt2(os, config, moduleName, describeCommand(preset, config));
  if (llvm::Error error = writeOutput(outputPath, text))
    return fail("cannot write '" + outputPath + "': " + llvm::toString(std::move(error)));
  return 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  std::string presets = describePresets();
  cl::extrahelp help(presets);
  if (!cl::ParseCommandLineOptions(argc, argv, "Writes a known model as Weft text\n",
                                   &llvm::errs()))
    return 2;

  if (presetName.empty())
    return fail("--preset is missing; known presets: " + listPresets());
  const Preset *preset = findPreset(presetName);
  if (!preset)
    return fail("unknown preset '" + presetName + "'; known presets: " + listPresets());
  Gpt2Config config = preset->config;
  if (llvm::Error error = applyFlags(config))
    return fail(llvm::toString(std::move(error)));
  return writeModel(*preset, config);
}
