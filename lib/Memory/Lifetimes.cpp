#include "weft/Memory/Lifetimes.h"

using namespace mlir;

namespace weft {

namespace {

// Walks programs in order and widens the lifetime of each buffer to every op that uses its memory.
class LifetimeCollector {
public:
  void visit(exec::ProgramOp program) {
    for (Operation &op : program.getBody().front()) {
      ++now;
      if (auto buffer = dyn_cast<exec::BufferOp>(op))
        declare(buffer);
      else if (auto view = dyn_cast<exec::ViewOp>(op))
        alias(view);
      else if (auto command = dyn_cast<CommandOpInterface>(op))
        use(command);
    }
  }

  BufferLifetimes take() { return std::move(result); }

private:
  void declare(exec::BufferOp buffer) {
    indices[buffer.getResult()] = result.buffers.size();
    result.buffers.push_back(buffer);
    result.lifetimes.push_back({exec::getByteSize(buffer.getResult().getType())});
  }

  // A view is another name for memory; making one touches none of it.
  void alias(exec::ViewOp view) {
    auto source = indices.find(view.getSource());
    if (source != indices.end())
      indices[view.getResult()] = source->second;
  }

  void use(CommandOpInterface command) {
    for (Value operand : command->getOperands()) {
      auto found = indices.find(operand);
      if (found == indices.end())
        continue;
      Lifetime &lifetime = result.lifetimes[found->second];
      if (lifetime.first > lifetime.last)
        lifetime.first = now;
      lifetime.last = now;
    }
  }

  BufferLifetimes result;
  DenseMap<Value, size_t> indices; // looked up, never iterated
  int64_t now = 0;
};

} // namespace

BufferLifetimes getBufferLifetimes(exec::ModuleOp module) {
  LifetimeCollector collector;
  for (auto program : module.getBody().getOps<exec::ProgramOp>())
    collector.visit(program);
  return collector.take();
}

} // namespace weft
