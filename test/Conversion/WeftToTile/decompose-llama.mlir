// RUN: weft-opt %s --weft-decompose | FileCheck %s
// RUN: weft-opt %s --weft-decompose --cse | FileCheck %s --check-prefix=SHARED

// CHECK-LABEL: weft.layer @rms_norm(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>, %[[W:[^ :,)]+]]: tensor<4xf32>)
// CHECK: %[[SQ:.*]] = weft.mul %[[X]], %[[X]] {origin = "rms_norm"}
// CHECK: %[[SUM:.*]] = weft.sum %[[SQ]] axes [1] {keep_dims, origin = "rms_norm"}
// CHECK: %[[MEAN:.*]] = weft.mul %[[SUM]], %
// CHECK: %[[VAR:.*]] = weft.add %[[MEAN]], %
// CHECK: %[[INV:.*]] = weft.rsqrt %[[VAR]]
// CHECK: %[[W1:.*]] = weft.add %[[W]], %{{.*}} : tensor<4xf32>, tensor<f32>
// CHECK: %[[N:.*]] = weft.mul %[[X]], %[[INV]]
// CHECK: %[[Y:.*]] = weft.mul %[[N]], %[[W1]]
// CHECK: weft.return %[[Y]]
weft.layer @rms_norm(%x: tensor<3x4xf32>, %w: tensor<4xf32>) -> tensor<3x4xf32> {
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6, weight_offset = 1.0} : tensor<3x4xf32>, tensor<4xf32>
  weft.return %0 : tensor<3x4xf32>
}

// CHECK-LABEL: weft.layer @log_softmax(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>)
// CHECK: %[[MAX:.*]] = weft.reduce_max %[[X]] axes [1] {keep_dims
// CHECK: %[[D:.*]] = weft.sub %[[X]], %[[MAX]]
// CHECK: %[[E:.*]] = weft.exp %[[D]]
// CHECK: %[[SUM:.*]] = weft.sum %[[E]] axes [1] {keep_dims
// CHECK: %[[LOG:.*]] = weft.log %[[SUM]]
// CHECK: %[[Y:.*]] = weft.sub %[[D]], %[[LOG]]
// CHECK: weft.return %[[Y]]
weft.layer @log_softmax(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %0 = weft.log_softmax %x : tensor<3x4xf32>
  weft.return %0 : tensor<3x4xf32>
}

// Options change the loss of a row and nothing else.
// CHECK-LABEL: weft.layer @cross_entropy_rows(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x4xf32>
// CHECK: %[[LSE:.*]] = weft.add %{{.*}}, %{{.*}} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK: %[[W:.*]] = weft.target_weight
// CHECK: %[[NLL:.*]] = weft.sub %[[LSE]], %
// CHECK: %[[SUM:.*]] = weft.sum %[[X]] axes [1]
// CHECK: %[[MEAN:.*]] = weft.mul %[[SUM]], %
// CHECK: %[[UNIFORM:.*]] = weft.sub %[[LSE]], %[[MEAN]]
// CHECK-DAG: %[[A:.*]] = weft.mul %[[NLL]], %
// CHECK-DAG: %[[B:.*]] = weft.mul %[[UNIFORM]], %
// CHECK: %[[SMOOTH:.*]] = weft.add %[[A]], %[[B]]
// CHECK: %[[SQUARE:.*]] = weft.mul %[[LSE]], %[[LSE]]
// CHECK: %[[Z:.*]] = weft.mul %[[SQUARE]], %
// CHECK: %[[ALL:.*]] = weft.add %[[SMOOTH]], %[[Z]]
// CHECK: %[[LOSS:.*]] = weft.mul %[[ALL]], %[[W]]
// CHECK: weft.return %[[LOSS]], %[[W]], %[[LSE]]
weft.layer @cross_entropy_rows(%x: tensor<2x4xf32>, %t: tensor<2xi32>) -> (tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>) {
  %l, %w, %lse = weft.cross_entropy_rows %x, %t {label_smoothing = 0.1, z_loss = 1.0e-4} : tensor<2x4xf32>, tensor<2xi32>
  weft.return %l, %w, %lse : tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>
}

