// RUN: weft-opt %s -weft-expand-math | FileCheck %s

// Numbers are checked by KernelTest; here: what is expanded, and what is left.

// CHECK-LABEL: func.func @f32
// CHECK-NOT: math.{{exp|log|tanh|erf}}
// CHECK: return
func.func @f32(%v: vector<64xf32>, %t: tensor<4x8xf32>, %s: f32)
    -> (vector<64xf32>, tensor<4x8xf32>, f32, vector<64xf32>) {
  %0 = math.exp %v : vector<64xf32>
  %1 = math.log %t : tensor<4x8xf32>
  %2 = math.tanh %s : f32
  %3 = math.erf %v : vector<64xf32>
  return %0, %1, %2, %3 : vector<64xf32>, tensor<4x8xf32>, f32, vector<64xf32>
}

// CHECK-LABEL: func.func @left
// CHECK-NEXT: math.exp
// CHECK-NEXT: math.erf
// CHECK-NEXT: math.sqrt
// CHECK-NEXT: return
func.func @left(%v: vector<64xf64>, %s: f64, %f: f32) -> (vector<64xf64>, f64, f32) {
  %0 = math.exp %v : vector<64xf64>
  %1 = math.erf %s : f64
  %2 = math.sqrt %f : f32
  return %0, %1, %2 : vector<64xf64>, f64, f32
}

// CHECK-LABEL: func.func @extrema
// CHECK-SAME: %[[A:.*]]: vector<8xf64>, %[[B:.*]]: vector<8xf64>
// CHECK: %[[MORE:.*]] = arith.cmpf ogt, %[[A]], %[[B]]
// CHECK: %[[M:.*]] = arith.select %[[MORE]], %[[A]], %[[B]]
// CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[A]], %[[A]]
// CHECK: %[[MAX:.*]] = arith.select %[[NAN]], %[[A]], %[[M]]
// CHECK: arith.cmpf olt
// CHECK: return %[[MAX]]
func.func @extrema(%a: vector<8xf64>, %b: vector<8xf64>) -> (vector<8xf64>, vector<8xf64>) {
  %0 = arith.maximumf %a, %b : vector<8xf64>
  %1 = arith.minimumf %a, %b : vector<8xf64>
  return %0, %1 : vector<8xf64>, vector<8xf64>
}
