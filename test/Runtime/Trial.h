// A run of a hand-written model: its data, its files and its flags.
#ifndef WEFT_TEST_RUNTIME_TRIAL_H
#define WEFT_TEST_RUNTIME_TRIAL_H

#include "TestSupport.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace weft::rt::test {

/// A scratch directory with text to train on, in which one letter tells the next.
struct Trial {
  ScratchDirectory scratch;
  std::string text = scratch / "text", checkpoint = scratch / "checkpoint";
  std::string log = scratch / "log.jsonl";

  Trial() {
    std::string contents;
    for (int i = 0; i < 300; ++i)
      contents += "the quick brown fox jumps over the lazy dog. ";
    writeFile(text, contents);
  }

  std::vector<std::string> command(const char *program, std::vector<std::string> flags,
                                   const std::string &steps = "30") const {
    std::vector<std::string> all = {program, "--data", text, "--lr", "0.5"};
    if (!steps.empty())
      all.insert(all.end(), {"--steps", steps});
    all.insert(all.end(), flags.begin(), flags.end());
    return all;
  }

  std::vector<nlohmann::json> logged() const {
    std::vector<nlohmann::json> lines;
    std::istringstream stream(readFile(log));
    for (std::string line; std::getline(stream, line);)
      lines.push_back(nlohmann::json::parse(line));
    return lines;
  }
};

/// The names in a directory.
inline std::set<std::string> filesIn(const std::string &path) {
  std::set<std::string> names;
  for (const auto &entry : std::filesystem::directory_iterator(path))
    names.insert(entry.path().filename());
  return names;
}

inline bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

} // namespace weft::rt::test

#endif // WEFT_TEST_RUNTIME_TRIAL_H
