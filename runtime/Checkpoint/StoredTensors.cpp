#include "Checkpoint/StoredTensors.h"

#include "Support/DType.h"

using namespace weft::rt;

namespace {

void addStacked(const WeftState &state, const std::string &name, size_t star,
                std::vector<StoredTensor> &tensors) {
  uint64_t count = static_cast<uint64_t>(state.dims[0]), bytes = state.bytes / count;
  for (uint64_t i = 0; i < count; ++i)
    tensors.push_back({name.substr(0, star) + std::to_string(i) + name.substr(star + 1),
                       state.dtype,
                       {state.dims + 1, state.dims + state.rank},
                       state.offset + i * bytes,
                       bytes});
}

} // namespace

std::vector<StoredTensor> weft::rt::storedTensors(const WeftModule &module, int32_t role,
                                                  const char *WeftState::*nameOf) {
  std::vector<StoredTensor> tensors;
  for (int64_t i = 0; i < module.num_states; ++i) {
    const WeftState &state = module.states[i];
    if (state.role != role)
      continue;
    std::string name = state.*nameOf;
    size_t star = name.find('*');
    if (star != std::string::npos && state.rank > 0)
      addStacked(state, name, star, tensors);
    else
      tensors.push_back(
          {name, state.dtype, {state.dims, state.dims + state.rank}, state.offset, state.bytes});
  }
  return tensors;
}

std::vector<TensorToWrite> weft::rt::toWrite(const std::vector<StoredTensor> &tensors,
                                             const StateBlock &state) {
  std::vector<TensorToWrite> all;
  for (const StoredTensor &tensor : tensors)
    all.push_back({tensor.name, dtypeName(tensor.dtype), tensor.shape, tensor.bytes, nullptr,
                   [&state, offset = tensor.offset, bytes = tensor.bytes](OutputFile &file) {
                     state.read(offset, bytes, [&](const char *data, uint64_t, uint64_t size) {
                       file.write(data, size);
                     });
                   }});
  return all;
}
