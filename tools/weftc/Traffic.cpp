#include "Traffic.h"

#include "dialects/Exec/Exec.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace weft;

namespace {

struct Work {
  double bytes = 0, flops = 0;
  int64_t calls = 0;

  Work &operator+=(const Work &other) {
    bytes += other.bytes, flops += other.flops, calls += other.calls;
    return *this;
  }
};

void writeRow(const Work &work, StringRef what, llvm::raw_ostream &os) {
  os << llvm::format("%8lld%14.4g%14.4g  ", static_cast<long long>(work.calls), work.bytes,
                     work.flops)
     << what << '\n';
}

} // namespace

void weft::writeTraffic(mlir::ModuleOp module, llvm::raw_ostream &os) {
  SymbolTable kernels(module);
  module.walk([&](exec::ProgramOp program) {
    SmallVector<std::pair<std::string, Work>> rows;
    llvm::StringMap<size_t> numbers;
    Work all;
    for (auto command : program.getBody().getOps<CommandOpInterface>()) {
      std::string name = command.getWorkName();
      if (name.empty())
        continue;
      Work work{command.getBytes(kernels), command.getFlops(kernels), 1};
      auto [number, isNew] = numbers.try_emplace(name, rows.size());
      if (isNew)
        rows.push_back({name, {}});
      rows[number->second].second += work;
      all += work;
    }
    if (rows.empty())
      return;
    llvm::stable_sort(rows, [](auto &a, auto &b) { return a.second.bytes > b.second.bytes; });
    os << program.getSymName() << ":\n   calls         bytes          FLOP  what\n";
    for (auto &[name, work] : rows)
      writeRow(work, name, os);
    writeRow(all, "all", os);
  });
}
