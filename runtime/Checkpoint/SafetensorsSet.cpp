#include "Checkpoint/SafetensorsSet.h"

#include "Support/Error.h"
#include "Support/File.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

using namespace weft::rt;

namespace {

constexpr const char *indexName = "model.safetensors.index.json";

/// Which file each tensor is in.
std::map<std::string, std::string> readIndex(const std::string &path) {
  std::map<std::string, std::string> map;
  try {
    nlohmann::json index = nlohmann::json::parse(readText(path));
    for (const auto &[tensor, file] : index.at("weight_map").items())
      map[tensor] = file.get<std::string>();
  } catch (const nlohmann::json::exception &error) {
    fail("'%s': expected an object with a 'weight_map' from tensors to files: %s", path.c_str(),
         error.what());
  }
  for (const auto &[tensor, file] : map)
    if (file.find('/') != std::string::npos)
      fail("'%s': expected the file of tensor '%s' to lie beside the index, found '%s'",
           path.c_str(), tensor.c_str(), file.c_str());
  return map;
}

} // namespace

SafetensorsSet::SafetensorsSet(const std::string &path) {
  constexpr std::string_view end = ".json";
  bool index = path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
  if (std::filesystem::is_directory(path)) {
    bool indexed = std::filesystem::exists(path + "/" + indexName);
    indexed ? addIndexed(path + "/" + indexName) : add(path + "/model.safetensors");
  } else {
    index ? addIndexed(path) : add(path);
  }
}

void SafetensorsSet::add(const std::string &path) {
  const SafetensorsFile &file = files.emplace_back(path);
  for (const SafetensorsFile::Tensor &tensor : file.tensors())
    if (!entries.emplace(tensor.name, Entry{&file, &tensor}).second)
      fail("'%s': tensor '%s' is in '%s' as well", path.c_str(), tensor.name.c_str(),
           entries.at(tensor.name).file->path().c_str());
}

void SafetensorsSet::addIndexed(const std::string &path) {
  std::map<std::string, std::string> map = readIndex(path);
  std::set<std::string> names;
  for (const auto &[tensor, file] : map)
    names.insert(file);
  size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  for (const std::string &name : names)
    add(folder + name);
  for (const auto &[tensor, file] : map) {
    auto found = entries.find(tensor);
    if (found == entries.end() || found->second.file->path() != folder + file)
      fail("'%s': tensor '%s' is not in '%s'", path.c_str(), tensor.c_str(), file.c_str());
  }
  for (const auto &[tensor, entry] : entries)
    if (!map.count(tensor))
      fail("'%s': tensor '%s' of '%s' is not in the index", path.c_str(), tensor.c_str(),
           entry.file->path().c_str());
}
