// Each op over rows, as the primitives that its formula consists of. What follows from a formula alone is
// compared whole; `origin` names the op for its kernel.
// RUN: weft-opt %s -weft-decompose -canonicalize | FileCheck %s

// CHECK-LABEL: weft.layer @linear_in_out(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>, %[[W:[^ :,)]+]]: tensor<4x5xf32>, %[[B:[^ :,)]+]]: tensor<5xf32>) -> tensor<2x3x5xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reshape %[[X]] {origin = "linear"} : tensor<2x3x4xf32> to tensor<6x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.matmul %[[V0]], %[[W]] {origin = "linear"} : tensor<6x4xf32>, tensor<4x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reshape %[[V1]] {origin = "linear"} : tensor<6x5xf32> to tensor<2x3x5xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.add %[[V2]], %[[B]] {origin = "linear"} : tensor<2x3x5xf32>, tensor<5xf32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<2x3x5xf32>
weft.layer @linear_in_out(%x: tensor<2x3x4xf32>, %w: tensor<4x5xf32>, %b: tensor<5xf32>) -> tensor<2x3x5xf32> {
  %0 = weft.linear in_out %x, %w, %b : (tensor<2x3x4xf32>, tensor<4x5xf32>, tensor<5xf32>) -> tensor<2x3x5xf32>
  weft.return %0 : tensor<2x3x5xf32>
}

// A matrix stays as it is; without a bias nothing is added.
// CHECK-LABEL: weft.layer @linear_out_in(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>, %[[W:[^ :,)]+]]: tensor<5x4xf32>) -> tensor<3x5xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.matmul %[[X]], %[[W]] {origin = "linear", transpose_b} : tensor<3x4xf32>, tensor<5x4xf32>
// CHECK-NEXT: weft.return %[[V0]] : tensor<3x5xf32>
weft.layer @linear_out_in(%x: tensor<3x4xf32>, %w: tensor<5x4xf32>) -> tensor<3x5xf32> {
  %0 = weft.linear out_in %x, %w : (tensor<3x4xf32>, tensor<5x4xf32>) -> tensor<3x5xf32>
  weft.return %0 : tensor<3x5xf32>
}

