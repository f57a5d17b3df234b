// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{'weft.model' op expects two results, the loss sum and its weight, both scalars of one float type, got ('tensor<f32>')}}
weft.model @loss(%x: tensor<f32>) -> tensor<f32> {
  weft.return %x : tensor<f32>
}

// -----

// expected-error @+1 {{'weft.model' op expects two results}}
weft.model @loss(%x: tensor<f32>, %y: tensor<f64>) -> (tensor<f32>, tensor<f64>) {
  weft.return %x, %y : tensor<f32>, tensor<f64>
}

// -----

// expected-error @+1 {{'weft.model' op expects two results}}
weft.model @loss(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  weft.return %x, %x : tensor<2xf32>, tensor<2xf32>
}

// -----

// expected-error @+1 {{'weft.model' op expects two results}}
weft.model @loss(%x: tensor<i32>) -> (tensor<i32>, tensor<i32>) {
  weft.return %x, %x : tensor<i32>, tensor<i32>
}

// -----

// expected-error @+1 {{'weft.graph' op expects no results: a graph leaves what it computes in variables}}
weft.graph @step(%x: tensor<f32>) -> tensor<f32> {
  weft.return %x : tensor<f32>
}

// -----

weft.variable @v role(parameter) init(zeros) : tensor<f32>
weft.graph @step(%x: tensor<f32>) {
  // expected-note @+1 {{the first is here}}
  weft.set @v, %x : tensor<f32>
  // expected-error @+1 {{'weft.set' op is the second set of @v in this graph}}
  weft.set @v, %x : tensor<f32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'weft.return' op expects values of the types that @l returns, ('tensor<f32>'), got ()}}
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) -> tensor<f64> {
  // expected-error @+1 {{'weft.return' op expects values of the types that @l returns, ('tensor<f64>'), got ('tensor<f32>')}}
  weft.return %x : tensor<f32>
}

// -----

// expected-error @+1 {{'weft.layer' op argument #0 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got 'f32'}}
weft.layer @l(%x: f32) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.layer' op argument #1 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got 'tensor<?xf32>'}}
weft.layer @l(%x: tensor<f32>, %y: tensor<?xf32>) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.layer' op argument #0 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got 'tensor<0xf32>'}}
weft.layer @l(%x: tensor<0xf32>) {
  weft.return
}

// -----

// More elements than can be counted in 64 bits.
// expected-error @+1 {{'weft.layer' op argument #0 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32}}
weft.layer @l(%x: tensor<99999999999x99999999999xf32>) {
  weft.return
}

// -----

// expected-error @+1 {{expected a body that ends in weft.return, got an empty one}}
weft.layer @l(%x: tensor<4xf32>) {
}

// -----

// expected-error @+1 {{expected a body that ends in weft.return, got an empty one}}
weft.layer @l() {}

// -----

weft.layer @l(%x: tensor<1xf32>) {
  // expected-error @+1 {{'weft.broadcast' op result #0 must be non-empty statically shaped tensor}}
  %0 = weft.broadcast %x : tensor<1xf32> to tensor<99999999999x99999999999xf32>
  weft.return
}

// -----

// expected-error @+1 {{'weft.layer' op result #0 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got 'tensor<i64>'}}
weft.layer @l(%x: tensor<f32>) -> tensor<i64> {
  weft.return %x : tensor<f32>
}

// -----

// expected-error @+1 {{'weft.layer' op has an unknown argument attribute "weft.frozen"; the dialect has only weft.name, weft.limit, weft.ignored and weft.from_data}}
weft.layer @l(%x: tensor<f32> {weft.frozen}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.graph' op expects an integer as "weft.limit"}}
weft.graph @g(%ids: tensor<4xi32> {weft.limit = "vocabulary"}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.layer' op expects weft.from_data on arguments of a model; give it to a layer as an operand}}
weft.layer @l(%real: tensor<4xf32> {weft.from_data}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.graph' op expects weft.from_data without a value, got true}}
weft.graph @g(%ids: tensor<4xi32>, %real: tensor<4xf32> {weft.from_data = true}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.graph' op expects weft.from_data on a tensor [sequences] or [sequences, positions] of floats, got 'tensor<4xi32>'}}
weft.graph @g(%ids: tensor<4xi32>, %real: tensor<4xi32> {weft.from_data}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.graph' op expects weft.from_data on a tensor [sequences] or [sequences, positions] of floats, got 'tensor<4x2x1xf32>'}}
weft.graph @g(%ids: tensor<4xi32>, %real: tensor<4x2x1xf32> {weft.from_data}) {
  weft.return
}

// -----

// expected-error @+1 {{'weft.model' op expects argument #1 to have 4 sequences, as argument #0, got 5}}
weft.model @m(%x: tensor<4x2xf32>, %real: tensor<5xf32> {weft.from_data}) -> (tensor<f32>, tensor<f32>) {
  %sum = weft.sum %x axes [0, 1] : tensor<4x2xf32>
  weft.return %sum, %sum : tensor<f32>, tensor<f32>
}

// -----

// expected-error @+1 {{'weft.model' op expects an argument of the data beside #0, which says what of it is the data's}}
weft.model @m(%real: tensor<5xf32> {weft.from_data}) -> (tensor<f32>, tensor<f32>) {
  %sum = weft.sum %real axes [0] : tensor<5xf32>
  weft.return %sum, %sum : tensor<f32>, tensor<f32>
}

// -----

// expected-error @+1 {{'weft.layer' op expects the name of argument #0 to be an identifier of letters, digits, '_', '$', '.' and '-', got "two words"}}
"weft.layer"() <{sym_name = "l", function_type = (tensor<f32>) -> (), arg_attrs = [{weft.name = "two words"}]}> ({
^bb0(%x: tensor<f32>):
  "weft.return"() : () -> ()
}) : () -> ()

// -----

// expected-error @+1 {{'weft.layer' op names two arguments "x": #0 and #1}}
"weft.layer"() <{sym_name = "l", function_type = (tensor<f32>, tensor<f32>) -> (), arg_attrs = [{weft.name = "x"}, {weft.name = "x"}]}> ({
^bb0(%x: tensor<f32>, %y: tensor<f32>):
  "weft.return"() : () -> ()
}) : () -> ()

// -----

weft.layer @outer() {
  // expected-error @+1 {{'weft.layer' op expects parent op 'builtin.module'}}
  weft.layer @l() {
    weft.return
  }
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.call' op expects a weft.layer, found nothing named @block}}
  weft.call @block as "h.0" (%x) : (tensor<f32>) -> ()
  weft.return
}

// -----

// expected-note @+1 {{it is defined here}}
weft.variable @block role(parameter) init(zeros) : tensor<f32>
weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.call' op expects a weft.layer, found another op named @block}}
  weft.call @block as "h.0" (%x) : (tensor<f32>) -> ()
  weft.return
}

// -----

// expected-note @+1 {{the layer is defined here}}
weft.layer @block(%x: tensor<f32>) {
  weft.return
}
weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.call' op expects the type of @block, '(tensor<f32>) -> ()', got '(tensor<f32>, tensor<f32>) -> ()'}}
  weft.call @block as "h.0" (%x, %x) : (tensor<f32>, tensor<f32>) -> ()
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.call' op calls the layer that it is part of, @l}}
  weft.call @l as "h.0" (%x) : (tensor<f32>) -> ()
  weft.return
}

// -----

weft.layer @block(%x: tensor<f32>) {
  weft.return
}
weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.call' op expects a name for the call, as in "h.0"}}
  weft.call @block as "" (%x) : (tensor<f32>) -> ()
  weft.return
}

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.parameter' op expects a name, as in "wte.weight"}}
  %w = weft.parameter "" init(zeros) : tensor<f32>
  weft.return
}

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.parameter' op result #0 must be non-empty statically shaped tensor of bfloat16 type or 16-bit float or 32-bit float or 64-bit float values, but got 'tensor<4xi32>'}}
  %w = weft.parameter "w" init(zeros) : tensor<4xi32>
  weft.return
}

