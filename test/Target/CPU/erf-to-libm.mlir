// erf of f64 goes to libm, lane by lane; that of f32 stays for -weft-expand-math.
// RUN: weft-opt %s -weft-erf-to-libm | FileCheck %s

// CHECK-LABEL: func.func @scalar
// CHECK: llvm.call @"\01erf"(%{{.*}}) : (f64) -> f64
// CHECK-NOT: math.erf
func.func @scalar(%x: f64) -> f64 {
  %0 = math.erf %x : f64
  return %0 : f64
}

// CHECK-LABEL: func.func @lanes
// CHECK-COUNT-2: llvm.call @"\01erf"(%{{.*}}) : (f64) -> f64
// CHECK-NOT: call @erf
// CHECK: return
func.func @lanes(%x: vector<2xf64>) -> vector<2xf64> {
  %0 = math.erf %x : vector<2xf64>
  return %0 : vector<2xf64>
}

// CHECK-LABEL: func.func @single
// CHECK: math.erf %{{.*}} : f32
func.func @single(%x: f32) -> f32 {
  %0 = math.erf %x : f32
  return %0 : f32
}
