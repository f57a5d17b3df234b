// Where a value needs a buffer of its own, and where a view will do.
// RUN: weft-opt %s -weft-insert-copies | FileCheck %s

weft.variable @v role(parameter) init(zeros) : tensor<3x4xf32>
weft.variable @w role(parameter) init(zeros) : tensor<3x4xf32>
weft.variable @t role(parameter) init(zeros) : tensor<7x4xf32>
weft.variable @s role(parameter) init(zeros) : tensor<3xf32>

// A transposed matrix has no strides for this shape.
// CHECK-LABEL: weft.layer @reshape(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4xf32>) -> tensor<3x8xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [1, 0, 2] : tensor<2x3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.copy %[[V0]] : tensor<3x2x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reshape %[[V1]] : tensor<3x2x4xf32> to tensor<3x8xf32>
// CHECK-NEXT: weft.return %[[V2]] : tensor<3x8xf32>
weft.layer @reshape(%x: tensor<2x3x4xf32>) -> tensor<3x8xf32> {
  %0 = weft.transpose %x [1, 0, 2] : tensor<2x3x4xf32>
  %1 = weft.reshape %0 : tensor<3x2x4xf32> to tensor<3x8xf32>
  weft.return %1 : tensor<3x8xf32>
}

// Cutting a dimension, or merging dimensions that lie densely, needs none.
// CHECK-LABEL: weft.layer @reshape_views(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<6x4xf32>) -> (tensor<4x2x3xf32>, tensor<24xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [1, 0] : tensor<6x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.reshape %[[V0]] : tensor<4x6xf32> to tensor<4x2x3xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.reshape %[[X]] : tensor<6x4xf32> to tensor<24xf32>
// CHECK-NEXT: weft.return %[[V1]], %[[V2]] : tensor<4x2x3xf32>, tensor<24xf32>
weft.layer @reshape_views(%x: tensor<6x4xf32>) -> (tensor<4x2x3xf32>, tensor<24xf32>) {
  %0 = weft.transpose %x [1, 0] : tensor<6x4xf32>
  %1 = weft.reshape %0 : tensor<4x6xf32> to tensor<4x2x3xf32>
  %2 = weft.reshape %x : tensor<6x4xf32> to tensor<24xf32>
  weft.return %1, %2 : tensor<4x2x3xf32>, tensor<24xf32>
}

// A product reads rows or columns; neither stands here.
// CHECK-LABEL: weft.layer @product(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4x5xf32>, %[[Y:[^ :,)]+]]: tensor<5x4x2xf32>) -> tensor<5x3x2xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [2, 0, 1] : tensor<3x4x5xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.copy %[[V0]] : tensor<5x3x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.matmul %[[V1]], %[[Y]] : tensor<5x3x4xf32>, tensor<5x4x2xf32>
// CHECK-NEXT: weft.return %[[V2]] : tensor<5x3x2xf32>
weft.layer @product(%x: tensor<3x4x5xf32>, %y: tensor<5x4x2xf32>) -> tensor<5x3x2xf32> {
  %0 = weft.transpose %x [2, 0, 1] : tensor<3x4x5xf32>
  %1 = weft.matmul %0, %y : tensor<5x3x4xf32>, tensor<5x4x2xf32>
  weft.return %1 : tensor<5x3x2xf32>
}

// One column, but not of elements that follow one another.
// CHECK-LABEL: weft.layer @product_of_one_column(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x6x5xf32>, %[[Y:[^ :,)]+]]: tensor<1x1x3xf32>) -> tensor<1x4x3xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.slice %[[X]] offsets [0, 2, 1] sizes [4, 1, 1] : tensor<4x6x5xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.transpose %[[V0]] [2, 0, 1] : tensor<4x1x1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.copy %[[V1]] : tensor<1x4x1xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.matmul %[[V2]], %[[Y]] : tensor<1x4x1xf32>, tensor<1x1x3xf32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<1x4x3xf32>
weft.layer @product_of_one_column(%x: tensor<4x6x5xf32>, %y: tensor<1x1x3xf32>) -> tensor<1x4x3xf32> {
  %0 = weft.slice %x offsets [0, 2, 1] sizes [4, 1, 1] : tensor<4x6x5xf32>
  %1 = weft.transpose %0 [2, 0, 1] : tensor<4x1x1xf32>
  %2 = weft.matmul %1, %y : tensor<1x4x1xf32>, tensor<1x1x3xf32>
  weft.return %2 : tensor<1x4x3xf32>
}

