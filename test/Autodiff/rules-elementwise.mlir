// Derivative rules of elementwise ops. The gradient towards the op is `dy`, 1 times the input %g.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// CHECK-LABEL: module @neg
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.neg %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.neg %[[DY]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @neg {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.neg %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @exp
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.exp %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.mul %[[DY]], %[[Y]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @exp {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.exp %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @log
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.log %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.div %[[DY]], %[[X]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @log {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.log %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @sqrt
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.sqrt %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[H:.*]] = weft.constant dense<5.000000e-01> : tensor<f32>
// CHECK: %[[S:.*]] = weft.mul %[[DY]], %[[H]]
// CHECK: %[[R:.*]] = weft.div %[[S]], %[[Y]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @sqrt {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.sqrt %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @rsqrt
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.rsqrt %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[S:.*]] = weft.mul %[[DY]], %
// CHECK: %[[Y2:.*]] = weft.mul %[[Y]], %[[Y]]
// CHECK: %[[Y3:.*]] = weft.mul %[[Y2]], %[[Y]]
// CHECK: %[[R:.*]] = weft.mul %[[S]], %[[Y3]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @rsqrt {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.rsqrt %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @tanh
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.tanh %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[Y2:.*]] = weft.mul %[[Y]], %[[Y]]
// CHECK: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f32>
// CHECK: %[[S:.*]] = weft.sub %[[ONE]], %[[Y2]]
// CHECK: %[[R:.*]] = weft.mul %[[DY]], %[[S]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @tanh {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.tanh %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// 2 / sqrt(pi) exp(-x^2)
// CHECK-LABEL: module @erf
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.erf %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[X2:.*]] = weft.mul %[[X]], %[[X]]
// CHECK: %[[N:.*]] = weft.neg %[[X2]]
// CHECK: %[[E:.*]] = weft.exp %[[N]]
// CHECK: %[[K:.*]] = weft.constant dense<1.12837923> : tensor<f32>
// CHECK: %[[S:.*]] = weft.mul %[[E]], %[[K]]
// CHECK: %[[R:.*]] = weft.mul %[[DY]], %[[S]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @erf {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.erf %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// The sign is (x > 0) - (0 > x).
// CHECK-LABEL: module @abs
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.abs %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[POS:.*]] = weft.compare gt %[[X]], %[[ZERO:[^ ]*]] {{.*}} -> tensor<3x5xf32>
// CHECK: %[[NEG:.*]] = weft.compare gt %[[ZERO]], %[[X]]
// CHECK: %[[SIGN:.*]] = weft.sub %[[POS]], %[[NEG]]
// CHECK: %[[R:.*]] = weft.mul %[[DY]], %[[SIGN]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @abs {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.abs %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @softplus
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.softplus %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[S:.*]] = weft.sigmoid %[[X]]
// CHECK: %[[R:.*]] = weft.mul %[[DY]], %[[S]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @softplus {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.softplus %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @copy
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Y:.*]] = weft.copy %[[X]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DY]], %
module @copy {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.copy %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// A cast back to the parameter's type.
// CHECK-LABEL: module @cast
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.cast %[[DY]] {{[{].*}}phase = "backward"} : tensor<3x5xf32> to tensor<3x5xf64>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @cast {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf64>
    %y = weft.cast %x : tensor<3x5xf64> to tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Only the input is kept.
// CHECK-LABEL: module @gelu_erf
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.gelu_backward erf %[[DY]], %[[X]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @gelu_erf {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.gelu erf %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Only the input is kept.
// CHECK-LABEL: module @gelu_tanh
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.gelu_backward tanh %[[DY]], %[[X]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @gelu_tanh {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.gelu tanh %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @causal_mask
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.causal_mask %[[DY]] fill(0{{.*}})
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @causal_mask {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.causal_mask %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @add
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.add %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DY]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DY]], %
module @add {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.add %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @sub
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.sub %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.neg %[[DY]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DY]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[R]], %
module @sub {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.sub %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @mul
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.mul %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DX:.*]] = weft.mul %[[DY]], %[[Z]]
// CHECK: %[[DZ:.*]] = weft.mul %[[DY]], %[[X]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @mul {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.mul %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @div
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.div %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DX:.*]] = weft.div %[[DY]], %[[Z]]
// CHECK: %[[Q:.*]] = weft.div %[[DY]], %[[Z]]
// CHECK: %[[M:.*]] = weft.mul %[[Q]], %[[Y]]
// CHECK: %[[DZ:.*]] = weft.neg %[[M]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @div {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.div %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @pow
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.pow %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[F:.*]] = weft.mul %[[DY]], %[[Z]]
// CHECK: %[[E:.*]] = weft.sub %[[Z]], %
// CHECK: %[[W:.*]] = weft.pow %[[X]], %[[E]]
// CHECK: %[[DX:.*]] = weft.mul %[[F]], %[[W]]
// CHECK: %[[G:.*]] = weft.mul %[[DY]], %[[Y]]
// CHECK: %[[L:.*]] = weft.log %[[X]]
// CHECK: %[[DZ:.*]] = weft.mul %[[G]], %[[L]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @pow {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.pow %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// 1 where z > x, so that lhs gets the gradient where both are equal.
// CHECK-LABEL: module @max
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.max %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[OTHER:.*]] = weft.compare gt %[[Z]], %[[X]]
// CHECK: %[[THIS:.*]] = weft.sub %{{.*}}, %[[OTHER]]
// CHECK: %[[DX:.*]] = weft.mul %[[DY]], %[[THIS]]
// CHECK: %[[O2:.*]] = weft.compare gt %[[Z]], %[[X]]
// CHECK: %[[DZ:.*]] = weft.mul %[[DY]], %[[O2]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @max {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.max %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// 1 where x > z, so that lhs gets the gradient where both are equal.
// CHECK-LABEL: module @min
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.min %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[OTHER:.*]] = weft.compare gt %[[X]], %[[Z]]
// CHECK: %[[THIS:.*]] = weft.sub %{{.*}}, %[[OTHER]]
// CHECK: %[[DX:.*]] = weft.mul %[[DY]], %[[THIS]]
// CHECK: %[[O2:.*]] = weft.compare gt %[[X]], %[[Z]]
// CHECK: %[[DZ:.*]] = weft.mul %[[DY]], %[[O2]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @min {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.min %x, %z : tensor<3x5xf32>, tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Gradients are summed back to the shapes that were broadcast: a missing dimension, a size of 1.
// CHECK-LABEL: module @mul_broadcast
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.mul %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[PX:.*]] = weft.mul %[[DY]], %[[Z]]
// CHECK: %[[DX:.*]] = weft.sum %[[PX]] axes [0] {{[{].*}}phase = "backward"}
// CHECK: %[[PZ:.*]] = weft.mul %[[DY]], %[[X]]
// CHECK: %[[DZ:.*]] = weft.sum %[[PZ]] axes [1] {keep_dims,{{.*}} phase = "backward"}
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @mul_broadcast {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<3x1xf32>
    %y = weft.mul %x, %z : tensor<5xf32>, tensor<3x1xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @add_one
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[Z:.*]] = weft.get @z 
// CHECK: %[[Y:.*]] = weft.add %[[X]], %[[Z]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[S:.*]] = weft.sum %[[DY]] axes [0, 1] {{[{].*}}phase = "backward"}
// CHECK: %[[DZ:.*]] = weft.reshape %[[S]] {{[{].*}}phase = "backward"} : tensor<f32> to tensor<1xf32>
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DY]], %
// CHECK: %[[OLDz:.*]] = weft.get @z.gradient
// CHECK: weft.accumulate %[[OLDz]], %[[DZ]], %
module @add_one {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<1xf32>
    %y = weft.add %x, %z : tensor<3x5xf32>, tensor<1xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
