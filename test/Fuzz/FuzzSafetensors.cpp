// Any bytes as a safetensors file: read to the last byte, or refused with an Error.
#include "Checkpoint/SafetensorsFile.h"

#include "SafetensorsMutator.h"
#include "ScratchFile.h"
#include "Support/Error.h"

using namespace weft::rt;

namespace {

/// Adds up what a reader would look at: sanitizers see a byte outside of the file.
unsigned readAll(const SafetensorsFile &file) {
  unsigned sum = 0;
  for (const SafetensorsFile::Tensor &tensor : file.tensors()) {
    for (uint64_t i = 0; i < tensor.bytes; ++i)
      sum += static_cast<unsigned char>(tensor.data[i]);
    sum += static_cast<unsigned>(shapeText(tensor.shape).size());
    if (file.find(tensor.name) == nullptr)
      __builtin_trap();
#ifdef PLANTED_FAULT
    if (tensor.dtype == "I32" && file.tensors().size() > 1)
      __builtin_trap();
#endif
  }
  for (const auto &[key, value] : file.metadata())
    sum += static_cast<unsigned>(key.size() + value.size());
  return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const ScratchFile scratch(".safetensors");
  scratch.write(data, size);
  try {
    static volatile unsigned sink;
    sink = readAll(SafetensorsFile(scratch.path()));
  } catch (const Error &) {
  }
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize,
                                          unsigned seed) {
  static const std::string start =
      makeSafetensors("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                      "\"tokens\":{\"dtype\":\"I64\",\"shape\":[4],\"data_offsets\":[32,64]}}",
                      std::string(64, 1));
  return mutateSafetensors(data, size, maxSize, seed, start);
}
