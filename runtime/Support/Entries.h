// The entries of a compiled module.
#ifndef WEFT_RT_SUPPORT_ENTRIES_H
#define WEFT_RT_SUPPORT_ENTRIES_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// Fails with an Error if the module was compiled for another ABI, or has a number of an enum that
/// this runtime does not know.
void checkModule(const WeftModule &module);

/// The entry of that kind and name (null: the first of that kind); null if there is none.
const WeftEntry *findEntry(const WeftModule &module, WeftEntryKind kind,
                           const char *name = nullptr);

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_ENTRIES_H
