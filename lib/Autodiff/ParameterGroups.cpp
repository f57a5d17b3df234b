#include "ParameterGroups.h"

#include "llvm/Support/GlobPattern.h"

using namespace mlir;
using namespace weft;

static FailureOr<llvm::GlobPattern> compilePattern(TrainOp train, StringRef text) {
  llvm::Expected<llvm::GlobPattern> pattern = llvm::GlobPattern::create(text);
  if (!pattern)
    return train.emitError() << "malformed pattern \"" << text
                             << "\" of a parameter group: " << llvm::toString(pattern.takeError());
  return *pattern;
}

FailureOr<SmallVector<ParameterSettings>> weft::resolveParameterGroups(TrainOp train,
                                                                       ArrayRef<StringRef> names) {
  ParameterSettings defaults{train.getWeightDecay(), 1.0};
  SmallVector<std::optional<ParameterSettings>> settings(names.size());
  ArrayAttr groups = train.getGroupsAttr();
  for (auto group : groups
                        ? groups.getAsRange<ParameterGroupAttr>()
                        : ArrayAttr::get(train.getContext(), {}).getAsRange<ParameterGroupAttr>()) {
    StringRef text = group.getMatch().getValue();
    FailureOr<llvm::GlobPattern> pattern = compilePattern(train, text);
    if (failed(pattern))
      return failure();
    bool matches = false;
    for (auto [name, setting] : llvm::zip_equal(names, settings)) {
      if (!pattern->match(name))
        continue;
      matches = true;
      if (!setting)
        setting = {group.hasWeightDecay() ? group.getWeightDecay() : defaults.weightDecay,
                   group.getLearningRateScale()};
    }
    if (!matches)
      return train.emitError() << "parameter group \"" << text
                               << "\" matches no parameter; patterns are globs over full names, as "
                                  "in \"*.bias\"";
  }
  return llvm::map_to_vector(settings, [&](auto setting) { return setting.value_or(defaults); });
}
