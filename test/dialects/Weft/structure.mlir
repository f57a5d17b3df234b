// RUN: weft-opt %s -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s -mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: weft.layer @project(%x: tensor<8x64xf32>) -> tensor<8x32xf32> {
weft.layer @project(%x: tensor<8x64xf32>) -> tensor<8x32xf32> {
  // CHECK: weft.parameter "weight" init(normal, 0.02) : tensor<64x32xf32>
  %w = weft.parameter "weight" init(normal, 0.02) : tensor<64x32xf32>
  // CHECK: weft.parameter "bias" init(zeros) key 18446744073709551615 {scope = "head"} : tensor<32xf32>
  %b = weft.parameter "bias" init(zeros) key 18446744073709551615 {scope = "head"} : tensor<32xf32>
  // CHECK: weft.linear in_out %x, %{{.*}}, %{{.*}} : (tensor<8x64xf32>, tensor<64x32xf32>, tensor<32xf32>) -> tensor<8x32xf32>
  %y = weft.linear in_out %x, %w, %b : (tensor<8x64xf32>, tensor<64x32xf32>, tensor<32xf32>) -> tensor<8x32xf32>
  weft.return %y : tensor<8x32xf32>
}

// A layer without results, and one without arguments.
// CHECK-LABEL: weft.layer @nothing() {
weft.layer @nothing() {
  // CHECK-NEXT: weft.return
  weft.return
}

// CHECK-LABEL: weft.model @loss(%tokens: tensor<8x64xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) attributes {note = 1 : i32} {
weft.model @loss(%tokens: tensor<8x64xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) attributes {note = 1 : i32} {
  // CHECK: weft.call @project as "h.0"(%tokens) {scope = "blocks"} : (tensor<8x64xf32>) -> tensor<8x32xf32>
  %y = weft.call @project as "h.0" (%tokens) {scope = "blocks"} : (tensor<8x64xf32>) -> tensor<8x32xf32>
  %sum, %weight = weft.cross_entropy %y, %targets : tensor<8x32xf32>, tensor<8xi32>
  // CHECK: weft.return %{{.*}}, %{{.*}} : tensor<f32>, tensor<f32>
  weft.return %sum, %weight : tensor<f32>, tensor<f32>
}

// Arguments without names are called by their position, and stay so.
// CHECK-LABEL: weft.layer @unnamed(%arg0: tensor<2xf32>, %arg1: tensor<2xf32>, %named.so: tensor<2xf32>) -> tensor<2xf32> {
weft.layer @unnamed(%0: tensor<2xf32>, %arg1: tensor<2xf32>, %named.so: tensor<2xf32>) -> tensor<2xf32> {
  weft.return %0 : tensor<2xf32>
}

// CHECK: weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-08, weight_decay = 0.1>)
// CHECK-SAME: clip_norm(1.000000e+00)
// CHECK-SAME: groups([#weft.group<match = "*.bias", weight_decay = 0.0>, #weft.group<match = "wte*", learning_rate_scale = 0.5>])
weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>) clip_norm(1.0)
    groups([#weft.group<match = "*.bias", weight_decay = 0.0>, #weft.group<learning_rate_scale = 0.5, match = "wte*">])

// Keys in any order; what is left out has PyTorch's default.
// CHECK: weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.999], eps = 1.0e-06, weight_decay = 0.0>){{$}}
weft.train @loss optimizer(#weft.adamw<weight_decay = 0.0, eps = 1.0e-6>)
// CHECK: weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.999], eps = 1.0e-08, weight_decay = 0.01>){{$}}
weft.train @loss optimizer(#weft.adamw)

// CHECK: weft.train @loss as "long" optimizer(
weft.train @loss as "long" optimizer(#weft.adamw)
// CHECK: weft.eval @loss{{$}}
weft.eval @loss
// CHECK: weft.eval @loss as "held-out"{{$}}
weft.eval @loss as "held-out"

// CHECK: weft.variable @wte.weight role(parameter) init(uniform, 0.5) key 3 : tensor<4x2xf32>
weft.variable @wte.weight role(parameter) init(uniform, 0.5) key 3 : tensor<4x2xf32>
// CHECK: weft.variable @wte.weight.gradient role(gradient) of "wte.weight" init(zeros) {scope = "h"} : tensor<4x2xf32>
weft.variable @wte.weight.gradient role(gradient) of "wte.weight" init(zeros) {scope = "h"} : tensor<4x2xf32>

// CHECK-LABEL: weft.graph @micro_step(%x: tensor<4x2xf32>) {
weft.graph @micro_step(%x: tensor<4x2xf32>) {
  // CHECK: weft.get @wte.weight : tensor<4x2xf32>
  %w = weft.get @wte.weight : tensor<4x2xf32>
  // CHECK: weft.step_value learning_rate
  %lr = weft.step_value learning_rate
  // CHECK: weft.step_value step
  %step = weft.step_value step
  // CHECK: weft.step_value accumulate
  %flag = weft.step_value accumulate
  // CHECK: weft.accumulate %{{.*}}, %x, %{{.*}} : tensor<4x2xf32>
  %new = weft.accumulate %w, %x, %flag : tensor<4x2xf32>
  // CHECK: weft.set @wte.weight, %{{.*}} : tensor<4x2xf32>
  weft.set @wte.weight, %new : tensor<4x2xf32>
  weft.return
}

// Other argument attributes are printed; the name is not.
// CHECK-LABEL: weft.graph @eval(%tokens: tensor<4xi32> {weft.limit = 256 : i64}, %x: tensor<f32>) {
weft.graph @eval(%tokens: tensor<4xi32> {weft.limit = 256}, %x: tensor<f32>) {
  weft.return
}

// CHECK-LABEL: weft.model @real(%x: tensor<4x2xf32>, %real: tensor<4xf32> {weft.from_data}, %each: tensor<4x2xf64> {weft.from_data})
weft.model @real(%x: tensor<4x2xf32>, %real: tensor<4xf32> {weft.from_data}, %each: tensor<4x2xf64> {weft.from_data})
    -> (tensor<f32>, tensor<f32>) {
  %sum = weft.sum %real axes [0] : tensor<4xf32>
  weft.return %sum, %sum : tensor<f32>, tensor<f32>
}

// CHECK: weft.entry train "long" of "loss" graphs [@micro_step, @eval] metrics [@wte.weight]
weft.entry train "long" of "loss" graphs [@micro_step, @eval] metrics [@wte.weight]
// CHECK: weft.entry eval "loss" of "loss" graphs [@eval] metrics []
weft.entry eval "loss" of "loss" graphs [@eval] metrics []
// CHECK: weft.entry logits "loss" of "loss" graphs [@eval] metrics []
weft.entry logits "loss" of "loss" graphs [@eval] metrics []