// -----

// expected-error @+1 {{'weft.train' op expects a weft.model, found nothing named @loss}}
weft.train @loss optimizer(#weft.adamw)

// -----

// expected-note @+1 {{it is defined here}}
weft.layer @loss() {
  weft.return
}
// expected-error @+1 {{'weft.train' op expects a weft.model, found another op named @loss}}
weft.train @loss optimizer(#weft.adamw)

// -----

weft.graph @loss() {
  weft.return
}
// expected-error @+1 {{'weft.train' op expects clip_norm above 0, got 0.000000e+00}}
weft.train @loss optimizer(#weft.adamw) clip_norm(0.0)

// -----

weft.graph @loss() {
  weft.return
}
// expected-error @+1 {{'weft.train' op expects clip_norm above 0, got -1.000000e+00}}
weft.train @loss optimizer(#weft.adamw) clip_norm(-1.0)

// -----

weft.graph @step() {
  // expected-error @+1 {{'weft.get' op expects a weft.variable, found none named @v}}
  %v = weft.get @v : tensor<f32>
  weft.return
}

// -----

// expected-note @+1 {{the variable is defined here}}
weft.variable @v role(parameter) init(zeros) : tensor<4xf32>
weft.graph @step() {
  // expected-error @+1 {{'weft.get' op expects the variable's type, 'tensor<4xf32>', got 'tensor<f32>'}}
  %v = weft.get @v : tensor<f32>
  weft.return
}

// -----

// expected-note @+1 {{the variable is defined here}}
weft.variable @v role(parameter) init(zeros) : tensor<4xf32>
weft.graph @step(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.set' op expects the variable's type, 'tensor<4xf32>', got 'tensor<f32>'}}
  weft.set @v, %x : tensor<f32>
  weft.return
}

// -----

// expected-error @+1 {{'weft.variable' op attribute 'type' failed to satisfy constraint}}
weft.variable @v role(parameter) init(zeros) : tensor<4xi32>

// -----

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.get' op expects parent op 'weft.graph'}}
  %v = weft.get @v : tensor<f32>
  weft.return
}

// -----

weft.graph @g() {
  // expected-error @+1 {{expected one of [learning_rate, step, accumulate, seed_low, seed_high, sample_low, sample_high] for what the host writes before each }}
  %v = weft.step_value lr
  weft.return
}

// -----

weft.graph @loss() {
  weft.return
}
// expected-error @+1 {{'weft.train' op expects a name that is not empty, as in "long"}}
weft.train @loss as "" optimizer(#weft.adamw)

// -----

weft.graph @loss() {
  weft.return
}
// expected-error @+1 {{'weft.eval' op expects a name that is not empty, as in "long"}}
weft.eval @loss as ""

// -----

// expected-note @+1 {{it is defined here}}
weft.graph @loss() {
  weft.return
}
// expected-error @+1 {{'weft.eval' op expects a weft.model, found another op named @loss}}
weft.eval @loss

// -----

// expected-error @+1 {{'weft.entry' op expects at least one graph}}
weft.entry train "a" of "m" graphs [] metrics []

// -----

// expected-error @+1 {{'weft.entry' op expects a weft.graph, found nothing named @g}}
weft.entry train "a" of "m" graphs [@g] metrics []

// -----

weft.graph @g() {
  weft.return
}
// expected-error @+1 {{'weft.entry' op expects a weft.variable, found nothing named @v}}
weft.entry train "a" of "m" graphs [@g] metrics [@v]
