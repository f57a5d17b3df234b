// The weft dialect: all its ops, by topic.
include "dialects/Weft/AttentionOps.td"
include "dialects/Weft/ElementwiseOps.td"
include "dialects/Weft/ExpertOps.td"
include "dialects/Weft/LoweredOps.td"
include "dialects/Weft/NormalizationOps.td"
include "dialects/Weft/RandomOps.td"
include "dialects/Weft/StructureOps.td"
include "dialects/Weft/TensorOps.td"
