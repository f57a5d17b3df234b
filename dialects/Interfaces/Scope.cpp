#include "dialects/Interfaces/Scope.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

static StringRef getString(Operation *op, StringRef name) {
  auto attr = op->getAttrOfType<StringAttr>(name);
  return attr ? attr.getValue() : StringRef();
}

static void setString(Operation *op, StringRef name, StringRef value) {
  if (value.empty())
    op->removeAttr(name);
  else
    op->setAttr(name, StringAttr::get(op->getContext(), value));
}

StringRef weft::getScope(Operation *op) { return getString(op, kScopeAttr); }
void weft::setScope(Operation *op, StringRef scope) { setString(op, kScopeAttr, scope); }
StringRef weft::getPhase(Operation *op) { return getString(op, kPhaseAttr); }
void weft::setPhase(Operation *op, StringRef phase) { setString(op, kPhaseAttr, phase); }

void weft::copyScope(Operation *from, Operation *to) {
  setScope(to, getScope(from));
  setPhase(to, getPhase(from));
}

std::string weft::joinScopes(StringRef outer, StringRef inner) {
  if (outer.empty() || inner.empty())
    return (outer + inner).str();
  return (outer + "." + inner).str();
}

StringRef weft::commonScope(StringRef a, StringRef b) {
  size_t end = 0;
  for (size_t i = 0;; ++i) {
    bool endA = i == a.size() || a[i] == '.', endB = i == b.size() || b[i] == '.';
    if (endA && endB)
      end = i;
    if (i >= a.size() || i >= b.size() || a[i] != b[i])
      return a.take_front(end);
  }
}
