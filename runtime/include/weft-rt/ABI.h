// What the compiler and the runtime agree on: a C ABI, and the only header that both include.
//
// The compiler emits one object file that defines `weft_module` (a constant WeftModule) and the
// code behind its programs and kernels. The runtime, linked statically beside it, owns main().
// All strings are NUL-terminated and live as long as the process. All sizes are in bytes, all
// strides and leading dimensions in elements. Every struct ends on an 8-byte boundary and its
// layout is asserted at the bottom, because the compiler builds these structs field by field.
#ifndef WEFT_RT_ABI_H
#define WEFT_RT_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WEFT_ABI_VERSION 7
// Every buffer in state, arena and input block starts on this boundary.
#define WEFT_ALIGNMENT 64

// Where programs run. For a GPU, all blocks of WeftContext lie in its memory.
typedef enum WeftTarget { WEFT_TARGET_CPU = 0, WEFT_TARGET_CUDA = 1 } WeftTarget;

typedef enum WeftDType {
  WEFT_F32 = 0,
  WEFT_F64 = 1,
  WEFT_I32 = 2,
  WEFT_I64 = 3,
  WEFT_BF16 = 4,
  WEFT_F16 = 5,
} WeftDType;

// What a state tensor is for. Metrics are scalars that the host reads after a program.
typedef enum WeftRole {
  WEFT_PARAMETER = 0,
  WEFT_GRADIENT = 1,    // accumulates over the micro-steps of one update
  WEFT_OPTIMIZER = 2,   // moments
  WEFT_LOSS_SUM = 3,    // sum of losses over the micro-steps of one update
  WEFT_LOSS_WEIGHT = 4, // sum of weights over the micro-steps of one update
  WEFT_EVAL_SUM = 5,
  WEFT_EVAL_WEIGHT = 6,
  WEFT_GRADIENT_NORM = 7, // global L2 norm of the mean gradient, before clipping
  WEFT_LOGITS = 8         // the row of logits that the host asked for
} WeftRole;

typedef enum WeftInitKind {
  WEFT_INIT_ZEROS = 0,
  WEFT_INIT_ONES = 1,
  WEFT_INIT_CONSTANT = 2, // value
  WEFT_INIT_NORMAL = 3,   // mean 0, standard deviation value
  WEFT_INIT_UNIFORM = 4   // in [-value, value)
} WeftInitKind;

// How a tensor starts. A random element is a function of (seed, key, element index) alone.
typedef struct WeftInit {
  int32_t kind;         // WeftInitKind
  int32_t has_zero_row; // 0 or 1
  double value;
  uint64_t key;
  int64_t zero_row; // whatever the kind, this row (of the first dimension) starts as zeros
} WeftInit;

typedef struct WeftState {
  const char *name;    // unique in the module: "wte.weight", "wte.weight.gradient"
  const char *logical; // the parameter that it belongs to, under its checkpoint name; "" for metrics
  int32_t role;        // WeftRole
  int32_t dtype;       // WeftDType
  int64_t rank;
  const int64_t *dims;
  uint64_t offset; // from WeftContext::state
  uint64_t bytes;
  WeftInit init;
  // Rows of a parameter that an embedding reads without giving them a gradient: there the gradient
  // is not the derivative of the loss.
  int64_t num_padding_rows;
  const int64_t *padding_rows;
} WeftState;

// One argument of a model, filled by the host before a program that reads it.
typedef struct WeftInput {
  const char *name; // as written in the text: "tokens", "targets"
  int32_t dtype;    // WeftDType
  int32_t from_data; // 0, or 1: none of the data, but what the batch has of it: the host writes 1
                     // for each sequence ([sequences]) or position ([sequences, positions]) and 0
                     // for what fills up
  int64_t rank;
  const int64_t *dims; // dims[0] counts sequences
  uint64_t offset;     // from WeftContext::input
  uint64_t bytes;
  int64_t limit;   // valid values are 0 <= value < limit; limit < 0: anything goes
  int64_t ignored; // one further valid value (an ignore_index), where has_ignored is 1
  int64_t has_ignored; // 0 or 1
} WeftInput;

// What changes from step to step. Written by the host before each program, read by kernels. The words
// of WeftModule stand behind it in the step block.
typedef struct WeftStep {
  double learning_rate;
  double step;       // the update that is being computed, from 1
  double accumulate; // 0 in the first micro-step of an update (or the first batch of an evaluation), else 1
  uint64_t seed;
  uint64_t sample; // global index of the first sequence of this micro-step
} WeftStep;

// The memory that programs work in, and the runtime's own handle.
typedef struct WeftContext {
  char *state;
  char *arena;
  char *input;
  WeftStep *step;
  void *runtime;
} WeftContext;

