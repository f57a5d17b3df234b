// RUN: weft-opt %s -weft-erf-to-libm | FileCheck %s

// CHECK: llvm.func @"\01erf"(f64) -> f64 attributes {memory_effects = {{.*}}, no_unwind, will_return}
// CHECK-LABEL: func.func @erf
// CHECK-SAME: %[[X:.*]]: vector<2xf64>, %[[Y:.*]]: f64, %[[Z:.*]]: f32
// CHECK: %[[A:.*]] = vector.extract %[[X]][0]
// CHECK: %[[B:.*]] = llvm.call @"\01erf"(%[[A]]) : (f64) -> f64
// CHECK: vector.insert %[[B]], %{{.*}} [0]
// CHECK: %[[C:.*]] = vector.extract %[[X]][1]
// CHECK: llvm.call @"\01erf"(%[[C]])
// CHECK: llvm.call @"\01erf"(%[[Y]])
// CHECK: math.erf %[[Z]] : f32
func.func @erf(%x: vector<2xf64>, %y: f64, %z: f32) -> (vector<2xf64>, f64, f32) {
  %0 = math.erf %x : vector<2xf64>
  %1 = math.erf %y : f64
  %2 = math.erf %z : f32
  return %0, %1, %2 : vector<2xf64>, f64, f32
}
