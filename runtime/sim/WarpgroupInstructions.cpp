// Products of warpgroups: wgmma. They run beside their threads: a result is a number that only says which it will be, a NaN
// whose bits name product and place, until a wait brings it. Shared memory is read then, and checked when the product begins too.
// Each warp computes its own 16 of the 64 rows, in the order of what is summed over.
#include "Block.h"
#include "Instructions.h"
#include "Support/Half.h"

#include <bit>
#include <cstring>
#include <string>
#include <unordered_set>

using namespace weft::sim;

namespace {

constexpr int kRowsOfWarp = 16, kInner = 16, kThreads = 128;
constexpr uint32_t kAllLanes = ~0u;

struct BF16 {
  static constexpr const char *kName = "bf16";
  static float read(uint16_t bits) { return static_cast<float>(static_cast<double>(weft::rt::BFloat{bits})); }
};
struct F16 {
  static constexpr const char *kName = "f16";
  static float read(uint16_t bits) { return static_cast<float>(static_cast<double>(weft::rt::Half{bits})); }
};

// ---- operands in shared memory

/// What a descriptor says; offsets in bytes.
class Place {
public:
  Place(uint64_t descriptor, bool innerIsRow)
      : start((descriptor & 0x3FFF) << 4), nextColumns((descriptor >> 16 & 0x3FFF) << 4),
        nextRows((descriptor >> 32 & 0x3FFF) << 4), rowBytes(256 >> (descriptor >> 62)), innerIsRow(innerIsRow) {}

  bool isKnown() const { return rowBytes <= 128; }

  /// The element `across` (a row of a, a column of b) of which `inner` are summed over, as it lies in the block's memory.
  const char *at(char *shared, uint64_t across, uint64_t inner) const {
    uint64_t row = innerIsRow ? inner : across, column = 2 * (innerIsRow ? across : inner);
    uint64_t address = start + row / 8 * nextRows + row % 8 * rowBytes + column / rowBytes * nextColumns + column % rowBytes;
    // Chunks of 16 bytes are exclusive-ored with the number of their row in the pattern, which bits of the address say.
    address ^= (address >> 7 & (rowBytes / 16 - 1)) << 4;
    constexpr uint64_t mask = 0x3FFFF; // bits of a shared address
    return shared + ((address - reinterpret_cast<uintptr_t>(shared)) & mask);
  }

private:
  uint64_t start, nextColumns, nextRows, rowBytes;
  bool innerIsRow;
};

/// Reads elements of the thread that runs, eight neighbours at a time, as it may.
class Reader {
public:
  Reader(uint32_t site, const Place &place) : site(site), place(place) {}

  uint16_t operator()(uint64_t across, uint64_t inner) {
    const char *element = place.at(Block::current().shared(), across, inner);
    const char *chunk = element - reinterpret_cast<uintptr_t>(element) % 16;
    if (known.insert(chunk).second)
      check(chunk);
    uint16_t bits;
    std::memcpy(&bits, element, sizeof bits);
    return bits;
  }

private:
  void check(const char *chunk) {
    if constexpr (sanitizer::isActive) {
      sanitizer::read(chunk, 16);
      sanitizer::checkWritten(chunk, 16);
    } else {
      Block::current().accessShared(site, chunk, 16, /*writes=*/false);
      Block::current().checkFenced(site, chunk, 16);
    }
  }

