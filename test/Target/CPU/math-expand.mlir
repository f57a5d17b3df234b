// RUN: weft-opt %s --weft-expand-math | FileCheck %s
// RUN: weft-opt %s --weft-expand-math --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @f32
func.func @f32(%a: f32, %b: vector<8xf32>, %c: tensor<4xf32>, %d: vector<2x8xf32>)
    -> (f32, vector<8xf32>, tensor<4xf32>, vector<2x8xf32>) {
  // Branchless, of fused multiply-adds and integer arithmetic on the bits, in the shape of the operand.
  // CHECK-NOT: math.exp
  // CHECK: math.fma {{.*}} : f32
  // CHECK: arith.shli {{.*}} : i32
  %exp = math.exp %a : f32
  // CHECK-NOT: math.log
  // CHECK: arith.sitofp {{.*}} : vector<8xi32> to vector<8xf32>
  %log = math.log %b : vector<8xf32>
  // CHECK-NOT: math.tanh
  // CHECK: arith.divf {{.*}} : tensor<4xf32>
  // CHECK: math.copysign {{.*}} : tensor<4xf32>
  %tanh = math.tanh %c : tensor<4xf32>
  // CHECK-NOT: math.erf
  // CHECK: math.copysign {{.*}} : vector<2x8xf32>
  // CHECK: arith.select {{.*}} : vector<2x8xi1>, vector<2x8xf32>
  // CHECK-NEXT: return
  %erf = math.erf %d : vector<2x8xf32>
  return %exp, %log, %tanh, %erf : f32, vector<8xf32>, tensor<4xf32>, vector<2x8xf32>
}

// Through f64, rounded once.
// CHECK-LABEL: func.func @wide
func.func @wide(%a: f32, %b: vector<8xf32>) -> (f32, vector<8xf32>) {
  // CHECK: %[[A:.*]] = arith.extf %{{.*}} : f32 to f64
  // CHECK: %[[SIN:.*]] = math.sin %[[A]] : f64
  // CHECK: arith.truncf %[[SIN]] : f64 to f32
  %sin = math.sin %a : f32
  // CHECK: %[[B:.*]] = arith.extf %{{.*}} : vector<8xf32> to vector<8xf64>
  // CHECK: %[[COS:.*]] = math.cos %[[B]] : vector<8xf64>
  // CHECK: arith.truncf %[[COS]] : vector<8xf64> to vector<8xf32>
  %cos = math.cos %b : vector<8xf32>
  return %sin, %cos : f32, vector<8xf32>
}

// f64, and what has an instruction, stay.
// CHECK-LABEL: func.func @stays
func.func @stays(%a: f64, %b: vector<8xf32>) -> (f64, f64, f64, f64, vector<8xf32>) {
  // CHECK-NEXT: math.exp {{.*}} : f64
  // CHECK-NEXT: math.log {{.*}} : f64
  // CHECK-NEXT: math.tanh {{.*}} : f64
  // CHECK-NEXT: math.erf {{.*}} : f64
  // CHECK-NEXT: math.sqrt {{.*}} : vector<8xf32>
  // CHECK-NEXT: return
  %0 = math.exp %a : f64
  %1 = math.log %a : f64
  %2 = math.tanh %a : f64
  %3 = math.erf %a : f64
  %4 = math.sqrt %b : vector<8xf32>
  return %0, %1, %2, %3, %4 : f64, f64, f64, f64, vector<8xf32>
}

// Two comparisons and selects; the first select takes the second operand where that is NaN.
// CHECK-LABEL: func.func @extrema
// CHECK-SAME: %[[A:.*]]: vector<4xf64>, %[[B:.*]]: vector<4xf64>
func.func @extrema(%a: vector<4xf64>, %b: vector<4xf64>) -> (vector<4xf64>, vector<4xf64>) {
  // CHECK: %[[GT:.*]] = arith.cmpf ogt, %[[A]], %[[B]]
  // CHECK: %[[MAX:.*]] = arith.select %[[GT]], %[[A]], %[[B]]
  // CHECK: %[[UNO:.*]] = arith.cmpf uno, %[[A]], %[[A]]
  // CHECK: arith.select %[[UNO]], %[[A]], %[[MAX]]
  %0 = arith.maximumf %a, %b : vector<4xf64>
  // CHECK: arith.cmpf olt, %[[A]], %[[B]]
  // CHECK-NOT: minimumf
  %1 = arith.minimumf %a, %b : vector<4xf64>
  return %0, %1 : vector<4xf64>, vector<4xf64>
}

// What the selects compute, evaluated by their folders: NaN in either operand, infinities, and the
// second operand of two zeros.
// FOLD-LABEL: func.func @extrema_of_constants
func.func @extrema_of_constants() -> (f32, f32, f32, f32, f32, f32, f32, f32) {
  %nan = arith.constant 0x7FC00000 : f32
  %low = arith.constant 0xFF800000 : f32
  %one = arith.constant 1.0 : f32
  %zero = arith.constant 0.0 : f32
  %minus = arith.constant -0.0 : f32
  // FOLD-DAG: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
  // FOLD-DAG: %[[LOW:.*]] = arith.constant 0xFF800000 : f32
  // FOLD-DAG: %[[ONE:.*]] = arith.constant 1.000000e+00 : f32
  // FOLD-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // FOLD-DAG: %[[MINUS:.*]] = arith.constant -0.000000e+00 : f32
  // FOLD: return %[[NAN]], %[[NAN]], %[[NAN]], %[[NAN]], %[[ONE]], %[[LOW]], %[[MINUS]], %[[ZERO]]
  %0 = arith.maximumf %nan, %one : f32
  %1 = arith.maximumf %one, %nan : f32
  %2 = arith.minimumf %nan, %one : f32
  %3 = arith.minimumf %low, %nan : f32
  %4 = arith.maximumf %low, %one : f32
  %5 = arith.minimumf %one, %low : f32
  %6 = arith.maximumf %zero, %minus : f32
  %7 = arith.minimumf %minus, %zero : f32
  return %0, %1, %2, %3, %4, %5, %6, %7 : f32, f32, f32, f32, f32, f32, f32, f32
}

// The upper half of an f32: widened by a shift; rounded by adding what is a half, but for NaN. Other types stay.
// CHECK-LABEL: func.func @bf16
func.func @bf16(%a: vector<8xbf16>, %b: f32, %c: f16) -> (vector<8xf32>, bf16, f32) {
  // CHECK-NOT: arith.extf
  // CHECK: arith.extui {{.*}} : vector<8xi16> to vector<8xi32>
  // CHECK: arith.shli
  // CHECK: arith.bitcast {{.*}} : vector<8xi32> to vector<8xf32>
  %x = arith.extf %a : vector<8xbf16> to vector<8xf32>
  // CHECK-NOT: arith.truncf
  // CHECK: arith.cmpf uno
  // CHECK: arith.trunci {{.*}} : i32 to i16
  // CHECK: arith.bitcast {{.*}} : i16 to bf16
  %y = arith.truncf %b : f32 to bf16
  // CHECK: arith.extf {{.*}} : f16 to f32
  %z = arith.extf %c : f16 to f32
  return %x, %y, %z : vector<8xf32>, bf16, f32
}
