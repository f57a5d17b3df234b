#include "Checkpoint/Checkpoint.h"
#include "Checkpoint/SafetensorsFile.h"
#include "Support/DType.h"
#include "Support/Error.h"

#include <cstring>
#include <map>

using namespace weft::rt;

namespace {

using Tensor = SafetensorsFile::Tensor;

/// Hugging Face saves GPT2LMHeadModel as "transformer.wte.weight", GPT2Model as "wte.weight".
std::string canonical(std::string name) {
  constexpr std::string_view prefix = "transformer.";
  return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
}

bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The causal mask and its fill value, which old checkpoints of GPT-2 carry as tensors.
bool isMaskBuffer(std::string_view name) {
  return endsWith(name, ".attn.bias") || endsWith(name, ".attn.masked_bias");
}

template <typename From, typename To> void convert(const Tensor &from, char *to) {
  for (uint64_t i = 0; i < from.bytes / sizeof(From); ++i) {
    From value;
    memcpy(&value, from.data + i * sizeof(From), sizeof(From));
    reinterpret_cast<To *>(to)[i] = static_cast<To>(value);
  }
}

void load(const std::string &path, const Tensor &tensor, const WeftState &state, char *to) {
  std::vector<int64_t> shape(state.dims, state.dims + state.rank);
  if (tensor.shape != shape)
    fail("'%s': tensor '%s' has shape %s, the model needs %s", path.c_str(), tensor.name.c_str(),
         shapeText(tensor.shape).c_str(), shapeText(shape).c_str());
  if (tensor.dtype != "F32" && tensor.dtype != "F64")
    fail("'%s': tensor '%s' has dtype %s, expected F32 or F64", path.c_str(), tensor.name.c_str(),
         tensor.dtype.c_str());
  if (tensor.dtype == dtypeName(state.dtype))
    memcpy(to, tensor.data, tensor.bytes);
  else if (tensor.dtype == "F32")
    convert<float, double>(tensor, to);
  else
    convert<double, float>(tensor, to);
}

/// Decides on a `lm_head.weight` of a model whose text ties it with the token embedding: it is the
/// embedding's name in some files, and a copy of it in others.
void resolveTiedHead(const std::string &path, std::map<std::string, const Tensor *> &tensors) {
  auto head = tensors.find("lm_head.weight");
  if (head == tensors.end())
    return;
  auto [embedding, alone] = tensors.emplace("wte.weight", head->second);
  const Tensor &a = *head->second, &b = *embedding->second;
  if (!alone && (a.shape != b.shape || a.dtype != b.dtype || memcmp(a.data, b.data, a.bytes) != 0))
    fail("'%s': tensor '%s' differs from '%s', but the model ties the two: a model with a head of "
         "its own cannot be loaded into it",
         path.c_str(), a.name.c_str(), b.name.c_str());
  tensors.erase(head);
}

void appendName(std::string &list, const std::string &name) {
  list += (list.empty() ? "'" : ", '") + name + "'";
}

} // namespace

void weft::rt::loadParameters(const std::string &path, const WeftModule &module, char *state) {
  SafetensorsFile file(path);
  std::map<std::string, const Tensor *> tensors;
  for (const Tensor &tensor : file.tensors())
    if (!tensors.emplace(canonical(tensor.name), &tensor).second)
      fail("'%s': tensor '%s' is there with and without 'transformer.' in front", path.c_str(),
           tensor.name.c_str());

  std::map<std::string, const WeftState *> wanted;
  for (int64_t i = 0; i < module.num_states; ++i)
    if (module.states[i].role == WEFT_PARAMETER)
      wanted.emplace(canonical(module.states[i].logical), &module.states[i]);
  if (wanted.count("wte.weight") && !wanted.count("lm_head.weight"))
    resolveTiedHead(path, tensors);

  std::string missing, extra;
  for (const auto &[name, parameter] : wanted)
    if (!tensors.count(name))
      appendName(missing, name);
  for (const auto &[name, tensor] : tensors)
    if (!wanted.count(name) && !isMaskBuffer(name))
      appendName(extra, tensor->name);
  if (!missing.empty() || !extra.empty())
    fail("'%s' does not hold the parameters of '%s': %s%s%s%s%s", path.c_str(), module.name,
         missing.empty() ? "" : "missing ", missing.c_str(),
         missing.empty() || extra.empty() ? "" : "; ", extra.empty() ? "" : "unknown ",
         extra.c_str());
  for (const auto &[name, parameter] : wanted)
    load(path, *tensors.at(name), *parameter, state + parameter->offset);
}
