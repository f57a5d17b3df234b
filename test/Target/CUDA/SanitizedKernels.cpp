// Runs kernels that were compiled for one of LLVM's sanitizers, with the cases that SimulatedKernels --write has noted.
//   SanitizedKernels CASES [round-robin|random|skewed|lazy]
// Prints how many ran; what the sanitizer finds, it reports, and ends the process.
#include "KernelCase.h"
#include "sim/Sanitizer.h"
#include "sim/Simulator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

using namespace weft;
namespace sanitizer = weft::sim::sanitizer;

// ---- what the device code says of itself

struct Named {
  const char *name;
  void *address;
};
extern "C" Named __start_weft_sim_entries[], __stop_weft_sim_entries[], __start_weft_sim_slots[], __stop_weft_sim_slots[];

// Memory that nobody has written is marked where it matters: what was not compiled for the sanitizer writes unseen.
extern "C" const char *__msan_default_options() { return "poison_in_malloc=0:poison_in_free=0"; }

[[noreturn]] static void fail(const std::string &what) {
  std::fprintf(stderr, "SanitizedKernels: %s\n", what.c_str());
  std::exit(1);
}

static void fillSlots() {
  for (Named &slot : std::span(__start_weft_sim_slots, __stop_weft_sim_slots)) {
    auto isNamed = [&](const sim::Function &function) {
      std::string name = std::string("weft_sim_") + function.name;
      std::ranges::replace(name, '.', '_');
      return name == slot.name;
    };
    auto found = std::ranges::find_if(sim::functions(), isNamed);
    if (found == sim::functions().end())
      fail(std::string("the simulated GPU has no ") + slot.name);
    *static_cast<void **>(slot.address) = found->address;
  }
}

static sim::Entry entryOf(const std::string &kernel) {
  for (Named &entry : std::span(__start_weft_sim_entries, __stop_weft_sim_entries))
    if ("weft_sim_entry_" + kernel == entry.name)
      return reinterpret_cast<sim::Entry>(entry.address);
  fail("no kernel " + kernel);
}

// ---- cases

/// A buffer that begins at a multiple of its alignment, with room around it that nobody may touch.
class Buffer {
public:
  explicit Buffer(const test::CaseBuffer &buffer) : room(buffer.bytes + 4 * buffer.alignment + 64), memory(std::make_unique<char[]>(room)) {
    size_t twice = 2 * buffer.alignment;
    uintptr_t begin = (reinterpret_cast<uintptr_t>(memory.get()) + twice) / twice * twice + buffer.alignment;
    span = {reinterpret_cast<char *>(begin), buffer.bytes};
    sanitizer::forbid(memory.get(), room);
    sanitizer::allow(span.data(), span.size());
    sanitizer::markWritten(span.data(), span.size());
  }
  Buffer(Buffer &&) = default;
  ~Buffer() {
    if (memory)
      sanitizer::allow(memory.get(), room);
  }
  std::span<char> get() const { return span; }

private:
  size_t room;
  std::unique_ptr<char[]> memory;
  std::span<char> span;
};

static std::istream &operator>>(std::istream &stream, test::CaseBuffer &buffer) {
  std::string flags;
  stream >> buffer.element >> buffer.bytes >> buffer.alignment >> flags >> buffer.source >> buffer.ascendsTo;
  buffer.isScalar = flags[0] == '1', buffer.isPositive = flags[1] == '1', buffer.isWhole = flags[2] == '1';
  return stream;
}

static void run(const test::KernelCase &kernel, sim::Schedule schedule) {
  std::mt19937 draw(1);
  std::vector<Buffer> buffers;
  std::vector<void *> values, arguments;
  for (const test::CaseBuffer &buffer : kernel.buffers) {
    buffers.emplace_back(buffer);
    buffer.fill(buffers.back().get(), draw);
    if (buffer.isWhole)
      sanitizer::markUnwritten(buffers.back().get().data(), buffer.bytes);
  }
  for (const test::CaseBuffer &buffer : kernel.buffers)
    values.push_back(buffers[buffer.source].get().data());
  for (void *&value : values)
    arguments.push_back(&value);
  sim::Launch launch{};
  launch.name = kernel.name.c_str(), launch.entry = entryOf(kernel.name);
  launch.grid = kernel.grid, launch.threads = kernel.threads, launch.sharedBytes = kernel.sharedBytes;
  launch.arguments = arguments.data(), launch.schedule = schedule;
  sim::run(launch);
  for (size_t i = 0; i < buffers.size(); ++i)
    if (kernel.buffers[i].isWhole)
      sanitizer::checkWritten(buffers[i].get().data(), kernel.buffers[i].bytes);
}

int main(int argc, char **argv) {
  if (argc < 2)
    fail("expected CASES");
  std::string name = argc > 2 ? argv[2] : "round-robin";
  sim::Schedule schedule = name == "random"   ? sim::Schedule::Random
                           : name == "skewed" ? sim::Schedule::Skewed
                           : name == "lazy"   ? sim::Schedule::Lazy
                                              : sim::Schedule::RoundRobin;
  fillSlots();
  std::ifstream cases(argv[1]);
  test::KernelCase kernel;
  size_t count = 0, ran = 0;
  for (; cases >> kernel.name >> kernel.grid >> kernel.threads >> kernel.sharedBytes >> count; ++ran) {
    kernel.buffers.resize(count);
    for (test::CaseBuffer &buffer : kernel.buffers)
      cases >> buffer;
    run(kernel, schedule);
  }
  std::printf("%zu kernels ran\n", ran);
  return ran == 0;
}
