#include "Checkpoint/Describe.h"

#include "Checkpoint/StoredTensors.h"
#include "Support/DType.h"
#include "Support/Error.h"

#include <cinttypes>
#include <map>
#include <nlohmann/json.hpp>

using namespace weft::rt;
using json = nlohmann::ordered_json;

namespace {

std::string hex(uint64_t value) {
  char text[17];
  snprintf(text, sizeof(text), "%016" PRIx64, value);
  return text;
}

json parameters(const WeftModule &module) {
  int64_t elements = 0;
  json tensors = json::array();
  for (const StoredTensor &tensor : storedParameters(module)) {
    elements += elementCount(tensor.shape.data(), static_cast<int64_t>(tensor.shape.size()));
    tensors.push_back({{"name", tensor.name},
                       {"dtype", dtypeName(tensor.dtype)},
                       {"shape", tensor.shape}});
  }
  return {{"count", elements}, {"tensors", std::move(tensors)}};
}

json toJson(const WeftModule &module) {
  json programs = json::array();
  for (int64_t i = 0; i < module.num_programs; ++i)
    programs.push_back(module.programs[i].name);
  return {{"model", module.name},
          {"compiler", module.compiler},
          {"text_hash", hex(module.text_hash)},
          {"programs", std::move(programs)},
          {"memory",
           {{"state", module.state_bytes},
            {"arena", module.arena_bytes},
            {"input", module.input_bytes},
            {"step", module.step_bytes},
            {"total", module.total_bytes}}},
          {"parameters", parameters(module)}};
}

/// "F32 [4, 64]" of each parameter.
std::map<std::string, std::string> typesOf(const json &description) {
  std::map<std::string, std::string> types;
  for (const json &tensor : description.at("parameters").at("tensors"))
    types[tensor.at("name").get<std::string>()] =
        tensor.at("dtype").get<std::string>() + " " + tensor.at("shape").dump();
  return types;
}

void add(std::string &list, const std::string &item) { list += (list.empty() ? "" : "; ") + item; }

std::string compare(const json &saved, const json &own) {
  std::map<std::string, std::string> there = typesOf(saved), here = typesOf(own);
  std::string list;
  for (const auto &[name, type] : here)
    if (!there.count(name))
      add(list, "parameter '" + name + "' is missing");
    else if (there[name] != type)
      add(list, "parameter '" + name + "' is " + there[name] + ", the program needs " + type);
  for (const auto &[name, type] : there)
    if (!here.count(name))
      add(list, "parameter '" + name + "' is unknown");
  if (saved.at("text_hash") != own.at("text_hash"))
    add(list, "the hash of its text is " + saved.at("text_hash").get<std::string>() +
                  ", the program's " + own.at("text_hash").get<std::string>());
  return list;
}

} // namespace

std::string weft::rt::describe(const WeftModule &module) { return toJson(module).dump(2) + "\n"; }

std::string weft::rt::differences(const std::string &text, const WeftModule &module) {
  try {
    return compare(json::parse(text), toJson(module));
  } catch (const json::exception &error) {
    fail("expected the description of a program: %s", error.what());
  }
}