// Heads of one projection, and the transpose of a matrix, are read where they lie.
// CHECK-LABEL: weft.layer @product_views(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3x4x5xf32>, %[[Y:[^ :,)]+]]: tensor<5x3xf32>) -> (tensor<2x4x3x3xf32>, tensor<5x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [0, 2, 1, 3] : tensor<2x3x4x5xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.matmul %[[V0]], %[[V0]] {transpose_b} : tensor<2x4x3x5xf32>, tensor<2x4x3x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.transpose %[[Y]] [1, 0] : tensor<5x3xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.matmul %[[Y]], %[[V2]] : tensor<5x3xf32>, tensor<3x5xf32>
// CHECK-NEXT: weft.return %[[V1]], %[[V3]] : tensor<2x4x3x3xf32>, tensor<5x5xf32>
weft.layer @product_views(%x: tensor<2x3x4x5xf32>, %y: tensor<5x3xf32>) -> (tensor<2x4x3x3xf32>, tensor<5x5xf32>) {
  %0 = weft.transpose %x [0, 2, 1, 3] : tensor<2x3x4x5xf32>
  %1 = weft.matmul %0, %0 {transpose_b} : tensor<2x4x3x5xf32>, tensor<2x4x3x5xf32>
  %2 = weft.transpose %y [1, 0] : tensor<5x3xf32>
  %3 = weft.matmul %y, %2 : tensor<5x3xf32>, tensor<3x5xf32>
  weft.return %1, %3 : tensor<2x4x3x3xf32>, tensor<5x5xf32>
}

// Chunks are runs of memory.
// CHECK-LABEL: weft.layer @chunks(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<3x4xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [1, 0] : tensor<3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.copy %[[V0]] : tensor<4x3xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.chunk_sums %[[V1]] chunk 64 : tensor<4x3xf32> -> tensor<1xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.chunk_sums %[[X]] chunk 64 : tensor<3x4xf32> -> tensor<1xf32>
// CHECK-NEXT: weft.return %[[V2]], %[[V3]] : tensor<1xf32>, tensor<1xf32>
weft.layer @chunks(%x: tensor<3x4xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %0 = weft.transpose %x [1, 0] : tensor<3x4xf32>
  %1 = weft.chunk_sums %0 chunk 64 : tensor<4x3xf32> -> tensor<1xf32>
  %2 = weft.chunk_sums %x chunk 64 : tensor<3x4xf32> -> tensor<1xf32>
  weft.return %1, %2 : tensor<1xf32>, tensor<1xf32>
}

// The kernel that adds rows walks them in order; ids and rows of memory need no copy.
// CHECK-LABEL: weft.layer @scatter(
// CHECK-SAME: %[[OLD:[^ :,)]+]]: tensor<7x4xf32>, %[[IDS:[^ :,)]+]]: tensor<3xi32>, %[[X:[^ :,)]+]]: tensor<4x3xf32>, %[[Y:[^ :,)]+]]: tensor<3x4xf32>) -> tensor<7x4xf32> {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.transpose %[[X]] [1, 0] : tensor<4x3xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.copy %[[V0]] : tensor<3x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.embedding_backward %[[OLD]], %[[IDS]], %[[V1]] : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.embedding_backward %[[V2]], %[[IDS]], %[[Y]] : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
// CHECK-NEXT: weft.return %[[V3]] : tensor<7x4xf32>
weft.layer @scatter(%old: tensor<7x4xf32>, %ids: tensor<3xi32>, %x: tensor<4x3xf32>, %y: tensor<3x4xf32>) -> tensor<7x4xf32> {
  %0 = weft.transpose %x [1, 0] : tensor<4x3xf32>
  %1 = weft.embedding_backward %old, %ids, %0 : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
  %2 = weft.embedding_backward %1, %ids, %y : tensor<7x4xf32>, tensor<3xi32>, tensor<3x4xf32>
  weft.return %2 : tensor<7x4xf32>
}

