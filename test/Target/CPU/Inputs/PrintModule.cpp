// A stand-in for the runtime: prints weft_module as C++ reads it, runs every program on memory of
// its own, and prints the calls that reach the runtime.
#include "weft-rt/ABI.h"

#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <vector>

static WeftContext context;

static void printAddress(const void *pointer) {
  const char *words = reinterpret_cast<const char *>(context.step + 1);
  int64_t word = static_cast<const char *>(pointer) - words;
  if (word >= 0 && word < 4 * weft_module.num_words)
    return void(std::printf(" word (%d)", *static_cast<const int32_t *>(pointer)));
  auto inside = [&](const char *name, const void *block, uint64_t bytes) {
    int64_t offset = static_cast<const char *>(pointer) - static_cast<const char *>(block);
    if (offset < 0 || offset >= int64_t(bytes))
      return false;
    std::printf(" %s+%lld", name, (long long)offset);
    return true;
  };
  if (!inside("state", context.state, weft_module.state_bytes) &&
      !inside("arena", context.arena, weft_module.arena_bytes) &&
      !inside("input", context.input, weft_module.input_bytes) &&
      !inside("step", context.step, weft_module.step_bytes))
    std::printf(" elsewhere");
}

extern "C" void weft_rt_launch(WeftContext *, const WeftLaunch *launch, void *const *args) {
  std::printf("  launch %s scope '%s' phase '%s' grid %lld args", launch->kernel->name,
              launch->scope, launch->phase, (long long)launch->grid);
  // Every kernel of the test has three arguments.
  for (int i = 0; i < 3; ++i)
    printAddress(args[i]);
  std::printf("\n");
  launch->kernel->run(args, 0, launch->grid);
}

static void printNumbers(const char *name, const int64_t *values, int64_t count) {
  std::printf(" %s", name);
  for (int64_t i = 0; i < count; ++i)
    std::printf(" %lld", (long long)values[i]);
}

static void printMatmul(const WeftMatmul *mm) {
  std::printf("  matmul scope '%s' phase '%s' dtype %d library %d accumulate %d transpose %d %d\n",
              mm->scope, mm->phase, mm->dtype, mm->library, mm->accumulate, mm->transpose_a,
              mm->transpose_b);
  printNumbers("   m n k", &mm->m, 3);
  printNumbers("ld", &mm->lda, 3);
  printNumbers("block", &mm->block_m, 2);
  std::printf(" batch_rank %d", mm->batch_rank);
  printNumbers("batch", mm->batch, WEFT_MAX_BATCH_RANK);
  printNumbers("a", mm->stride_a, WEFT_MAX_BATCH_RANK);
  printNumbers("b", mm->stride_b, WEFT_MAX_BATCH_RANK);
  printNumbers("c", mm->stride_c, WEFT_MAX_BATCH_RANK);
  std::printf("\n");
}

static void printOperands(std::initializer_list<const void *> operands) {
  std::printf("    at");
  for (const void *pointer : operands)
    printAddress(pointer);
  std::printf("\n");
}

extern "C" void weft_rt_matmul(WeftContext *, const WeftMatmul *mm, const void *a, const void *b,
                               void *c) {
  printMatmul(mm);
  printOperands({a, b, c});
}

extern "C" void weft_rt_grouped_matmul(WeftContext *, const WeftMatmul *mm, const void *a,
                                       const void *b, void *c, const int32_t *offsets) {
  printMatmul(mm);
  std::printf("    grouping %lld groups %lld\n", (long long)mm->grouping, (long long)mm->groups);
  printOperands({a, b, c, offsets});
}

extern "C" void weft_rt_initialize(WeftContext *, const WeftState *state) {
  std::printf("  initialize %s\n", state->name);
}

static void printEntry(const WeftEntry &e) {
  std::printf("entry %s of %s kind %lld sequences %lld tokens %lld flops %g%s\n", e.name, e.model,
              (long long)e.kind, (long long)e.sequences, (long long)e.tokens, e.flops,
              e.module == &weft_module ? "" : " of another module");
  std::printf("programs");
  for (const WeftProgram *program : e.programs)
    if (program)
      std::printf(" %s", program->name);
  std::printf(" metrics");
  for (const WeftState *metric : e.metrics)
    if (metric)
      std::printf(" %s", metric->name);
  std::printf("\n");
  for (int64_t i = 0; i < e.num_inputs; ++i) {
    const WeftInput &in = e.inputs[i];
    std::printf("input %s dtype %d at %llu bytes %llu limit %lld ignored %lld %lld", in.name,
                in.dtype, (unsigned long long)in.offset, (unsigned long long)in.bytes,
                (long long)in.limit, (long long)in.ignored, (long long)in.has_ignored);
    printNumbers("dims", in.dims, in.rank);
    std::printf("%s\n", in.from_data ? " from data" : "");
  }
}

static void printModule() {
  const WeftModule &m = weft_module;
  std::printf("module %s abi %u compiler %s hash %s\n", m.name, m.abi_version, m.compiler,
              m.text_hash ? "set" : "0");
  std::printf("bytes state %llu arena %llu input %llu step %llu total %llu\n",
              (unsigned long long)m.state_bytes, (unsigned long long)m.arena_bytes,
              (unsigned long long)m.input_bytes, (unsigned long long)m.step_bytes,
              (unsigned long long)m.total_bytes);
  for (int64_t i = 0; i < m.num_states; ++i) {
    const WeftState &s = m.states[i];
    std::printf("state %s of '%s' role %d dtype %d at %llu bytes %llu init %d %g key %llu", s.name,
                s.logical, s.role, s.dtype, (unsigned long long)s.offset,
                (unsigned long long)s.bytes, s.init.kind, s.init.value,
                (unsigned long long)s.init.key);
    printNumbers("dims", s.dims, s.rank);
    if (s.init.has_zero_row)
      std::printf(" zero row %lld", (long long)s.init.zero_row);
    if (s.num_padding_rows)
      printNumbers("padding rows", s.padding_rows, s.num_padding_rows);
    std::printf("\n");
  }
  for (int64_t i = 0; i < m.num_entries; ++i)
    printEntry(m.entries[i]);
  std::printf("target %u images %lld\n", m.target, (long long)m.num_images);
  for (int64_t i = 0; i < m.num_kernels; ++i)
    std::printf("kernel %s arguments %d\n", m.kernels[i].name, m.kernels[i].num_arguments);
}

int main() {
  printModule();
  std::vector<char> state(weft_module.state_bytes), arena(weft_module.arena_bytes),
      input(weft_module.input_bytes);
  std::vector<double> block(weft_module.step_bytes / sizeof(double)); // aligned
  auto *step = reinterpret_cast<WeftStep *>(block.data());
  *step = {0.5, 3, 1, 7, 0};
  std::memcpy(step + 1, weft_module.words, sizeof(int32_t) * size_t(weft_module.num_words));
  context = {state.data(), arena.data(), input.data(), step, nullptr};
  for (size_t i = 0; i < input.size() / sizeof(float); ++i)
    reinterpret_cast<float *>(input.data())[i] = float(i);
  for (int64_t i = 0; i < weft_module.num_programs; ++i) {
    std::printf("program %s\n", weft_module.programs[i].name);
    weft_module.programs[i].run(&context);
  }
  // What the kernel computed last: element i of the input, which is 16 + i, and a parameter, which
  // is 0.
  auto *sums = reinterpret_cast<const float *>(arena.data());
  std::printf("sums %g %g %g\n", sums[0], sums[1], sums[63]);
}
