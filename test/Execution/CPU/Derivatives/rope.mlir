// weft.rope of both pairings, scaled and not, there and back; one position, one pair, a transposed input, and
// two calls that share a table.
module @rope {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t1 = weft.rope half %a0 {theta = 10000.0} : tensor<2x3x5x8xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t2 = weft.mul %t1, %w0 : tensor<2x3x5x8xf64>, tensor<2x3x5x8xf64>
    %t3 = weft.sum %t2 axes [0, 1, 2, 3] : tensor<2x3x5x8xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<5x8xf64>
    %t4 = weft.rope half %a1 {theta = 10000.0} : tensor<5x8xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<5x8xf64>
    %t5 = weft.mul %t4, %w1 : tensor<5x8xf64>, tensor<5x8xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<5x8xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x4x6xf64>
    %t8 = weft.rope half %a2 {theta = 100.0, scaling = #weft.rope_linear<factor = 2.0>} : tensor<2x4x6xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x4x6xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x4x6xf64>, tensor<2x4x6xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x4x6xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<7x16xf64>
    %t12 = weft.rope half %a3 {theta = 100.0, scaling = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 16>} : tensor<7x16xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<7x16xf64>
    %t13 = weft.mul %t12, %w3 : tensor<7x16xf64>, tensor<7x16xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<7x16xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %a4 = weft.parameter "a4" init(normal, 0.5) : tensor<3x8xf64>
    %t16 = weft.rope half %a4 {theta = 10.0, inverse} : tensor<3x8xf64>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<3x8xf64>
    %t17 = weft.mul %t16, %w4 : tensor<3x8xf64>, tensor<3x8xf64>
    %t18 = weft.sum %t17 axes [0, 1] : tensor<3x8xf64>
    %t19 = weft.add %t15, %t18 : tensor<f64>, tensor<f64>
    %a5 = weft.parameter "a5" init(normal, 0.5) : tensor<2x1x4xf64>
    %t20 = weft.rope half %a5 {theta = 10.0} : tensor<2x1x4xf64>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<2x1x4xf64>
    %t21 = weft.mul %t20, %w5 : tensor<2x1x4xf64>, tensor<2x1x4xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x1x4xf64>
    %t23 = weft.add %t19, %t22 : tensor<f64>, tensor<f64>
    %a6 = weft.parameter "a6" init(normal, 0.5) : tensor<3x2xf64>
    %t24 = weft.rope half %a6 {theta = 10.0} : tensor<3x2xf64>
    %w6 = weft.parameter "w6" init(normal, 0.5) : tensor<3x2xf64>
    %t25 = weft.mul %t24, %w6 : tensor<3x2xf64>, tensor<3x2xf64>
    %t26 = weft.sum %t25 axes [0, 1] : tensor<3x2xf64>
    %t27 = weft.add %t23, %t26 : tensor<f64>, tensor<f64>
    %a7 = weft.parameter "a7" init(normal, 0.5) : tensor<2x5x3x8xf64>
    %t28 = weft.transpose %a7 [0, 2, 1, 3] : tensor<2x5x3x8xf64>
    %t29 = weft.rope half %t28 {theta = 10000.0} : tensor<2x3x5x8xf64>
    %w7 = weft.parameter "w7" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t30 = weft.mul %t29, %w7 : tensor<2x3x5x8xf64>, tensor<2x3x5x8xf64>
    %t31 = weft.sum %t30 axes [0, 1, 2, 3] : tensor<2x3x5x8xf64>
    %t32 = weft.add %t27, %t31 : tensor<f64>, tensor<f64>
    %a8 = weft.parameter "a8" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t33 = weft.rope interleaved %a8 {theta = 10000.0} : tensor<2x3x5x8xf64>
    %w8 = weft.parameter "w8" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t34 = weft.mul %t33, %w8 : tensor<2x3x5x8xf64>, tensor<2x3x5x8xf64>
    %t35 = weft.sum %t34 axes [0, 1, 2, 3] : tensor<2x3x5x8xf64>
    %t36 = weft.add %t32, %t35 : tensor<f64>, tensor<f64>
    %a9 = weft.parameter "a9" init(normal, 0.5) : tensor<5x8xf64>
    %t37 = weft.rope interleaved %a9 {theta = 10000.0} : tensor<5x8xf64>
    %w9 = weft.parameter "w9" init(normal, 0.5) : tensor<5x8xf64>
    %t38 = weft.mul %t37, %w9 : tensor<5x8xf64>, tensor<5x8xf64>
    %t39 = weft.sum %t38 axes [0, 1] : tensor<5x8xf64>
    %t40 = weft.add %t36, %t39 : tensor<f64>, tensor<f64>
    %a10 = weft.parameter "a10" init(normal, 0.5) : tensor<2x4x6xf64>
    %t41 = weft.rope interleaved %a10 {theta = 100.0, scaling = #weft.rope_linear<factor = 2.0>} : tensor<2x4x6xf64>
    %w10 = weft.parameter "w10" init(normal, 0.5) : tensor<2x4x6xf64>
    %t42 = weft.mul %t41, %w10 : tensor<2x4x6xf64>, tensor<2x4x6xf64>
    %t43 = weft.sum %t42 axes [0, 1, 2] : tensor<2x4x6xf64>
    %t44 = weft.add %t40, %t43 : tensor<f64>, tensor<f64>
    %a11 = weft.parameter "a11" init(normal, 0.5) : tensor<7x16xf64>
    %t45 = weft.rope interleaved %a11 {theta = 100.0, scaling = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 16>} : tensor<7x16xf64>
    %w11 = weft.parameter "w11" init(normal, 0.5) : tensor<7x16xf64>
    %t46 = weft.mul %t45, %w11 : tensor<7x16xf64>, tensor<7x16xf64>
    %t47 = weft.sum %t46 axes [0, 1] : tensor<7x16xf64>
    %t48 = weft.add %t44, %t47 : tensor<f64>, tensor<f64>
    %a12 = weft.parameter "a12" init(normal, 0.5) : tensor<3x8xf64>
    %t49 = weft.rope interleaved %a12 {theta = 10.0, inverse} : tensor<3x8xf64>
    %w12 = weft.parameter "w12" init(normal, 0.5) : tensor<3x8xf64>
    %t50 = weft.mul %t49, %w12 : tensor<3x8xf64>, tensor<3x8xf64>
    %t51 = weft.sum %t50 axes [0, 1] : tensor<3x8xf64>
    %t52 = weft.add %t48, %t51 : tensor<f64>, tensor<f64>
    %a13 = weft.parameter "a13" init(normal, 0.5) : tensor<2x1x4xf64>
    %t53 = weft.rope interleaved %a13 {theta = 10.0} : tensor<2x1x4xf64>
    %w13 = weft.parameter "w13" init(normal, 0.5) : tensor<2x1x4xf64>
    %t54 = weft.mul %t53, %w13 : tensor<2x1x4xf64>, tensor<2x1x4xf64>
    %t55 = weft.sum %t54 axes [0, 1, 2] : tensor<2x1x4xf64>
    %t56 = weft.add %t52, %t55 : tensor<f64>, tensor<f64>
    %a14 = weft.parameter "a14" init(normal, 0.5) : tensor<3x2xf64>
    %t57 = weft.rope interleaved %a14 {theta = 10.0} : tensor<3x2xf64>
    %w14 = weft.parameter "w14" init(normal, 0.5) : tensor<3x2xf64>
    %t58 = weft.mul %t57, %w14 : tensor<3x2xf64>, tensor<3x2xf64>
    %t59 = weft.sum %t58 axes [0, 1] : tensor<3x2xf64>
    %t60 = weft.add %t56, %t59 : tensor<f64>, tensor<f64>
    %a15 = weft.parameter "a15" init(normal, 0.5) : tensor<2x5x3x8xf64>
    %t61 = weft.transpose %a15 [0, 2, 1, 3] : tensor<2x5x3x8xf64>
    %t62 = weft.rope interleaved %t61 {theta = 10000.0} : tensor<2x3x5x8xf64>
    %w15 = weft.parameter "w15" init(normal, 0.5) : tensor<2x3x5x8xf64>
    %t63 = weft.mul %t62, %w15 : tensor<2x3x5x8xf64>, tensor<2x3x5x8xf64>
    %t64 = weft.sum %t63 axes [0, 1, 2, 3] : tensor<2x3x5x8xf64>
    %t65 = weft.add %t60, %t64 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t65, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
