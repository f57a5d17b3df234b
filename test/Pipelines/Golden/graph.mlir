module @gpt2_tiny attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>} {
  weft.model @loss(%tokens: tensor<2x8xi32>, %targets: tensor<2x8xi32>) -> (tensor<f32>, tensor<f32>) {
    %0 = weft.constant dense<0.353553385> : tensor<f32> {phase = "forward", scope = "h.0"}
    %1 = weft.parameter "wte.weight" init(normal, 0.02) key 7049158632033501577 : tensor<32x16xf32>
    %2 = weft.parameter "wpe.weight" init(normal, 0.02) key 4759686284756947381 : tensor<8x16xf32>
    %3 = weft.parameter "h.0.ln_1.weight" init(ones) key 718286616630911723 {scope = "h.0"} : tensor<16xf32>
    %4 = weft.parameter "h.0.ln_1.bias" init(zeros) key 4799122565271012982 {scope = "h.0"} : tensor<16xf32>
    %5 = weft.parameter "h.0.attn.c_attn.weight" init(normal, 0.02) key 9042601755433050237 {scope = "h.0"} : tensor<16x48xf32>
    %6 = weft.parameter "h.0.attn.c_attn.bias" init(zeros) key 7818503664401930472 {scope = "h.0"} : tensor<48xf32>
    %7 = weft.parameter "h.0.attn.c_proj.weight" init(normal, 0.014142135623730949) key 6765520596756506577 {scope = "h.0"} : tensor<16x16xf32>
    %8 = weft.parameter "h.0.attn.c_proj.bias" init(zeros) key 16242502159554129868 {scope = "h.0"} : tensor<16xf32>
    %9 = weft.parameter "h.0.ln_2.weight" init(ones) key 1436253749911391744 {scope = "h.0"} : tensor<16xf32>
    %10 = weft.parameter "h.0.ln_2.bias" init(zeros) key 5495708170589445861 {scope = "h.0"} : tensor<16xf32>
    %11 = weft.parameter "h.0.mlp.c_fc.weight" init(normal, 0.02) key 6371745872173673859 {scope = "h.0"} : tensor<16x64xf32>
    %12 = weft.parameter "h.0.mlp.c_fc.bias" init(zeros) key 1707944349886224446 {scope = "h.0"} : tensor<64xf32>
    %13 = weft.parameter "h.0.mlp.c_proj.weight" init(normal, 0.014142135623730949) key 12325170337658628179 {scope = "h.0"} : tensor<64x16xf32>
    %14 = weft.parameter "h.0.mlp.c_proj.bias" init(zeros) key 4505297316399317230 {scope = "h.0"} : tensor<16xf32>
    %15 = weft.parameter "ln_f.weight" init(ones) key 12917151793507910212 : tensor<16xf32>
    %16 = weft.parameter "ln_f.bias" init(zeros) key 17506747533471798297 : tensor<16xf32>
    %17 = weft.embedding %tokens, %1 {phase = "forward", scope = "wte"} : tensor<2x8xi32>, tensor<32x16xf32>
    %18 = weft.iota {phase = "forward"} : tensor<8xi32>
    %19 = weft.embedding %18, %2 {phase = "forward", scope = "wpe"} : tensor<8xi32>, tensor<8x16xf32>
    %20 = weft.add %17, %19 {phase = "forward"} : tensor<2x8x16xf32>, tensor<8x16xf32>
    %21 = weft.layer_norm %20, %3, %4 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %22 = weft.linear in_out %21, %5, %6 {phase = "forward", scope = "h.0.attn.c_attn"} : (tensor<2x8x16xf32>, tensor<16x48xf32>, tensor<48xf32>) -> tensor<2x8x48xf32>
    %23:3 = weft.split %22 axis 2 parts 3 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x48xf32>
    %24 = weft.reshape %23#0 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %25 = weft.transpose %24 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %26 = weft.reshape %23#1 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %27 = weft.transpose %26 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %28 = weft.reshape %23#2 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %29 = weft.transpose %28 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %30 = weft.matmul %25, %27 {phase = "forward", scope = "h.0.attn", transpose_b} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %31 = weft.mul %30, %0 {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<f32>
    %32 = weft.causal_mask %31 {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %33 = weft.softmax %32 {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %34 = weft.matmul %33, %29 {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %35 = weft.transpose %34 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %36 = weft.reshape %35 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %37 = weft.linear in_out %36, %7, %8 {phase = "forward", scope = "h.0.attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %38 = weft.add %20, %37 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %39 = weft.layer_norm %38, %9, %10 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %40 = weft.linear in_out %39, %11, %12 {phase = "forward", scope = "h.0.mlp.c_fc"} : (tensor<2x8x16xf32>, tensor<16x64xf32>, tensor<64xf32>) -> tensor<2x8x64xf32>
    %41 = weft.gelu tanh %40 {phase = "forward", scope = "h.0.mlp"} : tensor<2x8x64xf32>
    %42 = weft.linear in_out %41, %13, %14 {phase = "forward", scope = "h.0.mlp.c_proj"} : (tensor<2x8x64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %43 = weft.add %38, %42 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %44 = weft.layer_norm %43, %15, %16 {eps = 1.000000e-05 : f64, phase = "forward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %45 = weft.linear out_in %44, %1 {phase = "forward", scope = "lm_head"} : (tensor<2x8x16xf32>, tensor<32x16xf32>) -> tensor<2x8x32xf32>
    %sum, %weight = weft.cross_entropy %45, %targets {ignore_index = -100 : i64, phase = "forward", scope = "loss"} : tensor<2x8x32xf32>, tensor<2x8xi32>
    weft.return %sum, %weight : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-08, weight_decay = 0.1>) clip_norm(1.000000e+00) groups([#weft.group<match = "*.bias", weight_decay = 0.0>, #weft.group<match = "*ln_*", weight_decay = 0.0>])
}
