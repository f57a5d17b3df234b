// Derivative rules of reductions and of ops that move elements. The gradient towards the op is `dy`, 1 times the input %g.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// CHECK-LABEL: module @sum_keep_dims
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.broadcast %[[DY]] {{[{].*}}phase = "backward"} : tensor<3x1xf32> to tensor<3x5xf32>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @sum_keep_dims {
  weft.model @loss(%g: tensor<3x1xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.sum %x axes [1] {keep_dims} : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x1xf32>, tensor<3x1xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x1xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @sum_drop
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[K:.*]] = weft.reshape %[[DY]] {{[{].*}}phase = "backward"} : tensor<2x5xf32> to tensor<2x1x5xf32>
// CHECK: %[[R:.*]] = weft.broadcast %[[K]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @sum_drop {
  weft.model @loss(%g: tensor<2x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3x5xf32>
    %y = weft.sum %x axes [1] : tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<2x5xf32>, tensor<2x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<2x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @mean
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[K:.*]] = weft.reshape %[[DY]] {{[{].*}}phase = "backward"} : tensor<3xf32> to tensor<1x3x1xf32>
// CHECK: weft.constant dense<1.000000e-01>
// CHECK: %[[S:.*]] = weft.mul %[[K]], %
// CHECK: %[[R:.*]] = weft.broadcast %[[S]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @mean {
  weft.model @loss(%g: tensor<3xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3x5xf32>
    %y = weft.mean %x axes [0, 2] : tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<3xf32>, tensor<3xf32>
    %sum = weft.sum %yg axes [0] : tensor<3xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// dy is shared equally among the largest: 1 - (max > x), divided by how many there are.
// CHECK-LABEL: module @reduce_max
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.reduce_max %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[LESS:.*]] = weft.compare gt %[[Y]], %[[X]]
// CHECK: %[[IS:.*]] = weft.sub %{{.*}}, %[[LESS]]
// CHECK: %[[N:.*]] = weft.sum %[[IS]] axes [1] {keep_dims
// CHECK: %[[SHARE:.*]] = weft.div %[[DY]], %[[N]]
// CHECK: %[[R:.*]] = weft.mul %[[IS]], %[[SHARE]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @reduce_max {
  weft.model @loss(%g: tensor<3x1xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.reduce_max %x axes [1] {keep_dims} : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x1xf32>, tensor<3x1xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x1xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @broadcast
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[S:.*]] = weft.sum %[[DY]] axes [0, 2]
// CHECK: %[[R:.*]] = weft.reshape %[[S]] {{[{].*}}phase = "backward"} : tensor<3xf32> to tensor<3x1xf32>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @broadcast {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x1xf32>
    %y = weft.broadcast %x : tensor<3x1xf32> to tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @reshape
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.reshape %[[DY]] {{[{].*}}phase = "backward"} : tensor<15xf32> to tensor<3x5xf32>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @reshape {
  weft.model @loss(%g: tensor<15xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.reshape %x : tensor<3x5xf32> to tensor<15xf32>
    %yg = weft.mul %y, %g : tensor<15xf32>, tensor<15xf32>
    %sum = weft.sum %yg axes [0] : tensor<15xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// The inverse permutation.
// CHECK-LABEL: module @transpose
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.transpose %[[DY]] [2, 0, 1]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @transpose {
  weft.model @loss(%g: tensor<3x5x2xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3x5xf32>
    %y = weft.transpose %x [1, 2, 0] : tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5x2xf32>, tensor<3x5x2xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<3x5x2xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @slice
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.pad %[[DY]] offsets [1, 2] {{[{].*}}phase = "backward"} : tensor<2x3xf32> to tensor<3x5xf32>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @slice {
  weft.model @loss(%g: tensor<2x3xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.slice %x offsets [1, 2] sizes [2, 3] : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3xf32>, tensor<2x3xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<2x3xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @pad
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.slice %[[DY]] offsets [1, 2] sizes [2, 3]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @pad {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3xf32>
    %y = weft.pad %x offsets [1, 2] : tensor<2x3xf32> to tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Zeros for the part that the loss does not depend on.
// CHECK-LABEL: module @split
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[ZERO:.*]] = weft.constant dense<0.000000e+00> : tensor<3x5xf32>
// CHECK: %[[R:.*]] = weft.concat %[[DY]], %[[ZERO]] axis 1
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @split {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x10xf32>
    %y, %unused = weft.split %x axis 1 parts 2 : tensor<3x10xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @concat
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.slice %[[DY]] offsets [0, 0] sizes [3, 2]
// CHECK-NEXT: %[[Z:.*]] = weft.slice %[[DY]] offsets [0, 3] sizes [3, 2]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[Z]], %
module @concat {
  weft.model @loss(%k: tensor<3x1xf32>, %g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x2xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x2xf32>
    %y = weft.concat %x, %k, %z axis 1 : tensor<3x2xf32>, tensor<3x1xf32>, tensor<3x2xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
