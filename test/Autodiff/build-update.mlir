// RUN: weft-opt %s --split-input-file --weft-build-update | FileCheck %s

// Norm over chunks of 4096 elements, clipping, AdamW; the first group that matches applies.
// CHECK-LABEL: module @adamw
// CHECK-NOT: weft.train
// CHECK: weft.variable @gradient_norm role(gradient_norm) init(zeros) : tensor<f32>
// CHECK-NEXT: weft.variable @h.0.weight.moment1 role(optimizer) of "h.0.weight" init(zeros) : tensor<100x91xf32>
// CHECK-NEXT: weft.variable @h.0.weight.moment2 role(optimizer) of "h.0.weight" init(zeros) : tensor<100x91xf32>
// CHECK-NEXT: weft.variable @bias.moment1 role(optimizer) of "bias" init(zeros) : tensor<8xf32>
// CHECK-NEXT: weft.variable @bias.moment2 role(optimizer) of "bias" init(zeros) : tensor<8xf32>
// CHECK-LABEL: weft.graph @apply() {

// A weight of 0 divides nothing.
// CHECK-NEXT: %[[WEIGHT:.*]] = weft.get @loss_weight {{[{].*}}phase = "update"}
// CHECK-NEXT: %[[TINY:.*]] = weft.constant dense<1.17549435E-38>
// CHECK-NEXT: %[[SAFE:.*]] = weft.max %[[WEIGHT]], %[[TINY]]
// CHECK-NEXT: %[[ONE:.*]] = weft.constant dense<1.000000e+00>
// CHECK-NEXT: %[[INV:.*]] = weft.div %[[ONE]], %[[SAFE]]

// CHECK-NEXT: %[[G:.*]] = weft.get @h.0.weight.gradient {{[{].*}}phase = "update", scope = "h.0"}
// CHECK-NEXT: %[[SQ:.*]] = weft.mul %[[G]], %[[G]]
// CHECK-NEXT: %[[S0:.*]] = weft.chunk_sums %[[SQ]] chunk 4096 {{.*}} : tensor<100x91xf32> -> tensor<3xf32>
// CHECK-NEXT: %[[G:.*]] = weft.get @bias.gradient {{.*}}phase = "update"}
// CHECK-NEXT: %[[SQ:.*]] = weft.mul %[[G]], %[[G]]
// CHECK-NEXT: %[[S1:.*]] = weft.chunk_sums %[[SQ]] chunk 4096 {{.*}} : tensor<8xf32> -> tensor<1xf32>
// CHECK-NEXT: %[[ALL:.*]] = weft.concat %[[S0]], %[[S1]] axis 0 {{.*}} : tensor<3xf32>, tensor<1xf32>
// CHECK-NEXT: %[[TOTAL:.*]] = weft.sum %[[ALL]] axes [0]
// CHECK-NEXT: %[[ROOT:.*]] = weft.sqrt %[[TOTAL]]
// CHECK-NEXT: %[[NORM:.*]] = weft.mul %[[ROOT]], %[[INV]]
// CHECK-NEXT: weft.set @gradient_norm, %[[NORM]]

// CHECK-NEXT: %[[CLIP:.*]] = weft.constant dense<5.000000e-01>
// CHECK-NEXT: %[[SMALL:.*]] = weft.constant dense<9.99999997E-7>
// CHECK-NEXT: %[[LENGTH:.*]] = weft.add %[[NORM]], %[[SMALL]]
// CHECK-NEXT: %[[RATIO:.*]] = weft.div %[[CLIP]], %[[LENGTH]]
// CHECK-NEXT: %[[ONE:.*]] = weft.constant dense<1.000000e+00>
// CHECK-NEXT: %[[MIN:.*]] = weft.min %[[RATIO]], %[[ONE]]
// CHECK-NEXT: %[[SCALE:.*]] = weft.mul %[[INV]], %[[MIN]]

