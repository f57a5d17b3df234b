// What the compiler and the runtime agree on: a C ABI, and the only header that both include. Its structs, enums and
// functions are written down in ABI.def, which reads as they do here; this header makes C of it.
//
// The compiler emits one object file that defines `weft_module` (a constant WeftModule) and the
// code behind its programs and kernels. The runtime, linked statically beside it, owns main().
// All strings are NUL-terminated and live as long as the process. All sizes are in bytes, all
// strides and leading dimensions in elements. Every struct ends on an 8-byte boundary and has no gaps,
// which is asserted at the bottom, because the compiler builds these structs field by field.
#ifndef WEFT_RT_ABI_H
#define WEFT_RT_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WEFT_ABI_VERSION 7
// Every buffer in state, arena and input block starts on this boundary.
#define WEFT_ALIGNMENT 64

// Lengths of arrays in structs.
#define WEFT_MAX_BATCH_RANK 4
#define WEFT_MAX_PROGRAMS 2
#define WEFT_MAX_METRICS 3

// Structs point to one another.
#define WEFT_STRUCT_BEGIN(Struct) typedef struct Struct Struct;
#include "weft-rt/ABI.def"

#define WEFT_ENUM_BEGIN(Enum) typedef enum Enum {
#define WEFT_ENUMERATOR(Enum, name, number, text) name = number,
#define WEFT_ENUM_END(Enum) } Enum;
#define WEFT_STRUCT_BEGIN(Struct) struct Struct {
#define WEFT_FIELD(Struct, Type, name) Type name;
#define WEFT_ARRAY(Struct, Type, name, count) Type name[count];
#define WEFT_STRUCT_END(Struct) };
#define WEFT_CALLBACK(Type, parameters) typedef void (*Type) parameters;
#define WEFT_ENTRY_POINT(name, parameters) void name parameters;
#include "weft-rt/ABI.def"

extern const WeftModule weft_module;

#ifdef __cplusplus
} // extern "C"

static_assert(sizeof(void *) == 8, "the ABI is defined for 64-bit machines");
// A struct without gaps is as large as its fields together.
#define WEFT_STRUCT_BEGIN(Struct) static_assert(sizeof(Struct) % 8 == 0 && sizeof(Struct) ==
#define WEFT_FIELD(Struct, Type, name) sizeof(Struct::name) +
#define WEFT_STRUCT_END(Struct) 0, "ABI: " #Struct " has gaps between its fields or behind them");
#include "weft-rt/ABI.def"

namespace weft {

/// A value of an enum, and its text.
struct ABIEnumerator {
  int64_t number;
  const char *text;
};
/// All of an enum, in ascending order: `abiEnumerators<WeftRole>`.
template <typename Enum> inline constexpr const ABIEnumerator *abiEnumerators = nullptr;
#define WEFT_ENUM_BEGIN(Enum) template <> inline constexpr ABIEnumerator abiEnumerators<Enum>[] = {
#define WEFT_ENUMERATOR(Enum, name, number, text) {number, text},
#define WEFT_ENUM_END(Enum) };
#include "weft-rt/ABI.def"

} // namespace weft
#endif

#endif // WEFT_RT_ABI_H
