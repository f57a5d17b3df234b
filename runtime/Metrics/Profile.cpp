#include "Metrics/Profile.h"

#include "Support/Enums.h"
#include "Support/FixedText.h"

#include <algorithm>
#include <map>

using namespace weft::rt;

namespace {

/// Sites beyond this many are summed into none; a 48-layer model has a few thousand.
constexpr size_t maxSites = 1 << 16;
constexpr size_t tableSize = 4 * maxSites;

struct Line {
  std::string name;
  int64_t calls = 0;
  int64_t nanoseconds = 0;
  double flops = 0;
};

double flopsOf(const WeftMatmul &mm) {
  double flops =
      2.0 * static_cast<double>(mm.m) * static_cast<double>(mm.n) * static_cast<double>(mm.k);
  for (int32_t d = 0; d < mm.batch_rank; ++d)
    flops *= static_cast<double>(mm.batch[d]);
  return flops;
}

std::string nameOf(const WeftMatmul &mm) {
  FixedText<160> text;
  if (mm.grouping != WEFT_UNGROUPED)
    text.append("grouped ");
  text.append("matmul ");
  for (int32_t d = 0; d < mm.batch_rank; ++d)
    text.append("%lldx", static_cast<long long>(mm.batch[d]));
  if (mm.grouping != WEFT_UNGROUPED)
    text.append("%lldx", static_cast<long long>(mm.groups));
  text.append(
      "[%lld,%lld,%lld] %c%c %s %s", static_cast<long long>(mm.m), static_cast<long long>(mm.n),
      static_cast<long long>(mm.k), mm.transpose_a ? 't' : 'n', mm.transpose_b ? 't' : 'n',
      mm.tf32 ? "tf32" : textOf<WeftDType>(mm.dtype), textOf<WeftLibrary>(mm.library));
  if (mm.epilogue != WEFT_EPILOGUE_NONE)
    text.append(" %s", textOf<WeftEpilogue>(mm.epilogue));
  return text.c_str();
}

void appendLine(std::string &out, const Line &line, int64_t steps, int64_t total) {
  FixedText<256> text;
  double milliseconds = static_cast<double>(line.nanoseconds) * 1e-6 / static_cast<double>(steps);
  text.append("%10.3f %6.1f%% %8.1f  ", milliseconds,
              100.0 * static_cast<double>(line.nanoseconds) / static_cast<double>(total),
              static_cast<double>(line.calls) / static_cast<double>(steps));
  if (line.flops > 0)
    text.append("%8.1f", line.flops / static_cast<double>(line.nanoseconds));
  else
    text.append("%8s", "");
  text.append("  %s\n", line.name.c_str());
  out += text.c_str();
}

} // namespace

Profile::Profile() : table(tableSize, 0) { sites.reserve(maxSites); }

void Profile::add(const WeftLaunch *launch, const WeftMatmul *matmul, int64_t nanoseconds) {
  const void *address = launch ? static_cast<const void *>(launch) : matmul;
  size_t slot = (reinterpret_cast<uintptr_t>(address) * 0x9E3779B97F4A7C15u >> 20) % tableSize;
  while (table[slot] &&
         (sites[table[slot] - 1].launch != launch || sites[table[slot] - 1].matmul != matmul))
    slot = (slot + 1) % tableSize;
  if (!table[slot]) {
    if (sites.size() == maxSites)
      return;
    sites.push_back({launch, matmul, 0, 0});
    table[slot] = static_cast<uint32_t>(sites.size());
  }
  Site &site = sites[table[slot] - 1];
  ++site.calls;
  site.nanoseconds += nanoseconds;
}

void Profile::clear() {
  for (Site &site : sites)
    site.calls = site.nanoseconds = 0;
}

std::string Profile::report(int64_t steps, int64_t nanoseconds) const {
  std::map<std::string, Line> byName;
  int64_t measured = 0;
  for (const Site &site : sites) {
    std::string name = site.launch ? site.launch->kernel->name : nameOf(*site.matmul);
    Line &line = byName[name];
    line.name = name;
    line.calls += site.calls;
    line.nanoseconds += site.nanoseconds;
    measured += site.nanoseconds;
    if (site.matmul)
      line.flops += static_cast<double>(site.calls) * flopsOf(*site.matmul);
  }
  std::vector<Line> lines;
  for (auto &[name, line] : byName)
    if (line.calls)
      lines.push_back(line);
  std::sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) {
    return a.nanoseconds != b.nanoseconds ? a.nanoseconds > b.nanoseconds : a.name < b.name;
  });
  std::string out = "profile:   ms/step   share  calls/step   GFLOP/s  what\n";
  for (const Line &line : lines)
    appendLine(out, line, steps, nanoseconds);
  appendLine(out,
             {"everything else (data, logging, fork and join between calls)", steps,
              nanoseconds - measured, 0},
             steps, nanoseconds);
  appendLine(out, {"a step", steps, nanoseconds, 0}, steps, nanoseconds);
  out.pop_back(); // the last end of line is the printer's
  return out;
}
