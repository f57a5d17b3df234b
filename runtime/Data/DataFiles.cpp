#include "Data/DataFiles.h"

#include "Support/Error.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <glob.h>

using namespace weft::rt;

namespace {

/// Adds what one item of the list stands for.
void expand(const std::string &item, std::vector<std::string> &paths) {
  std::error_code ignored;
  if (item.find_first_of("*?[") == std::string::npos || std::filesystem::exists(item, ignored)) {
    paths.push_back(item);
    return;
  }
  glob_t found = {};
  if (glob(item.c_str(), GLOB_NOSORT, nullptr, &found) == 0)
    paths.insert(paths.end(), found.gl_pathv, found.gl_pathv + found.gl_pathc);
  bool none = found.gl_pathc == 0;
  globfree(&found);
  if (none)
    fail("no file matches '%s'", item.c_str());
}

} // namespace

std::vector<std::string> weft::rt::expandPaths(const std::string &list) {
  std::error_code ignored;
  if (std::filesystem::exists(list, ignored))
    return {list};
  std::vector<std::string> paths;
  for (size_t begin = 0; begin <= list.size();) {
    size_t end = std::min(list.find(',', begin), list.size());
    if (end == begin)
      fail("expected file names between the commas of '%s'", list.c_str());
    expand(list.substr(begin, end - begin), paths);
    begin = end + 1;
  }
  std::sort(paths.begin(), paths.end());
  auto twice = std::adjacent_find(paths.begin(), paths.end());
  if (twice != paths.end())
    fail("'%s' names the file '%s' twice", list.c_str(), twice->c_str());
  return paths;
}

bool weft::rt::endsWith(const std::string &text, const char *end) {
  size_t length = strlen(end);
  return text.size() >= length && text.compare(text.size() - length, length, end) == 0;
}
