#include "Support/Entries.h"

#include "Support/Error.h"

#include <cstring>

using namespace weft::rt;

void weft::rt::checkVersion(const WeftModule &module) {
  if (module.abi_version != WEFT_ABI_VERSION)
    fail("'%s' was compiled for version %u of the runtime's interface, this runtime has version "
         "%d; compile it again",
         module.name, module.abi_version, WEFT_ABI_VERSION);
}

const WeftEntry *weft::rt::findEntry(const WeftModule &module, WeftEntryKind kind,
                                     const char *name) {
  for (int64_t i = 0; i < module.num_entries; ++i) {
    const WeftEntry &entry = module.entries[i];
    if (entry.kind == kind && (!name || strcmp(entry.name, name) == 0))
      return &entry;
  }
  return nullptr;
}