// What depends on the step alone, in f64; two settings, one of them without decay.
// CHECK-NEXT: %[[LR:.*]] = weft.step_value learning_rate {{[{].*}}phase = "update"}
// CHECK-NEXT: %[[STEP:.*]] = weft.step_value step
// CHECK-NEXT: %[[B1:.*]] = weft.constant dense<9.000000e-01> : tensor<f64>
// CHECK-NEXT: %[[POW1:.*]] = weft.pow %[[B1]], %[[STEP]]
// CHECK-NEXT: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f64>
// CHECK-NEXT: %[[BC1:.*]] = weft.sub %[[ONE]], %[[POW1]]
// CHECK: %[[POW2:.*]] = weft.pow %{{.*}}, %[[STEP]]
// CHECK: %[[BC2:.*]] = weft.sub %{{.*}}, %[[POW2]]
// CHECK-NEXT: %[[ROOT2:.*]] = weft.sqrt %[[BC2]]
// CHECK: %[[LRWD:.*]] = weft.mul %[[LR]], %{{.*}} : tensor<f64>, tensor<f64>
// CHECK: %[[DECAY64:.*]] = weft.sub %{{.*}}, %[[LRWD]]
// CHECK: %[[DECAY:.*]] = weft.cast %[[DECAY64]] {{.*}} to tensor<f32>
// CHECK-NEXT: %[[SIZE64:.*]] = weft.div %[[LR]], %[[BC1]]
// CHECK-NEXT: %[[SIZE:.*]] = weft.cast %[[SIZE64]]
// CHECK-NEXT: %[[ROOT2F:.*]] = weft.cast %[[ROOT2]]
// CHECK-NEXT: %[[HALF:.*]] = weft.constant dense<5.000000e-01> : tensor<f64>
// CHECK-NEXT: %[[LR2:.*]] = weft.mul %[[LR]], %[[HALF]]
// CHECK-NEXT: %[[SIZE64:.*]] = weft.div %[[LR2]], %[[BC1]]
// CHECK-NEXT: %[[BIASSIZE:.*]] = weft.cast %[[SIZE64]]
// CHECK-NEXT: weft.cast %[[ROOT2]]

// CHECK-NEXT: %[[P:.*]] = weft.get @h.0.weight {{[{].*}}phase = "update", scope = "h.0"}
// CHECK-NEXT: %[[M:.*]] = weft.get @h.0.weight.moment1
// CHECK-NEXT: %[[V:.*]] = weft.get @h.0.weight.moment2
// CHECK-NEXT: %[[G0:.*]] = weft.get @h.0.weight.gradient
// CHECK-NEXT: %[[G:.*]] = weft.mul %[[G0]], %[[SCALE]]
// CHECK-NEXT: %[[P1:.*]] = weft.mul %[[P]], %[[DECAY]]
// CHECK-NEXT: %[[E:.*]] = weft.sub %[[G]], %[[M]]
// CHECK-NEXT: weft.constant dense<1.000000e-01>
// CHECK-NEXT: %[[F:.*]] = weft.mul %[[E]], %
// CHECK-NEXT: %[[M1:.*]] = weft.add %[[M]], %[[F]]
// CHECK-NEXT: weft.constant dense<9.990000e-01>
// CHECK-NEXT: %[[V0:.*]] = weft.mul %[[V]], %
// CHECK-NEXT: %[[GG:.*]] = weft.mul %[[G]], %[[G]]
// CHECK-NEXT: weft.constant dense<1.000000e-03>
// CHECK-NEXT: %[[GB:.*]] = weft.mul %[[GG]], %
// CHECK-NEXT: %[[V1:.*]] = weft.add %[[V0]], %[[GB]]
// CHECK-NEXT: %[[S:.*]] = weft.sqrt %[[V1]]
// CHECK-NEXT: %[[D:.*]] = weft.div %[[S]], %[[ROOT2F]]
// CHECK-NEXT: weft.constant dense<9.99999993E-9>
// CHECK-NEXT: %[[DENOM:.*]] = weft.add %[[D]], %
// CHECK-NEXT: %[[SM:.*]] = weft.mul %[[SIZE]], %[[M1]]
// CHECK-NEXT: %[[Q:.*]] = weft.div %[[SM]], %[[DENOM]]
// CHECK-NEXT: %[[P2:.*]] = weft.sub %[[P1]], %[[Q]]
// CHECK-NEXT: weft.set @h.0.weight.moment1, %[[M1]] {{[{].*}}phase = "update", scope = "h.0"}
// CHECK-NEXT: weft.set @h.0.weight.moment2, %[[V1]]
// CHECK-NEXT: weft.set @h.0.weight, %[[P2]]

