// RUN: weft-opt %s -weft-widen-arithmetic | FileCheck %s
// RUN: weft-opt %s -weft-widen-arithmetic="products=true" | FileCheck %s --check-prefix=PRODUCTS

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
