// How fast matrix products run in blocks of different sizes: the measurements behind
// lib/Conversion/WeftToExec/ProductTable.cpp. Every product of a GPT-2 step of 256 tokens, by the
// runtime's own entry point.
//
//   weft-benchmark-products --benchmark_enable_random_interleaving=true --benchmark_repetitions=9 \
//     --benchmark_report_aggregates_only=true
#include "Device/CPU/Runtime.h"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <string>
#include <vector>

namespace {

struct Product {
  const char *kind; // which product of a linear layer
  bool transposeA, transposeB;
  int64_t m, n, k;
};

/// Forward, input gradient and weight gradient of a layer from `in` to `out`, weights [in, out].
void appendLayer(std::vector<Product> &products, int64_t tokens, int64_t in, int64_t out) {
  products.push_back({"forward", false, false, tokens, out, in});
  products.push_back({"input_gradient", false, true, tokens, in, out});
  products.push_back({"weight_gradient", true, false, in, out, tokens});
}

std::vector<Product> gpt2Products(int64_t tokens) {
  std::vector<Product> products;
  for (int64_t width : {384, 768})
    for (auto [in, out] : {std::pair(width, 3 * width), std::pair(width, width),
                           std::pair(width, 4 * width), std::pair(4 * width, width)})
      appendLayer(products, tokens, in, out);
  appendLayer(products, tokens, 768, 50257);
  return products;
}

void run(benchmark::State &state, Product product, int64_t blockM, int64_t blockN,
         int32_t library) {
  std::vector<float> a(product.m * product.k, 0.5f), b(product.k * product.n, 0.25f),
      c(product.m * product.n);
  WeftMatmul matmul = {};
  matmul.scope = "benchmark";
  matmul.phase = product.kind;
  matmul.library = library;
  matmul.transpose_a = product.transposeA;
  matmul.transpose_b = product.transposeB;
  matmul.m = product.m, matmul.n = product.n, matmul.k = product.k;
  matmul.lda = product.transposeA ? product.m : product.k;
  matmul.ldb = product.transposeB ? product.k : product.n;
  matmul.ldc = product.n;
  matmul.block_m = blockM, matmul.block_n = blockN;
  WeftStep step = {};
  static weft::rt::Runtime runtime{weft::rt::prepareThreads()};
  WeftContext context = {nullptr, nullptr, nullptr, &step, &runtime};
  for (auto _ : state)
    weft_rt_matmul(&context, &matmul, a.data(), b.data(), c.data());
  state.counters["flops"] = benchmark::Counter(2.0 * product.m * product.n * product.k,
                                               benchmark::Counter::kIsIterationInvariantRate);
}

} // namespace

int main(int argc, char **argv) {
  static constexpr int64_t blocks[][2] = {{64, 192},  {128, 192}, {128, 384},
                                          {256, 192}, {256, 384}, {256, 768}};
  for (const Product &product : gpt2Products(256))
    for (auto [blockM, blockN] : blocks)
      for (int32_t library : {WEFT_ONEDNN, WEFT_OPENBLAS}) {
        std::string name = std::string(library == WEFT_ONEDNN ? "onednn/" : "openblas/") +
                           product.kind + "/" + std::to_string(product.m) + "x" +
                           std::to_string(product.n) + "x" + std::to_string(product.k) +
                           "/block:" + std::to_string(blockM) + "x" + std::to_string(blockN);
        benchmark::RegisterBenchmark(name.c_str(), run, product, blockM, blockN, library)
            ->UseRealTime();
      }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  benchmark::RunSpecifiedBenchmarks();
}
