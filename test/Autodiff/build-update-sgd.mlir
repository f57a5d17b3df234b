// RUN: weft-opt %s --split-input-file --weft-build-update | FileCheck %s

// One momentum a parameter; decay is part of the gradient; a group without decay has none.
// CHECK-LABEL: module @nesterov
// CHECK: weft.variable @w.momentum role(optimizer) of "w" init(zeros) : tensor<8x4xf32>
// CHECK-NEXT: weft.variable @bias.momentum role(optimizer) of "bias" init(zeros) : tensor<8xf32>
// CHECK-LABEL: weft.graph @apply() {
// CHECK: %[[LR64:.*]] = weft.step_value learning_rate
// CHECK-NOT: weft.step_value step
// CHECK: %[[LR:.*]] = weft.cast %[[LR64]] {{.*}} to tensor<f32>
// CHECK: %[[P:.*]] = weft.get @w {{[{]}}origin = "sgd", phase = "update"}
// CHECK-NEXT: %[[B:.*]] = weft.get @w.momentum
// CHECK-NEXT: %[[D:.*]] = weft.get @w.gradient
// CHECK-NEXT: %[[G:.*]] = weft.mul %[[D]], %
// CHECK-NEXT: %[[WD:.*]] = weft.constant dense<1.000000e-01>
// CHECK-NEXT: %[[DECAY:.*]] = weft.mul %[[P]], %[[WD]]
// CHECK-NEXT: %[[G1:.*]] = weft.add %[[G]], %[[DECAY]]
// CHECK-NEXT: weft.constant dense<0.899999976>
// CHECK-NEXT: %[[OLD:.*]] = weft.mul %[[B]], %
// CHECK-NEXT: %[[B1:.*]] = weft.add %[[OLD]], %[[G1]]
// CHECK-NEXT: weft.constant dense<0.899999976>
// CHECK-NEXT: %[[AHEAD:.*]] = weft.mul %[[B1]], %
// CHECK-NEXT: %[[G2:.*]] = weft.add %[[G1]], %[[AHEAD]]
// CHECK-NEXT: %[[STEP:.*]] = weft.mul %[[LR]], %[[G2]]
// CHECK-NEXT: %[[P1:.*]] = weft.sub %[[P]], %[[STEP]]
// CHECK-NEXT: weft.set @w.momentum, %[[B1]]
// CHECK-NEXT: weft.set @w, %[[P1]]
// CHECK: %[[G:.*]] = weft.mul %{{.*}}, %
// CHECK-NEXT: weft.constant dense<0.899999976>
module @nesterov {
  weft.variable @w role(parameter) of "w" init(ones) : tensor<8x4xf32>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<8x4xf32>
  weft.variable @bias role(parameter) of "bias" init(ones) : tensor<8xf32>
  weft.variable @bias.gradient role(gradient) of "bias" init(zeros) : tensor<8xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step() {
    %0 = weft.get @w.gradient : tensor<8x4xf32>
    weft.set @w.gradient, %0 : tensor<8x4xf32>
    %1 = weft.get @bias.gradient : tensor<8xf32>
    weft.set @bias.gradient, %1 : tensor<8xf32>
    %2 = weft.get @loss_weight : tensor<f32>
    weft.set @loss_weight, %2 : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.sgd<momentum = 0.9, nesterov = true, weight_decay = 0.1>)
      groups([#weft.group<match = "bias", weight_decay = 0.0>])
}

// -----

// Without momentum nothing is kept.
// CHECK-LABEL: module @plain
// CHECK-NOT: role(optimizer)
// CHECK: %[[P:.*]] = weft.get @w {{[{]}}origin = "sgd", phase = "update"}
// CHECK-NEXT: %[[D:.*]] = weft.get @w.gradient
// CHECK-NEXT: %[[G:.*]] = weft.mul %[[D]], %
// CHECK-NEXT: %[[STEP:.*]] = weft.mul %{{.*}}, %[[G]]
// CHECK-NEXT: %[[P1:.*]] = weft.sub %[[P]], %[[STEP]]
// CHECK-NEXT: weft.set @w, %[[P1]]
// CHECK-NEXT: weft.return
module @plain {
  weft.variable @w role(parameter) of "w" init(ones) : tensor<8x4xf32>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<8x4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step() {
    %0 = weft.get @w.gradient : tensor<8x4xf32>
    weft.set @w.gradient, %0 : tensor<8x4xf32>
    %1 = weft.get @loss_weight : tensor<f32>
    weft.set @loss_weight, %1 : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.sgd)
}
