// Writes a model, known by name or described by a Hugging Face config, as the Weft text of one
// training step.
#include "weft/Import/ConfigFile.h"
#include "weft/Import/ModelText.h"
#include "weft/Import/Presets.h"
#include "weft/Support/OutputFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace weft;
namespace cl = llvm::cl;
namespace json = llvm::json;

static cl::OptionCategory category("weft-import options");

static cl::opt<std::string> presetName("preset", cl::desc("A known model (see the list below)"),
                                       cl::value_desc("name"), cl::cat(category));
static cl::opt<std::string> configPath("config",
                                       cl::desc("A model's config.json, as transformers writes it"),
                                       cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> outputPath("o",
                                       cl::desc("Where the text goes (default: standard output)"),
                                       cl::value_desc("file"), cl::init("-"), cl::cat(category));
static cl::opt<std::string>
    writtenConfigPath("write-config", cl::desc("Also writes the config.json of this model there"),
                      cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> elementType("dtype",
                                        cl::desc("Element type, f32 or f64 (default: f32)"),
                                        cl::value_desc("type"), cl::init("f32"), cl::cat(category));

static cl::opt<long long> batch("batch", cl::desc("Sequences in a micro-batch"),
                                cl::value_desc("N"), cl::cat(category));
static cl::opt<long long> sequence("seq", cl::desc("Tokens in a sequence"), cl::value_desc("N"),
                                   cl::cat(category));

static cl::list<std::string>
    ignoredKeys("ignore-keys", cl::CommaSeparated,
                cl::desc("Keys of the config to pass over though they are not supported, as globs"),
                cl::value_desc("pattern"), cl::cat(category));

/// A flag that replaces one size of the config, and which.
struct SizeFlag {
  SizeFlag(llvm::StringRef name, llvm::StringRef description, llvm::StringRef SizeKeys::*key,
           int64_t most = kMaxSize)
      : option(name, cl::desc(description), cl::value_desc("N"), cl::cat(category)), key(key),
        most(most) {}
  cl::opt<long long> option;
  llvm::StringRef SizeKeys::*key;
  int64_t most;
};

static SizeFlag layers("layers", "Blocks, instead of the config's", &SizeKeys::layers);
static SizeFlag heads("heads", "Attention heads, instead of the config's", &SizeKeys::heads);
static SizeFlag width("width", "Size of a hidden vector, instead of the config's",
                      &SizeKeys::width);
static SizeFlag vocabulary("vocab", "Number of tokens, instead of the config's",
                           &SizeKeys::vocabulary);
static SizeFlag positions("positions", "Longest sequence, instead of the config's",
                          &SizeKeys::positions, kMaxPositions);
static SizeFlag *const sizeFlags[] = {&layers, &heads, &width, &vocabulary, &positions};

// Of a model that is no preset.
static constexpr int64_t kDefaultBatch = 4, kDefaultSequence = 64;

/// Wrong usage and bad input end every tool with this code.
static int fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "weft-import") << message << '\n';
  return 2;
}

static std::string describePresets() {
  std::string text = "\nPresets, with their default batch and sequence:\n";
  llvm::raw_string_ostream os(text);
  for (const Preset &preset : getPresets()) {
    ModelConfig config = llvm::cantFail(readModelConfig(preset.config));
    os << "  " << llvm::left_justify(preset.name, 14) << preset.summary << " (" << config.layers
       << " layers, " << config.heads << " heads, width " << config.width << "; --batch "
       << preset.batch << " --seq " << preset.sequence << ")\n";
  }
  os << "\nModel types of config files: " << listModelTypes() << "; --batch " << kDefaultBatch
     << " --seq " << kDefaultSequence << "\n";
  return text;
}

/// What the command line names: a config, the batch that goes with it, and how messages call it.
struct Source {
  std::string name;
  std::string moduleName;
  json::Object config;
  int64_t batch = kDefaultBatch;
  int64_t sequence = kDefaultSequence;
};

static llvm::Expected<Source> findSource() {
  if (presetName.empty() == configPath.empty())
    return llvm::createStringError("expected --preset NAME or --config FILE; known presets: " +
                                   listPresets());
  if (!configPath.empty()) {
    llvm::Expected<json::Object> config = loadConfig(configPath);
    if (!config)
      return llvm::createStringError(configPath + ": " + llvm::toString(config.takeError()));
    std::string type = config->getString("model_type").value_or("").str();
    return Source{configPath, type, std::move(*config)};
  }
  const Preset *preset = findPreset(presetName);
  if (!preset)
    return llvm::createStringError("unknown preset '" + presetName +
                                   "'; known presets: " + listPresets());
  return Source{"preset '" + presetName + "'", presetName, preset->config, preset->batch,
                preset->sequence};
}

static llvm::Error readFlag(const cl::opt<long long> &flag, int64_t &value,
                            int64_t most = kMaxSize) {
  if (flag.getNumOccurrences() == 0)
    return llvm::Error::success();
  if (flag < 1 || flag > most)
    return llvm::createStringError("--" + flag.ArgStr + " must be from 1 to " + llvm::Twine(most) +
                                   ", got " + llvm::Twine(flag.getValue()));
  value = flag;
  return llvm::Error::success();
}