// One table for both scopes, forward and backward. Queries and keys are read through views.
// CHECK-LABEL: weft.graph @rope(
// CHECK-COUNT-3: weft.cos
// SHARED-LABEL: weft.graph @rope(
// SHARED-SAME: %[[Q:[^ :,)]+]]: tensor<2x3x5x8xf32>, %[[K:[^ :,)]+]]: tensor<2x3x5x8xf32>
// SHARED: weft.cos %{{.*}} {origin = "rope", phase = "forward"} : tensor<5x4xf64>
// SHARED: %[[TABLE:.*]] = weft.reshape %{{.*}} : tensor<5x4x4xf32> to tensor<5x2x2x4xf32>
// SHARED: %[[X:.*]] = weft.reshape %[[Q]] {origin = "rope", phase = "forward", scope = "h.0"} : tensor<2x3x5x8xf32> to tensor<2x3x5x2x4xf32>
// SHARED: weft.slice %[[X]] offsets [0, 0, 0, 0, 0] sizes [2, 3, 5, 1, 4]
// SHARED: weft.slice %[[TABLE]] offsets [0, 0, 0, 0] sizes [5, 2, 1, 4]
// SHARED: weft.slice %[[X]] offsets [0, 0, 0, 1, 0] sizes [2, 3, 5, 1, 4]
// SHARED: weft.slice %[[TABLE]] offsets [0, 0, 1, 0] sizes [5, 2, 1, 4]
// SHARED: weft.add {{.*}}scope = "h.0"}
// SHARED-NOT: weft.cos
// SHARED: weft.reshape %[[K]] {{.*}}scope = "h.1"}
// SHARED: weft.add {{.*}}scope = "h.1"}
// SHARED-NOT: weft.cos
// SHARED: weft.slice %[[TABLE]] offsets [0, 0, 0, 0] sizes [5, 1, 2, 4]
// SHARED: weft.slice %[[TABLE]] offsets [0, 1, 0, 0] sizes [5, 1, 2, 4]
// SHARED: weft.add {{.*}}phase = "backward", scope = "h.1"}
// SHARED-NOT: weft.cos
// SHARED: weft.return
weft.graph @rope(%q: tensor<2x3x5x8xf32>, %k: tensor<2x3x5x8xf32>) {
  %0 = weft.rope half %q {theta = 10000.0, phase = "forward", scope = "h.0"} : tensor<2x3x5x8xf32>
  %1 = weft.rope half %k {theta = 10000.0, phase = "forward", scope = "h.1"} : tensor<2x3x5x8xf32>
  %2 = weft.rope half %1 {theta = 10000.0, inverse, phase = "backward", scope = "h.1", origin = "rope_backward"} : tensor<2x3x5x8xf32>
  weft.set @a, %0 : tensor<2x3x5x8xf32>
  weft.set @b, %2 : tensor<2x3x5x8xf32>
  weft.return
}
weft.variable @a role(parameter) of "a" init(zeros) : tensor<2x3x5x8xf32>
weft.variable @b role(parameter) of "b" init(zeros) : tensor<2x3x5x8xf32>

// Pairs of neighbours: the elements of a pair are the last dimension.
// CHECK-LABEL: weft.layer @interleaved(
// CHECK-SAME: %[[X0:[^ :,)]+]]: tensor<5x8xf64>
// CHECK: weft.div %{{.*}}, %{{.*}} : tensor<4xf64>, tensor<f64>
// CHECK: %[[TABLE:.*]] = weft.reshape %{{.*}} : tensor<5x4x4xf64> to tensor<5x4x2x2xf64>
// CHECK: %[[X:.*]] = weft.reshape %[[X0]] {{.*}} to tensor<5x4x2xf64>
// CHECK: weft.slice %[[X]] offsets [0, 0, 0] sizes [5, 4, 1]
// CHECK: weft.slice %[[TABLE]] offsets [0, 0, 0, 0] sizes [5, 4, 2, 1]
weft.layer @interleaved(%x: tensor<5x8xf64>) -> tensor<5x8xf64> {
  %0 = weft.rope interleaved %x {theta = 10000.0, scaling = #weft.rope_linear<factor = 2.0>} : tensor<5x8xf64>
  weft.return %0 : tensor<5x8xf64>
}
