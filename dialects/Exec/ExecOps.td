// The exec dialect: when and where. One state, one arena, a table of programs, each a list of launches
// and library calls over placed buffers.
#ifndef WEFT_EXEC_OPS
#define WEFT_EXEC_OPS

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/Exec/ExecEnums.td"
include "dialects/Interfaces/CommandOpInterface.td"
include "dialects/Interfaces/Spec.td"

def Exec_Dialect : Dialect {
  let name = "exec";
  let cppNamespace = "::weft::exec";
  let summary = "when and where a training step runs";
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::weft::spec::SpecDialect"];
}
def Exec_AccumulateAttr : EnumAttr<Exec_Dialect, Exec_Accumulate, "accumulate">;
def Exec_GroupingAttr : EnumAttr<Exec_Dialect, Exec_Grouping, "grouping">;
def Exec_StepFieldAttr : EnumAttr<Exec_Dialect, Exec_StepField, "step_field">;

class Exec_Op<string mnemonic, list<Trait> traits = []> : Op<Exec_Dialect, mnemonic, traits>;

// An op that a program runs, and which methods of its interface it has besides the access to its operands.
class Exec_Command<string mnemonic, list<string> methods, list<Trait> traits = []>
    : Exec_Op<mnemonic, traits # [HasParent<"ProgramOp">, DeclareOpInterfaceMethods<CommandOpInterface, methods>]>;

def Exec_Buffer : StaticShapeMemRefOf<[BF16, F16, F32, F64, I32]>;
def Exec_Number : MemRefRankOf<[F64, I32], [0]>;
def Exec_Word : MemRefRankOf<[I32], [0]>;

def Exec_ModuleOp : Exec_Op<"module", [Symbol, SymbolTable, NoTerminator, SingleBlock, HasParent<"::mlir::ModuleOp">]> {
  let summary = "everything that one executable runs";
  let description = [{
    Holds states, inputs and programs; the kernels stand beside it. Sizes in bytes stand here once
    buffers are placed: `arena`, the size of the arena; `live`, the most bytes of arena buffers that
    are live at once in any program; `state` and `input`, the sizes of those blocks.
    ```mlir
    exec.module @gpt2_tiny { ... }
    ```
    **Constraints:** only `exec.state`, `exec.input`, `exec.program` and `exec.entry` inside; names of
    states, inputs and programs are unique together.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<I64Attr>:$arena, OptionalAttr<I64Attr>:$live,
                       OptionalAttr<I64Attr>:$state, OptionalAttr<I64Attr>:$input);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`arena` `(` $arena^ `)`)? (`live` `(` $live^ `)`)? (`state` `(` $state^ `)`)? (`input` `(` $input^ `)`)? attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
}

