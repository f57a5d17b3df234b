// What counts as a bias that a product can take: a row of its own length and type, which lies in memory without gaps, from a buffer's start on.
// RUN: weft-opt %s -weft-set-target=backend=cuda -weft-fuse-epilogues | FileCheck %s

// CHECK-LABEL: weft.graph @taken(
// CHECK-SAME: %{{.*}}: tensor<6x4xf32>, %{{.*}}: tensor<4x8xf32>, %[[B:[^ :,)]+]]: tensor<8xf32>, %[[LONG:[^ :,)]+]]: tensor<24xf32>) {
// One bias of two products; one that is computed; the first part of a longer one; through a reshape and a copy.
// CHECK: weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %[[B]] {scope = "one"}
// CHECK: weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %[[B]] {scope = "two"}
// CHECK: %[[E:.*]] = weft.exp
// CHECK: weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %[[E]] {scope = "computed"}
// CHECK: %[[PART:.*]]:3 = weft.split %[[LONG]]
// CHECK: weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %[[PART]]#0 {scope = "first"}
// CHECK: weft.matmul_epilogue bias %{{.*}}, %{{.*}} with %[[B]] {scope = "reshaped"}
// CHECK: weft.return
weft.graph @taken(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %long: tensor<24xf32>) {
  %0 = weft.matmul %x, %w {scope = "one"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.add %0, %b : tensor<6x8xf32>, tensor<8xf32>
  %2 = weft.matmul %x, %w {scope = "two"} : tensor<6x4xf32>, tensor<4x8xf32>
  %3 = weft.add %b, %2 : tensor<8xf32>, tensor<6x8xf32>
  %e = weft.exp %b : tensor<8xf32>
  %4 = weft.matmul %x, %w {scope = "computed"} : tensor<6x4xf32>, tensor<4x8xf32>
  %5 = weft.add %4, %e : tensor<6x8xf32>, tensor<8xf32>
  %p:3 = weft.split %long axis 0 parts 3 : tensor<24xf32>
  %6 = weft.matmul %x, %w {scope = "first"} : tensor<6x4xf32>, tensor<4x8xf32>
  %7 = weft.add %6, %p#0 : tensor<6x8xf32>, tensor<8xf32>
  %r = weft.reshape %b : tensor<8xf32> to tensor<1x8xf32>
  %c = weft.copy %r : tensor<1x8xf32>
  %8 = weft.matmul %x, %w {scope = "reshaped"} : tensor<6x4xf32>, tensor<4x8xf32>
  %9 = weft.add %8, %c : tensor<6x8xf32>, tensor<1x8xf32>
  weft.return
}

// Parts that begin inside of a buffer.
// CHECK-LABEL: weft.graph @inside(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @inside(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %long: tensor<24xf32>, %rows: tensor<2x8xf32>) {
  %s = weft.slice %long offsets [3] sizes [8] : tensor<24xf32>
  %0 = weft.matmul %x, %w {scope = "slice"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.add %0, %s : tensor<6x8xf32>, tensor<8xf32>
  %p:3 = weft.split %long axis 0 parts 3 : tensor<24xf32>
  %2 = weft.matmul %x, %w {scope = "second"} : tensor<6x4xf32>, tensor<4x8xf32>
  %3 = weft.add %2, %p#1 : tensor<6x8xf32>, tensor<8xf32>
  %4 = weft.matmul %x, %w {scope = "last"} : tensor<6x4xf32>, tensor<4x8xf32>
  %5 = weft.add %p#2, %4 : tensor<8xf32>, tensor<6x8xf32>
  %f = weft.reshape %rows : tensor<2x8xf32> to tensor<16xf32>
  %g = weft.slice %f offsets [8] sizes [8] : tensor<16xf32>
  %6 = weft.matmul %x, %w {scope = "row of a matrix"} : tensor<6x4xf32>, tensor<4x8xf32>
  %7 = weft.add %6, %g : tensor<6x8xf32>, tensor<8xf32>
  weft.return
}

// With gaps: columns of matrices, as they lie and behind a copy, where the elements come from somewhere else than the copy's operand begins.
// CHECK-LABEL: weft.graph @strided(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @strided(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %m: tensor<9x2xf32>, %q: tensor<2x4xf32>) {
  %t = weft.transpose %m [1, 0] : tensor<9x2xf32>
  %column = weft.slice %t offsets [0, 0] sizes [1, 9] : tensor<2x9xf32>
  %flat = weft.reshape %column : tensor<1x9xf32> to tensor<9xf32>
  %s = weft.slice %flat offsets [0] sizes [8] : tensor<9xf32>
  %0 = weft.matmul %x, %w {scope = "column"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.add %0, %s : tensor<6x8xf32>, tensor<8xf32>
  %c = weft.copy %s : tensor<8xf32>
  %2 = weft.matmul %x, %w {scope = "copy of a column"} : tensor<6x4xf32>, tensor<4x8xf32>
  %3 = weft.add %2, %c : tensor<6x8xf32>, tensor<8xf32>
  %u = weft.transpose %q [1, 0] : tensor<2x4xf32>
  %v = weft.copy %u : tensor<4x2xf32>
  %turned = weft.reshape %v : tensor<4x2xf32> to tensor<8xf32>
  %4 = weft.matmul %x, %w {scope = "turned"} : tensor<6x4xf32>, tensor<4x8xf32>
  %5 = weft.add %4, %turned : tensor<6x8xf32>, tensor<8xf32>
  weft.return
}

// Of another length: one number, one number a row, several rows; as long as the product's rows are not.
// CHECK-LABEL: weft.graph @length(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @length(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %number: tensor<f32>, %one: tensor<1xf32>, %column: tensor<8x1xf32>, %y: tensor<8x4xf32>,
                   %half: tensor<4xf32>, %twice: tensor<16xf32>, %two: tensor<2x1x8xf32>, %six: tensor<6xf32>) {
  %0 = weft.matmul %x, %w {scope = "scalar"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.add %0, %number : tensor<6x8xf32>, tensor<f32>
  %2 = weft.matmul %x, %w {scope = "one"} : tensor<6x4xf32>, tensor<4x8xf32>
  %3 = weft.add %2, %one : tensor<6x8xf32>, tensor<1xf32>
  %4 = weft.matmul %y, %w {scope = "column as long as a row"} : tensor<8x4xf32>, tensor<4x8xf32>
  %5 = weft.add %4, %column : tensor<8x8xf32>, tensor<8x1xf32>
  %6 = weft.matmul %x, %w {scope = "half"} : tensor<6x4xf32>, tensor<4x8xf32>
  %7 = weft.reshape %6 : tensor<6x8xf32> to tensor<12x4xf32>
  %8 = weft.add %7, %half : tensor<12x4xf32>, tensor<4xf32>
  %9 = weft.matmul %x, %w {scope = "twice"} : tensor<6x4xf32>, tensor<4x8xf32>
  %10 = weft.reshape %9 : tensor<6x8xf32> to tensor<3x16xf32>
  %11 = weft.add %10, %twice : tensor<3x16xf32>, tensor<16xf32>
  %12 = weft.matmul %x, %w {scope = "two rows"} : tensor<6x4xf32>, tensor<4x8xf32>
  %13 = weft.reshape %12 : tensor<6x8xf32> to tensor<2x3x8xf32>
  %14 = weft.add %13, %two : tensor<2x3x8xf32>, tensor<2x1x8xf32>
  %15 = weft.matmul %x, %w {scope = "turned product"} : tensor<6x4xf32>, tensor<4x8xf32>
  %16 = weft.transpose %15 [1, 0] : tensor<6x8xf32>
  %17 = weft.add %16, %six : tensor<8x6xf32>, tensor<6xf32>
  // The product is what stretches.
  %18 = weft.slice %x offsets [0, 0] sizes [1, 4] : tensor<6x4xf32>
  %19 = weft.matmul %18, %w {scope = "stretched"} : tensor<1x4xf32>, tensor<4x8xf32>
  %20 = weft.add %19, %two : tensor<1x8xf32>, tensor<2x1x8xf32>
  weft.return
}

// Of a wider type than the product's.
// CHECK-LABEL: weft.graph @type(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @type(%x: tensor<6x4xbf16>, %w: tensor<4x8xbf16>, %b: tensor<8xf32>, %h: tensor<8xf16>) {
  %0 = weft.matmul %x, %w : tensor<6x4xbf16>, tensor<4x8xbf16>
  %1 = weft.cast %0 : tensor<6x8xbf16> to tensor<6x8xf32>
  %2 = weft.add %1, %b : tensor<6x8xf32>, tensor<8xf32>
  %3 = weft.cast %2 : tensor<6x8xf32> to tensor<6x8xbf16>
  %4 = weft.matmul %x, %w : tensor<6x4xbf16>, tensor<4x8xbf16>
  %5 = weft.cast %4 : tensor<6x8xbf16> to tensor<6x8xf32>
  %6 = weft.cast %h : tensor<8xf16> to tensor<8xf32>
  %7 = weft.add %5, %6 : tensor<6x8xf32>, tensor<8xf32>
  %8 = weft.cast %7 : tensor<6x8xf32> to tensor<6x8xbf16>
  weft.return
}

