// Whose buffer each value lies in.
// RUN: weft-opt %s -split-input-file -convert-weft-to-exec | FileCheck %s

// In place into the state; nothing but the launch is left, and the unused kernel is erased.
// CHECK-LABEL: module @state
// CHECK-NOT: @unused
// CHECK: exec.program @apply {
// CHECK-NEXT: %[[OLD:.*]] = exec.state_ref @w : memref<64xf32>
// CHECK-NEXT: %[[NEW:.*]] = exec.state_ref @w : memref<64xf32>
// CHECK-NEXT: exec.launch @step(%[[OLD]], %[[NEW]])
// CHECK-NEXT: }
module @state {
  tile.kernel @step(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @unused(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) { tile.return }
  weft.variable @w role(parameter) init(zeros) : tensor<64xf32>
  weft.graph @apply() {
    %w = weft.get @w : tensor<64xf32>
    %n = weft.launch @step(%w) : (tensor<64xf32>) -> tensor<64xf32>
    weft.set @w, %n {kernel = @unused} : tensor<64xf32>
    weft.return
  }
}

// -----

// A chain of in-place steps all happens in the state. Beside it: init, the inputs with their limits.
// CHECK-LABEL: module @chain
// CHECK: exec.module @chain {
// CHECK: exec.state @w : memref<2x64xf32> role(parameter) init(ones)
// CHECK: exec.input @x : memref<2x64xi32> limit(7) ignored(-100)
// CHECK: exec.program @init {
// CHECK-NEXT: exec.initialize @w
// CHECK: exec.program @micro_step {
// CHECK-NEXT: %[[X:.*]] = exec.input_ref @x
// CHECK-NEXT: %[[W:.*]] = exec.state_ref @w
// CHECK-NEXT: exec.launch @seed(%[[X]], %[[W]])
// CHECK-NOT: exec.buffer
// CHECK: exec.launch @step
// CHECK-NOT: exec.buffer
// CHECK: exec.launch @step
// CHECK-NOT: exec.buffer
module @chain {
  tile.kernel @seed(%x: memref<2x64xi32>, %y: memref<2x64xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @step(%x: memref<2x64xf32>, %y: memref<2x64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  weft.variable @w role(parameter) init(ones) : tensor<2x64xf32>
  weft.graph @micro_step(%x: tensor<2x64xi32> {weft.limit = 7 : i64, weft.ignored = -100 : i64}) {
    %0 = weft.launch @seed(%x) : (tensor<2x64xi32>) -> tensor<2x64xf32>
    %1 = weft.launch @step(%0) : (tensor<2x64xf32>) -> tensor<2x64xf32>
    %2 = weft.launch @step(%1) : (tensor<2x64xf32>) -> tensor<2x64xf32>
    weft.set @w, %2 {kernel = @step} : tensor<2x64xf32>
    weft.return
  }
}

// -----

// The old value is read after the new one is there: computed beside it, copied at the end.
// CHECK-LABEL: module @read_later
// CHECK: exec.program @apply {
// CHECK: %[[W:.*]] = exec.state_ref @w
// CHECK: %[[N:.*]] = exec.buffer
// CHECK: exec.launch @step(%[[W]], %[[N]])
// CHECK: exec.launch @both(%[[N]], %[[W]], %{{.*}})
// CHECK: exec.launch @copy(%[[N]], %{{.*}})
module @read_later {
  tile.kernel @step(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @both(%x: memref<64xf32>, %z: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) { tile.return }
  tile.kernel @copy(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  weft.variable @w role(parameter) init(zeros) : tensor<64xf32>
  weft.variable @v role(parameter) init(zeros) : tensor<64xf32>
  weft.graph @apply() {
    %w = weft.get @w : tensor<64xf32>
    %n = weft.launch @step(%w) : (tensor<64xf32>) -> tensor<64xf32>
    %b = weft.launch @both(%n, %w) : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
    weft.set @w, %n {kernel = @copy} : tensor<64xf32>
    weft.set @v, %b {kernel = @copy} : tensor<64xf32>
    weft.return
  }
}

// -----

// What a set copies at the end is not overwritten before: no op takes over %n, though no op reads it later.
// CHECK-LABEL: module @set_is_a_use
// CHECK: exec.program @apply {
// CHECK: %[[X:.*]] = exec.buffer
// CHECK: exec.launch @make(%[[X]])
// CHECK: %[[Y:.*]] = exec.buffer
// CHECK: exec.launch @step(%[[X]], %[[Y]])
// CHECK: exec.launch @both(%[[Y]], %{{.*}}, %{{.*}})
// CHECK: exec.launch @copy(%[[X]], %{{.*}})
module @set_is_a_use {
  tile.kernel @make(%y: memref<64xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @step(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @both(%x: memref<64xf32>, %z: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @copy(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  weft.variable @w role(parameter) init(zeros) : tensor<64xf32>
  weft.variable @v role(parameter) init(zeros) : tensor<64xf32>
  weft.graph @apply() {
    %w = weft.get @w : tensor<64xf32>
    %n = weft.launch @make() : () -> tensor<64xf32>
    %z = weft.launch @step(%n) : (tensor<64xf32>) -> tensor<64xf32>
    %q = weft.launch @both(%z, %w) : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
    weft.set @w, %n {kernel = @copy} : tensor<64xf32>
    weft.set @v, %q {kernel = @copy} : tensor<64xf32>
    weft.return
  }
}

// -----

// The same where the value is a link of another variable's chain.
// CHECK-LABEL: module @set_of_a_link
// CHECK: exec.program @apply {
// CHECK: %[[V:.*]] = exec.state_ref @v
// CHECK: exec.launch @make(%[[V]])
// CHECK: %[[W:.*]] = exec.state_ref @w
// CHECK: exec.launch @step(%[[V]], %[[W]])
// CHECK-NOT: exec.launch
module @set_of_a_link {
  tile.kernel @make(%y: memref<64xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @step(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  weft.variable @w role(parameter) init(zeros) : tensor<64xf32>
  weft.variable @v role(parameter) init(zeros) : tensor<64xf32>
  weft.graph @apply() {
    %n = weft.launch @make() : () -> tensor<64xf32>
    %z = weft.launch @step(%n) : (tensor<64xf32>) -> tensor<64xf32>
    weft.set @w, %z {kernel = @step} : tensor<64xf32>
    weft.set @v, %n {kernel = @step} : tensor<64xf32>
    weft.return
  }
}

// -----

// Of two operands that end in a sum, the gradient that a product has been added to gives the sum its
// place, whichever stands first.
// CHECK-LABEL: module @added_second
// CHECK: exec.program @micro_step {
// CHECK: %[[O:.*]] = exec.buffer
// CHECK: exec.launch @make(%[[O]])
// CHECK: %[[W:.*]] = exec.state_ref @w
// CHECK: exec.matmul %{{.*}}, %{{.*}}, %[[W]] add
// CHECK: exec.launch @both(%[[O]], %[[W]], %{{.*}})
// CHECK-NOT: exec.launch
module @added_second {
  tile.kernel @make(%y: memref<4x4xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @both(%x: memref<4x4xf32>, %z: memref<4x4xf32>, %y: memref<4x4xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) { tile.return }
  weft.variable @w role(gradient) init(zeros) : tensor<4x4xf32>
  weft.graph @micro_step(%x: tensor<4x4xf32>) {
    %other = weft.launch @make() : () -> tensor<4x4xf32>
    %old = weft.get @w : tensor<4x4xf32>
    %sum = weft.matmul_accumulate %old, %x, %x : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
    %new = weft.launch @both(%other, %sum) : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    weft.set @w, %new {kernel = @make} : tensor<4x4xf32>
    weft.return
  }
}

// -----

// An operand that dies gives its buffer away.
// CHECK-LABEL: module @dying
// CHECK: exec.program @apply {
// CHECK: %[[B:.*]] = exec.buffer : memref<64xf32>
// CHECK: exec.launch @make(%[[B]])
// CHECK-NEXT: exec.launch @step(%[[B]], %[[B]])
// CHECK: exec.launch @end(%[[B]], %{{.*}})
module @dying {
  tile.kernel @make(%y: memref<64xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @step(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @end(%x: memref<64xf32>, %y: memref<f32>) grid(1) outputs(1) { tile.return }
  weft.variable @s role(parameter) init(zeros) : tensor<f32>
  weft.graph @apply() {
    %0 = weft.launch @make() : () -> tensor<64xf32>
    %1 = weft.launch @step(%0) : (tensor<64xf32>) -> tensor<64xf32>
    %2 = weft.launch @end(%1) : (tensor<64xf32>) -> tensor<f32>
    weft.set @s, %2 {kernel = @end} : tensor<f32>
    weft.return
  }
}

// -----

// Parts of a concat are computed in their place; one that others read too is copied there. A view is named,
// not moved. The concat has a buffer of its own: its parts are written while the old contents are still read.
// CHECK-LABEL: module @concat
// CHECK: exec.program @apply {
// CHECK: %[[ALL:.*]] = exec.buffer : memref<4x4xf32>
// CHECK: %[[FIRST:.*]] = exec.view %[[ALL]] offset(0) : memref<4x4xf32> to memref<2x4xf32>
// CHECK: exec.launch @make(%[[FIRST]])
// CHECK: %[[W:.*]] = exec.state_ref @w
// CHECK: %[[OLD:.*]] = exec.view %[[W]] offset(8) : memref<4x4xf32> to memref<2x4xf32>
// CHECK: %[[SECOND:.*]] = exec.view %[[ALL]] offset(8) : memref<4x4xf32> to memref<2x4xf32>
// CHECK: exec.launch @step(%[[OLD]], %[[SECOND]])
// CHECK: %[[NEW:.*]] = exec.state_ref @w
// CHECK: exec.launch @copy4(%[[ALL]], %[[NEW]])
module @concat {
  tile.kernel @make(%y: memref<2x4xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @step(%x: memref<2x4xf32>, %y: memref<2x4xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @copy2(%x: memref<2x4xf32>, %y: memref<2x4xf32>) grid(1) outputs(1) { tile.return }
  tile.kernel @copy4(%x: memref<4x4xf32>, %y: memref<4x4xf32>) grid(1) outputs(1) { tile.return }
  weft.variable @w role(parameter) init(zeros) : tensor<4x4xf32>
  weft.graph @apply() {
    %w = weft.get @w : tensor<4x4xf32>
    %o = weft.slice %w offsets [2, 0] sizes [2, 4] : tensor<4x4xf32>
    %0 = weft.launch @make() : () -> tensor<2x4xf32>
    %1 = weft.launch @step(%o) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %2 = weft.concat %0, %1 axis 0 {kernels = [@copy2, @copy2]} : tensor<2x4xf32>, tensor<2x4xf32>
    weft.set @w, %2 {kernel = @copy4} : tensor<4x4xf32>
    weft.return
  }
}

// -----

// Entries count what their first graph takes in of the data. Two models have an argument of one name, and their graphs
// an input each; those of one model share it.
// CHECK-LABEL: module @entries
// CHECK: exec.input @real : memref<2xf32> from_data
// CHECK: exec.input @x : memref<2x64xi32> limit(7)
// CHECK: exec.input @x.long of "x" : memref<1x256xi32> limit(9)
// CHECK-NOT: exec.input
// CHECK: exec.program @eval {
// CHECK: exec.input_ref @x : memref<2x64xi32>
// CHECK: exec.program @eval.b {
// CHECK: exec.input_ref @x.long : memref<1x256xi32>
// CHECK: exec.entry train "a" of "short" programs [@micro_step, @apply] inputs [@real, @x] metrics [@w, @w, @w] {flops = 5.000000e+00 : f64, sequences = 2 : i64, tokens = 128 : i64}
// CHECK: exec.entry eval "a" of "short" programs [@eval] inputs [@x] metrics [@w, @w] {flops = 0.000000e+00 : f64, sequences = 2 : i64, tokens = 128 : i64}
// CHECK: exec.entry eval "b" of "long" programs [@eval.b] inputs [@x.long] metrics [@w, @w] {flops = 0.000000e+00 : f64, sequences = 1 : i64, tokens = 256 : i64}
module @entries {
  tile.kernel @short(%x: memref<2x64xi32>, %y: memref<f32>) grid(1) outputs(1) { tile.return }
  tile.kernel @long(%x: memref<1x256xi32>, %y: memref<f32>) grid(1) outputs(1) { tile.return }
  weft.variable @w role(eval_sum) init(zeros) : tensor<f32>
  weft.graph @micro_step(%real: tensor<2xf32> {weft.from_data}, %x: tensor<2x64xi32> {weft.limit = 7 : i64}) attributes {flops = 5.0 : f64} {
    weft.return
  }
  weft.graph @apply() {
    weft.return
  }
  weft.graph @eval(%x: tensor<2x64xi32> {weft.limit = 7 : i64}) {
    %0 = weft.launch @short(%x) : (tensor<2x64xi32>) -> tensor<f32>
    weft.set @w, %0 : tensor<f32>
    weft.return
  }
  weft.graph @eval.b(%x: tensor<1x256xi32> {weft.limit = 9 : i64}) {
    %0 = weft.launch @long(%x) : (tensor<1x256xi32>) -> tensor<f32>
    weft.set @w, %0 : tensor<f32>
    weft.return
  }
  weft.entry train "a" of "short" graphs [@micro_step, @apply] metrics [@w, @w, @w]
  weft.entry eval "a" of "short" graphs [@eval] metrics [@w, @w]
  weft.entry eval "b" of "long" graphs [@eval.b] metrics [@w, @w]
}
