#include "weft/Conversion/WeftToTile/Passes.h"

#include "Decompose.h"
#include "IterationSpace.h"
#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/TileBodyOpInterface.h"

#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/SetVector.h"

namespace weft {
#define GEN_PASS_DEF_GROUPKERNELS
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// The ops of one graph and the groups that they are in. A group is named by the index of one of
/// its members; ops that no kernel computes are groups of one.
class Grouping {
public:
  Grouping(GraphOp graph, size_t maxMembers)
      : block(graph.getBody().front()), maxMembers(maxMembers) {
    for (Operation &op : block.without_terminator()) {
      indexOf[&op] = ops.size();
      ops.push_back(&op);
    }
    parent.resize(ops.size());
    for (size_t i = 0; i < ops.size(); ++i) {
      parent[i] = i;
      members.push_back({i});
      shapes.push_back(isMember(ops[i]) ? iterationShape(ops[i]) : ArrayRef<int64_t>());
    }
    findColumnOnly();
  }

  void run() {
    for (size_t i = 0; i < ops.size(); ++i)
      if (isMember(ops[i]) && !columnOnly[i] && !isSinkReduction(ops[i]))
        for (Value operand : ops[i]->getOperands())
          tryMerge(i, operand);
    joinColumnReductions();
    outline();
  }

private:
  static bool isMember(Operation *op) {
    if (isa<ConstantOp>(op))
      return false; // goes with each of its users
    if (isa<SumOp, ReduceMaxOp>(op))
      return isRowReduction(op) || isSinkReduction(op);
    return isa<TileBodyOpInterface, GatherRowsOp>(op);
  }

  /// Whether an op looks at the columns of rows of one element. Among longer rows it would count that
  /// element once for each of their columns.
  static bool looksAtOneColumn(Operation *op) {
    return (isRowReduction(op) || op->hasTrait<facts::ReadsCoordinates>()) &&
           iterationShape(op).back() == 1;
  }

  size_t find(size_t i) const {
    while (parent[i] != i)
      i = parent[i];
    return i;
  }

  /// Elementwise ops that only column reductions look at, directly or through one another: they are
  /// computed inside those kernels.
  void findColumnOnly() {
    columnOnly.assign(ops.size(), false);
    if (maxMembers == 1)
      return; // every op has a kernel of its own
    std::vector<bool> feedsChunks(ops.size(), false);
    for (size_t i = ops.size(); i-- > 0;) {
      if (!isMember(ops[i]) || isRowReduction(ops[i]) || isSinkReduction(ops[i]) ||
          ops[i]->use_empty())
        continue;
      columnOnly[i] = llvm::all_of(ops[i]->getUsers(), [&](Operation *user) {
        auto index = indexOf.find(user);
        if (index == indexOf.end())
          return false;
        if (isa<ChunkSumsOp>(user) || feedsChunks[index->second])
          feedsChunks[i] = true;
        return !isTableOf(user, ops[i]->getResult(0)) &&
               (isSinkReduction(user) || columnOnly[index->second]) &&
               iterationShape(user) == iterationShape(ops[i]);
      });
      if (feedsChunks[i] && !isFlat(ops[i]))
        columnOnly[i] = false;
    }
  }

  /// Whether an op walks its operands in row-major order, as a kernel over chunks does.
  static bool isFlat(Operation *op) {
    if (op->hasTrait<facts::WalksRows>())
      return false;
    return llvm::all_of(op->getOperands(), [&](Value operand) {
      auto type = cast<RankedTensorType>(operand.getType());
      return type.getNumElements() == 1 ||
             (type.getShape() == iterationShape(op) && resolveView(operand).layout.isRowMajor());
    });
  }

  // ---- growing groups

  /// Whether groups over these shapes can share a kernel; the result is the shape of both together.
  static std::optional<ArrayRef<int64_t>> joinShapes(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
    if (a == b)
      return a;
    if (a.size() != b.size() || a.empty() || a.drop_back() != b.drop_back())
      return std::nullopt;
    if (a.back() == 1)
      return b;
    if (b.back() == 1)
      return a;
    return std::nullopt;
  }

  /// Joins the group of op `i` with that of the op behind `operand`, if one kernel can compute
  /// both.
  void tryMerge(size_t i, Value operand) {
    auto found = indexOf.find(operand.getDefiningOp());
    if (found == indexOf.end() || !isMember(ops[found->second]) || columnOnly[found->second] ||
        isSinkReduction(ops[found->second]))
      return;
    size_t a = find(i), b = find(found->second);
    if (a == b || members[a].size() + members[b].size() > maxMembers ||
        getPhase(ops[a]) != getPhase(ops[b]))
      return;
    std::optional<ArrayRef<int64_t>> shape = joinShapes(shapes[a], shapes[b]);
    if (!shape || dependsThroughOthers(a, b))
      return;
    auto isNarrow = [&](size_t member) { return looksAtOneColumn(ops[member]); };
    if (shapes[a] != shapes[b] && (llvm::any_of(members[a], isNarrow) || llvm::any_of(members[b], isNarrow)))
      return;
    llvm::append_range(members[b], members[a]);
    llvm::sort(members[b]);
    parent[a] = b;
    shapes[b] = *shape;
  }

