#include "Checkpoint/LoadParameters.h"

#include "Checkpoint/ConvertTensor.h"
#include "Checkpoint/SafetensorsSet.h"
#include "Checkpoint/StoredTensors.h"
#include "Support/DType.h"
#include "Support/Error.h"

#include <cinttypes>
#include <cstring>
#include <fnmatch.h>
#include <map>
#include <set>

using namespace weft::rt;

namespace {

using Entry = SafetensorsSet::Entry;
using Entries = std::map<std::string, Entry>;

constexpr const char *headName = "lm_head.weight";

/// Hugging Face saves GPT2LMHeadModel as "transformer.wte.weight", GPT2Model as "wte.weight", and
/// Llama's models likewise with and without "model.".
std::string canonical(const std::string &name) {
  for (std::string_view prefix : {"transformer.", "model."})
    if (name.compare(0, prefix.size(), prefix) == 0)
      return name.substr(prefix.size());
  return name;
}

bool isEmbedding(const std::string &name) {
  return canonical(name) == "wte.weight" || canonical(name) == "embed_tokens.weight";
}

bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The causal mask and its fill value, which old checkpoints of GPT-2 carry as tensors.
bool isMaskBuffer(std::string_view name) {
  return endsWith(name, ".attn.bias") || endsWith(name, ".attn.masked_bias");
}

void appendName(std::string &list, const std::string &name) {
  list += (list.empty() ? "'" : ", '") + name + "'";
}

/// Says which tensor of the files each parameter is.
class Matching {
public:
  Matching(const std::string &path, const WeftModule &module, Entries all)
      : path(path), wanted(storedParameters(module)), tensors(std::move(all)) {
    for (const StoredTensor &parameter : wanted) {
      taken.insert(parameter.name);
      headIsTied &= canonical(parameter.name) != headName;
    }
    for (const auto &[name, entry] : tensors)
      byCanonical.emplace(canonical(name), name);
    for (const StoredTensor &parameter : wanted)
      match(parameter);
    for (const auto &[name, entry] : tensors)
      if (!taken.count(name) && !isMaskBuffer(name) && !isTiedHead(name))
        appendName(unknown, name);
    if (!missing.empty() || !unknown.empty())
      fail("'%s' does not hold the parameters of '%s': %s%s%s%s%s", path.c_str(), module.name,
           missing.empty() ? "" : "missing ", missing.c_str(),
           missing.empty() || unknown.empty() ? "" : "; ", unknown.empty() ? "" : "unknown ",
           unknown.c_str());
  }

  /// In the order of the parameters.
  const std::vector<std::pair<StoredTensor, Entry>> &pairs() const { return matched; }

private:
  /// By the name as it is, or else by the only one that differs by a prefix.
  void match(const StoredTensor &parameter) {
    auto exact = tensors.find(parameter.name);
    if (exact != tensors.end()) {
      matched.emplace_back(parameter, exact->second);
      return;
    }
    auto [begin, end] = byCanonical.equal_range(canonical(parameter.name));
    if (begin == end && headIsTied && isEmbedding(parameter.name))
      std::tie(begin, end) = byCanonical.equal_range(headName);
    if (begin == end) {
      appendName(missing, parameter.name);
      return;
    }
    if (std::next(begin) != end)
      fail("'%s': tensors '%s' and '%s' could both be parameter '%s'", path.c_str(),
           begin->second.c_str(), std::next(begin)->second.c_str(), parameter.name.c_str());
    taken.insert(begin->second);
    matched.emplace_back(parameter, tensors.at(begin->second));
  }

  /// Whether it is a copy of the embedding, for a program that ties the two.
  bool isTiedHead(const std::string &name) const {
    if (!headIsTied || canonical(name) != headName)
      return false;
    for (const auto &[parameter, embedding] : matched)
      if (isEmbedding(parameter.name)) {
        checkEqual(tensors.at(name), embedding);
        return true;
      }
    return false;
  }

