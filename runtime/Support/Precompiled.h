// What nearly every file of the runtime includes, and JSON, which costs most: precompiled once. A
// file still names what it uses; the fuzzers (test/Fuzz/) compile many of them without this.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
