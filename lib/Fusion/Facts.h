// Facts of values that follow from the facts of their operands.
#ifndef WEFT_LIB_FUSION_FACTS_H
#define WEFT_LIB_FUSION_FACTS_H

#include "mlir/IR/Operation.h"

#include <functional>

namespace weft {

/// Computes a fact of each value once, however many ways lead to it, and without recursion, however
/// long they are.
template <typename FactT> class Facts {
public:
  /// From which values the fact of another follows, and how: by then `of` has theirs.
  using Sources = std::function<llvm::SmallVector<mlir::Value>(mlir::Value)>;
  using Rule = std::function<FactT(mlir::Value)>;
  Facts(Sources sources, Rule rule) : sources(std::move(sources)), rule(std::move(rule)) {}

  FactT of(mlir::Value root) {
    llvm::SmallVector<mlir::Value> open = {root};
    while (!open.empty()) {
      mlir::Value value = open.back();
      if (known.contains(value)) {
        open.pop_back();
        continue;
      }
      ++visits;
      size_t before = open.size();
      for (mlir::Value source : sources(value))
        if (!known.contains(source))
          open.push_back(source);
      if (open.size() == before)
        known.try_emplace(value, rule(value));
    }
    return known.at(root);
  }

  /// How often a value was looked at: twice for each at most, and once more for each use.
  size_t numVisits() const { return visits; }

private:
  Sources sources;
  Rule rule;
  llvm::DenseMap<mlir::Value, FactT> known;
  size_t visits = 0;
};

} // namespace weft

#endif // WEFT_LIB_FUSION_FACTS_H
