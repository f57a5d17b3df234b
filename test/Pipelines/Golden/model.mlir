module @gpt2_tiny attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>} {
  weft.layer @block(%x: tensor<2x8x16xf32>) -> tensor<2x8x16xf32> {
    %0 = weft.parameter "ln_1.weight" init(ones) : tensor<16xf32>
    %1 = weft.parameter "ln_1.bias" init(zeros) : tensor<16xf32>
    %2 = weft.layer_norm %x, %0, %1 {eps = 1.000000e-05 : f64, scope = "ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %3 = weft.parameter "attn.c_attn.weight" init(normal, 0.02) : tensor<16x48xf32>
    %4 = weft.parameter "attn.c_attn.bias" init(zeros) : tensor<48xf32>
    %5 = weft.linear in_out %2, %3, %4 {scope = "attn.c_attn"} : (tensor<2x8x16xf32>, tensor<16x48xf32>, tensor<48xf32>) -> tensor<2x8x48xf32>
    %6:3 = weft.split %5 axis 2 parts 3 {scope = "attn"} : tensor<2x8x48xf32>
    %7 = weft.reshape %6#0 {scope = "attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %8 = weft.transpose %7 [0, 2, 1, 3] {scope = "attn"} : tensor<2x8x2x8xf32>
    %9 = weft.reshape %6#1 {scope = "attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %10 = weft.transpose %9 [0, 2, 1, 3] {scope = "attn"} : tensor<2x8x2x8xf32>
    %11 = weft.reshape %6#2 {scope = "attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %12 = weft.transpose %11 [0, 2, 1, 3] {scope = "attn"} : tensor<2x8x2x8xf32>
    %13 = weft.matmul %8, %10 {scope = "attn", transpose_b} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %14 = weft.constant dense<0.353553385> : tensor<f32>
    %15 = weft.mul %13, %14 {scope = "attn"} : tensor<2x2x8x8xf32>, tensor<f32>
    %16 = weft.causal_mask %15 {scope = "attn"} : tensor<2x2x8x8xf32>
    %17 = weft.softmax %16 {scope = "attn"} : tensor<2x2x8x8xf32>
    %18 = weft.matmul %17, %12 {scope = "attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %19 = weft.transpose %18 [0, 2, 1, 3] {scope = "attn"} : tensor<2x2x8x8xf32>
    %20 = weft.reshape %19 {scope = "attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %21 = weft.parameter "attn.c_proj.weight" init(normal, 0.014142135623730949) : tensor<16x16xf32>
    %22 = weft.parameter "attn.c_proj.bias" init(zeros) : tensor<16xf32>
    %23 = weft.linear in_out %20, %21, %22 {scope = "attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %24 = weft.add %x, %23 : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %25 = weft.parameter "ln_2.weight" init(ones) : tensor<16xf32>
    %26 = weft.parameter "ln_2.bias" init(zeros) : tensor<16xf32>
    %27 = weft.layer_norm %24, %25, %26 {eps = 1.000000e-05 : f64, scope = "ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %28 = weft.parameter "mlp.c_fc.weight" init(normal, 0.02) : tensor<16x64xf32>
    %29 = weft.parameter "mlp.c_fc.bias" init(zeros) : tensor<64xf32>
    %30 = weft.linear in_out %27, %28, %29 {scope = "mlp.c_fc"} : (tensor<2x8x16xf32>, tensor<16x64xf32>, tensor<64xf32>) -> tensor<2x8x64xf32>
    %31 = weft.gelu tanh %30 {scope = "mlp"} : tensor<2x8x64xf32>
    %32 = weft.parameter "mlp.c_proj.weight" init(normal, 0.014142135623730949) : tensor<64x16xf32>
    %33 = weft.parameter "mlp.c_proj.bias" init(zeros) : tensor<16xf32>
    %34 = weft.linear in_out %31, %32, %33 {scope = "mlp.c_proj"} : (tensor<2x8x64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %35 = weft.add %24, %34 : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    weft.return %35 : tensor<2x8x16xf32>
  }
  weft.model @loss(%tokens: tensor<2x8xi32>, %targets: tensor<2x8xi32>) -> (tensor<f32>, tensor<f32>) {
    %0 = weft.parameter "wte.weight" init(normal, 0.02) : tensor<32x16xf32>
    %1 = weft.parameter "wpe.weight" init(normal, 0.02) : tensor<8x16xf32>
    %2 = weft.embedding %tokens, %0 {scope = "wte"} : tensor<2x8xi32>, tensor<32x16xf32>
    %3 = weft.iota : tensor<8xi32>
    %4 = weft.embedding %3, %1 {scope = "wpe"} : tensor<8xi32>, tensor<8x16xf32>
    %5 = weft.add %2, %4 : tensor<2x8x16xf32>, tensor<8x16xf32>
    %6 = weft.call @block as "h.0"(%5) : (tensor<2x8x16xf32>) -> tensor<2x8x16xf32>
    %7 = weft.parameter "ln_f.weight" init(ones) : tensor<16xf32>
    %8 = weft.parameter "ln_f.bias" init(zeros) : tensor<16xf32>
    %9 = weft.layer_norm %6, %7, %8 {eps = 1.000000e-05 : f64, scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %10 = weft.linear out_in %9, %0 {scope = "lm_head"} : (tensor<2x8x16xf32>, tensor<32x16xf32>) -> tensor<2x8x32xf32>
    %sum, %weight = weft.cross_entropy %10, %targets {ignore_index = -100 : i64, scope = "loss"} : tensor<2x8x32xf32>, tensor<2x8xi32>
    weft.return %sum, %weight : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-08, weight_decay = 0.1>) clip_norm(1.000000e+00) groups([#weft.group<match = "*.bias", weight_decay = 0.0>, #weft.group<match = "*ln_*", weight_decay = 0.0>])
}
