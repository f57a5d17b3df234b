// weft.attention: heads that share keys, a window, a soft cap, widths that are no power of two, the
// log-sum-exp used as well; fewer queries than keys, with a bias, whose log-sum-exp
// is used, and with what replaces scores; with neighbours on both sides, and with those ahead only; one query.
module @attention {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x37x5xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x2x37x5xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x2x37x19xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x37x19xf64>
    %h = weft.parameter "h" init(normal, 1.0) : tensor<2x4x37xf64>
    %o, %lse = weft.attention %q, %k, %v {scale = 0.5, causal, window = 20, softcap = 2.0} : tensor<2x4x37x5xf64>, tensor<2x2x37x5xf64>, tensor<2x2x37x19xf64>
    %y = weft.mul %o, %g : tensor<2x4x37x19xf64>, tensor<2x4x37x19xf64>
    %s0 = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x37x19xf64>
    %z = weft.mul %lse, %h : tensor<2x4x37xf64>, tensor<2x4x37xf64>
    %s1 = weft.sum %z axes [0, 1, 2] : tensor<2x4x37xf64>
    %q1 = weft.parameter "q1" init(normal, 1.0) : tensor<1x2x33x16xf64>
    %k1 = weft.parameter "k1" init(normal, 1.0) : tensor<1x1x70x16xf64>
    %v1 = weft.parameter "v1" init(normal, 1.0) : tensor<1x1x70x8xf64>
    %g1 = weft.parameter "g1" init(normal, 1.0) : tensor<1x2x33x8xf64>
    %i = weft.iota : tensor<70xi32>
    %f = weft.cast %i : tensor<70xi32> to tensor<70xf64>
    %b = weft.sin %f : tensor<70xf64>
    %b1 = weft.reshape %b : tensor<70xf64> to tensor<1x1x1x70xf64>
    %o1, %lse1, %rest1 = weft.attention %q1, %k1, %v1 bias %b1 : tensor<1x1x1x70xf64> {scale = 0.25} : tensor<1x2x33x16xf64>, tensor<1x1x70x16xf64>, tensor<1x1x70x8xf64>
    %y1 = weft.mul %o1, %g1 : tensor<1x2x33x8xf64>, tensor<1x2x33x8xf64>
    %h1 = weft.parameter "h1" init(normal, 1.0) : tensor<1x2x33xf64>
    %z1 = weft.mul %lse1, %h1 : tensor<1x2x33xf64>, tensor<1x2x33xf64>
    %s6 = weft.sum %z1 axes [0, 1, 2] : tensor<1x2x33xf64>
    %zero = weft.constant dense<0.0> : tensor<f64>
    %kept = weft.compare gt %b1, %zero : tensor<1x1x1x70xf64>, tensor<f64> -> tensor<1x1x1x70xf64>
    %o5, %lse5, %rest5 = weft.attention %q1, %k1, %v1 bias %b1 : tensor<1x1x1x70xf64> kept %kept : tensor<1x1x1x70xf64> {scale = 0.25, causal} : tensor<1x2x33x16xf64>, tensor<1x1x70x16xf64>, tensor<1x1x70x8xf64>
    %y5 = weft.mul %o5, %g1 : tensor<1x2x33x8xf64>, tensor<1x2x33x8xf64>
    %s7 = weft.sum %y5 axes [0, 1, 2, 3] : tensor<1x2x33x8xf64>
    %s2 = weft.sum %y1 axes [0, 1, 2, 3] : tensor<1x2x33x8xf64>
    %q2 = weft.parameter "q2" init(normal, 1.0) : tensor<1x1x1x3xf64>
    %k2 = weft.parameter "k2" init(normal, 1.0) : tensor<1x1x600x3xf64>
    %v2 = weft.parameter "v2" init(normal, 1.0) : tensor<1x1x600x3xf64>
    %o2, %lse2 = weft.attention %q2, %k2, %v2 {scale = 1.0, causal} : tensor<1x1x1x3xf64>, tensor<1x1x600x3xf64>, tensor<1x1x600x3xf64>
    %s3 = weft.sum %o2 axes [0, 1, 2, 3] : tensor<1x1x1x3xf64>
    %o3, %lse3 = weft.attention %q1, %k1, %v1 {scale = 0.25, window = 9, ahead = 6} : tensor<1x2x33x16xf64>, tensor<1x1x70x16xf64>, tensor<1x1x70x8xf64>
    %y3 = weft.mul %o3, %g1 : tensor<1x2x33x8xf64>, tensor<1x2x33x8xf64>
    %s4 = weft.sum %y3 axes [0, 1, 2, 3] : tensor<1x2x33x8xf64>
    %o4, %lse4 = weft.attention %q1, %k1, %v1 {scale = 0.25, window = -3, ahead = 20} : tensor<1x2x33x16xf64>, tensor<1x1x70x16xf64>, tensor<1x1x70x8xf64>
    %y4 = weft.mul %o4, %g1 : tensor<1x2x33x8xf64>, tensor<1x2x33x8xf64>
    %s5 = weft.sum %y4 axes [0, 1, 2, 3] : tensor<1x2x33x8xf64>
    %t0 = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %t1 = weft.add %s2, %s3 : tensor<f64>, tensor<f64>
    %t2 = weft.add %s4, %s5 : tensor<f64>, tensor<f64>
    %t3 = weft.add %t0, %t2 : tensor<f64>, tensor<f64>
    %t4 = weft.add %s6, %s7 : tensor<f64>, tensor<f64>
    %t5 = weft.add %t3, %t4 : tensor<f64>, tensor<f64>
    %s = weft.add %t5, %t1 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