// Products that others read too: twice in one sum, through a reshape, in a product, as a bias.
// CHECK-LABEL: weft.graph @shared(
// CHECK-NOT: weft.matmul_epilogue
// CHECK: weft.return
weft.graph @shared(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %b: tensor<8xf32>, %y: tensor<1x4xf32>) {
  %0 = weft.matmul %x, %w {scope = "reshape"} : tensor<6x4xf32>, tensor<4x8xf32>
  %1 = weft.reshape %0 : tensor<6x8xf32> to tensor<2x3x8xf32>
  %2 = weft.add %1, %b : tensor<2x3x8xf32>, tensor<8xf32>
  %3 = weft.transpose %1 [1, 0, 2] : tensor<2x3x8xf32>
  %4 = weft.matmul %x, %w {scope = "product"} : tensor<6x4xf32>, tensor<4x8xf32>
  %5 = weft.add %4, %b : tensor<6x8xf32>, tensor<8xf32>
  %6 = weft.matmul %4, %w {transpose_b} : tensor<6x8xf32>, tensor<4x8xf32>
  %7 = weft.matmul %y, %w {scope = "a row"} : tensor<1x4xf32>, tensor<4x8xf32>
  %8 = weft.add %7, %7 : tensor<1x8xf32>, tensor<1x8xf32>
  weft.return
}
