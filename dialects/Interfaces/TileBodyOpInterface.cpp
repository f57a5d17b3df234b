#include "dialects/Interfaces/TileBodyOpInterface.h"

#include "dialects/Interfaces/TileBodyOpInterface.cpp.inc"