// CHECK-LABEL: weft.layer @layer_norm(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>, %[[G:[^ :,)]+]]: tensor<4xf32>, %[[B:[^ :,)]+]]: tensor<4xf32>) -> tensor<3x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<9.99999974E-6> : tensor<f32> {origin = "layer_norm"}
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.constant dense<2.500000e-01> : tensor<f32> {origin = "layer_norm"}
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[X]] axes [1] {keep_dims, origin = "layer_norm"} : tensor<3x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.mul %[[V2]], %[[V1]] {origin = "layer_norm"} : tensor<3x1xf32>, tensor<f32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.sub %[[X]], %[[V3]] {origin = "layer_norm"} : tensor<3x4xf32>, tensor<3x1xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.mul %[[V4]], %[[V4]] {origin = "layer_norm"} : tensor<3x4xf32>, tensor<3x4xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.sum %[[V5]] axes [1] {keep_dims, origin = "layer_norm"} : tensor<3x4xf32>
// CHECK-NEXT: %[[V7:[^ :,)]+]] = weft.mul %[[V6]], %[[V1]] {origin = "layer_norm"} : tensor<3x1xf32>, tensor<f32>
// CHECK-NEXT: %[[V8:[^ :,)]+]] = weft.add %[[V7]], %[[V0]] {origin = "layer_norm"} : tensor<3x1xf32>, tensor<f32>
// CHECK-NEXT: %[[V9:[^ :,)]+]] = weft.rsqrt %[[V8]] {origin = "layer_norm"} : tensor<3x1xf32>
// CHECK-NEXT: %[[V10:[^ :,)]+]] = weft.mul %[[V4]], %[[V9]] {origin = "layer_norm"} : tensor<3x4xf32>, tensor<3x1xf32>
// CHECK-NEXT: %[[V11:[^ :,)]+]] = weft.mul %[[V10]], %[[G]] {origin = "layer_norm"} : tensor<3x4xf32>, tensor<4xf32>
// CHECK-NEXT: %[[V12:[^ :,)]+]] = weft.add %[[V11]], %[[B]] {origin = "layer_norm"} : tensor<3x4xf32>, tensor<4xf32>
// CHECK-NEXT: weft.return %[[V12]] : tensor<3x4xf32>
weft.layer @layer_norm(%x: tensor<3x4xf32>, %g: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<3x4xf32> {
  %0 = weft.layer_norm %x, %g, %b {eps = 1.0e-5} : tensor<3x4xf32>, tensor<4xf32>, tensor<4xf32>
  weft.return %0 : tensor<3x4xf32>
}

// CHECK-LABEL: weft.layer @softmax(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>) -> tensor<3x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reduce_max %[[X]] axes [1] {keep_dims, origin = "softmax"} : tensor<3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sub %[[X]], %[[V0]] {origin = "softmax"} : tensor<3x4xf32>, tensor<3x1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[V1]] {origin = "softmax"} : tensor<3x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.sum %[[V2]] axes [1] {keep_dims, origin = "softmax"} : tensor<3x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.div %[[V2]], %[[V3]] {origin = "softmax"} : tensor<3x4xf32>, tensor<3x1xf32>
// CHECK-NEXT: weft.return %[[V4]] : tensor<3x4xf32>
weft.layer @softmax(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %0 = weft.softmax %x : tensor<3x4xf32>
  weft.return %0 : tensor<3x4xf32>
}

// CHECK-LABEL: weft.layer @cross_entropy(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x4xf32>, %[[T:[^ :,)]+]]: tensor<2xi32>) -> (tensor<f32>, tensor<f32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reduce_max %[[X]] axes [1] {keep_dims, origin = "cross_entropy"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sub %[[X]], %[[V0]] {origin = "cross_entropy"} : tensor<2x4xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[V1]] {origin = "cross_entropy"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.sum %[[V2]] axes [1] {keep_dims, origin = "cross_entropy"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.log %[[V3]] {origin = "cross_entropy"} : tensor<2x1xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.add %[[V0]], %[[V4]] {origin = "cross_entropy"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.reshape %[[T]] {origin = "cross_entropy"} : tensor<2xi32> to tensor<2x1xi32>
// CHECK-NEXT: %[[V7:[^ :,)]+]] = weft.pick %[[X]], %[[V6]] {origin = "cross_entropy"} : tensor<2x4xf32>, tensor<2x1xi32> -> tensor<2x1xf32>
// CHECK-NEXT: %[[V8:[^ :,)]+]] = weft.target_weight %[[V6]] {ignore_index = -100 : i64, origin = "cross_entropy"} : tensor<2x1xi32> -> tensor<2x1xf32>
// CHECK-NEXT: %[[V9:[^ :,)]+]] = weft.sub %[[V5]], %[[V7]] {origin = "cross_entropy"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V10:[^ :,)]+]] = weft.mul %[[V9]], %[[V8]] {origin = "cross_entropy"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V11:[^ :,)]+]] = weft.reshape %[[V10]] {origin = "cross_entropy"} : tensor<2x1xf32> to tensor<1x2xf32>
// CHECK-NEXT: %[[V12:[^ :,)]+]] = weft.sum %[[V11]] axes [1] {keep_dims, origin = "cross_entropy"} : tensor<1x2xf32>
// CHECK-NEXT: %[[V13:[^ :,)]+]] = weft.reshape %[[V12]] {origin = "cross_entropy"} : tensor<1x1xf32> to tensor<f32>
// CHECK-NEXT: %[[V14:[^ :,)]+]] = weft.reshape %[[V8]] {origin = "cross_entropy"} : tensor<2x1xf32> to tensor<1x2xf32>
// CHECK-NEXT: %[[V15:[^ :,)]+]] = weft.sum %[[V14]] axes [1] {keep_dims, origin = "cross_entropy"} : tensor<1x2xf32>
// CHECK-NEXT: %[[V16:[^ :,)]+]] = weft.reshape %[[V15]] {origin = "cross_entropy"} : tensor<1x1xf32> to tensor<f32>
// CHECK-NEXT: weft.return %[[V13]], %[[V16]] : tensor<f32>, tensor<f32>
weft.layer @cross_entropy(%x: tensor<2x4xf32>, %t: tensor<2xi32>) -> (tensor<f32>, tensor<f32>) {
  %s, %w = weft.cross_entropy %x, %t {ignore_index = -100} : tensor<2x4xf32>, tensor<2xi32>
  weft.return %s, %w : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: weft.layer @cross_entropy_rows(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x4xf32>, %[[T:[^ :,)]+]]: tensor<2xi32>) -> (tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reduce_max %[[X]] axes [1] {keep_dims, origin = "cross_entropy_rows"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sub %[[X]], %[[V0]] {origin = "cross_entropy_rows"} : tensor<2x4xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[V1]] {origin = "cross_entropy_rows"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.sum %[[V2]] axes [1] {keep_dims, origin = "cross_entropy_rows"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.log %[[V3]] {origin = "cross_entropy_rows"} : tensor<2x1xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.add %[[V0]], %[[V4]] {origin = "cross_entropy_rows"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.reshape %[[T]] {origin = "cross_entropy_rows"} : tensor<2xi32> to tensor<2x1xi32>
// CHECK-NEXT: %[[V7:[^ :,)]+]] = weft.pick %[[X]], %[[V6]] {origin = "cross_entropy_rows"} : tensor<2x4xf32>, tensor<2x1xi32> -> tensor<2x1xf32>
// CHECK-NEXT: %[[V8:[^ :,)]+]] = weft.target_weight %[[V6]] {origin = "cross_entropy_rows"} : tensor<2x1xi32> -> tensor<2x1xf32>
// CHECK-NEXT: %[[V9:[^ :,)]+]] = weft.sub %[[V5]], %[[V7]] {origin = "cross_entropy_rows"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V10:[^ :,)]+]] = weft.mul %[[V9]], %[[V8]] {origin = "cross_entropy_rows"} : tensor<2x1xf32>, tensor<2x1xf32>
// CHECK-NEXT: weft.return %[[V10]], %[[V8]], %[[V5]] : tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>
weft.layer @cross_entropy_rows(%x: tensor<2x4xf32>, %t: tensor<2xi32>) -> (tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>) {
  %l, %w, %e = weft.cross_entropy_rows %x, %t : tensor<2x4xf32>, tensor<2xi32>
  weft.return %l, %w, %e : tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>
}

// CHECK-LABEL: weft.layer @cross_entropy_backward(
// CHECK-SAME: %[[G:[^ :,)]+]]: tensor<f32>, %[[X:[^ :,)]+]]: tensor<2x4xf32>, %[[T:[^ :,)]+]]: tensor<2xi32>, %[[E:[^ :,)]+]]: tensor<2x1xf32>) -> tensor<2x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reshape %[[T]] {origin = "cross_entropy_backward"} : tensor<2xi32> to tensor<2x1xi32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sub %[[X]], %[[E]] {origin = "cross_entropy_backward"} : tensor<2x4xf32>, tensor<2x1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[V1]] {origin = "cross_entropy_backward"} : tensor<2x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.one_hot %[[V0]] {origin = "cross_entropy_backward"} : tensor<2x1xi32> -> tensor<2x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.sub %[[V2]], %[[V3]] {origin = "cross_entropy_backward"} : tensor<2x4xf32>, tensor<2x4xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.target_weight %[[V0]] {ignore_index = -100 : i64, origin = "cross_entropy_backward"} : tensor<2x1xi32> -> tensor<2x1xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.mul %[[V5]], %[[G]] {origin = "cross_entropy_backward"} : tensor<2x1xf32>, tensor<f32>
// CHECK-NEXT: %[[V7:[^ :,)]+]] = weft.mul %[[V4]], %[[V6]] {origin = "cross_entropy_backward"} : tensor<2x4xf32>, tensor<2x1xf32>
// CHECK-NEXT: weft.return %[[V7]] : tensor<2x4xf32>
weft.layer @cross_entropy_backward(%g: tensor<f32>, %x: tensor<2x4xf32>, %t: tensor<2xi32>, %e: tensor<2x1xf32>) -> tensor<2x4xf32> {
  %0 = weft.cross_entropy_backward %g, %x, %t, %e {ignore_index = -100} : tensor<f32>, tensor<2x4xf32>, tensor<2xi32>, tensor<2x1xf32>
  weft.return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: weft.layer @embedding(
// CHECK-SAME: %[[I:[^ :,)]+]]: tensor<2x3xi32>, %[[W:[^ :,)]+]]: tensor<7x4xf32>) -> tensor<2x3x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reshape %[[I]] {origin = "embedding"} : tensor<2x3xi32> to tensor<2x3x1xi32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.gather_rows %[[V0]], %[[W]] {origin = "embedding"} : tensor<2x3x1xi32>, tensor<7x4xf32> -> tensor<2x3x4xf32>
// CHECK-NEXT: weft.return %[[V1]] : tensor<2x3x4xf32>
weft.layer @embedding(%i: tensor<2x3xi32>, %w: tensor<7x4xf32>) -> tensor<2x3x4xf32> {
  %0 = weft.embedding %i, %w : tensor<2x3xi32>, tensor<7x4xf32>
  weft.return %0 : tensor<2x3x4xf32>
}

// Positions are the first rows as they lie: no ids.
// CHECK-LABEL: weft.layer @embedding_iota(
// CHECK-SAME: %[[W:[^ :,)]+]]: tensor<7x4xf32>) -> tensor<3x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.slice %[[W]] offsets [0, 0] sizes [3, 4] {origin = "embedding"} : tensor<7x4xf32>
// CHECK-NEXT: weft.return %[[V0]] : tensor<3x4xf32>
weft.layer @embedding_iota(%w: tensor<7x4xf32>) -> tensor<3x4xf32> {
  %i = weft.iota : tensor<3xi32>
  %0 = weft.embedding %i, %w : tensor<3xi32>, tensor<7x4xf32>
  weft.return %0 : tensor<3x4xf32>
}

// CHECK-LABEL: weft.layer @embedding_backward(
// CHECK-SAME: %[[OLD:[^ :,)]+]]: tensor<7x4xf32>, %[[I:[^ :,)]+]]: tensor<3xi32>, %[[G:[^ :,)]+]]: tensor<3x4xf32>, %[[F:[^ :,)]+]]: tensor<f64>) -> tensor<7x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<0.000000e+00> : tensor<7x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.accumulate %[[OLD]], %[[V0]], %[[F]] {origin = "embedding_backward"} : tensor<7x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.embedding_backward %[[V1]], %[[I]], %[[G]] {origin = "embedding_backward"} : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
// CHECK-NEXT: weft.return %[[V2]] : tensor<7x4xf32>
weft.layer @embedding_backward(%old: tensor<7x4xf32>, %i: tensor<3xi32>, %g: tensor<3x4xf32>, %f: tensor<f64>) -> tensor<7x4xf32> {
  %0 = weft.embedding_backward %old, %i, %g if %f : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
  weft.return %0 : tensor<7x4xf32>
}

// The padding stays the padding.
// CHECK-LABEL: weft.layer @embedding_backward_padded(
// CHECK: weft.accumulate
// CHECK-NEXT: weft.embedding_backward {{.*}} {origin = "embedding_backward", padding_index = 3 : i64}
weft.layer @embedding_backward_padded(%old: tensor<7x4xf32>, %i: tensor<3xi32>, %g: tensor<3x4xf32>, %f: tensor<f64>) -> tensor<7x4xf32> {
  %0 = weft.embedding_backward %old, %i, %g if %f {padding_index = 3} : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
  weft.return %0 : tensor<7x4xf32>
}

// Without a flag it is a kernel already.
// CHECK-LABEL: weft.layer @embedding_backward_adds(
// CHECK-SAME: %[[OLD:[^ :,)]+]]: tensor<7x4xf32>, %[[I:[^ :,)]+]]: tensor<3xi32>, %[[G:[^ :,)]+]]: tensor<3x4xf32>) -> tensor<7x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.embedding_backward %[[OLD]], %[[I]], %[[G]] : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
// CHECK-NEXT: weft.return %[[V0]] : tensor<7x4xf32>
weft.layer @embedding_backward_adds(%old: tensor<7x4xf32>, %i: tensor<3xi32>, %g: tensor<3x4xf32>) -> tensor<7x4xf32> {
  %0 = weft.embedding_backward %old, %i, %g : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
  weft.return %0 : tensor<7x4xf32>
}

// Zeros on the last axis behind, on the first before and behind.
// CHECK-LABEL: weft.layer @pad(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<0.000000e+00> : tensor<1x5xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.constant dense<0.000000e+00> : tensor<2x2xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.concat %[[X]], %[[V1]] axis 1 {origin = "pad"} : tensor<2x3xf32>, tensor<2x2xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.concat %[[V0]], %[[V2]], %[[V0]] axis 0 {origin = "pad"} : tensor<1x5xf32>, tensor<2x5xf32>, tensor<1x5xf32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<4x5xf32>
weft.layer @pad(%x: tensor<2x3xf32>) -> tensor<4x5xf32> {
  %0 = weft.pad %x offsets [1, 0] : tensor<2x3xf32> to tensor<4x5xf32>
  weft.return %0 : tensor<4x5xf32>
}

// CHECK-LABEL: weft.layer @mean(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x5xf32>) -> tensor<5xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<5.000000e-01> : tensor<f32> {origin = "mean"}
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sum %[[X]] axes [0] {origin = "mean"} : tensor<2x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.mul %[[V1]], %[[V0]] {origin = "mean"} : tensor<5xf32>, tensor<f32>
// CHECK-NEXT: weft.return %[[V2]] : tensor<5xf32>
weft.layer @mean(%x: tensor<2x5xf32>) -> tensor<5xf32> {
  %0 = weft.mean %x axes [0] : tensor<2x5xf32>
  weft.return %0 : tensor<5xf32>
}

// Over rows and over columns: as they are.
// CHECK-LABEL: weft.layer @sum_kept(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>) -> (tensor<2x3x1xf32>, tensor<4xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.sum %[[X]] axes [2] {keep_dims} : tensor<2x3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sum %[[X]] axes [0, 1] : tensor<2x3x4xf32>
// CHECK-NEXT: weft.return %[[V0]], %[[V1]] : tensor<2x3x1xf32>, tensor<4xf32>
weft.layer @sum_kept(%x: tensor<2x3x4xf32>) -> (tensor<2x3x1xf32>, tensor<4xf32>) {
  %0 = weft.sum %x axes [2] {keep_dims} : tensor<2x3x4xf32>
  %1 = weft.sum %x axes [0, 1] : tensor<2x3x4xf32>
  weft.return %0, %1 : tensor<2x3x1xf32>, tensor<4xf32>
}

// Rows without keep_dims, columns with it.
// CHECK-LABEL: weft.layer @sum_shapes(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>) -> (tensor<2x3xf32>, tensor<1x1x4xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.reshape %[[X]] {origin = "sum"} : tensor<2x3x4xf32> to tensor<6x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sum %[[V0]] axes [1] {keep_dims, origin = "sum"} : tensor<6x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reshape %[[V1]] {origin = "sum"} : tensor<6x1xf32> to tensor<2x3xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.sum %[[X]] axes [0, 1] {origin = "sum"} : tensor<2x3x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.reshape %[[V3]] {origin = "sum"} : tensor<4xf32> to tensor<1x1x4xf32>
// CHECK-NEXT: weft.return %[[V2]], %[[V4]] : tensor<2x3xf32>, tensor<1x1x4xf32>
weft.layer @sum_shapes(%x: tensor<2x3x4xf32>) -> (tensor<2x3xf32>, tensor<1x1x4xf32>) {
  %0 = weft.sum %x axes [2] : tensor<2x3x4xf32>
  %1 = weft.sum %x axes [0, 1] {keep_dims} : tensor<2x3x4xf32>
  weft.return %0, %1 : tensor<2x3xf32>, tensor<1x1x4xf32>
}

// Axes in the middle come last by a transpose; all axes are one row.
// CHECK-LABEL: weft.layer @sum_middle(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>) -> (tensor<2x4xf32>, tensor<f32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [0, 2, 1] {origin = "sum"} : tensor<2x3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.reshape %[[V0]] {origin = "sum"} : tensor<2x4x3xf32> to tensor<8x3xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[V1]] axes [1] {keep_dims, origin = "sum"} : tensor<8x3xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.reshape %[[V2]] {origin = "sum"} : tensor<8x1xf32> to tensor<2x4xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.reshape %[[X]] {origin = "sum"} : tensor<2x3x4xf32> to tensor<1x24xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.sum %[[V4]] axes [1] {keep_dims, origin = "sum"} : tensor<1x24xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.reshape %[[V5]] {origin = "sum"} : tensor<1x1xf32> to tensor<f32>
// CHECK-NEXT: weft.return %[[V3]], %[[V6]] : tensor<2x4xf32>, tensor<f32>
weft.layer @sum_middle(%x: tensor<2x3x4xf32>) -> (tensor<2x4xf32>, tensor<f32>) {
  %0 = weft.sum %x axes [1] : tensor<2x3x4xf32>
  %1 = weft.sum %x axes [0, 1, 2] : tensor<2x3x4xf32>
  weft.return %0, %1 : tensor<2x4xf32>, tensor<f32>
}

// One long row is added up in pieces of 4096.
// CHECK-LABEL: weft.layer @sum_long(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x4096xf32>) -> tensor<f32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.sum %[[X]] axes [1] {keep_dims, origin = "sum"} : tensor<4x4096xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.reshape %[[V0]] {origin = "sum"} : tensor<4x1xf32> to tensor<1x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[V1]] axes [1] {keep_dims, origin = "sum"} : tensor<1x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.reshape %[[V2]] {origin = "sum"} : tensor<1x1xf32> to tensor<f32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<f32>
weft.layer @sum_long(%x: tensor<4x4096xf32>) -> tensor<f32> {
  %0 = weft.sum %x axes [0, 1] : tensor<4x4096xf32>
  weft.return %0 : tensor<f32>
}

// Columns of one element are a row.
// CHECK-LABEL: weft.layer @sum_one_column(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<6x1xf32>) -> tensor<1xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [1, 0] {origin = "sum"} : tensor<6x1xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.sum %[[V0]] axes [1] {keep_dims, origin = "sum"} : tensor<1x6xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reshape %[[V1]] {origin = "sum"} : tensor<1x1xf32> to tensor<1xf32>
// CHECK-NEXT: weft.return %[[V2]] : tensor<1xf32>
weft.layer @sum_one_column(%x: tensor<6x1xf32>) -> tensor<1xf32> {
  %0 = weft.sum %x axes [0] : tensor<6x1xf32>
  weft.return %0 : tensor<1xf32>
}

// CHECK-LABEL: weft.layer @max_middle(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>) -> tensor<2x1x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [0, 2, 1] {origin = "reduce_max"} : tensor<2x3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.reshape %[[V0]] {origin = "reduce_max"} : tensor<2x4x3xf32> to tensor<8x3xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reduce_max %[[V1]] axes [1] {keep_dims, origin = "reduce_max"} : tensor<8x3xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.reshape %[[V2]] {origin = "reduce_max"} : tensor<8x1xf32> to tensor<2x1x4xf32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<2x1x4xf32>
weft.layer @max_middle(%x: tensor<2x3x4xf32>) -> tensor<2x1x4xf32> {
  %0 = weft.reduce_max %x axes [1] {keep_dims} : tensor<2x3x4xf32>
  weft.return %0 : tensor<2x1x4xf32>
}
