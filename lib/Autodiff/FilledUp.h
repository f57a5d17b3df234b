// What an evaluation's last batch is filled up with, and whether it counts.
#ifndef WEFT_LIB_AUTODIFF_FILLEDUP_H
#define WEFT_LIB_AUTODIFF_FILLEDUP_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// Warns where the loss of a model depends on its inputs otherwise than through cross entropies
/// that can ignore targets, and no argument says what of a batch is the data's (`weft.from_data`):
/// sequences that only fill a batch up have ignored targets, but count in whatever does not look at
/// these. A cross entropy that mixes sequences before its logits (as a batch norm would) is not
/// looked into.
void warnOfFilledUp(ModelOp model);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_FILLEDUP_H
