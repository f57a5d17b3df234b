// What device code calls in place of the intrinsics of NVVM, under the intrinsics' own names. The first
// argument is the number of the call in the code.
#include "Instructions.h"
#include "Block.h"

#include <bit>
#include <cmath>

using namespace weft::sim;

namespace {

// ---- who and where

char *sharedMemory(uint32_t) { return Block::current().shared(); }
uint32_t threadId(uint32_t) { return Block::current().thread().thread; }
uint32_t blockId(uint32_t) { return Block::current().number(); }
uint32_t blockSize(uint32_t) { return Block::current().numThreads(); }
uint32_t gridSize(uint32_t) { return Block::current().grid(); }

void barrier(uint32_t site, uint32_t) { Block::current().barrier(site); }

void sharedAccess(uint32_t site, const char *address, uint32_t bytes, uint32_t writes) {
  Block::current().accessShared(site, address, bytes, writes);
}
void globalAccess(uint32_t site, const char *address, uint32_t bytes, uint32_t) {
  Block::current().accessGlobal(site, address, bytes);
}

void atomicAccess(uint32_t site, const char *address, uint32_t bytes, uint32_t acquires, uint32_t releases) {
  Block::current().accessAtomically(site, address, bytes, acquires, releases);
}

/// What an instruction has put where its results go.
void results(uint32_t, const void *address, uint32_t bytes) {
  sanitizer::markWritten(address, bytes);
}

// ---- asynchronous copies

template <uint32_t bytes> void copySome(uint32_t site, char *to, const char *from, uint32_t size) {
  if (size > bytes)
    Block::current().fail("a copy of more bytes than it may have", site);
  Block::current().beginCopy({to, from, bytes, size, site});
}
template <uint32_t bytes> void copy(uint32_t site, char *to, const char *from) {
  Block::current().beginCopy({to, from, bytes, bytes, site});
}
void commitCopies(uint32_t) { Block::current().commitCopies(); }
void awaitCopies(uint32_t, uint32_t pending) { Block::current().awaitCopies(pending); }

// ---- shuffles

struct Shuffle {
  uint32_t value, with, clamp;
};

/// Each lane gets the value of the lane whose number differs in the bits of `with`; its own where
/// that one is beyond the clamp or not among those that take part.
void exchange(std::span<Fiber *const> lanes) {
  const Shuffle *of[kWarp] = {};
  for (Fiber *fiber : lanes)
    of[fiber->lane()] = static_cast<const Shuffle *>(fiber->input);
  for (Fiber *fiber : lanes) {
    uint32_t lane = fiber->lane();
    const Shuffle &own = *of[lane];
    uint32_t segment = own.clamp >> 8 & 31, last = (lane & segment) | (own.clamp & 31 & ~segment);
    uint32_t other = lane ^ (own.with & 31);
    if (other > last)
      other = lane;
    if (!of[other])
      Block::current().fail("a shuffle reads from a lane that does not take part", 0);
    *static_cast<uint32_t *>(fiber->output) = of[other]->value;
  }
}

uint32_t shuffleWord(uint32_t site, uint32_t mask, uint32_t value, uint32_t with, uint32_t clamp) {
  Shuffle input{value, with, clamp};
  uint32_t output = 0;
  Block::current().meetInWarp("shfl.sync.bfly", site, mask, &input, &output, exchange);
  return output;
}

float shuffleFloat(uint32_t site, uint32_t mask, float value, uint32_t with, uint32_t clamp) {
  return std::bit_cast<float>(shuffleWord(site, mask, std::bit_cast<uint32_t>(value), with, clamp));
}

// ---- arithmetic; what is approximate on a GPU is exact here

float exp2Of(uint32_t, float x) { return std::exp2(x); }
float log2Of(uint32_t, float x) { return std::log2(x); }
float inverse(uint32_t, float x) { return 1.0f / x; }
double inverseOfDouble(uint32_t, double x) { return 1.0 / x; }
float inverseRoot(uint32_t, float x) { return 1.0f / std::sqrt(x); }
double inverseRootOfDouble(uint32_t, double x) { return 1.0 / std::sqrt(x); }
float root(uint32_t, float x) { return std::sqrt(x); }
double rootOfDouble(uint32_t, double x) { return std::sqrt(x); }
float fused(uint32_t, float a, float b, float c) { return std::fma(a, b, c); }
double fusedDouble(uint32_t, double a, double b, double c) { return std::fma(a, b, c); }
float fusedDown(uint32_t, float a, float b, float c) {
  double exact = static_cast<double>(a) * b + c;
  auto nearest = static_cast<float>(exact);
  return nearest > exact ? std::nextafter(nearest, -INFINITY) : nearest;
}
float product(uint32_t, float a, float b) { return a * b; }
double productOfDouble(uint32_t, double a, double b) { return a * b; }
float sum(uint32_t, float a, float b) { return a + b; }
double sumOfDouble(uint32_t, double a, double b) { return a + b; }
float quotient(uint32_t, float a, float b) { return a / b; }
double quotientOfDouble(uint32_t, double a, double b) { return a / b; }
float saturated(uint32_t, float x) { return x > 0 ? (x < 1 ? x : 1) : 0; }
float absolute(uint32_t, float x) { return std::fabs(x); }
double absoluteOfDouble(uint32_t, double x) { return std::fabs(x); }
float larger(uint32_t, float a, float b) { return std::fmax(a, b); }
float smaller(uint32_t, float a, float b) { return std::fmin(a, b); }
float sumTowardsZero(uint32_t, float a, float b) {
  double exact = static_cast<double>(a) + b;
  auto nearest = static_cast<float>(exact);
  return std::fabs(nearest) > std::fabs(exact) ? std::nextafter(nearest, 0.0f) : nearest;
}
float whole(uint32_t, float x) { return std::floor(x); }
double wholeOfDouble(uint32_t, double x) { return std::floor(x); }
float above(uint32_t, float x) { return std::ceil(x); }
double aboveOfDouble(uint32_t, double x) { return std::ceil(x); }
float rounded(uint32_t, float x) { return std::nearbyint(x); }
double roundedOfDouble(uint32_t, double x) { return std::nearbyint(x); }
double truncatedOfDouble(uint32_t, double x) { return std::trunc(x); }
int32_t toNearest(uint32_t, double x) { return static_cast<int32_t>(std::nearbyint(x)); }
int32_t toNearestOfFloat(uint32_t, float x) { return static_cast<int32_t>(std::nearbyint(x)); }
float truncated(uint32_t, float x) { return std::trunc(x); }
int32_t highHalf(uint32_t, double x) { return std::bit_cast<uint64_t>(x) >> 32; }
int32_t lowHalf(uint32_t, double x) { return static_cast<int32_t>(std::bit_cast<uint64_t>(x)); }
double fromHalves(uint32_t, int32_t low, int32_t high) {
  return std::bit_cast<double>(static_cast<uint64_t>(static_cast<uint32_t>(high)) << 32 |
                               static_cast<uint32_t>(low));
}
uint32_t highProduct(uint32_t, uint32_t a, uint32_t b) {
  return static_cast<uint64_t>(a) * b >> 32;
}

// ---- assembly of libdevice: words of twice the width

struct Pair32 {
  uint32_t low, high;
};
struct Pair64 {
  uint64_t low, high;
};
using Wide = unsigned __int128;
Wide joined(uint64_t low, uint64_t high) { return static_cast<Wide>(high) << 64 | low; }
void split(Pair64 *out, Wide x) {
  *out = {static_cast<uint64_t>(x), static_cast<uint64_t>(x >> 64)};
}

void multiplyAdd(uint32_t, Pair32 *out, uint32_t a, uint32_t b, uint32_t c) {
  uint64_t x = static_cast<uint64_t>(a) * b + c;
  *out = {static_cast<uint32_t>(x), static_cast<uint32_t>(x >> 32)};
}
void multiplyAdd64(uint32_t, Pair64 *out, uint64_t a, uint64_t b, uint64_t c) {
  split(out, static_cast<Wide>(a) * b + c);
}
void multiply64(uint32_t, Pair64 *out, uint64_t a, uint64_t b) {
  split(out, static_cast<Wide>(a) * b);
}
void add64(uint32_t, Pair64 *out, uint64_t aLow, uint64_t aHigh, uint64_t bLow, uint64_t bHigh) {
  split(out, joined(aLow, aHigh) + joined(bLow, bHigh));
}
void subtract64(uint32_t, Pair64 *out, uint64_t aLow, uint64_t aHigh, uint64_t bLow,
                uint64_t bHigh) {
  split(out, joined(aLow, aHigh) - joined(bLow, bHigh));
}
double chosenIfEqual(uint32_t, double a, double b, double yes, double no) {
  return a == b || std::isnan(a) || std::isnan(b) ? yes : no;
}

} // namespace