// Runs grid points [begin, end) of a kernel; args points to one pointer a kernel argument.
typedef void (*WeftKernelFn)(void *const *args, int64_t begin, int64_t end);

typedef struct WeftKernel {
  const char *name; // of a function in the images, for a GPU
  WeftKernelFn run; // null for a GPU
  int32_t num_arguments; // of a GPU's functions two more follow: a pointer, and 64 bits to write there
  int32_t threads;      // of a block of a GPU; a grid point is a block
  int64_t shared_bytes; // of a block, beside what the function has of its own
} WeftKernel;

// One launch site.
typedef struct WeftLaunch {
  const WeftKernel *kernel;
  const char *scope; // "h.3.attn"
  const char *phase; // "forward", "backward", "update"
  int64_t grid;      // number of grid points
  const char *location; // in the text that was compiled, "model.mlir:12:8"; "" on the CPU
} WeftLaunch;

typedef enum WeftLibrary { WEFT_ONEDNN = 0, WEFT_OPENBLAS = 1, WEFT_CUBLASLT = 2 } WeftLibrary;

typedef enum WeftAccumulate {
  WEFT_OVERWRITE = 0,   // C = A B
  WEFT_ADD = 1,         // C += A B
  WEFT_ADD_BY_STEP = 2  // C += A B when WeftStep::accumulate is 1, else C = A B
} WeftAccumulate;

typedef enum WeftGrouping {
  WEFT_UNGROUPED = 0,
  WEFT_GROUPED_ROWS = 1, // a group's rows of A and C, with a B of its own
  WEFT_GROUPED_INNER = 2 // a group's rows of A and B (k of them), into a C of its own
} WeftGrouping;

// What a GPU's library does besides C = A B, before C reaches memory (CUBLASLT_EPILOGUE_...). Of what BIAS, [n], and
// AUX, as large as C, are each reads or writes some.
typedef enum WeftEpilogue {
  WEFT_EPILOGUE_NONE = 0,
  WEFT_EPILOGUE_BIAS = 1,          // C = A B + BIAS
  WEFT_EPILOGUE_GELU = 2,          // AUX = A B + BIAS, unless it is null; C = gelu(A B + BIAS), the tanh form
  WEFT_EPILOGUE_GELU_BACKWARD = 3, // C = A B gelu'(AUX); BIAS = the sums of C's columns, unless it is null
  WEFT_EPILOGUE_SUM_A = 4,         // BIAS = the sums of op(A) over k, [m]
  WEFT_EPILOGUE_SUM_B = 5          // BIAS = the sums of op(B) over k
} WeftEpilogue;

#define WEFT_MAX_BATCH_RANK 4

// One matrix product site: for each batch index, C[m,n] (+)= op(A)[m,k] op(B)[k,n], row-major.
// The product is cut into block_m x block_n pieces of C (K whole), each one single-threaded
// library call, so that the bits do not depend on the number of threads. A GPU's library gets it whole.
typedef struct WeftMatmul {
  const char *scope;
  const char *phase;
  int32_t dtype;      // WEFT_F32 or WEFT_F64
  int32_t library;    // WeftLibrary; oneDNN has no f64
  int32_t accumulate; // WeftAccumulate
  int32_t transpose_a; // A is stored [k,m]
  int32_t transpose_b; // B is stored [n,k]
  int32_t batch_rank;
  int64_t m, n, k;
  int64_t lda, ldb, ldc;
  int64_t block_m, block_n;
  int64_t batch[WEFT_MAX_BATCH_RANK];
  int64_t stride_a[WEFT_MAX_BATCH_RANK];
  int64_t stride_b[WEFT_MAX_BATCH_RANK];
  int64_t stride_c[WEFT_MAX_BATCH_RANK];
  // Grouped products have no batch. m (rows) or k (inner) is that of all groups together, the first
  // stride of B or C that from group to group, and rows of a group are cut from its first one on.
  int64_t grouping; // WeftGrouping
  int64_t groups;
  // Memory that a GPU's library may use meanwhile, from WeftContext::arena on.
  uint64_t workspace_offset;
  uint64_t workspace_bytes;
  int64_t tf32; // 1: factors of f32 may be rounded to TF32, 10 bits of mantissa
  int64_t epilogue; // WeftEpilogue; with one there is no batch
  const char *location; // as a launch's
} WeftMatmul;

typedef struct WeftProgram {
  const char *name;
  void (*run)(WeftContext *);
} WeftProgram;

