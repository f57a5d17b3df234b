// The headers that nearly every file of the compiler needs, precompiled once.
#include "weft/Support/PrecompiledMLIR.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