// Constants have no buffer; kernels make them on the spot, all else copies them.
// CHECK-LABEL: weft.layer @constants(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<2x3xf32>, %[[OLD:[^ :,)]+]]: tensor<7x4xf32>, %[[Y:[^ :,)]+]]: tensor<2x4xf32>) -> (tensor<2x3xf32>, tensor<2x6xf32>, tensor<7x4xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<1.000000e+00> : tensor<2x3xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.constant dense<1> : tensor<2xi32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.add %[[X]], %[[V0]] : tensor<2x3xf32>, tensor<2x3xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.copy %[[V0]] : tensor<2x3xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.concat %[[X]], %[[V3]] axis 1 : tensor<2x3xf32>, tensor<2x3xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.copy %[[V1]] : tensor<2xi32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = weft.embedding_backward %[[OLD]], %[[V5]], %[[Y]] : tensor<7x4xf32>, tensor<2xi32>, tensor<2x4xf32>
// CHECK-NEXT: weft.return %[[V2]], %[[V4]], %[[V6]] : tensor<2x3xf32>, tensor<2x6xf32>, tensor<7x4xf32>
weft.layer @constants(%x: tensor<2x3xf32>, %old: tensor<7x4xf32>, %y: tensor<2x4xf32>) -> (tensor<2x3xf32>, tensor<2x6xf32>, tensor<7x4xf32>) {
  %c = weft.constant dense<1.0> : tensor<2x3xf32>
  %i = weft.constant dense<1> : tensor<2xi32>
  %0 = weft.add %x, %c : tensor<2x3xf32>, tensor<2x3xf32>
  %1 = weft.concat %x, %c axis 1 : tensor<2x3xf32>, tensor<2x3xf32>
  %2 = weft.embedding_backward %old, %i, %y : tensor<7x4xf32>, tensor<2xi32>, tensor<2x4xf32>
  weft.return %0, %1, %2 : tensor<2x3xf32>, tensor<2x6xf32>, tensor<7x4xf32>
}

// What a set stores is computed: a view, an old value, a constant or a step value is copied.
// CHECK-LABEL: weft.graph @sets(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x3xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.get @v : tensor<3x4xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.neg %[[V0]] : tensor<3x4xf32>
// CHECK-NEXT: weft.set @v, %[[V1]] : tensor<3x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.copy %[[V0]] : tensor<3x4xf32>
// CHECK-NEXT: weft.set @w, %[[V2]] : tensor<3x4xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.copy %[[V3]] : tensor<3xf32>
// CHECK-NEXT: weft.set @s, %[[V4]] : tensor<3xf32>
// CHECK-NEXT: weft.return
weft.graph @sets(%x: tensor<4x3xf32>) {
  %v = weft.get @v : tensor<3x4xf32>
  %n = weft.neg %v : tensor<3x4xf32>
  weft.set @v, %n : tensor<3x4xf32>
  weft.set @w, %v : tensor<3x4xf32>
  %c = weft.constant dense<2.0> : tensor<3xf32>
  weft.set @s, %c : tensor<3xf32>
  weft.return
}
// CHECK-LABEL: weft.graph @set_of_view(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x3xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.neg %[[X]] : tensor<4x3xf32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.transpose %[[V0]] [1, 0] : tensor<4x3xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.copy %[[V1]] : tensor<3x4xf32>
// CHECK-NEXT: weft.set @v, %[[V2]] : tensor<3x4xf32>
// CHECK-NEXT: weft.return
weft.graph @set_of_view(%x: tensor<4x3xf32>) {
  %y = weft.neg %x : tensor<4x3xf32>
  %t = weft.transpose %y [1, 0] : tensor<4x3xf32>
  weft.set @v, %t : tensor<3x4xf32>
  weft.return
}

// A table of rows lies in memory, even where all of its elements are the same.
// CHECK-LABEL: weft.layer @gather_of_constant(
// CHECK: %[[C:.*]] = weft.constant dense<2.000000e+00> : tensor<7x4xf32>
// CHECK-NEXT: %[[T:.*]] = weft.copy %[[C]] : tensor<7x4xf32>
// CHECK-NEXT: weft.gather_rows %{{.*}}, %[[T]] :
weft.layer @gather_of_constant(%ids: tensor<3x1xi32>) -> tensor<3x4xf32> {
  %t = weft.constant dense<2.0> : tensor<7x4xf32>
  %0 = weft.gather_rows %ids, %t : tensor<3x1xi32>, tensor<7x4xf32> -> tensor<3x4xf32>
  weft.return %0 : tensor<3x4xf32>
}
