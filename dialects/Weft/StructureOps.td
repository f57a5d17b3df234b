// Layers, models, calls, parameters, the train op; and the flat graphs over variables that they become.
#ifndef WEFT_WEFT_STRUCTURE
#define WEFT_WEFT_STRUCTURE

include "dialects/Weft/WeftBase.td"

def Weft_AdamWAttr : AttrDef<Weft_Dialect, "AdamW"> {
  let mnemonic = "adamw";
  let summary = "AdamW with decoupled weight decay";
  let description = [{
    Loshchilov and Hutter, arXiv 1711.05101, in PyTorch's order of operations:
    p = p - lr wd p; m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2;
    p = p - lr / (1-b1^t) m / (sqrt(v) / sqrt(1-b2^t) + eps).
    Every key may be left out; the defaults are PyTorch's.
    Example: `#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>`.

    **Constraints:** 0 <= betas < 1; eps > 0; weight_decay >= 0.
  }];
  let parameters = (ins Spec_Double:$beta1, Spec_Double:$beta2, Spec_Double:$eps, Spec_Double:$weight_decay);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Weft_SGDAttr : AttrDef<Weft_Dialect, "SGD"> {
  let mnemonic = "sgd";
  let summary = "stochastic gradient descent with momentum";
  let description = [{
    In PyTorch's order of operations: g = g + wd p; b = momentum b + g; then p = p - lr b, or with
    `nesterov` p = p - lr (g + momentum b). Without momentum p = p - lr g, and there is no b. Every key
    may be left out; the defaults are PyTorch's: 0, false and 0.
    Example: `#weft.sgd<momentum = 0.9, nesterov = true, weight_decay = 1.0e-4>`.

    **Constraints:** 0 <= momentum < 1; `nesterov` wants momentum > 0; weight_decay >= 0.
  }];
  let parameters = (ins Spec_Double:$momentum, "bool":$nesterov, Spec_Double:$weight_decay);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Weft_OptimizerAttr : AnyAttrOf<[Weft_AdamWAttr, Weft_SGDAttr], "an optimizer, #weft.adamw or #weft.sgd",
                                   "::mlir::Attribute">;

def Weft_ParameterGroupAttr : AttrDef<Weft_Dialect, "ParameterGroup"> {
  let mnemonic = "group";
  let summary = "what the optimizer does differently for parameters whose name matches a pattern";
  let description = [{
    `match` is a glob over full parameter names, where `*` stands for any characters, dots included.
    Keys that are left out keep the optimizer's own value.
    `weight_decay` is the group's own, `learning_rate_scale` a factor on the learning rate.
    Example: `#weft.group<match = "*.bias", weight_decay = 0.0>`.

    **Constraints:** `match` is given and not empty; weight_decay >= 0; learning_rate_scale >= 0.
  }];
  let parameters = (ins "::mlir::StringAttr":$match, Spec_Double:$weight_decay, Spec_Double:$learning_rate_scale);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Whether the group sets the weight decay; it is NaN where it does not.
    bool hasWeightDecay() const;
  }];
}

class Weft_FunctionOp<string mnemonic, list<Trait> traits = []> : Weft_Op<mnemonic, !listconcat([
    AffineScope, AutomaticAllocationScope, IsolatedFromAbove, Symbol,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmBlockArgumentNames"]>,
    FunctionOpInterface, HasParent<"::mlir::ModuleOp">, SingleBlock], traits)> {
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<DictArrayAttr>:$arg_attrs, OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  // Builds the entry block too; `argumentNames` may be empty.
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name, "::mlir::FunctionType":$type,
                                 CArg<"::llvm::ArrayRef<::llvm::StringRef>", "{}">:$argumentNames), [{
    buildFunction($_builder, $_state, getFunctionTypeAttrName($_state.name),
                  getArgAttrsAttrName($_state.name), name, type, argumentNames);
  }]>];
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
    ::llvm::LogicalResult verifyType() { return verifyFunctionType(getOperation()); }
  }];
  let extraClassDefinition = [{
    ::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser, ::mlir::OperationState &result) {
      return parseFunction(parser, result, getFunctionTypeAttrName(result.name), getArgAttrsAttrName(result.name));
    }
    void $cppClass::print(::mlir::OpAsmPrinter &printer) { printFunction(printer, getOperation()); }
    void $cppClass::getAsmBlockArgumentNames(::mlir::Region &region, ::mlir::OpAsmSetValueNameFn setName) {
      nameArguments(getOperation(), region, setName);
    }
  }];
}

