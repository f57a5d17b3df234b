#include "CommandLine/Options.h"

#include "Support/Entries.h"
#include "Support/Error.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <cmath>

using namespace weft::rt;

namespace {

template <typename T> bool parses(const std::string &text, T &value) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// A whole number of at least `least`, with nothing after it.
CLI::Validator wholeNumber(int64_t least) {
  return CLI::Validator(
      [least](std::string &text) {
        int64_t value = 0;
        if (parses(text, value) && value >= least)
          return std::string();
        return "expected a whole number of at least " + std::to_string(least) + ", found '" + text +
               "'";
      },
      "", "whole number");
}

/// A finite number above zero, or from zero on.
CLI::Validator realNumber(bool zeroToo) {
  return CLI::Validator(
      [zeroToo](std::string &text) {
        double value = 0;
        if (parses(text, value) && std::isfinite(value) && (zeroToo ? value >= 0 : value > 0))
          return std::string();
        return std::string("expected a finite number ") +
               (zeroToo ? "of at least 0" : "greater than 0") + ", found '" + text + "'";
      },
      "", "number");
}

/// The enumerator of a name in a list that is in the enum's order.
template <typename Enum, size_t Count>
Enum parseName(const char *const (&names)[Count], const std::string &name) {
  return static_cast<Enum>(std::find(names, names + Count, name) - names);
}

template <size_t Count> CLI::Validator oneOf(const char *const (&names)[Count]) {
  return CLI::IsMember(std::vector<std::string>(names, names + Count));
}

void addDataFlags(CLI::App &app, Options &options, std::string &format, std::string &order) {
  app.add_option("--data", options.data,
                 "training data: text files (bytes are tokens), .bin token shards, or one "
                 ".safetensors file with a tensor [sequences, ...] per model input. Several files "
                 "of tokens as a pattern or a list, 'train_*.bin' or a.bin,b.bin, taken in the "
                 "order of their names")
      ->type_name("FILES");
  app.add_option("--val-data", options.valData,
                 "validation data, of the same kinds, read in order; NAME=FILES, once for each, "
                 "where several models are evaluated on different files. Without --data and "
                 "--steps, evaluates and ends")
      ->type_name("[NAME=]FILES");
  app.add_option(
         "--data-format", format,
         "how both are stored: text, nanogpt (uint16), uint32, llmc (a header, then uint16 or "
         "uint32), tensors; or auto, by the name: .bin is llmc where it begins with 20240520 "
         "or 20240801 as a 32-bit integer, and otherwise uint32 for models of more than 65536 "
         "tokens and nanogpt for others. What is evidently something else is refused then")
      ->check(oneOf(dataFormatNames))
      ->type_name("KIND")
      ->capture_default_str();
  app.add_option(
         "--order", order,
         "in which order training takes the sequences of --data: shuffled, all of them once an "
         "epoch, by --seed and epoch; or file, as they stand there")
      ->check(oneOf(dataOrderNames))
      ->type_name("KIND")
      ->needs("--data")
      ->capture_default_str();
  app.add_flag("!--no-read-ahead", options.readAhead,
               "read each batch when it is due instead of on a thread, one ahead");
  app.add_option("--eval-every", options.evalEvery,
                 "evaluate on the validation data every N steps (always: after the last)")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->needs("--val-data");
  app.add_option("--eval-batches", options.evalBatches,
                 "micro-batches of one evaluation, at most (default: the whole file, once)")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->needs("--val-data");
}

void addTrainingFlags(CLI::App &app, Options &options, std::string &kind, std::string &name) {
  app.add_option("--train", name,
                 "which of several train ops of the model's text (default: the first)")
      ->type_name("NAME");
  app.add_option("--steps", options.schedule.steps, "optimizer updates")
      ->check(wholeNumber(1))
      ->type_name("N");
  app.add_option("--lr", options.schedule.peak, "learning rate, after the warmup")
      ->check(realNumber(false))
      ->type_name("X")
      ->capture_default_str();
  app.add_option("--min-lr", options.schedule.least, "where linear and cosine schedules end")
      ->check(realNumber(true))
      ->type_name("X")
      ->capture_default_str();
  app.add_option("--warmup", options.schedule.warmup, "steps of linear warmup")
      ->check(wholeNumber(0))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--schedule", kind, "learning rate after the warmup: constant, linear or cosine")
      ->check(oneOf(scheduleNames))
      ->type_name("KIND")
      ->capture_default_str();
  app.add_option("--global-batch", options.globalBatch,
                 "sequences of one update: a multiple of the batch that was compiled, which is the "
                 "default")
      ->check(wholeNumber(1))
      ->type_name("N");
  app.add_option("--seed", options.seed, "seed of initial values and of the data's order")
      ->check(wholeNumber(0))
      ->type_name("N")
      ->capture_default_str();
}

void addOutputFlags(CLI::App &app, Options &options) {
  app.add_option("--init-from", options.initFrom,
                 "start from these parameters: a safetensors file, or a folder with model.safetensors "
                 "or model.safetensors.index.json; Hugging Face names; f32, f64, f16 or bf16")
      ->type_name("PATH");
  app.add_option("--ignore-tensors", options.ignoreTensors,
                 "tensors of --init-from that need not be parameters, as in '*.inv_freq'; again for "
                 "further patterns")
      ->allow_extra_args(false)
      ->type_name("PATTERN")
      ->needs("--init-from");
  app.add_option("--checkpoint-dir", options.checkpointDir,
                 "write a checkpoint here at the end, and when stopped by a signal (SIGINT, "
                 "SIGTERM, SIGHUP, SIGUSR1, SIGUSR2): a folder step-000200 with model.safetensors, "
                 "optimizer.safetensors, describe.json and "
                 "run.json, and `latest`, a link to the newest")
      ->type_name("DIR");
  app.add_option("--checkpoint-every", options.checkpointEvery, "and every N steps")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->needs("--checkpoint-dir");
  app.add_option("--keep", options.keep, "checkpoints that stay, the newest (default: all)")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->needs("--checkpoint-dir");
  app.add_flag("--resume", options.resume,
               "go on from the newest whole checkpoint in --checkpoint-dir, if it has any, to the "
               "same bits as without a stop, and go on with --log there. Flags that change the bits "
               "must be the same")
      ->needs("--checkpoint-dir");
  app.add_option("--log", options.log, "write one JSON object a step, each on its line")
      ->type_name("FILE");
  app.add_flag("--describe", options.describe,
               "print the model's name, parameters, programs, memory, compiler and the hash of its "
               "text as JSON, and train nothing");
  app.add_flag("--profile", options.profile,
               "print the time by kernel and by matrix product shape after the run");
}

void addCheckFlags(CLI::App &app, Options &options) {
  app.add_option("--dump-gradients", options.dumpGradients,
                 "write the gradients of the first update's loss sum (safetensors), before they "
                 "are divided by the loss weight and clipped")
      ->type_name("FILE");
  app.add_flag("--check-gradients", options.checkGradients,
               "instead of training, compare the gradients of the first batch with finite "
               "differences (models in f64)");
  app.add_option("--check-samples", options.checkSamples,
                 "elements of each parameter that --check-gradients looks at, at most")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->needs("--check-gradients")
      ->capture_default_str();
  app.add_option("--check-tolerance", options.checkTolerance,
                 "largest relative error that --check-gradients accepts")
      ->check(realNumber(false))
      ->type_name("X")
      ->needs("--check-gradients")
      ->capture_default_str();
  app.add_option("--check-step", options.checkStep,
                 "largest step of the differences, relative to an element or to 1 where that is "
                 "more; smaller ones are tried where it does not bear the gradient out")
      ->check(realNumber(false))
      ->type_name("X")
      ->needs("--check-gradients")
      ->capture_default_str();
}

void addGenerateFlags(CLI::App &app, Options &options) {
  app.add_option(
         "--generate", options.generate,
         "instead of training, continue this text with the parameters of --init-from (models "
         "of bytes; causal ones)")
      ->type_name("TEXT")
      ->needs("--init-from")
      ->excludes("--steps", "--data", "--val-data", "--check-gradients");
  app.add_option("--generate-ids", options.generateIds, "the same for ids: 1,2,3")
      ->type_name("IDS")
      ->needs("--init-from")
      ->excludes("--steps", "--data", "--val-data", "--check-gradients", "--generate");
  app.add_option("--max-new-tokens", options.maxNewTokens, "how many tokens to generate")
      ->check(wholeNumber(1))
      ->type_name("N")
      ->capture_default_str();
  app.add_option(
         "--temperature", options.temperature,
         "draw tokens, by --seed, from the logits divided by X; 0 takes the most likely one")
      ->check(realNumber(true))
      ->type_name("X")
      ->capture_default_str();
  app.add_option("--top-k", options.topK, "draw from the K most likely tokens only")
      ->check(wholeNumber(1))
      ->type_name("K")
      ->needs("--temperature");
}

Mode findMode(const Options &options, const CLI::App &app) {
  if (options.describe)
    return Mode::Describe;
  if (app.count("--generate") || app.count("--generate-ids"))
    return Mode::Generate;
  if (options.checkGradients)
    return Mode::CheckGradients;
  bool onlyEvaluates = !options.trained || (options.data.empty() && !app.count("--steps"));
  return onlyEvaluates && !options.valData.empty() ? Mode::Evaluate : Mode::Train;
}

/// The train op that `name` means, or the first.
const WeftEntry *findTrained(const WeftModule &module, const std::string &name) {
  const WeftEntry *entry =
      findEntry(module, WEFT_ENTRY_TRAIN, name.empty() ? nullptr : name.c_str());
  if (entry || name.empty())
    return entry;
  std::string names;
  for (int64_t i = 0; i < module.num_entries; ++i)
    if (module.entries[i].kind == WEFT_ENTRY_TRAIN)
      names += std::string(names.empty() ? "" : ", ") + module.entries[i].name;
  fail("--train: expected the name of a train op of '%s' (%s), found '%s'", module.name,
       names.empty() ? "it has none" : names.c_str(), name.c_str());
}

void checkSchedule(const Options &options) {
  const Schedule &schedule = options.schedule;
  if (schedule.least > schedule.peak)
    fail("--min-lr: expected at most the learning rate %g, found %g", schedule.peak,
         schedule.least);
  if (schedule.warmup > schedule.steps)
    fail("--warmup: expected at most the %" PRId64 " steps of the run, found %" PRId64,
         schedule.steps, schedule.warmup);
  if (options.globalBatch % options.trained->sequences != 0)
    fail("--global-batch: expected a multiple of %" PRId64
         ", the sequences of one compiled micro-batch, found %" PRId64,
         options.trained->sequences, options.globalBatch);
}

/// Training, and the check of its gradients.
void checkTraining(const Options &options, const CLI::App &app, const WeftModule &module) {
  if (!options.trained)
    fail("'%s' trains nothing: it evaluates, with --val-data, or generates", module.name);
  if (!app.count("--steps") && options.mode == Mode::Train)
    fail("--steps is required: the number of optimizer updates");
  checkSchedule(options);
  bool hasInputs = options.trained->num_inputs > 0;
  if (hasInputs && options.data.empty())
    fail("--data is required: '%s' has %" PRId64 " inputs", module.name,
         options.trained->num_inputs);
  if (!hasInputs && !(options.data.empty() && options.valData.empty()))
    fail("--data and --val-data: '%s' has no inputs to fill", module.name);
}

/// What only makes sense in training.
void checkEvaluation(const CLI::App &app) {
  for (const char *flag : {"--data", "--steps", "--log", "--checkpoint-dir", "--dump-gradients"})
    if (app.count(flag))
      fail("%s: nothing is trained in this run; leave it out", flag);
}

} // namespace