  void checkEqual(const Entry &head, const Entry &embedding) const {
    const SafetensorsFile::Tensor &a = *head.tensor, &b = *embedding.tensor;
    bool same = a.shape == b.shape && a.dtype == b.dtype;
    if (same)
      head.file->stream(a, [&](const char *data, uint64_t at, uint64_t bytes) {
        same &= memcmp(data, b.data + at, bytes) == 0;
        embedding.file->release(b.data + at, bytes);
      });
    if (!same)
      fail("'%s': tensor '%s' differs from '%s', but the model ties the two: a model with a head of "
           "its own cannot be loaded into it",
           path.c_str(), a.name.c_str(), b.name.c_str());
  }

  const std::string &path;
  std::vector<StoredTensor> wanted;
  Entries tensors;
  std::multimap<std::string, std::string> byCanonical;
  bool headIsTied = true;
  std::set<std::string> taken; // tensors that are a parameter
  std::vector<std::pair<StoredTensor, Entry>> matched;
  std::string missing, unknown;
};

/// Takes out what is not to be looked at. A pattern without a tensor is a mistake.
Entries withoutIgnored(const std::string &path, Entries tensors,
                       const std::vector<std::string> &patterns) {
  for (const std::string &pattern : patterns)
    if (std::erase_if(tensors, [&](const auto &entry) {
          return fnmatch(pattern.c_str(), entry.first.c_str(), 0) == 0;
        }) == 0)
      fail("--ignore-tensors: '%s' matches no tensor of '%s'", pattern.c_str(), path.c_str());
  return tensors;
}

void check(const StoredTensor &parameter, const Entry &entry) {
  const char *path = entry.file->path().c_str(), *name = entry.tensor->name.c_str();
  if (entry.tensor->shape != parameter.shape)
    fail("'%s': tensor '%s' has shape %s, the model needs %s", path, name,
         shapeText(entry.tensor->shape).c_str(), shapeText(parameter.shape).c_str());
  if (!isReal(entry.tensor->dtype))
    fail("'%s': tensor '%s' has dtype %s, expected F32, F64, F16 or BF16", path, name,
         entry.tensor->dtype.c_str());
}

/// Training would only end in a loss that is no number, and the learning rate would be blamed.
/// `at`: of the elements, in the bytes of the tensor; `converted`: the same as the parameter has
/// them.
void checkFinite(const Entry &entry, uint64_t at, const char *converted, const std::string &dtype,
                 uint64_t count) {
  const SafetensorsFile::Tensor &tensor = *entry.tensor;
  uint64_t bad = findNotFinite(converted, dtype, count);
  if (bad == count)
    return;
  at += bad * bytesOfDType(tensor.dtype);
  double value = realAt(tensor.data + at, tensor.dtype, 0);
  fail("'%s': tensor '%s' has the value %g at offset %" PRIu64 ", expected a finite number in %s",
       entry.file->path().c_str(), tensor.name.c_str(), value,
       static_cast<uint64_t>(tensor.data - entry.file->data()) + at, dtype.c_str());
}

void load(const StoredTensor &parameter, const Entry &entry, StateBlock &state) {
  const SafetensorsFile::Tensor &tensor = *entry.tensor;
  std::string dtype = dtypeName(parameter.dtype);
  uint64_t from = bytesOfDType(tensor.dtype), size = bytesOfDType(dtype);
  entry.file->stream(tensor, [&](const char *data, uint64_t at, uint64_t bytes) {
    state.write(parameter.offset + at / from * size, bytes / from * size,
                [&](char *to, uint64_t begin, uint64_t part) {
                  convertReals(data + begin / size * from, tensor.dtype, to, dtype, part / size);
                  checkFinite(entry, at + begin / size * from, to, dtype, part / size);
                });
  });
}

} // namespace

void weft::rt::loadParameters(const std::string &path, const WeftModule &module, StateBlock &state,
                              const std::vector<std::string> &ignored) {
  SafetensorsSet set(path);
  Matching matching(path, module, withoutIgnored(path, set.tensors(), ignored));
  for (const auto &[parameter, entry] : matching.pairs())
    check(parameter, entry);
  for (const auto &[parameter, entry] : matching.pairs())
    load(parameter, entry, state);
}