def Weft_LayerOp : Weft_FunctionOp<"layer"> {
  let summary = "a part of a model, written once and called any number of times";
  let description = [{
    The parameters inside are named relative to the scope of each call.
    ```mlir
    weft.layer @project(%x: tensor<8x64xf32>) -> tensor<8x32xf32> {
      %w = weft.parameter "weight" init(normal, 0.02) : tensor<64x32xf32>
      %y = weft.linear in_out %x, %w : (tensor<8x64xf32>, tensor<64x32xf32>) -> tensor<8x32xf32>
      weft.return %y : tensor<8x32xf32>
    }
    ```
  }];
}

def Weft_ModelOp : Weft_FunctionOp<"model"> {
  let summary = "a model and its loss";
  let description = [{
    Arguments are what the data provides; the names of the SSA arguments are the names of the inputs
    (kept as the argument attribute `weft.name`). The first dimension of each counts sequences. Results are the sum of the loss over the
    micro-batch and the weight of that sum (the number of targets that count): training minimises the
    sum of sums over the sum of weights.
    ```mlir
    weft.model @loss(%tokens: tensor<8x64xi32>, %targets: tensor<8x64xi32>) -> (tensor<f32>, tensor<f32>) { ... }
    ```
    An argument with `weft.from_data`, of floats, is none of the data: whoever fills a batch writes 1 for each
    sequence ([sequences]) or position ([sequences, positions]) that the data has, and 0 for those that it
    lacks. In training all are 1; the last batch of an evaluation is filled up where targets can be ignored.
    What counts otherwise than through its targets (the balance loss of experts) is multiplied by it.
    ```mlir
    weft.model @loss(%tokens: tensor<8x64xi32>, %targets: tensor<8x64xi32>,
                     %real: tensor<8x64xf32> {weft.from_data}) -> (tensor<f32>, tensor<f32>) { ... }
    ```
    **Constraints:** exactly two results, both scalars of one float type. The first dimension of a
    `weft.from_data` is that of the arguments of the data.
  }];
  let hasVerifier = 1;
}

def Weft_GraphOp : Weft_FunctionOp<"graph"> {
  let summary = "one flat program over the module's variables";
  let description = [{
    What autodiff makes of a model: a flat list of ops that reads variables (`weft.get`) and replaces
    them (`weft.set`). A `get` sees the value from before the graph runs; all `set`s take effect
    together at its end. It returns nothing.
  }];
  let hasVerifier = 1;
}

def Weft_ReturnOp : Weft_Op<"return", [Pure, ReturnLike, Terminator,
    ParentOneOf<["LayerOp", "ModelOp", "GraphOp"]>]> {
  let summary = "the results of a layer or model";
  let arguments = (ins Variadic<Weft_Tensor>:$operands);
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
  let hasVerifier = 1;
}

def Weft_CallOp : Weft_Op<"call", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a layer at work, under a name";
  let description = [{
    The parameters and scopes of the layer's ops get `name` and a dot in front. Two calls under one name
    share their parameters.
    ```mlir
    %y = weft.call @block as "h.0" (%x) : (tensor<8x64xf32>) -> tensor<8x64xf32>
    ```
    **Constraints:** `name` is not empty; the callee is a `weft.layer` of this type; layers do not
    call themselves.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, StrAttr:$name, Variadic<Weft_Tensor>:$operands);
  let results = (outs Variadic<Weft_Tensor>:$results);
  let assemblyFormat = "$callee `as` $name `(` $operands `)` attr-dict `:` functional-type($operands, $results)";
  let hasVerifier = 1;
}

