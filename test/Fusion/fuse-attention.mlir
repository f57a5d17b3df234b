// What the pass makes of masks, caps and heads.
// RUN: weft-opt %s -weft-fuse-attention -canonicalize | FileCheck %s

// CHECK-LABEL: weft.layer @causal(
// CHECK-NEXT: %[[O:.*]], %{{.*}} = weft.attention %{{.*}}, %{{.*}}, %{{.*}} {causal, phase = "forward", scale = 5.000000e-01 : f64, scope = "h.0", window = 3 : i64} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
// CHECK-NEXT: weft.return %[[O]]
weft.layer @causal(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %c = weft.constant dense<0.5> : tensor<f32>
  %t = weft.mul %s, %c : tensor<2x4x9x9xf32>, tensor<f32>
  %m = weft.causal_mask %t {window = 3} : tensor<2x4x9x9xf32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v {scope = "h.0", phase = "forward"} : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// c * tanh(s * x / c): scale and cap are those of the op, wherever the text multiplies.
// CHECK-LABEL: weft.layer @capped(
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} {scale = 5.000000e-01 : f64, softcap = 4.000000e+00 : f64}
weft.layer @capped(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %c = weft.constant dense<0.125> : tensor<f32>
  %t = weft.mul %c, %s : tensor<f32>, tensor<2x4x9x9xf32>
  %u = weft.tanh %t : tensor<2x4x9x9xf32>
  %d = weft.constant dense<0.25> : tensor<f32>
  %x = weft.div %u, %d : tensor<2x4x9x9xf32>, tensor<f32>
  %p = weft.softmax %x : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// A mask of other numbers is a bias: -infinity where it hides.
// CHECK-LABEL: weft.layer @padding(
// CHECK: %[[B:.*]] = weft.where %{{.*}}, %{{.*}}, %{{.*}} : tensor<2x1x1x9xf32>, tensor<f32>, tensor<f32>
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %[[B]] : tensor<2x1x1x9xf32> {scale = 1.000000e+00 : f64}
weft.layer @padding(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>, %keep: tensor<2x1x1x9xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %low = weft.constant dense<0xFF800000> : tensor<f32>
  %m = weft.where %keep, %s, %low : tensor<2x1x1x9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}
