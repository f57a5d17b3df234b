// Any bytes as a data file, of each kind, for models with inputs of several types: batches of
// values within the inputs' limits, or an Error.
#include "Data/BatchSource.h"

#include "SafetensorsMutator.h"
#include "ScratchFile.h"
#include "Support/DType.h"
#include "Support/Error.h"

using namespace weft::rt;

namespace {

constexpr int64_t kSequences = 2, kLength = 4;

/// Inputs `tokens` and `targets` of [2, 4].
struct Inputs {
  int64_t dims[2] = {kSequences, kLength};
  WeftInput inputs[2] = {};
  WeftModule module = {};
  WeftEntry entry = {};

  Inputs(int32_t dtype, int64_t limit, bool ignores) {
    uint64_t bytes = static_cast<uint64_t>(byteSize(dtype, kSequences * kLength));
    inputs[0] = {"tokens", dtype, 0, 2, dims, 0, bytes, limit, 0, 0};
    inputs[1] = {"targets", dtype, 0, 2, dims, 64, bytes, limit, -100, ignores ? 1 : 0};
    module.name = "fuzzed";
    module.input_bytes = 128;
    entry.module = &module;
    entry.sequences = kSequences;
    entry.num_inputs = 2;
    entry.inputs = inputs;
  }
};

int64_t valueAt(const char *begin, int32_t dtype, int64_t i) {
  return dtype == WEFT_I32 ? reinterpret_cast<const int32_t *>(begin)[i]
                           : reinterpret_cast<const int64_t *>(begin)[i];
}

/// A kernel would read outside of a table with any other value.
void checkBatch(const WeftEntry &entry, const char *batch) {
  for (int64_t n = 0; n < entry.num_inputs; ++n) {
    const WeftInput &input = entry.inputs[n];
    bool isInteger = input.dtype == WEFT_I32 || input.dtype == WEFT_I64;
    for (int64_t i = 0; isInteger && input.limit >= 0 && i < kSequences * kLength; ++i) {
      int64_t value = valueAt(batch + input.offset, input.dtype, i);
      bool ignored = input.has_ignored && value == input.ignored;
      if (!ignored && (value < 0 || value >= input.limit))
        __builtin_trap();
#ifdef PLANTED_FAULT
      if (ignored && i == 3)
        __builtin_trap();
#endif
    }
  }
}

void readBatches(const std::string &path, const WeftEntry &entry) {
  auto source = openBatchSource(path, entry, 7);
  source->identity();
  alignas(64) char batch[128];
  for (uint64_t first : {uint64_t(0), uint64_t(1), uint64_t(1000003)}) {
    source->fill(first, batch);
    checkBatch(entry, batch);
  }
  for (uint64_t i = 0; i < std::min<uint64_t>(source->evaluationBatches(), 8); ++i) {
    source->fillEvaluation(i, batch);
    checkBatch(entry, batch);
  }
}

/// A token shard of llm.c: the magic number of one of its formats, versions near it, and a number
/// of tokens that is mostly that of the bytes.
size_t mutateShard(uint8_t *data, size_t size, size_t maxSize, std::minstd_rand &random) {
  constexpr size_t headerBytes = 1024;
  std::vector<uint8_t> file(data, data + size);
  file.resize(std::max(file.size(), headerBytes + 2 * (random() % 64)));
  auto set = [&](size_t at, int32_t value) { memcpy(file.data() + 4 * at, &value, sizeof(value)); };
  bool wide = random() % 2;
  set(0, wide ? 20240801 : 20240520);
  set(1, random() % 8 ? (wide ? 7 : 1) : static_cast<int32_t>(random() % 9));
  size_t room = file.size() - headerBytes;
  file.resize(headerBytes + LLVMFuzzerMutate(file.data() + headerBytes, room, room));
  uint64_t tokens = (file.size() - headerBytes) / (wide ? 4 : 2);
  set(2, random() % 4 ? static_cast<int32_t>(tokens) : static_cast<int32_t>(random()) - (1 << 30));
  size_t count = std::min(file.size(), maxSize);
  memcpy(data, file.data(), count);
  return count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const Inputs models[] = {
      {WEFT_I32, 128, true}, {WEFT_I64, 300, false}, {WEFT_F64, -1, false}};
  static const ScratchFile files[] = {ScratchFile(".safetensors"), ScratchFile(".txt"),
                                      ScratchFile(".bin")};
  for (const ScratchFile &file : files) {
    file.write(data, size);
    for (const Inputs &model : models)
      try {
        readBatches(file.path(), model.entry);
      } catch (const Error &) {
      }
  }
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize,
                                          unsigned seed) {
  static const std::string start =
      makeSafetensors("{\"targets\":{\"dtype\":\"I32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                      "\"tokens\":{\"dtype\":\"I32\",\"shape\":[2,4],\"data_offsets\":[32,64]}}",
                      std::string(64, 0));
  std::minstd_rand random(seed);
  random();
  switch (random() % 4) {
  case 0:
    return LLVMFuzzerMutate(data, size, maxSize); // text, and tokens of nanoGPT
  case 1:
    return mutateShard(data, size, maxSize, random);
  default:
    return mutateSafetensors(data, size, maxSize, seed, start);
  }
}
