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

// Positions on both sides, of 5 queries at the first of 9 keys: -2 <= i - j < 3, and query i stands at i + 4.
// CHECK-LABEL: weft.layer @both_ways(
// CHECK: weft.attention %{{.*}}, %{{.*}}, %{{.*}} {ahead = -1 : i64, scale = 1.000000e+00 : f64, window = 7 : i64}
weft.layer @both_ways(%q: tensor<2x4x5x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> tensor<2x4x5x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x5x8xf32>, tensor<2x4x9x8xf32>
  %queries = weft.iota : tensor<5xi32>
  %row = weft.reshape %queries : tensor<5xi32> to tensor<5x1xi32>
  %i = weft.cast %row : tensor<5x1xi32> to tensor<5x1xf32>
  %keys = weft.iota : tensor<9xi32>
  %j = weft.cast %keys : tensor<9xi32> to tensor<9xf32>
  %distance = weft.sub %i, %j : tensor<5x1xf32>, tensor<9xf32>
  %size = weft.constant dense<3.0> : tensor<f32>
  %far = weft.compare ge %distance, %size : tensor<5x9xf32>, tensor<f32> -> tensor<5x9xf32>
  %minus = weft.constant dense<-2.0> : tensor<f32>
  %after = weft.compare lt %distance, %minus : tensor<5x9xf32>, tensor<f32> -> tensor<5x9xf32>
  %outside = weft.max %far, %after : tensor<5x9xf32>, tensor<5x9xf32>
  %low = weft.constant dense<-1.0e30> : tensor<f32>
  %m = weft.where %outside, %low, %s : tensor<5x9xf32>, tensor<f32>, tensor<2x4x5x9xf32>
  %p = weft.softmax %m : tensor<2x4x5x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x5x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x5x8xf32>
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

// Scores in fewer bits between casts, and what is added to them: the sum is rounded to the bias's type.
// CHECK-LABEL: weft.layer @casts(
// CHECK: %[[R:.*]] = weft.reshape %b : tensor<9x9xf32> to tensor<1x1x9x9xf32>
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %[[R]] : tensor<1x1x9x9xf32> {causal, scale = 1.000000e+00 : f64} : tensor<2x4x9x8xf64>
weft.layer @casts(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>, %b: tensor<9x9xf32>) -> tensor<2x4x9x8xf64> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %t = weft.cast %s : tensor<2x4x9x9xf64> to tensor<2x4x9x9xf32>
  %u = weft.add %t, %b : tensor<2x4x9x9xf32>, tensor<9x9xf32>
  %m = weft.causal_mask %u : tensor<2x4x9x9xf32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %w = weft.cast %p : tensor<2x4x9x9xf32> to tensor<2x4x9x9xf64>
  %o = weft.matmul %w, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  weft.return %o : tensor<2x4x9x8xf64>
}

// Products of 16 bits: the op has f32 inside, so a softmax between casts is the same. So is a bias.
// CHECK-LABEL: weft.layer @short(
// CHECK: %[[R:.*]] = weft.reshape %b : tensor<9x9xf32> to tensor<1x1x9x9xf32>
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %[[R]] : tensor<1x1x9x9xf32> {causal, scale = 1.000000e+00 : f64} : tensor<2x4x9x8xbf16>
weft.layer @short(%q: tensor<2x4x9x8xbf16>, %k: tensor<2x4x9x8xbf16>, %v: tensor<2x4x9x8xbf16>, %b: tensor<9x9xf32>) -> tensor<2x4x9x8xbf16> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xbf16>, tensor<2x4x9x8xbf16>
  %t = weft.cast %s : tensor<2x4x9x9xbf16> to tensor<2x4x9x9xf32>
  %u = weft.add %t, %b : tensor<2x4x9x9xf32>, tensor<9x9xf32>
  %m = weft.causal_mask %u : tensor<2x4x9x9xf32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %w = weft.cast %p : tensor<2x4x9x9xf32> to tensor<2x4x9x9xbf16>
  %o = weft.matmul %w, %v : tensor<2x4x9x9xbf16>, tensor<2x4x9x8xbf16>
  weft.return %o : tensor<2x4x9x8xbf16>
}