std::optional<Options> weft::rt::parseOptions(int argc, const char *const *argv,
                                              const WeftModule &module) {
  Options options;
  options.schedule.peak = 3e-4;
  options.maxNewTokens = 100;
  options.checkSamples = 16;
  options.checkTolerance = 1e-6;
  options.checkStep = 1e-3;
  std::string kind = scheduleNames[0], format = dataFormatNames[0], order = dataOrderNames[0],
              name;
  CLI::App app(std::string("Trains '") + module.name + "', compiled by " + module.compiler +
               ".\nThreads: OMP_NUM_THREADS, or all CPUs that the process may use, as far as its quota "
               "of their time goes.\nExit codes: 0 done, 2 something is wrong before step 1, 1 a fault after it.");
  app.set_version_flag("--version", std::string(module.name) + ", compiled by " + module.compiler);
  addDataFlags(app, options, format, order);
  addTrainingFlags(app, options, kind, name);
  addOutputFlags(app, options);
  addCheckFlags(app, options);
  addGenerateFlags(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &asked) {
    app.exit(asked);
    return std::nullopt;
  } catch (const CLI::ParseError &error) {
    fail("%s; --help lists the flags", error.what());
  }
  options.schedule.kind = parseName<ScheduleKind>(scheduleNames, kind);
  options.dataFormat = parseName<DataFormat>(dataFormatNames, format);
  options.dataOrder = parseName<DataOrder>(dataOrderNames, order);
  options.trained = findTrained(module, name);
  if (options.trained && !app.count("--global-batch"))
    options.globalBatch = options.trained->sequences;
  options.mode = findMode(options, app);
  if (options.mode == Mode::Train || options.mode == Mode::CheckGradients)
    checkTraining(options, app, module);
  else if (options.mode == Mode::Evaluate)
    checkEvaluation(app);
  return options;
}
