// Checkpoints for other programs: `weft-checkpoint export` writes a folder that Hugging Face's
// from_pretrained loads.
#include "Checkpoint/Export.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>

namespace {

/// Wrong usage and bad input end every tool with this code.
constexpr int kBadInput = 2;

/// Turns "bf16" into the file's "BF16".
CLI::Validator dtypeName() {
  return CLI::Validator(
      [](std::string &text) {
        static const std::map<std::string, std::string> names = {
            {"f32", "F32"}, {"f16", "F16"}, {"bf16", "BF16"}};
        auto found = names.find(text);
        if (found == names.end())
          return "expected f32, f16 or bf16, found '" + text + "'";
        text = found->second;
        return std::string();
      },
      "", "dtype");
}

void addExport(CLI::App &app, weft::rt::ExportOptions &options) {
  CLI::App *command = app.add_subcommand(
      "export", "Writes a checkpoint's weights and a config.json as a folder that from_pretrained loads.");
  command->add_option("CHECKPOINT", options.from, "a checkpoint's folder, or its model.safetensors")
      ->required();
  command->add_option("--config", options.config, "Hugging Face's config.json of the model, which is copied")
      ->type_name("FILE")
      ->required();
  command->add_option("-o", options.to, "the folder to write, without weights in it yet")
      ->type_name("FOLDER")
      ->required();
  command->add_option("--dtype", options.dtype, "of all weights: f32, bf16 or f16 (default: as they are)")
      ->transform(dtypeName())
      ->type_name("TYPE");
  command->add_option("--shard-size", options.shardBytes,
                      "bytes of a file, after which the next is begun: 5GB, for instance")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false).description(""))
      ->check(CLI::PositiveNumber.description(""))
      ->type_name("BYTES")
      ->capture_default_str();
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app("Checkpoints for other programs. Exit codes: 0 done, 2 something is wrong.");
  app.require_subcommand(1);
  weft::rt::ExportOptions options;
  addExport(app, options);
  try {
    app.parse(argc, argv);
    weft::rt::exportWeights(options);
    return 0;
  } catch (const CLI::Success &asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError &error) {
    std::fprintf(stderr, "weft-checkpoint: error: %s; --help lists the flags\n", error.what());
  } catch (const std::exception &error) {
    std::fprintf(stderr, "weft-checkpoint: error: %s\n", error.what());
  }
  return kBadInput;
}
