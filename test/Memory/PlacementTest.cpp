// Placement against the lower bound on random and training-shaped lifetimes, and the verifier
// against planted faults.
#include "weft/Memory/ArenaPlacement.h"
#include "weft/Memory/Lifetimes.h"
#include "weft/Memory/VerifyPlacement.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <random>

using namespace mlir;
using namespace weft;

namespace {

// No two blocks that are alive together overlap: every pair is looked at.
void expectDisjoint(ArrayRef<Lifetime> lifetimes, const ArenaPlacement &placement) {
  for (size_t i = 0; i < lifetimes.size(); ++i) {
    const Lifetime &a = lifetimes[i];
    EXPECT_EQ(placement.offsets[i] % kAlignment, 0);
    EXPECT_LE(placement.offsets[i] + a.size, placement.size);
    for (size_t j = 0; j < i; ++j) {
      const Lifetime &b = lifetimes[j];
      bool together = !a.isEmpty() && !b.isEmpty() && a.first <= b.last && b.first <= a.last;
      bool overlap = placement.offsets[i] < placement.offsets[j] + b.size &&
                     placement.offsets[j] < placement.offsets[i] + a.size;
      ASSERT_FALSE(together && overlap) << i << " and " << j;
    }
  }
}

double getRatio(ArrayRef<Lifetime> lifetimes) {
  ArenaPlacement placement = placeInArena(lifetimes);
  expectDisjoint(lifetimes, placement);
  EXPECT_GE(placement.size, getMostLive(lifetimes));
  return double(placement.size) / double(getMostLive(lifetimes));
}

std::vector<Lifetime> makeRandom(unsigned seed, int count, int longest, int64_t largest) {
  std::minstd_rand random(seed);
  std::vector<Lifetime> lifetimes(count);
  for (Lifetime &l : lifetimes) {
    l.first = random() % count;
    l.last = l.first + random() % longest;
    l.size = 4 * (1 + random() % (largest / 4));
  }
  return lifetimes;
}

// Forward values live until the backward of their layer; each layer has short-lived ones besides.
std::vector<Lifetime> makeTraining(int layers, int perLayer, unsigned seed) {
  std::minstd_rand random(seed);
  std::vector<Lifetime> lifetimes;
  int64_t half = int64_t(layers) * perLayer;
  for (int64_t t = 0; t < half; ++t) {
    int64_t size = 3072 * 4 * (1 + random() % 16);
    bool kept = random() % 3 != 0;
    lifetimes.push_back({size, t, kept ? 2 * half - t : t + 1 + int64_t(random() % 4)});
  }
  for (int64_t t = half; t < 2 * half; ++t)
    lifetimes.push_back({3072 * 4 * int64_t(1 + random() % 16), t, t + 1 + int64_t(random() % 5)});
  return lifetimes;
}

TEST(ArenaPlacement, Empty) {
  EXPECT_EQ(placeInArena({}).size, 0);
  EXPECT_EQ(getMostLive({}), 0);
  ArenaPlacement never = placeInArena({{64, 0, -1}, {0, 3, 4}});
  EXPECT_EQ(never.size, 0);
  EXPECT_EQ(never.offsets, std::vector<int64_t>({0, 0}));
}

TEST(ArenaPlacement, ReusesWhatIsDead) {
  ArenaPlacement placement = placeInArena({{100, 0, 1}, {100, 1, 2}, {100, 2, 3}});
  EXPECT_EQ(placement.size, 256);
  EXPECT_EQ(placement.offsets[0], placement.offsets[2]);
}

// Lifetimes without any structure: the best arena may itself be above the bound.
TEST(ArenaPlacement, StaysNearTheBoundOnRandomLifetimes) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    EXPECT_LE(getRatio(makeRandom(seed, 100, 30, 1 << 20)), 1.12) << "seed " << seed;
    EXPECT_LE(getRatio(makeRandom(seed, 500, 40, 1 << 16)), 1.12) << "seed " << seed;
  }
}

TEST(ArenaPlacement, StaysNearTheBoundOnTrainingLifetimes) {
  for (auto [layers, perLayer] : {std::pair(2, 20), {6, 25}, {12, 30}, {48, 100}})
    EXPECT_LE(getRatio(makeTraining(layers, perLayer, layers)), 1.05) << layers << " layers";
}

TEST(ArenaPlacement, IsAFunctionOfTheLifetimes) {
  std::vector<Lifetime> lifetimes = makeRandom(7, 300, 60, 1 << 16);
  EXPECT_EQ(placeInArena(lifetimes).offsets, placeInArena(lifetimes).offsets);
}

// A placed module: a product of three buffers that are alive together, the second at `second`.
std::string makeModule(int64_t second, int64_t live = 192, int64_t arena = 192) {
  return ("exec.module @m arena(" + Twine(arena) + ") live(" + Twine(live) + R"() state(0) input(0) {
    exec.program @p {
      %a = exec.buffer at(0) : memref<4x4xf32>
      %b = exec.buffer at()" +
          Twine(second) + R"() : memref<4x4xf32>
      %c = exec.buffer at(128) : memref<4x4xf32>
      exec.matmul %a, %b, %c overwrite block [4, 4] openblas
        : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    }
  })")
      .str();
}

// What verifyPlacement says about a module; "" where it accepts.
std::string verify(const std::string &text) {
  MLIRContext context;
  context.loadDialect<exec::ExecDialect>();
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) { message = d.str(); });
  OwningOpRef<mlir::ModuleOp> module = parseSourceString<mlir::ModuleOp>(text, &context);
  if (!module)
    return "does not parse: " + message;
  LogicalResult result = verifyPlacement(*module->getOps<exec::ModuleOp>().begin());
  EXPECT_EQ(succeeded(result), message.empty());
  return message;
}

TEST(VerifyPlacement, AcceptsWhatIsRight) { EXPECT_EQ(verify(makeModule(64)), ""); }

TEST(VerifyPlacement, FindsPlantedFaults) {
  EXPECT_EQ(verify(makeModule(0)),
            "'exec.buffer' op at 0, of 64 bytes, overlaps what lies at 0, of "
            "64 bytes, while both are in use");
  EXPECT_EQ(verify(makeModule(32)), "'exec.buffer' op expects a place that is a multiple of 64, "
                                    "got: 32");
  EXPECT_EQ(verify(makeModule(192)),
            "'exec.buffer' op expects to lie inside its block of 192 bytes, "
            "got: 64 bytes at 192");
  EXPECT_EQ(verify(makeModule(64, 191)), "'exec.module' op expects live to be 192, the most bytes "
                                         "that are in use at once, got: 191");
}

// Every place that puts a block onto one that is alive with it is found.
TEST(VerifyPlacement, FindsEveryOverlap) {
  for (int64_t second : {0, 64, 128, 192})
    EXPECT_EQ(verify(makeModule(second, 192, 256)).empty(), second == 64 || second == 192)
        << second;
}

} // namespace
