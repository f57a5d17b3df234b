// What reports call the epilogues of matrix products.
#ifndef WEFT_RT_SUPPORT_EPILOGUE_H
#define WEFT_RT_SUPPORT_EPILOGUE_H

namespace weft::rt {

inline constexpr const char *epilogueNames[] = {"", "bias", "gelu", "gelu_backward", "sum_a", "sum_b"}; // by WeftEpilogue

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_EPILOGUE_H