def Weft_ParameterOp : Weft_Op<"parameter", [MovesElements, Pure]> {
  let summary = "a tensor that training changes";
  let description = [{
    Two parameters of one full name are one parameter (tied weights).
    ```mlir
    %w = weft.parameter "wte.weight" init(normal, 0.02) : tensor<256x384xf32>
    ```
    The row of a padding token (see `weft.embedding`) starts as zeros where the init says so:
    ```mlir
    %w = weft.parameter "wte.weight" init(normal, 0.02, zero_row = 2) : tensor<256x384xf32>
    ```
    **Constraints:** `name` is not empty; parameters of one name agree in type and init;
    0 <= zero_row < the rows.
  }];
  let arguments = (ins StrAttr:$name, Spec_InitAttr:$init, OptionalAttr<UI64Attr>:$key);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$name custom<Init>($init) (`key` $key^)? attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Weft_TrainOp : Weft_Op<"train", [DeclareOpInterfaceMethods<SymbolUserOpInterface>, HasParent<"::mlir::ModuleOp">]> {
  let summary = "trains a model with an optimizer";
  let description = [{
    The gradients of the loss sum are accumulated over the micro-steps of an update, divided by the
    accumulated weight, clipped to a global L2 norm where `clip_norm` is given (scaled by
    min(1, clip / (norm + 1e-6)), as PyTorch does), and handed to the optimizer. The first group
    that matches a parameter's name applies to it. The learning rate comes from the command line.
    A module may train several models; the executable is told which by `name`, which is the model's
    where none is given. Parameters of one full name are one parameter in all of them.
    ```mlir
    weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], weight_decay = 0.1>) clip_norm(1.0)
        groups([#weft.group<match = "*.bias", weight_decay = 0.0>])
    weft.train @loss_at_4096 as "long" optimizer(#weft.adamw)
    ```
    **Constraints:** `clip_norm` > 0; each group matches at least one parameter; `name` is not empty
    and no other train op has it.
  }];
  let arguments = (ins FlatSymbolRefAttr:$model, OptionalAttr<StrAttr>:$name, Weft_OptimizerAttr:$optimizer, OptionalAttr<F64Attr>:$clip_norm,
                       OptionalAttr<TypedArrayAttrBase<Weft_ParameterGroupAttr, "parameter groups">>:$groups);
  let assemblyFormat = [{
    $model (`as` $name^)? `optimizer` `(` $optimizer `)` (`clip_norm` `(` $clip_norm^ `)`)? (`groups` `(` $groups^ `)`)? attr-dict
  }];
  let extraClassDeclaration = [{
    /// The optimizer's own weight decay, which groups may change.
    double getWeightDecay();
  }];
  let hasVerifier = 1;
}

def Weft_EvalOp : Weft_Op<"eval", [DeclareOpInterfaceMethods<SymbolUserOpInterface>, HasParent<"::mlir::ModuleOp">]> {
  let summary = "evaluates a model, with no gradients";
  let description = [{
    The executable prints the loss over its validation data under `name`, which is the model's where
    none is given. A module without any `weft.eval` evaluates what it trains; one with some evaluates
    those alone, so that a module without `weft.train` has neither gradients nor optimizer state.
    ```mlir
    weft.eval @loss_at_4096 as "long"
    ```
    **Constraints:** `name` is not empty and no other eval op has it.
  }];
  let arguments = (ins FlatSymbolRefAttr:$model, OptionalAttr<StrAttr>:$name);
  let assemblyFormat = "$model (`as` $name^)? attr-dict";
  let hasVerifier = 1;
}

def Weft_EntryOp : Weft_Op<"entry", [DeclareOpInterfaceMethods<SymbolUserOpInterface>, HasParent<"::mlir::ModuleOp">]> {
  let summary = "what the executable can be asked to do with a model, and the graphs that do it";
  let description = [{
    What autodiff leaves of a train or eval op.

    | kind | graphs | metrics |
    | --- | --- | --- |
    | `train` | a micro-step, the update (from `weft-build-update` on) | sum and weight of the loss, gradient norm (likewise) |
    | `eval` | the forward | sum and weight of the loss |
    | `logits` | the forward up to one row of the logits | that row |

    The inputs are the arguments of the first graph. Those of `logits` are the ids and, last, the
    number of the row.
    ```mlir
    weft.entry train "long" of "loss_at_4096" graphs [@micro_step, @apply] metrics [@loss_sum, @loss_weight, @gradient_norm]
    ```
    **Constraints:** at least one graph; graphs and metrics exist.
  }];
  let arguments = (ins Spec_EntryKindAttr:$kind, StrAttr:$name, StrAttr:$model, FlatSymbolRefArrayAttr:$graphs,
                       FlatSymbolRefArrayAttr:$metrics);
  let assemblyFormat = "custom<Keyword>($kind) $name `of` $model `graphs` $graphs `metrics` $metrics attr-dict";
  let hasVerifier = 1;
}

def Weft_VariableOp : Weft_Op<"variable", [Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "a tensor that outlives a program";
  let description = [{
    `logical` names the parameter that a gradient or moment belongs to.
    ```mlir
    weft.variable @wte.weight.gradient role(gradient) of "wte.weight" init(zeros) : tensor<256x384xf32>
    ```
    `padding_rows` of a parameter are those that an embedding reads without a gradient for them: there the
    gradient is not the loss's derivative, which checks by finite differences must know.

    **Constraints:** 0 <= zero_row, padding_rows < the rows.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Spec_RoleAttr:$role, OptionalAttr<StrAttr>:$logical,
                       Spec_InitAttr:$init, OptionalAttr<UI64Attr>:$key, TypeAttrOf<Weft_FloatTensor>:$type,
                       OptionalAttr<DenseI64ArrayAttr>:$padding_rows);
  let assemblyFormat = [{
    $sym_name `role` `(` custom<Keyword>($role) `)` (`of` $logical^)? custom<Init>($init) (`key` $key^)? attr-dict `:` $type
  }];
  let extraClassDeclaration = [{
    ::mlir::RankedTensorType getTensorType() { return ::llvm::cast<::mlir::RankedTensorType>(getType()); }
  }];
  let hasVerifier = 1;
}

def Weft_GetOp : Weft_Op<"get", [NamesMemory, MemoryEffects<[MemRead]>, HasParent<"GraphOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the value of a variable from before this graph runs";
  let arguments = (ins FlatSymbolRefAttr:$variable);
  let results = (outs Weft_FloatTensor:$result);
  let assemblyFormat = "$variable attr-dict `:` type($result)";
}

def Weft_SetOp : Weft_Op<"set", [MemoryEffects<[MemWrite]>, HasParent<"GraphOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the value of a variable from after this graph has run";
  let description = [{ **Constraints:** at most one `set` of a variable in a graph. }];
  let arguments = (ins FlatSymbolRefAttr:$variable, Weft_FloatTensor:$value);
  let assemblyFormat = "$variable `,` $value attr-dict `:` type($value)";
}

def Weft_StepFieldAttr : EnumAttr<Weft_Dialect, Weft_StepField, "step_field">;

def Weft_StepValueOp : Weft_InferredOp<"step_value", [NamesMemory]> {
  let summary = "a number that changes from step to step";
  let description = [{
    `learning_rate` of this update; `step`, the number of this update, from 1; `accumulate`, 0 in the
    first micro-step of an update and 1 in the others. They are tensor<f64>. `seed_low` and `seed_high`
    are the words of the run's seed, `sample_low` and `sample_high` those of the number of the first
    sequence, counted over the run. They are tensor<i32>.
  }];
  let arguments = (ins Weft_StepFieldAttr:$field);
  let results = (outs AnyTypeOf<[Weft_Flag, Weft_Word]>:$result);
  let assemblyFormat = "custom<Keyword>($field) attr-dict";
}

#endif // WEFT_WEFT_STRUCTURE
