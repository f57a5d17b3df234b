// From a graph's text to its kernels' text, by the passes of the compiler.
#ifndef WEFT_TEST_CONVERSION_WEFTTOTILE_GROUPRUNNER_H
#define WEFT_TEST_CONVERSION_WEFTTOTILE_GROUPRUNNER_H

#include <cstdint>
#include <string>

namespace weft::test {

/// The `tile.kernel`s of a module of graphs, with tiles of `tileBytes`, products by expert among them; ends the process where a
/// pass fails.
std::string kernelsOf(const std::string &graphs, int64_t tileBytes = 256);

} // namespace weft::test

#endif // WEFT_TEST_CONVERSION_WEFTTOTILE_GROUPRUNNER_H
