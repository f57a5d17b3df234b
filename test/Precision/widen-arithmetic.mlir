// RUN: weft-opt %s -weft-widen-arithmetic | FileCheck %s
// RUN: weft-opt %s -weft-widen-arithmetic="products=true" | FileCheck %s --check-prefix=PRODUCTS
// RUN: weft-opt %s -weft-widen-arithmetic="grouped-products=true" | FileCheck %s --check-prefix=GROUPED

// Arithmetic between casts, an operand that is used twice cast once; moves, products and f32 as they are.
// CHECK-LABEL: weft.graph @arithmetic
// CHECK: %[[T:.*]] = weft.transpose %[[X:.*]] [1, 0] : tensor<8x64xbf16>
// CHECK: %[[P:.*]] = weft.matmul %[[X]], %[[T]] : tensor<8x64xbf16>, tensor<64x8xbf16>
// CHECK: %[[W:.*]] = weft.cast %[[P]] : tensor<8x8xbf16> to tensor<8x8xf32>
// CHECK: %[[M:.*]] = weft.mul %[[W]], %[[W]] : tensor<8x8xf32>, tensor<8x8xf32>
// CHECK: %[[N:.*]] = weft.cast %[[M]] : tensor<8x8xf32> to tensor<8x8xbf16>
// CHECK: weft.cast %[[N]] : tensor<8x8xbf16> to tensor<8x8xf32>
// CHECK: weft.softmax %{{.*}} : tensor<8x8xf32>
// CHECK: weft.exp %{{.*}} : tensor<8x8xf32>
// CHECK-NOT: weft.cast
// CHECK: weft.return

// PRODUCTS-LABEL: weft.graph @arithmetic
// PRODUCTS: %[[P:.*]] = weft.matmul %{{.*}}, %{{.*}} : tensor<8x64xf32>, tensor<64x8xf32>
// PRODUCTS: weft.cast %[[P]] : tensor<8x8xf32> to tensor<8x8xbf16>
weft.graph @arithmetic(%x: tensor<8x64xbf16> {weft.name = "x"}) {
  %t = weft.transpose %x [1, 0] : tensor<8x64xbf16>
  %p = weft.matmul %x, %t : tensor<8x64xbf16>, tensor<64x8xbf16>
  %m = weft.mul %p, %p : tensor<8x8xbf16>, tensor<8x8xbf16>
  %s = weft.softmax %m : tensor<8x8xbf16>
  %w = weft.cast %s : tensor<8x8xbf16> to tensor<8x8xf32>
  %e = weft.exp %w : tensor<8x8xf32>
  weft.return
}

// Products by expert have a library of their own, and an option.
// CHECK-LABEL: weft.graph @experts
// CHECK-NOT: weft.cast
// CHECK: weft.grouped_linear {{.*}}xbf16>
// PRODUCTS-LABEL: weft.graph @experts
// PRODUCTS-NOT: weft.cast
// PRODUCTS: weft.grouped_linear {{.*}}xbf16>
// GROUPED-LABEL: weft.graph @experts
// GROUPED-COUNT-2: weft.cast {{.*}}xbf16> to
// GROUPED: weft.grouped_linear {{.*}}xf32>
weft.graph @experts(%ids: tensor<4x2xi32> {weft.name = "ids"}, %rows: tensor<8x4xbf16> {weft.name = "rows"}, %w: tensor<4x5x4xbf16> {weft.name = "w"}) {
  %pairs, %places, %offsets = weft.route %ids experts 4 : tensor<4x2xi32>
  %y = weft.grouped_linear out_in %rows, %w, %offsets : tensor<8x4xbf16>, tensor<4x5x4xbf16>, tensor<5xi32>
  weft.return
}