static std::span<const Function> otherFunctions() {
  static const Function all[] = {
      entry("weft_shared", sharedMemory),
      entry("shared_access", sharedAccess),
      entry("global_access", globalAccess),
      entry("atomic_access", atomicAccess),
      entry("results", results),
      entry("llvm.nvvm.read.ptx.sreg.tid.x", threadId),
      entry("llvm.nvvm.read.ptx.sreg.ctaid.x", blockId),
      entry("llvm.nvvm.read.ptx.sreg.ntid.x", blockSize),
      entry("llvm.nvvm.read.ptx.sreg.nctaid.x", gridSize),
      entry("llvm.nvvm.barrier.cta.sync.aligned.all", barrier),
      entry("llvm.nvvm.cp.async.ca.shared.global.4", copy<4>),
      entry("llvm.nvvm.cp.async.ca.shared.global.8", copy<8>),
      entry("llvm.nvvm.cp.async.cg.shared.global.16", copy<16>),
      entry("llvm.nvvm.cp.async.ca.shared.global.4.s", copySome<4>),
      entry("llvm.nvvm.cp.async.ca.shared.global.8.s", copySome<8>),
      entry("llvm.nvvm.cp.async.cg.shared.global.16.s", copySome<16>),
      entry("llvm.nvvm.cp.async.commit.group", commitCopies),
      entry("llvm.nvvm.cp.async.wait.group", awaitCopies),
      entry("llvm.nvvm.shfl.sync.bfly.i32", shuffleWord),
      entry("llvm.nvvm.shfl.sync.bfly.f32", shuffleFloat),
      entry("llvm.nvvm.ex2.approx.f", exp2Of),
      entry("llvm.nvvm.ex2.approx.f32", exp2Of),
      entry("llvm.nvvm.ex2.approx.ftz.f", exp2Of),
      entry("llvm.nvvm.ex2.approx.ftz.f32", exp2Of),
      entry("llvm.nvvm.lg2.approx.f", log2Of),
      entry("llvm.nvvm.lg2.approx.ftz.f", log2Of),
      entry("llvm.nvvm.rcp.approx.ftz.f", inverse),
      entry("asm.rcp.approx.ftz.f32", inverse),
      entry("asm.rsqrt.approx.ftz.f64", inverseRootOfDouble),
      entry("asm.mad.lo.cc.u32", multiplyAdd),
      entry("asm.mad.lo.cc.u32.64", multiplyAdd64),
      entry("asm.mul.lo.u32.64", multiply64),
      entry("asm.add.cc.u32.64", add64),
      entry("asm.sub.cc.u32.64", subtract64),
      entry("asm.setp.equ.f64", chosenIfEqual),
      entry("llvm.nvvm.rcp.rn.f", inverse),
      entry("llvm.nvvm.rcp.approx.ftz.d", inverseOfDouble),
      entry("llvm.nvvm.rcp.rn.d", inverseOfDouble),
      entry("llvm.nvvm.rsqrt.approx.f", inverseRoot),
      entry("llvm.nvvm.rsqrt.approx.ftz.f", inverseRoot),
      entry("llvm.nvvm.rsqrt.approx.d", inverseRootOfDouble),
      entry("llvm.nvvm.sqrt.f", root),
      entry("llvm.nvvm.sqrt.rn.f", root),
      entry("llvm.nvvm.sqrt.rn.d", rootOfDouble),
      entry("llvm.nvvm.fma.rn.f", fused),
      entry("llvm.nvvm.fma.rn.ftz.f", fused),
      entry("llvm.nvvm.fma.rn.d", fusedDouble),
      entry("llvm.nvvm.fma.rm.f", fusedDown),
      entry("llvm.nvvm.fma.rm.ftz.f", fusedDown),
      entry("llvm.nvvm.mul.rn.f", product),
      entry("llvm.nvvm.mul.rn.d", productOfDouble),
      entry("llvm.nvvm.add.rn.f", sum),
      entry("llvm.nvvm.add.rn.d", sumOfDouble),
      entry("llvm.nvvm.div.rn.f", quotient),
      entry("llvm.nvvm.div.full", quotient),
      entry("llvm.nvvm.div.rn.d", quotientOfDouble),
      entry("llvm.nvvm.saturate.f", saturated),
      entry("llvm.nvvm.fabs.f32", absolute),
      entry("llvm.nvvm.fabs.f64", absoluteOfDouble),
      entry("llvm.nvvm.fmax.f", larger),
      entry("llvm.nvvm.fmin.f", smaller),
      entry("llvm.nvvm.floor.f", whole),
      entry("llvm.nvvm.add.rn.ftz.f", sum),
      entry("llvm.nvvm.add.rz.f", sumTowardsZero),
      entry("llvm.nvvm.add.rz.ftz.f", sumTowardsZero),
      entry("llvm.nvvm.ceil.d", aboveOfDouble),
      entry("llvm.nvvm.ceil.f", above),
      entry("llvm.nvvm.ceil.ftz.f", above),
      entry("llvm.nvvm.div.rn.ftz.f", quotient),
      entry("llvm.nvvm.f2i.rn.ftz", toNearestOfFloat),
      entry("llvm.nvvm.fabs.ftz.f32", absolute),
      entry("llvm.nvvm.floor.d", wholeOfDouble),
      entry("llvm.nvvm.floor.ftz.f", whole),
      entry("llvm.nvvm.mul.rn.ftz.f", product),
      entry("llvm.nvvm.round.d", roundedOfDouble),
      entry("llvm.nvvm.round.f", rounded),
      entry("llvm.nvvm.saturate.ftz.f", saturated),
      entry("llvm.nvvm.sqrt.approx.f", root),
      entry("llvm.nvvm.sqrt.approx.ftz.f", root),
      entry("llvm.nvvm.sqrt.rn.ftz.f", root),
      entry("llvm.nvvm.trunc.d", truncatedOfDouble),
      entry("llvm.nvvm.d2i.rn", toNearest),
      entry("llvm.nvvm.f2i.rn", toNearestOfFloat),
      entry("llvm.nvvm.trunc.f", truncated),
      entry("llvm.nvvm.d2i.hi", highHalf),
      entry("llvm.nvvm.d2i.lo", lowHalf),
      entry("llvm.nvvm.lohi.i2d", fromHalves),
      entry("llvm.nvvm.mulhi.ui", highProduct),
  };
  return all;
}

std::span<const Function> weft::sim::functions() {
  static const std::vector<Function> all = [] {
    std::vector<Function> joined;
    for (std::span<const Function> some : {otherFunctions(), matrixFunctions(), warpgroupFunctions(), mbarrierFunctions()})
      joined.insert(joined.end(), some.begin(), some.end());
    return joined;
  }();
  return all;
}