/// Puts the flags into the source: sizes under the keys of its model type.
static llvm::Error applyFlags(Source &source) {
  if (elementType != "f32" && elementType != "f64")
    return llvm::createStringError("--dtype must be f32 or f64, got '" + elementType + "'");
  if (llvm::Error error = readFlag(batch, source.batch))
    return error;
  if (llvm::Error error = readFlag(sequence, source.sequence))
    return error;
  llvm::Expected<SizeKeys> keys = getSizeKeys(source.config);
  if (!keys)
    return llvm::createStringError(source.name + ": " + llvm::toString(keys.takeError()));
  for (SizeFlag *flag : sizeFlags) {
    int64_t size = 0;
    if (llvm::Error error = readFlag(flag->option, size, flag->most))
      return error;
    if (size > 0 && flag == &layers)
      replaceLayers(source.config, *keys, size);
    else if (size > 0)
      source.config[*keys.*flag->key] = size;
  }
  return llvm::Error::success();
}

static llvm::Expected<std::vector<llvm::GlobPattern>> readPatterns() {
  std::vector<llvm::GlobPattern> patterns;
  for (const std::string &text : ignoredKeys) {
    llvm::Expected<llvm::GlobPattern> pattern = llvm::GlobPattern::create(text);
    if (!pattern)
      return llvm::createStringError("--ignore-keys: expected a glob, as in \"unsloth_*\", got '" +
                                     text + "': " + llvm::toString(pattern.takeError()));
    patterns.push_back(std::move(*pattern));
  }
  return patterns;
}

static llvm::Expected<ModelConfig> readModel(const Source &source) {
  llvm::Expected<std::vector<llvm::GlobPattern>> patterns = readPatterns();
  if (!patterns)
    return patterns.takeError();
  llvm::Expected<ModelConfig> model = readModelConfig(source.config, *patterns);
  if (!model)
    return llvm::createStringError(source.name + ": " + llvm::toString(model.takeError()));
  if (source.sequence > model->positions)
    return llvm::createStringError("--seq must be at most the model's %lld positions, got %lld; "
                                   "use a shorter sequence",
                                   static_cast<long long>(model->positions),
                                   static_cast<long long>(source.sequence));
  model->batch = source.batch;
  model->sequence = source.sequence;
  model->elementType = elementType;
  return model;
}

/// The path as a shell takes it; a character that would end the line stands as `?`.
static std::string quotePath(llvm::StringRef path) {
  auto isPlain = [](char c) { return llvm::isAlnum(c) || llvm::StringRef("_./-+=").contains(c); };
  if (llvm::all_of(path, isPlain))
    return path.str();
  std::string quoted = "'";
  for (char c : path)
    quoted += c == '\'' ? "'\\''" : std::string(1, llvm::isPrint(c) ? c : '?');
  return quoted + "'";
}

/// The command that gives the same text; sizes that are as the config has them are left out.
static std::string describeCommand(const Source &source) {
  std::string command = configPath.empty() ? "weft-import --preset " + presetName
                                           : "weft-import --config " + quotePath(configPath);
  command += " --batch " + std::to_string(source.batch);
  command += " --seq " + std::to_string(source.sequence);
  for (SizeFlag *flag : sizeFlags)
    if (flag->option.getNumOccurrences() > 0)
      command += (" --" + flag->option.ArgStr + " " + llvm::Twine(flag->option.getValue())).str();
  for (const std::string &pattern : ignoredKeys)
    command += " --ignore-keys " + quotePath(pattern);
  if (elementType.getValue() != elementType.getDefault().getValue())
    command += " --dtype " + elementType;
  return command;
}

static int writeModel(const Source &source, const ModelConfig &model) {
  std::string moduleName = source.moduleName;
  // A dash is no part of a symbol's name.
  std::replace_if(
      moduleName.begin(), moduleName.end(), [](char c) { return !llvm::isAlnum(c); }, '_');
  json::Object config = llvm::cantFail(completeConfig(source.config)); // it has been read
  if (!writtenConfigPath.empty())
    if (llvm::Error error = writeOutput(writtenConfigPath, formatConfig(config)))
      return fail("cannot write '" + writtenConfigPath + "': " + llvm::toString(std::move(error)));
  std::string text = writeModelText(model, moduleName, describeCommand(source));
  if (llvm::Error error = writeOutput(outputPath, text))
    return fail("cannot write '" + outputPath + "': " + llvm::toString(std::move(error)));
  return 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  std::string presets = describePresets();
  cl::extrahelp help(presets);
  if (!cl::ParseCommandLineOptions(argc, argv, "Writes a model as Weft text\n", &llvm::errs()))
    return 2;

  llvm::Expected<Source> source = findSource();
  if (!source)
    return fail(llvm::toString(source.takeError()));
  if (llvm::Error error = applyFlags(*source))
    return fail(llvm::toString(std::move(error)));
  llvm::Expected<ModelConfig> model = readModel(*source);
  if (!model)
    return fail(llvm::toString(model.takeError()));
  return writeModel(*source, *model);
}
