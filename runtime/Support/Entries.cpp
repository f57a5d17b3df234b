#include "Support/Entries.h"

#include "Support/Enums.h"
#include "Support/Error.h"

#include <cstring>

using namespace weft::rt;

void weft::rt::checkModule(const WeftModule &module) {
  if (module.abi_version != WEFT_ABI_VERSION)
    fail("'%s' was compiled for version %u of the runtime's interface, this runtime has version "
         "%d; compile it again",
         module.name, module.abi_version, WEFT_ABI_VERSION);
  asEnum<WeftTarget>(module.target);
  for (int64_t i = 0; i < module.num_states; ++i) {
    asEnum<WeftRole>(module.states[i].role);
    asEnum<WeftDType>(module.states[i].dtype);
    asEnum<WeftInitKind>(module.states[i].init.kind);
  }
  for (int64_t i = 0; i < module.num_entries; ++i) {
    const WeftEntry &entry = module.entries[i];
    asEnum<WeftEntryKind>(entry.kind);
    for (int64_t j = 0; j < entry.num_inputs; ++j)
      asEnum<WeftDType>(entry.inputs[j].dtype);
  }
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
