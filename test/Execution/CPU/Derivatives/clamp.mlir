// weft.clamp of numbers below, between and above the bounds: both, the lower, the upper.
module @clamp {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.1) : tensor<3x7xf64>
    %t1 = weft.constant dense<-2.0> : tensor<3x2xf64>
    %t2 = weft.constant dense<0.0> : tensor<3x2xf64>
    %t3 = weft.constant dense<2.0> : tensor<3x3xf64>
    %t4 = weft.concat %t1, %t2, %t3 axis 1 : tensor<3x2xf64>, tensor<3x2xf64>, tensor<3x3xf64>
    %t5 = weft.add %a0, %t4 : tensor<3x7xf64>, tensor<3x7xf64>
    %t6 = weft.clamp %t5 {min = -1.0, max = 1.0} : tensor<3x7xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x7xf64>
    %t7 = weft.mul %t6, %w0 : tensor<3x7xf64>, tensor<3x7xf64>
    %t8 = weft.sum %t7 axes [0, 1] : tensor<3x7xf64>
    %a1 = weft.parameter "a1" init(normal, 0.1) : tensor<2x3x67xf64>
    %t9 = weft.constant dense<-2.0> : tensor<2x3x22xf64>
    %t10 = weft.constant dense<0.0> : tensor<2x3x22xf64>
    %t11 = weft.constant dense<2.0> : tensor<2x3x23xf64>
    %t12 = weft.concat %t9, %t10, %t11 axis 2 : tensor<2x3x22xf64>, tensor<2x3x22xf64>, tensor<2x3x23xf64>
    %t13 = weft.add %a1, %t12 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t14 = weft.clamp %t13 {min = -1.0, max = 1.0} : tensor<2x3x67xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x3x67xf64>
    %t15 = weft.mul %t14, %w1 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t16 = weft.sum %t15 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t17 = weft.add %t8, %t16 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.1) : tensor<3x7xf64>
    %t18 = weft.constant dense<-2.0> : tensor<3x2xf64>
    %t19 = weft.constant dense<0.0> : tensor<3x2xf64>
    %t20 = weft.constant dense<2.0> : tensor<3x3xf64>
    %t21 = weft.concat %t18, %t19, %t20 axis 1 : tensor<3x2xf64>, tensor<3x2xf64>, tensor<3x3xf64>
    %t22 = weft.add %a2, %t21 : tensor<3x7xf64>, tensor<3x7xf64>
    %t23 = weft.clamp %t22 {min = -1.0} : tensor<3x7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<3x7xf64>
    %t24 = weft.mul %t23, %w2 : tensor<3x7xf64>, tensor<3x7xf64>
    %t25 = weft.sum %t24 axes [0, 1] : tensor<3x7xf64>
    %t26 = weft.add %t17, %t25 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.1) : tensor<2x3x67xf64>
    %t27 = weft.constant dense<-2.0> : tensor<2x3x22xf64>
    %t28 = weft.constant dense<0.0> : tensor<2x3x22xf64>
    %t29 = weft.constant dense<2.0> : tensor<2x3x23xf64>
    %t30 = weft.concat %t27, %t28, %t29 axis 2 : tensor<2x3x22xf64>, tensor<2x3x22xf64>, tensor<2x3x23xf64>
    %t31 = weft.add %a3, %t30 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t32 = weft.clamp %t31 {min = -1.0} : tensor<2x3x67xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<2x3x67xf64>
    %t33 = weft.mul %t32, %w3 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t34 = weft.sum %t33 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t35 = weft.add %t26, %t34 : tensor<f64>, tensor<f64>
    %a4 = weft.parameter "a4" init(normal, 0.1) : tensor<3x7xf64>
    %t36 = weft.constant dense<-2.0> : tensor<3x2xf64>
    %t37 = weft.constant dense<0.0> : tensor<3x2xf64>
    %t38 = weft.constant dense<2.0> : tensor<3x3xf64>
    %t39 = weft.concat %t36, %t37, %t38 axis 1 : tensor<3x2xf64>, tensor<3x2xf64>, tensor<3x3xf64>
    %t40 = weft.add %a4, %t39 : tensor<3x7xf64>, tensor<3x7xf64>
    %t41 = weft.clamp %t40 {max = 1.0} : tensor<3x7xf64>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<3x7xf64>
    %t42 = weft.mul %t41, %w4 : tensor<3x7xf64>, tensor<3x7xf64>
    %t43 = weft.sum %t42 axes [0, 1] : tensor<3x7xf64>
    %t44 = weft.add %t35, %t43 : tensor<f64>, tensor<f64>
    %a5 = weft.parameter "a5" init(normal, 0.1) : tensor<2x3x67xf64>
    %t45 = weft.constant dense<-2.0> : tensor<2x3x22xf64>
    %t46 = weft.constant dense<0.0> : tensor<2x3x22xf64>
    %t47 = weft.constant dense<2.0> : tensor<2x3x23xf64>
    %t48 = weft.concat %t45, %t46, %t47 axis 2 : tensor<2x3x22xf64>, tensor<2x3x22xf64>, tensor<2x3x23xf64>
    %t49 = weft.add %a5, %t48 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t50 = weft.clamp %t49 {max = 1.0} : tensor<2x3x67xf64>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<2x3x67xf64>
    %t51 = weft.mul %t50, %w5 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t52 = weft.sum %t51 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t53 = weft.add %t44, %t52 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t53, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