  /// Whether a value would leave the union of both groups and come back.
  bool dependsThroughOthers(size_t a, size_t b) {
    size_t first = std::min(members[a].front(), members[b].front());
    llvm::SmallDenseSet<size_t> visited;
    SmallVector<size_t> stack;
    auto push = [&](size_t group, bool fromUnion) {
      for (size_t member : members[group])
        for (Value operand : ops[member]->getOperands()) {
          auto found = indexOf.find(operand.getDefiningOp());
          if (found == indexOf.end())
            continue;
          size_t source = find(found->second);
          if (source == a || source == b) {
            // Rows of a table are read in any order, which only memory allows.
            if (!fromUnion || isTableOf(ops[member], operand))
              return true;
            continue;
          }
          // Whatever ends before the union starts cannot depend on it.
          if (members[source].back() >= first && visited.insert(source).second)
            stack.push_back(source);
        }
      return false;
    };
    if (push(a, true) || push(b, true))
      return true;
    while (!stack.empty())
      if (push(stack.pop_back_val(), false))
        return true;
    return false;
  }

  // ---- column reductions

  /// A column reduction, and the elementwise ops that are computed inside its kernel.
  llvm::SetVector<size_t> columnSliceOf(size_t reduction) {
    llvm::SetVector<size_t> slice;
    slice.insert(reduction);
    for (unsigned next = 0; next < slice.size(); ++next)
      for (Value operand : ops[slice[next]]->getOperands()) {
        auto found = indexOf.find(operand.getDefiningOp());
        if (found != indexOf.end() && columnOnly[found->second])
          slice.insert(found->second);
      }
    return slice;
  }

  llvm::SmallDenseSet<Value> inputsOf(const llvm::SetVector<size_t> &slice) {
    llvm::SmallDenseSet<Value> inputs;
    for (size_t member : slice)
      for (Value operand : ops[member]->getOperands())
        inputs.insert(operand);
    return inputs;
  }

  /// Column reductions that read the same values share a kernel with the one of their kind before.
  void joinColumnReductions() {
    llvm::SmallDenseMap<OperationName, size_t> last; // looked up only
    for (size_t i = 0; i < ops.size(); ++i) {
      if (!isSinkReduction(ops[i]))
        continue;
      columnSlices[i] = columnSliceOf(i);
      auto [before, isNew] = last.try_emplace(ops[i]->getName(), i);
      if (!isNew)
        joinColumns(i, std::exchange(before->second, i));
    }
  }

  void joinColumns(size_t i, size_t before) {
    if (shapes[before] != shapes[i] || ops[before]->getResultTypes() != ops[i]->getResultTypes() ||
        getPhase(ops[before]) != getPhase(ops[i]))
      return;
    auto inputs = inputsOf(columnSlices[before]);
    bool shares = llvm::any_of(inputsOf(columnSlices[i]), [&](Value v) { return inputs.contains(v); });
    size_t a = find(i), b = find(before);
    bool hasRoom = members[b].size() < std::min<size_t>(4, maxMembers);
    if (shares && hasRoom && !dependsThroughOthers(a, b)) {
      members[b].push_back(i);
      parent[a] = b;
    }
  }

  // ---- making groups

  /// Groups in an order that computes operands before their users, as close to the old one as can
  /// be.
  SmallVector<size_t> schedule() {
    SmallVector<size_t> order, roots;
    for (size_t i = 0; i < ops.size(); ++i)
      if (find(i) == i && !columnOnly[i])
        roots.push_back(i);
    llvm::sort(roots, [&](size_t a, size_t b) { return members[a].back() < members[b].back(); });
    std::vector<char> done(ops.size(), 0);
    // Depth first, with an explicit stack: models are deep.
    for (size_t root : roots) {
      SmallVector<std::pair<size_t, bool>> stack{{root, false}};
      while (!stack.empty()) {
        auto [group, expanded] = stack.pop_back_val();
        if (expanded) {
          if (done[group] != 2)
            order.push_back(group);
          done[group] = 2;
          continue;
        }
        if (done[group])
          continue;
        done[group] = 1;
        stack.push_back({group, true});
        SmallVector<size_t> sources = sourcesOf(group);
        for (size_t source : llvm::reverse(sources))
          if (!done[source])
            stack.push_back({source, false});
      }
    }
    return order;
  }