// Kind              programs                                    metrics
// WEFT_ENTRY_TRAIN  forward, backward, accumulate; the update   loss sum, loss weight, gradient norm
// WEFT_ENTRY_EVAL   forward, accumulate                         loss sum, loss weight
// WEFT_ENTRY_LOGITS forward up to a row of the logits           that row, [vocabulary]
//
// Inputs are the arguments of the model. Those of logits are the ids, [sequences, length], and the
// number of the row, [1]: the one of position p of sequence s is s * length + p. Whether it depends
// on later positions is the model's affair.
typedef enum WeftEntryKind {
  WEFT_ENTRY_TRAIN = 0,
  WEFT_ENTRY_EVAL = 1,
  WEFT_ENTRY_LOGITS = 2
} WeftEntryKind;

#define WEFT_MAX_PROGRAMS 2
#define WEFT_MAX_METRICS 3

enum { WEFT_METRIC_SUM = 0, WEFT_METRIC_WEIGHT = 1, WEFT_METRIC_NORM = 2 };

struct WeftModule;

// What the executable can be asked to do with a model. Entries of one kind differ in name.
typedef struct WeftEntry {
  const struct WeftModule *module;
  const char *name;  // of the train or eval op
  const char *model; // entries of one model have their inputs in the same places
  int64_t kind;      // WeftEntryKind
  const WeftProgram *programs[WEFT_MAX_PROGRAMS]; // as above, then null
  const WeftState *metrics[WEFT_MAX_METRICS];     // likewise
  int64_t num_inputs;
  const WeftInput *inputs;
  int64_t sequences; // of one run of the first program: first dimension of the inputs (1 without)
  int64_t tokens;    // of one run: elements of the first input of the data (1 without inputs)
  double flops;      // of one run
} WeftEntry;

// Device code for one architecture, or PTX for those that are newer.
typedef struct WeftImage {
  const char *arch; // "sm_90a"; the oldest that PTX is for
  const void *data; // a cubin, or text with a NUL behind it
  uint64_t bytes;
  int64_t is_ptx; // 0 or 1
} WeftImage;

typedef struct WeftModule {
  uint32_t abi_version; // WEFT_ABI_VERSION
  uint32_t target;      // WeftTarget
  const char *name;
  const char *compiler; // version of the compiler
  uint64_t text_hash;   // of the module that was compiled
  uint64_t state_bytes;
  uint64_t arena_bytes;
  uint64_t input_bytes;
  uint64_t step_bytes;  // WeftStep and the words behind it
  uint64_t total_bytes; // the four above
  int64_t num_states;
  const WeftState *states;
  int64_t num_programs; // those of the entries and "init", which fills the state
  const WeftProgram *programs;
  int64_t num_entries;
  const WeftEntry *entries;
  int64_t num_words; // constants that kernels read
  const int32_t *words;
  int64_t num_kernels; // all that are launched
  const WeftKernel *kernels;
  int64_t num_images; // none on the CPU
  const WeftImage *images;
} WeftModule;

extern const WeftModule weft_module;

// Called by generated code.
void weft_rt_launch(WeftContext *context, const WeftLaunch *launch, void *const *args);
void weft_rt_matmul(WeftContext *context, const WeftMatmul *matmul, const void *a, const void *b, void *c);
// Of a GPU's library. bias and aux are null where the epilogue goes without.
void weft_rt_matmul_epilogue(WeftContext *context, const WeftMatmul *matmul, const void *a, const void *b, void *c,
                             void *bias, void *aux);
// offsets: groups + 1 of them; the rows of group g are offsets[g] to offsets[g + 1] - 1.
void weft_rt_grouped_matmul(WeftContext *context, const WeftMatmul *matmul, const void *a, const void *b, void *c,
                            const int32_t *offsets);
void weft_rt_initialize(WeftContext *context, const WeftState *state);

#ifdef __cplusplus
} // extern "C"

static_assert(sizeof(void *) == 8, "the ABI is defined for 64-bit machines");
static_assert(sizeof(WeftInit) == 32, "ABI");
static_assert(sizeof(WeftState) == 104 && offsetof(WeftState, init) == 56, "ABI");
static_assert(sizeof(WeftInput) == 72 && offsetof(WeftInput, limit) == 48, "ABI");
static_assert(sizeof(WeftStep) == 40 && offsetof(WeftStep, accumulate) == 16, "ABI");
static_assert(sizeof(WeftContext) == 40, "ABI");
static_assert(sizeof(WeftKernel) == 32 && sizeof(WeftLaunch) == 40, "ABI");
static_assert(sizeof(WeftMatmul) == 288 && offsetof(WeftMatmul, grouping) == 232, "ABI");
static_assert(sizeof(WeftProgram) == 16, "ABI");
static_assert(sizeof(WeftEntry) == 112 && offsetof(WeftEntry, num_inputs) == 72, "ABI");
static_assert(sizeof(WeftImage) == 32, "ABI");
static_assert(sizeof(WeftModule) == 168 && offsetof(WeftModule, num_states) == 72, "ABI");
#endif

#endif // WEFT_RT_ABI_H