// Dropout of the weights keeps its key: the draw is the same.
// CHECK-LABEL: weft.layer @dropped(
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} key 3 {dropout = 5.000000e-01 : f64, scale = 1.000000e+00 : f64}
weft.layer @dropped(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %p = weft.softmax %s : tensor<2x4x9x9xf32>
  %d = weft.dropout %p key 3 {rate = 0.5} : tensor<2x4x9x9xf32>
  %o = weft.matmul %d, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// Equality of ids is structure; so are slopes times distances.
// CHECK-LABEL: weft.layer @documents(
// CHECK-NOT: 9x9
// CHECK: weft.attention %{{.*}}, %{{.*}}, %{{.*}} alibi %slopes : tensor<4xf32> documents %{{.*}}, %{{.*}} : tensor<2x9xi32>, tensor<2x9xi32> {scale = 1.000000e+00 : f64}
weft.layer @documents(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>, %ids: tensor<2x9xi32>, %slopes: tensor<4xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %h = weft.reshape %slopes : tensor<4xf32> to tensor<4x1x1xf32>
  %i = weft.iota : tensor<9xi32>
  %j = weft.cast %i : tensor<9xi32> to tensor<9xf32>
  %r = weft.reshape %j : tensor<9xf32> to tensor<9x1xf32>
  %d = weft.sub %j, %r : tensor<9xf32>, tensor<9x1xf32>
  %a = weft.mul %d, %h : tensor<9x9xf32>, tensor<4x1x1xf32>
  %b = weft.add %s, %a : tensor<2x4x9x9xf32>, tensor<4x9x9xf32>
  %dq = weft.reshape %ids : tensor<2x9xi32> to tensor<2x1x9x1xi32>
  %dk = weft.reshape %ids : tensor<2x9xi32> to tensor<2x1x1x9xi32>
  %same = weft.compare eq %dq, %dk : tensor<2x1x9x1xi32>, tensor<2x1x1x9xi32> -> tensor<2x1x9x9xf32>
  %low = weft.constant dense<0xFF800000> : tensor<f32>
  %m = weft.where %same, %b, %low : tensor<2x1x9x9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// A key that data hide has its fill for a score; later keys are hidden.
// CHECK-LABEL: weft.layer @padding_causal(
// CHECK: %[[K:.*]] = weft.where %keep, %{{.*}}, %{{.*}} : tensor<2x1x1x9xf32>, tensor<f32>, tensor<f32>
// CHECK: %[[B:.*]] = weft.where %keep, %{{.*}}, %{{.*}} : tensor<2x1x1x9xf32>, tensor<f32>, tensor<f32>
// CHECK-NEXT: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %[[B]] : tensor<2x1x1x9xf32> kept %[[K]] : tensor<2x1x1x9xf32> {causal, scale = 1.000000e+00 : f64}
weft.layer @padding_causal(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>, %keep: tensor<2x1x1x9xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %low = weft.constant dense<-1.0e9> : tensor<f32>
  %w = weft.where %keep, %s, %low : tensor<2x1x1x9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  %m = weft.causal_mask %w : tensor<2x4x9x9xf32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// The other way around, padded keys are at -1e9 whether they are later or not: nothing is hidden by position.
// CHECK-LABEL: weft.layer @causal_padding(
// CHECK: weft.causal_mask %{{.*}} fill(0.000000e+00) : tensor<9x9xf32>
// CHECK: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %{{.*}} : tensor<2x1x9x9xf32> kept %{{.*}} : tensor<2x1x9x9xf32> {scale = 1.000000e+00 : f64}
weft.layer @causal_padding(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>, %keep: tensor<2x1x1x9xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %low = weft.constant dense<-1.0e9> : tensor<f32>
  %c = weft.causal_mask %s : tensor<2x4x9x9xf32>
  %m = weft.where %keep, %c, %low : tensor<2x1x1x9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// Every query sees its own key: whatever low number the masks fill with, blocks of hidden keys are skipped.
// CHECK-LABEL: weft.layer @low_fills(
// CHECK-NOT: weft.where
// CHECK: weft.attention %{{.*}}, %{{.*}}, %{{.*}} documents %{{.*}}, %{{.*}} : tensor<2x9xi32>, tensor<2x9xi32> {causal, scale = 1.000000e+00 : f64}
weft.layer @low_fills(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>, %d: tensor<2x9xi32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %rows = weft.reshape %d : tensor<2x9xi32> to tensor<2x1x9x1xi32>
  %columns = weft.reshape %d : tensor<2x9xi32> to tensor<2x1x1x9xi32>
  %same = weft.compare eq %rows, %columns : tensor<2x1x9x1xi32>, tensor<2x1x1x9xi32> -> tensor<2x1x9x9xf32>
  %low = weft.constant dense<-1.0e9> : tensor<f32>
  %w = weft.where %same, %s, %low : tensor<2x1x9x9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  %m = weft.causal_mask %w fill(-1.0e30) : tensor<2x4x9x9xf32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// A factor behind the mask makes its fill small: it hides nothing.
// CHECK-LABEL: weft.layer @scaled_fill(
// CHECK: weft.constant dense<-1.000000e+01>
// CHECK: weft.attention {{.*}} kept %{{.*}} : tensor<1x1x9x9xf32> {scale = 9.9
weft.layer @scaled_fill(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> tensor<2x4x9x8xf32> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %c = weft.causal_mask %s fill(-1.0e9) : tensor<2x4x9x9xf32>
  %tiny = weft.constant dense<1.0e-8> : tensor<f32>
  %m = weft.mul %c, %tiny : tensor<2x4x9x9xf32>, tensor<f32>
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  weft.return %o : tensor<2x4x9x8xf32>
}

// What is added in 16 bits rounds scores away there: the bias keeps its type, in which the kernel rounds too.
// CHECK-LABEL: weft.layer @short_added(
// CHECK: weft.attention %{{.*}}, %{{.*}}, %{{.*}} bias %{{.*}} : tensor<2x1x1x9xf16> {scale = 1.000000e+00 : f64} : tensor<2x4x9x8xf16>
weft.layer @short_added(%q: tensor<2x4x9x8xf16>, %k: tensor<2x4x9x8xf16>, %v: tensor<2x4x9x8xf16>, %mask: tensor<2x1x1x9xf16>) -> tensor<2x4x9x8xf16> {
  %s = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf16>, tensor<2x4x9x8xf16>
  %m = weft.add %s, %mask : tensor<2x4x9x9xf16>, tensor<2x1x1x9xf16>
  %p = weft.softmax %m : tensor<2x4x9x9xf16>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf16>, tensor<2x4x9x8xf16>
  weft.return %o : tensor<2x4x9x8xf16>
}