// CHECK-NEXT: %[[P:.*]] = weft.get @bias {{[{].*}}phase = "update"}
// CHECK: %[[G:.*]] = weft.mul %{{.*}}, %[[SCALE]]
// CHECK-NEXT: weft.sub %[[G]], %
// CHECK: weft.mul %[[BIASSIZE]], %
// CHECK: %[[P2:.*]] = weft.sub %[[P]], %
// CHECK: weft.set @bias, %[[P2]]
// CHECK-NEXT: weft.return
module @adamw {
  weft.variable @h.0.weight role(parameter) of "h.0.weight" init(ones) : tensor<100x91xf32>
  weft.variable @h.0.weight.gradient role(gradient) of "h.0.weight" init(zeros) : tensor<100x91xf32>
  weft.variable @bias role(parameter) of "bias" init(ones) : tensor<8xf32>
  weft.variable @bias.gradient role(gradient) of "bias" init(zeros) : tensor<8xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<100x91xf32>, %b: tensor<8xf32>, %n: tensor<f32>) {
    weft.set @h.0.weight.gradient, %w : tensor<100x91xf32>
    weft.set @bias.gradient, %b : tensor<8xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.adamw<weight_decay = 0.1>) clip_norm(0.5)
      groups([#weft.group<match = "b*s", weight_decay = 0.0, learning_rate_scale = 0.5>,
              #weft.group<match = "*", learning_rate_scale = 1.0>])
}

// -----

// No clipping; betas of 0 need no bias correction; whole chunks have no tail; f32 and f64 together.
// CHECK-LABEL: module @plain
// CHECK: weft.graph @apply() {
// CHECK: %[[INV:.*]] = weft.div
// CHECK: weft.chunk_sums {{.*}} : tensor<64x128xf64> -> tensor<2xf64>
// CHECK: weft.cast {{.*}} : tensor<1xf32> to tensor<1xf64>
// CHECK: weft.concat {{.*}} : tensor<2xf64>, tensor<1xf64>
// CHECK-NOT: weft.min
// CHECK-NOT: weft.pow
// CHECK: weft.mul %{{.*}}, %[[INV]] {{[{].*}}phase = "update"} : tensor<64x128xf64>, tensor<f64>
// CHECK: %[[INV32:.*]] = weft.cast %[[INV]]
// CHECK: weft.mul %{{.*}}, %[[INV32]] {{[{].*}}phase = "update"} : tensor<f32>, tensor<f32>
module @plain {
  weft.variable @a role(parameter) of "a" init(ones) : tensor<64x128xf64>
  weft.variable @a.gradient role(gradient) of "a" init(zeros) : tensor<64x128xf64>
  weft.variable @b role(parameter) of "b" init(ones) : tensor<f32>
  weft.variable @b.gradient role(gradient) of "b" init(zeros) : tensor<f32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f64>
  weft.graph @micro_step(%a: tensor<64x128xf64>, %b: tensor<f32>, %n: tensor<f64>) {
    weft.set @a.gradient, %a : tensor<64x128xf64>
    weft.set @b.gradient, %b : tensor<f32>
    weft.set @loss_weight, %n : tensor<f64>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.adamw<betas = [0.0, 0.0]>)
}

// -----

// Each training updates what its micro-step has gradients of, and completes its entry; moments are shared.
// CHECK-LABEL: module @two
// CHECK: weft.entry train "loss" of "loss" graphs [@micro_step, @apply] metrics [@loss_sum, @loss_weight, @gradient_norm]
// CHECK: weft.entry train "part" of "loss" graphs [@micro_step.part, @apply.part] metrics [@loss_sum, @loss_weight.part, @gradient_norm.part]
// CHECK: weft.variable @a.moment1
// CHECK: weft.variable @b.moment1
// CHECK: weft.graph @apply() {
// CHECK: weft.get @loss_weight {
// CHECK: weft.set @a,
// CHECK: weft.set @b,
// CHECK-NOT: moment1 role
// CHECK: weft.graph @apply.part() {
// CHECK: weft.get @loss_weight.part {
// CHECK-NOT: weft.set @a,
// CHECK: weft.set @b,
module @two {
  weft.variable @a role(parameter) of "a" init(ones) : tensor<4xf32>
  weft.variable @a.gradient role(gradient) of "a" init(zeros) : tensor<4xf32>
  weft.variable @b role(parameter) of "b" init(ones) : tensor<4xf32>
  weft.variable @b.gradient role(gradient) of "b" init(zeros) : tensor<4xf32>
  weft.variable @loss_sum role(loss_sum) init(zeros) : tensor<f32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.variable @loss_weight.part role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%x: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @a.gradient, %x : tensor<4xf32>
    weft.set @b.gradient, %x : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  weft.graph @micro_step.part(%x: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @b.gradient, %x : tensor<4xf32>
    weft.set @loss_weight.part, %n : tensor<f32>
    weft.return
  }
  weft.entry train "loss" of "loss" graphs [@micro_step] metrics [@loss_sum, @loss_weight]
  weft.entry train "part" of "loss" graphs [@micro_step.part] metrics [@loss_sum, @loss_weight.part]
  weft.train @micro_step optimizer(#weft.adamw)
  weft.train @micro_step.part optimizer(#weft.adamw)
}

// -----

// What another parameter is called is left to it.
// CHECK-LABEL: module @name_taken
// CHECK: weft.variable @w.moment1 role(parameter) of "w.moment1"
// CHECK: weft.variable @w.moment1_0 role(optimizer) of "w" init(zeros)
// CHECK: weft.variable @w.moment2 role(optimizer) of "w" init(zeros)
// CHECK: weft.graph @apply()
// CHECK: weft.set @w.moment1_0
module @name_taken {
  weft.variable @w role(parameter) of "w" init(ones) : tensor<4xf32>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
  weft.variable @w.moment1 role(parameter) of "w.moment1" init(ones) : tensor<4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @w.gradient, %w : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.adamw)
}
