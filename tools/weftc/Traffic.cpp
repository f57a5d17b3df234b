#include "Traffic.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"

#include "llvm/ADT/StringExtras.h"
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

double bytesOf(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  return static_cast<double>(type.getNumElements()) * type.getElementTypeBitWidth() / 8;
}

std::string shapeOf(Value buffer) {
  auto sizes = llvm::map_range(cast<MemRefType>(buffer.getType()).getShape(),
                               [](int64_t size) { return std::to_string(size); });
  return llvm::join(sizes, "x");
}

/// 2mnk, from the sizes of c and those of a.
template <typename OpT> double productFlops(OpT op, bool transposesA) {
  auto a = cast<MemRefType>(op.getA().getType()), c = cast<MemRefType>(op.getC().getType());
  int64_t inner = a.getShape()[a.getRank() - (transposesA ? 2 : 1)];
  return 2.0 * inner * c.getNumElements();
}

/// The name of an op in the table, and its work; no name for what does none.
std::pair<std::string, Work> measure(Operation &op, SymbolTable &kernels) {
  Work work{0, 0, 1};
  for (Value operand : op.getOperands())
    work.bytes += bytesOf(operand);
  std::string name;
  llvm::raw_string_ostream os(name);
  if (auto launch = dyn_cast<exec::LaunchOp>(op)) {
    os << launch.getKernel();
    auto kernel = kernels.lookup<tile::KernelOp>(launch.getKernel());
    if (auto flops = kernel ? kernel->getAttrOfType<FloatAttr>("flops") : FloatAttr())
      work.flops = flops.getValueAsDouble();
  } else if (auto product = dyn_cast<exec::MatmulOp>(op)) {
    os << "matmul to " << shapeOf(product.getC());
    if (product.getEpilogue())
      os << ", " << spec::stringifyEpilogue(*product.getEpilogue());
    if (product.getWorkspace())
      work.bytes -= bytesOf(product.getWorkspace());
    if (product.getAccumulate() != exec::Accumulate::Overwrite) {
      os << ", added";
      work.bytes += bytesOf(product.getC());
    }
    work.flops = productFlops(product, product.getTransposeA());
  } else if (auto product = dyn_cast<exec::GroupedMatmulOp>(op)) {
    bool isInner = product.getGrouping() == exec::Grouping::Inner;
    os << "grouped matmul to " << shapeOf(product.getC());
    auto a = cast<MemRefType>(product.getA().getType()),
         b = cast<MemRefType>(product.getB().getType());
    auto c = cast<MemRefType>(product.getC().getType());
    // Each row goes through one expert's product.
    work.flops = isInner ? 2.0 * a.getNumElements() * b.getShape().back()
                         : 2.0 * a.getNumElements() * c.getShape().back();
  }
  return {name, work};
}

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
    for (Operation &op : program.getBody().front()) {
      auto [name, work] = measure(op, kernels);
      if (name.empty())
        continue;
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