  uint32_t site;
  Place place;
  std::unordered_set<const char *> known;
};

// ---- results that are not there yet

/// Bits of a NaN that no instruction makes: product and place in it, both from 1 on.
float pending(size_t product, size_t place) {
  return std::bit_cast<float>(static_cast<uint32_t>(0xFFC00000 | (product + 1) << 9 | place));
}
/// The product whose result stands in for this number; none for any other number.
WarpgroupProduct *productOf(Fiber &fiber, float number) {
  auto bits = std::bit_cast<uint32_t>(number);
  size_t product = bits >> 9 & 0x1FFF;
  bool isPending = bits >> 22 == 0x3FF && product > 0 && product <= fiber.products.size();
  return isPending ? &fiber.products[product - 1] : nullptr;
}

/// The number itself, once the product that it comes from is done.
float resolved(Fiber &fiber, float number) {
  WarpgroupProduct *product = productOf(fiber, number);
  return product ? product->sums[std::bit_cast<uint32_t>(number) & 0x1FF] : number;
}

// ---- products

/// Of one warp. Lane l has columns 2 (l % 4) and the next one of each eight, in rows l / 4 and l / 4 + 8.
template <typename Format> void multiply(std::span<Fiber *const> lanes, size_t number) {
  const WarpgroupProduct &any = lanes.front()->products[number];
  size_t columns = any.sums.size() * 2, firstRow = lanes.front()->warp() % 4 * kRowsOfWarp;
  std::vector<float> sums(kRowsOfWarp * columns), b(kInner * columns);
  float a[kRowsOfWarp][kInner];
  Reader readA(any.site, {any.placeA, any.isTurnedA}), readB(any.site, {any.placeB, any.isTurnedB});
  for (size_t j = 0; j < columns; ++j)
    for (size_t k = 0; k < kInner; ++k)
      b[k * columns + j] = Format::read(readB(j, k));
  for (size_t i = 0; i < kRowsOfWarp && any.placeA; ++i)
    for (size_t k = 0; k < kInner; ++k)
      a[i][k] = Format::read(readA(firstRow + i, k));
  auto overSums = [&](Fiber *fiber, auto use) {
    std::vector<float> &own = fiber->products[number].sums;
    for (size_t i = 0; i < own.size(); ++i)
      use(own[i], sums[(fiber->lane() / 4 + i / 2 % 2 * 8) * columns + i / 4 * 8 + fiber->lane() % 4 * 2 + i % 2]);
  };
  for (Fiber *fiber : lanes) {
    const WarpgroupProduct &own = fiber->products[number];
    for (uint32_t r = 0; r < 4 && !any.placeA; ++r)
      for (uint32_t e = 0; e < 2; ++e)
        a[fiber->lane() / 4 + r % 2 * 8][fiber->lane() % 4 * 2 + e + r / 2 * 8] =
            Format::read(static_cast<uint16_t>(own.a[r] >> 16 * e));
    overSums(fiber, [&](float own, float &sum) { sum = resolved(*fiber, own); });
  }
  for (size_t i = 0; i < kRowsOfWarp; ++i)
    for (size_t j = 0; j < columns; ++j)
      for (size_t k = 0; k < kInner; ++k)
        sums[i * columns + j] += a[i][k] * b[k * columns + j];
  for (Fiber *fiber : lanes)
    overSums(fiber, [](float &own, float sum) { own = sum; });
}

/// What is wrong with memory is so already. One thread of a warp looks for all.
void checkOperand(const WarpgroupProduct &product, uint64_t descriptor, bool isTurned, size_t from, size_t to) {
  Place place(descriptor, isTurned);
  if (!place.isKnown())
    Block::current().fail("a descriptor without a swizzle of 32, 64 or 128 bytes", product.site);
  if (Block::current().thread().lane() != 0)
    return;
  Reader read(product.site, place);
  for (size_t i = from; i < to; i += isTurned ? 8 : 1)
    for (size_t k = 0; k < kInner; k += isTurned ? 1 : 8)
      read(i, k);
}

void begin(WarpgroupProduct product, float *sums, uint32_t count) {
  Block &block = Block::current();
  Fiber &thread = block.thread();
  if (block.numThreads() % kThreads)
    block.fail("a product of a warpgroup in a block without whole ones", product.site);
  if (!productOf(thread, sums[0])) {
    if (!thread.registersAreFenced)
      block.fail("a product of a warpgroup with no wgmma.fence since its registers changed", product.site);
    thread.registersAreFenced = false; // whatever comes next has registers of its own
  }
  product.sums.assign(sums, sums + count);
  checkOperand(product, product.placeB, product.isTurnedB, 0, 2 * count);
  size_t row = thread.warp() % 4 * kRowsOfWarp;
  if (product.placeA)
    checkOperand(product, product.placeA, product.isTurnedA, row, row + kRowsOfWarp);
  sanitizer::Aside aside;
  size_t number = thread.products.size();
  thread.products.push_back(std::move(product));
  for (uint32_t i = 0; i < count; ++i)
    sums[i] = pending(number, i);
}

template <typename Format, uint32_t columns>
void beginWithWords(uint32_t site, float *sums, uint32_t count, uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint64_t b,
                    uint32_t isTurnedB) {
  if (2 * count != columns)
    Block::current().fail("a product of a warpgroup with sums of other sizes", site);
  begin({site, multiply<Format>, {a0, a1, a2, a3}, 0, b, false, isTurnedB != 0, {}}, sums, count);
}

template <typename Format, uint32_t columns>
void beginShared(uint32_t site, float *sums, uint32_t count, uint64_t a, uint64_t b, uint32_t isTurnedA, uint32_t isTurnedB) {
  if (2 * count != columns)
    Block::current().fail("a product of a warpgroup with sums of other sizes", site);
  begin({site, multiply<Format>, {}, a, b, isTurnedA != 0, isTurnedB != 0, {}}, sums, count);
}

// ---- order

void fence(uint32_t) { Block::current().thread().registersAreFenced = true; }

void commit(uint32_t) {
  Fiber &thread = Block::current().thread();
  thread.committedProducts = thread.products.size();
}

void multiplyAll(std::span<Fiber *const> lanes) {
  size_t count = lanes.front()->committedProducts;
  for (size_t i = 0; i < count; ++i)
    lanes.front()->products[i].multiply(lanes, i);
}

/// For all groups. What is in none never comes.
void wait(uint32_t site, float *sums, uint32_t count) {
  Block &block = Block::current();
  Fiber &thread = block.thread();
  block.meetInWarp("wgmma.wait_group", site, kAllLanes, nullptr, nullptr, multiplyAll);
  if (thread.committedProducts == thread.products.size())
    for (uint32_t i = 0; i < count; ++i)
      sums[i] = resolved(thread, sums[i]);
  thread.products.clear();
  thread.committedProducts = 0;
}

void fenceProxy(uint32_t) { ++Block::current().thread().proxyFences; }

// ---- all sizes

struct Names {
  std::vector<std::string> texts; // which functions point into
  std::vector<Function> functions;
};

template <typename Format, uint32_t columns> void addSize(Names &names) {
  std::string name = "asm.wgmma.mma_async.sync.aligned.m64n" + std::to_string(columns) + "k16.f32." + Format::kName + "." + Format::kName;
  names.texts.push_back(name + ".rrrrln");
  names.functions.push_back(entry(names.texts.back().c_str(), beginWithWords<Format, columns>));
  names.texts.push_back(name + ".llnn");
  names.functions.push_back(entry(names.texts.back().c_str(), beginShared<Format, columns>));
}

template <uint32_t... columns> Names makeNames() {
  Names names;
  names.texts.reserve(4 * sizeof...(columns));
  (addSize<BF16, columns>(names), ...);
  (addSize<F16, columns>(names), ...);
  names.functions.insert(names.functions.end(), {entry("llvm.nvvm.wgmma.fence.sync.aligned", fence),
                                                 entry("llvm.nvvm.wgmma.commit_group.sync.aligned", commit),
                                                 entry("asm.wgmma.wait_group.sync.aligned", wait),
                                                 entry("llvm.nvvm.fence.proxy.async.shared_cta", fenceProxy)});
  return names;
}

} // namespace

std::span<const Function> weft::sim::warpgroupFunctions() {
  static const Names names = makeNames<8, 16, 32, 64, 128, 256>();
  return names.functions;
}