  SmallVector<size_t> sourcesOf(size_t group) {
    SmallVector<size_t> sources;
    for (size_t member : bodyOf(group))
      for (Value operand : ops[member]->getOperands()) {
        auto found = indexOf.find(operand.getDefiningOp());
        if (found != indexOf.end() && find(found->second) != group && !columnOnly[found->second])
          sources.push_back(find(found->second));
      }
    return sources;
  }

  /// All ops computed by a group, in order: its members and the slices of its column reductions.
  SmallVector<size_t> bodyOf(size_t group) {
    llvm::SetVector<size_t> body;
    for (size_t member : members[group]) {
      auto slice = columnSlices.find(member);
      if (slice != columnSlices.end())
        body.insert(slice->second.begin(), slice->second.end());
      else
        body.insert(member);
    }
    SmallVector<size_t> sorted = body.takeVector();
    llvm::sort(sorted);
    return sorted;
  }

  void outline() {
    Operation *terminator = block.getTerminator();
    for (size_t group : schedule()) {
      if (isMember(ops[group]))
        outlineGroup(group, terminator);
      else
        ops[group]->moveBefore(terminator);
    }
    for (Operation *op : llvm::reverse(ops))
      if (isMember(op))
        op->erase();
  }

  void outlineGroup(size_t group, Operation *before) {
    SmallVector<size_t> body = bodyOf(group);
    llvm::SmallDenseSet<Operation *> inside;
    for (size_t member : body)
      inside.insert(ops[member]);

    // A table that is also read row by row is two operands, one for each way of lying in the kernel.
    llvm::SetVector<Value> operands, tables;
    SmallVector<Value> results;
    for (size_t member : body) {
      Operation *op = ops[member];
      for (Value operand : op->getOperands())
        if (isTableOf(op, operand))
          tables.insert(operand);
        else if (!inside.contains(operand.getDefiningOp()) && !operand.getDefiningOp<ConstantOp>())
          operands.insert(operand);
      if (columnOnly[member])
        continue;
      if (llvm::any_of(op->getUsers(), [&](Operation *user) { return !inside.contains(user); }))
        results.push_back(op->getResult(0));
    }

    Operation *last = ops[members[group].back()];
    OpBuilder builder(before);
    SmallVector<Value> all(operands.getArrayRef());
    llvm::append_range(all, tables);
    auto outlined = GroupOp::create(builder, last->getLoc(), TypeRange(ValueRange(results)), all);
    Block *entry = builder.createBlock(&outlined.getBody());
    IRMapping mapping;
    for (Value operand : operands)
      mapping.map(operand, entry->addArgument(operand.getType(), operand.getLoc()));
    IRMapping tableArguments;
    for (Value table : tables)
      tableArguments.map(table, entry->addArgument(table.getType(), table.getLoc()));
    StringRef scope = getScope(last);
    for (size_t member : body) {
      for (Value operand : ops[member]->getOperands())
        if (auto constant = operand.getDefiningOp<ConstantOp>();
            constant && !mapping.contains(operand))
          builder.clone(*constant, mapping);
      Operation *copy = builder.clone(*ops[member], mapping);
      if (auto gather = dyn_cast<GatherRowsOp>(ops[member]))
        cast<GatherRowsOp>(copy).getTableMutable().assign(tableArguments.lookup(gather.getTable()));
      scope = commonScope(scope, getScope(ops[member]));
    }
    SmallVector<Value> yielded;
    for (Value result : results)
      yielded.push_back(mapping.lookup(result));
    YieldOp::create(builder, last->getLoc(), yielded);
    setScope(outlined, scope);
    setPhase(outlined, getPhase(last));
    for (auto [old, fresh] : llvm::zip(results, outlined.getResults()))
      old.replaceUsesWithIf(fresh,
                            [&](OpOperand &use) { return !inside.contains(use.getOwner()); });
  }

  Block &block;
  size_t maxMembers;
  SmallVector<Operation *> ops;
  DenseMap<Operation *, size_t> indexOf; // looked up only
  SmallVector<size_t> parent;
  SmallVector<SmallVector<size_t>> members; // of each root, increasing
  SmallVector<ArrayRef<int64_t>> shapes;    // of each root
  std::vector<bool> columnOnly;
  DenseMap<size_t, llvm::SetVector<size_t>> columnSlices; // looked up only
};

struct GroupKernels : weft::impl::GroupKernelsBase<GroupKernels> {
  using GroupKernelsBase::GroupKernelsBase;

  void runOnOperation() override {
    if (maxMembers < 1) {
      getOperation().emitError("max-members must be at least 1, got: ") << maxMembers.getValue();
      return signalPassFailure();
    }
    SmallVector<GraphOp> graphs(getOperation().getOps<GraphOp>());
    for (GraphOp graph : graphs)
      Grouping(graph, maxMembers).run();
  }
};

} // namespace
