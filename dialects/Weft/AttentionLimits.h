#ifndef WEFT_WEFT_ATTENTIONLIMITS_H
#define WEFT_WEFT_ATTENTIONLIMITS_H

#include <cstdint>

namespace weft {

/// The widest head of `weft.attention`: kernels hold five blocks of 256 bytes for each element of a
/// head on the stack of a thread, of which OpenMP gives 4 MiB.
inline constexpr int64_t kMaxAttentionWidth = 1024;

} // namespace weft

#endif // WEFT_WEFT_ATTENTIONLIMITS_H