def Exec_StateOp : Exec_Op<"state", [Symbol, HasParent<"ModuleOp">]> {
  let summary = "a tensor that outlives programs";
  let description = [{
    `at` is its offset in the state block. `logical` is the name of the parameter that it belongs to.
    ```mlir
    exec.state @wte.weight : memref<256x384xf32> at(0) role(parameter) of "wte.weight" init(normal, 0.02) key 17
    ```
    `padding_rows` are those of `weft.variable`.

    **Constraints:** the type has no layout of its own; its size in bytes fits 63 bits; `at` is not
    negative; 0 <= zero_row, padding_rows < the rows.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<Exec_Buffer>:$type, OptionalAttr<I64Attr>:$at,
                       Spec_RoleAttr:$role, OptionalAttr<StrAttr>:$logical, Spec_InitAttr:$init, OptionalAttr<UI64Attr>:$key,
                       OptionalAttr<DenseI64ArrayAttr>:$padding_rows);
  let assemblyFormat = [{
    $sym_name `:` $type (`at` `(` $at^ `)`)? `role` `(` custom<Keyword>($role) `)` (`of` $logical^)? custom<Init>($init) (`key` $key^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Exec_InputOp : Exec_Op<"input", [Symbol, HasParent<"ModuleOp">]> {
  let summary = "a buffer that the host fills before a program that reads it";
  let description = [{
    `limit` is the number of valid values (ids are below it), `ignored` one further valid value.
    Where several models have an argument of one name, `of` is that name and the symbols differ.
    ```mlir
    exec.input @tokens : memref<8x256xi32> at(0) limit(256)
    exec.input @tokens.long of "tokens" : memref<1x4096xi32> at(8192) limit(256)
    ```
    `from_data` is none of the data: 1 for what the batch has of it, 0 for what it was filled up with.
    ```mlir
    exec.input @real : memref<8x256xf32> at(16384) from_data
    ```
    **Constraints:** those of `exec.state`; `from_data` is of floats, of rank 1 or 2, without bounds.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$argument, TypeAttrOf<Exec_Buffer>:$type, OptionalAttr<I64Attr>:$at,
                       OptionalAttr<I64Attr>:$limit, OptionalAttr<I64Attr>:$ignored, UnitAttr:$from_data);
  let assemblyFormat = "$sym_name (`of` $argument^)? `:` $type (`at` `(` $at^ `)`)? (`limit` `(` $limit^ `)`)? (`ignored` `(` $ignored^ `)`)? (`from_data` $from_data^)? attr-dict";
  let hasVerifier = 1;
}

def Exec_ProgramOp : Exec_Op<"program", [Symbol, NoTerminator, SingleBlock, IsolatedFromAbove, HasParent<"ModuleOp">]> {
  let summary = "a list of launches and library calls, run in order";
  let description = [{
    ```mlir
    exec.program @init { exec.initialize @wte.weight }
    ```
    **Constraints:** only ops of this dialect inside.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

def Exec_EntryOp : Exec_Op<"entry", [HasParent<"ModuleOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "what the executable can be asked to do, and the programs that do it";
  let description = [{
    One of the table that the host reads: see `weft.entry` for the kinds, their programs and metrics.
    `inputs` are what the host fills before the first program, in the order of the model's arguments.
    `sequences` and `tokens` count what one run of that program takes in; `flops` what it computes.
    ```mlir
    exec.entry train "loss" of "loss" programs [@micro_step, @apply] inputs [@tokens, @targets]
        metrics [@loss_sum, @loss_weight, @gradient_norm] {sequences = 8 : i64, tokens = 2048 : i64, flops = 1.0e9 : f64}
    ```
    **Constraints:** as many programs and metrics as the kind has: 2 and 3 of `train`, 1 and 2 of
    `eval`, 1 and 1 of `logits`, which has 2 inputs; all are declared in the `exec.module`.
  }];
  let arguments = (ins Spec_EntryKindAttr:$kind, StrAttr:$name, StrAttr:$model, FlatSymbolRefArrayAttr:$programs,
                       FlatSymbolRefArrayAttr:$inputs, FlatSymbolRefArrayAttr:$metrics,
                       I64Attr:$sequences, I64Attr:$tokens, F64Attr:$flops);
  let assemblyFormat = [{
    custom<Keyword>($kind) $name `of` $model `programs` $programs `inputs` $inputs `metrics` $metrics attr-dict
  }];
  let hasVerifier = 1;
}

// Two buffers of one type are two buffers: an allocation is not pure.
def Exec_BufferOp : Exec_Op<"buffer", [HasParent<"ProgramOp">]> {
  let summary = "memory in the arena, from here to its last use";
  let description = [{
    `at` is its offset in the arena, once placed. Where the lifetimes of two buffers overlap, their
    bytes do not (see `verifyPlacement` in lib/Memory).
    ```mlir
    %b = exec.buffer at(1048576) : memref<2048x384xf32>
    ```
    **Constraints:** those of `exec.state`.
  }];
  let arguments = (ins OptionalAttr<I64Attr>:$at);
  let results = (outs Res<Exec_Buffer, "", [MemAlloc]>:$result);
  let assemblyFormat = "(`at` `(` $at^ `)`)? attr-dict `:` type($result)";
  let hasVerifier = 1;
}

class Exec_RefOp<string mnemonic, string what> : Exec_Op<mnemonic, [Pure, HasParent<"ProgramOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = what;
  let description = "**Constraints:** the symbol is declared in the `exec.module`, with this type.";
  let arguments = (ins FlatSymbolRefAttr:$symbol);
  let results = (outs Exec_Buffer:$result);
  let assemblyFormat = "$symbol attr-dict `:` type($result)";
}
def Exec_StateRefOp : Exec_RefOp<"state_ref", "the buffer of a state">;
def Exec_InputRefOp : Exec_RefOp<"input_ref", "the buffer of an input">;

def Exec_StepRefOp : Exec_Op<"step_ref", [Pure, HasParent<"ProgramOp">]> {
  let summary = "a number of the step block";
  let description = [{
    What changes from step to step and is written by the host before each program.
    ```mlir
    %lr = exec.step_ref learning_rate : memref<f64>
    ```
    **Constraints:** learning_rate, step and accumulate are f64, the others words: i32.
  }];
  let arguments = (ins Exec_StepFieldAttr:$field);
  let results = (outs Exec_Number:$result);
  let assemblyFormat = "custom<Keyword>($field) attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Exec_WordOp : Exec_Op<"word", [Pure, HasParent<"ProgramOp">]> {
  let summary = "a constant of 32 bits that kernels read";
  let description = [{
    ```mlir
    %k = exec.word 17 : memref<i32>
    ```
  }];
  let arguments = (ins I32Attr:$value);
  let results = (outs Exec_Word:$result);
  let assemblyFormat = "$value attr-dict `:` type($result)";
}

def Exec_ViewOp : Exec_Op<"view", [Pure, HasParent<"ProgramOp">]> {
  let summary = "the same memory from an element on, under another shape and strides";
  let description = [{
    ```mlir
    %v = exec.view %b offset(64) : memref<8x192xf32> to memref<8x64xf32, strided<[192, 1]>>
    ```
    **Constraints:** element types agree; the offset is not negative and every element of the view lies
    inside the source; strides are static and not negative; the view's own layout has no offset.
  }];
  let arguments = (ins Exec_Buffer:$source, I64Attr:$offset);
  let results = (outs Exec_Buffer:$result);
  let assemblyFormat = "$source `offset` `(` $offset `)` attr-dict `:` type($source) `to` type($result)";
  let hasVerifier = 1;
}

def Exec_LaunchOp : Exec_Command<"launch", ["mayShareBuffer", "getFlops", "getWorkName"], [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "runs a kernel over its grid";
  let description = [{
    The operands are the kernel's arguments: its inputs, then its outputs. `scope` and `phase` say
    where in the model it comes from.
    ```mlir
    exec.launch @add_gelu(%x, %b, %y) {scope = "h.0.mlp", phase = "forward"} : memref<256x64xf32>, memref<64xf32>, memref<256x64xf32>
    ```
    **Constraints:** the kernel exists and has arguments of these types. (A kernel that is already
    lowered has the C signature `WeftKernelFn` and is not compared.)
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Exec_Buffer>:$operands);
  let assemblyFormat = "$kernel `(` $operands `)` attr-dict `:` type($operands)";
}

def Exec_MatmulOp : Exec_Command<"matmul", ["getFlops", "getWorkName"], [AttrSizedOperandSegments]> {
  let summary = "c (+)= a b over the last two dimensions";
  let description = [{
    The dimensions before the last two are batch dimensions, the same in all three. The result is cut
    into pieces of `block` elements, K whole; each piece is one single-threaded call of `library`.
    `cublaslt` runs on a GPU, gets the result whole and may use the `workspace` meanwhile; with `tf32` it may
    round factors of f32 to ten bits of mantissa. `add_by_step` adds where the step's `accumulate` is 1 and
    overwrites where it is 0.
    ```mlir
    exec.matmul %a, %b, %c transpose_b overwrite block [256, 384] onednn : memref<256x64xf32>, memref<96x64xf32>, memref<256x96xf32>
    exec.matmul %a, %b, %c transpose_b overwrite block [256, 96] cublaslt tf32 workspace(%w : memref<1024xi32>) : ...
    exec.matmul %a, %b, %c overwrite block [256, 96] cublaslt epilogue gelu bias(%v : memref<96xf32>) aux(%u : memref<256x96xf32>) : ...
    ```
    With an `epilogue`, `cublaslt` does more before the result reaches memory:

    | epilogue | c is | bias | aux |
    | --- | --- | --- | --- |
    | `bias` | a b + bias | read | none |
    | `gelu` | gelu(a b + bias), the tanh form | read | gets a b + bias, where it is there |
    | `gelu_backward` | a b times the derivative of that gelu at aux | gets the sums of c's columns, where it is there | read |
    | `sum_a`, `sum_b` | as without | gets the sums of a or of b over k | none |

    **Constraints:** ranks agree and are 2 to 6; element types agree and are f32 or f64,
    for `cublaslt` also bf16 or f16, with sums in f32; one of the last
    two strides of each operand is 1, and for `c` the last, and the other is at least the extent it
    steps over; sizes fit; `onednn` takes f32 only; two block extents, both positive; `tf32`, a workspace,
    which is an `exec.buffer`, and an epilogue are for `cublaslt`. With an epilogue, rank 2 and no f64; bias and aux as in
    the table, of c's element type, without a layout, the bias [n] (of `sum_a` [m]), aux [m, n] with n a multiple of 8;
    `overwrite` but for `sum_a` and `sum_b`.
  }];
  let arguments = (ins Arg<Exec_Buffer, "", [MemRead]>:$a, Arg<Exec_Buffer, "", [MemRead]>:$b, Arg<Exec_Buffer, "", [MemRead, MemWrite]>:$c,
                       Arg<Optional<Exec_Buffer>, "", [MemWrite]>:$workspace,
                       Arg<Optional<Exec_Buffer>, "", [MemRead, MemWrite]>:$bias, Arg<Optional<Exec_Buffer>, "", [MemRead, MemWrite]>:$aux,
                       UnitAttr:$transpose_a, UnitAttr:$transpose_b, Exec_AccumulateAttr:$accumulate,
                       DenseI64ArrayAttr:$block, Spec_LibraryAttr:$library, UnitAttr:$tf32,
                       OptionalAttr<Spec_EpilogueAttr>:$epilogue);
  let assemblyFormat = [{
    $a `,` $b `,` $c (`transpose_a` $transpose_a^)? (`transpose_b` $transpose_b^)? custom<Keyword>($accumulate)
    `block` $block custom<Keyword>($library) (`tf32` $tf32^)? (`workspace` `(` $workspace^ `:` type($workspace) `)`)?
    (`epilogue` custom<Keyword>($epilogue)^)? (`bias` `(` $bias^ `:` type($bias) `)`)? (`aux` `(` $aux^ `:` type($aux) `)`)?
    attr-dict `:` type($a) `,` type($b) `,` type($c)
  }];
  let extraClassDeclaration = [{
    /// Whether the epilogue writes the bias or aux rather than reading it.
    bool writesBias() { return getEpilogue() && !::weft::spec::addsBias(*getEpilogue()); }
    bool writesAux() { return getEpilogue() == ::weft::spec::Epilogue::Gelu; }
  }];
  let hasVerifier = 1;
}

def Exec_GroupedMatmulOp : Exec_Command<"grouped_matmul", ["getFlops", "getWorkName"]> {
  let summary = "one product for each group of rows";
  let description = [{
    Rows offsets[g] to offsets[g + 1] - 1 of `a` belong to group g. `rows`: those rows of `a` times b[g],
    whose last two dimensions are [n, k] where `transpose_b`, become the same rows of `c`. `inner`: the
    group's rows of `a`, transposed, times the same rows of `b` become c[g]; zeros, or what was there,
    for a group without rows. Rows are cut into blocks from the group's own first row, so that its bits do
    not depend on other groups.
    ```mlir
    exec.grouped_matmul rows %x, %w, %y by %offsets transpose_b overwrite block [128, 384] openblas
        : memref<256x32xf32>, memref<8x96x32xf32>, memref<256x96xf32>, memref<9xi32>
    ```
    **Constraints:** no layouts; element types agree and are f32 or f64; sizes fit; one offset more than
    groups; an `inner` product has no `transpose_b`; `onednn` takes f32 only; two block extents, both positive.
  }];
  let arguments = (ins Exec_GroupingAttr:$grouping, Arg<Exec_Buffer, "", [MemRead]>:$a, Arg<Exec_Buffer, "", [MemRead]>:$b,
                       Arg<Exec_Buffer, "", [MemRead, MemWrite]>:$c, Arg<MemRefRankOf<[I32], [1]>, "", [MemRead]>:$offsets,
                       UnitAttr:$transpose_b, Exec_AccumulateAttr:$accumulate, DenseI64ArrayAttr:$block,
                       Spec_LibraryAttr:$library);
  let assemblyFormat = [{
    custom<Keyword>($grouping) $a `,` $b `,` $c `by` $offsets (`transpose_b` $transpose_b^)? custom<Keyword>($accumulate)
    `block` $block custom<Keyword>($library) attr-dict `:` type($a) `,` type($b) `,` type($c) `,` type($offsets)
  }];
  let hasVerifier = 1;
}

def Exec_InitializeOp : Exec_Command<"initialize", [], [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "fills a state by its init, from the seed of the run";
  let description = [{
    ```mlir
    exec.initialize @wte.weight
    ```
    **Constraints:** the state is declared in the `exec.module`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$state);
  let assemblyFormat = "$state attr-dict";
}

#endif // WEFT_EXEC_OPS
