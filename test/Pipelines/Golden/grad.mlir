module @gpt2_tiny attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>} {
  weft.variable @wte.weight role(parameter) of "wte.weight" init(normal, 0.02) key 7049158632033501577 : tensor<32x16xf32>
  weft.variable @wte.weight.gradient role(gradient) of "wte.weight" init(zeros) : tensor<32x16xf32>
  weft.variable @wpe.weight role(parameter) of "wpe.weight" init(normal, 0.02) key 4759686284756947381 : tensor<8x16xf32>
  weft.variable @wpe.weight.gradient role(gradient) of "wpe.weight" init(zeros) : tensor<8x16xf32>
  weft.variable @h.0.ln_1.weight role(parameter) of "h.0.ln_1.weight" init(ones) key 718286616630911723 : tensor<16xf32>
  weft.variable @h.0.ln_1.weight.gradient role(gradient) of "h.0.ln_1.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_1.bias role(parameter) of "h.0.ln_1.bias" init(zeros) key 4799122565271012982 : tensor<16xf32>
  weft.variable @h.0.ln_1.bias.gradient role(gradient) of "h.0.ln_1.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.attn.c_attn.weight role(parameter) of "h.0.attn.c_attn.weight" init(normal, 0.02) key 9042601755433050237 : tensor<16x48xf32>
  weft.variable @h.0.attn.c_attn.weight.gradient role(gradient) of "h.0.attn.c_attn.weight" init(zeros) : tensor<16x48xf32>
  weft.variable @h.0.attn.c_attn.bias role(parameter) of "h.0.attn.c_attn.bias" init(zeros) key 7818503664401930472 : tensor<48xf32>
  weft.variable @h.0.attn.c_attn.bias.gradient role(gradient) of "h.0.attn.c_attn.bias" init(zeros) : tensor<48xf32>
  weft.variable @h.0.attn.c_proj.weight role(parameter) of "h.0.attn.c_proj.weight" init(normal, 0.014142135623730949) key 6765520596756506577 : tensor<16x16xf32>
  weft.variable @h.0.attn.c_proj.weight.gradient role(gradient) of "h.0.attn.c_proj.weight" init(zeros) : tensor<16x16xf32>
  weft.variable @h.0.attn.c_proj.bias role(parameter) of "h.0.attn.c_proj.bias" init(zeros) key 16242502159554129868 : tensor<16xf32>
  weft.variable @h.0.attn.c_proj.bias.gradient role(gradient) of "h.0.attn.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.weight role(parameter) of "h.0.ln_2.weight" init(ones) key 1436253749911391744 : tensor<16xf32>
  weft.variable @h.0.ln_2.weight.gradient role(gradient) of "h.0.ln_2.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.bias role(parameter) of "h.0.ln_2.bias" init(zeros) key 5495708170589445861 : tensor<16xf32>
  weft.variable @h.0.ln_2.bias.gradient role(gradient) of "h.0.ln_2.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.mlp.c_fc.weight role(parameter) of "h.0.mlp.c_fc.weight" init(normal, 0.02) key 6371745872173673859 : tensor<16x64xf32>
  weft.variable @h.0.mlp.c_fc.weight.gradient role(gradient) of "h.0.mlp.c_fc.weight" init(zeros) : tensor<16x64xf32>
  weft.variable @h.0.mlp.c_fc.bias role(parameter) of "h.0.mlp.c_fc.bias" init(zeros) key 1707944349886224446 : tensor<64xf32>
  weft.variable @h.0.mlp.c_fc.bias.gradient role(gradient) of "h.0.mlp.c_fc.bias" init(zeros) : tensor<64xf32>
  weft.variable @h.0.mlp.c_proj.weight role(parameter) of "h.0.mlp.c_proj.weight" init(normal, 0.014142135623730949) key 12325170337658628179 : tensor<64x16xf32>
  weft.variable @h.0.mlp.c_proj.weight.gradient role(gradient) of "h.0.mlp.c_proj.weight" init(zeros) : tensor<64x16xf32>
  weft.variable @h.0.mlp.c_proj.bias role(parameter) of "h.0.mlp.c_proj.bias" init(zeros) key 4505297316399317230 : tensor<16xf32>
  weft.variable @h.0.mlp.c_proj.bias.gradient role(gradient) of "h.0.mlp.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.weight role(parameter) of "ln_f.weight" init(ones) key 12917151793507910212 : tensor<16xf32>
  weft.variable @ln_f.weight.gradient role(gradient) of "ln_f.weight" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.bias role(parameter) of "ln_f.bias" init(zeros) key 17506747533471798297 : tensor<16xf32>
  weft.variable @ln_f.bias.gradient role(gradient) of "ln_f.bias" init(zeros) : tensor<16xf32>
  weft.variable @loss_sum role(loss_sum) init(zeros) : tensor<f32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.variable @eval_sum role(eval_sum) init(zeros) : tensor<f32>
  weft.variable @eval_weight role(eval_weight) init(zeros) : tensor<f32>
  weft.variable @logits_values role(logits) init(zeros) : tensor<32xf32>
  weft.graph @micro_step(%tokens: tensor<2x8xi32>, %targets: tensor<2x8xi32>) {
    %0 = weft.constant dense<9.99999974E-6> : tensor<f32> {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"}
    %1 = weft.constant dense<1.000000e+00> : tensor<f32> {phase = "backward", scope = "loss"}
    %2 = weft.get @wte.weight {phase = "forward"} : tensor<32x16xf32>
    %3 = weft.get @wpe.weight {phase = "forward"} : tensor<8x16xf32>
    %4 = weft.get @h.0.ln_1.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %5 = weft.get @h.0.ln_1.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %6 = weft.get @h.0.attn.c_attn.weight {phase = "forward", scope = "h.0"} : tensor<16x48xf32>
    %7 = weft.get @h.0.attn.c_attn.bias {phase = "forward", scope = "h.0"} : tensor<48xf32>
    %8 = weft.get @h.0.attn.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<16x16xf32>
    %9 = weft.get @h.0.attn.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %10 = weft.get @h.0.ln_2.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %11 = weft.get @h.0.ln_2.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %12 = weft.get @h.0.mlp.c_fc.weight {phase = "forward", scope = "h.0"} : tensor<16x64xf32>
    %13 = weft.get @h.0.mlp.c_fc.bias {phase = "forward", scope = "h.0"} : tensor<64xf32>
    %14 = weft.get @h.0.mlp.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<64x16xf32>
    %15 = weft.get @h.0.mlp.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %16 = weft.get @ln_f.weight {phase = "forward"} : tensor<16xf32>
    %17 = weft.get @ln_f.bias {phase = "forward"} : tensor<16xf32>
    %18 = weft.embedding %tokens, %2 {phase = "forward", scope = "wte"} : tensor<2x8xi32>, tensor<32x16xf32>
    %19 = weft.iota {phase = "forward"} : tensor<8xi32>
    %20 = weft.embedding %19, %3 {phase = "forward", scope = "wpe"} : tensor<8xi32>, tensor<8x16xf32>
    %21 = weft.add %18, %20 {phase = "forward"} : tensor<2x8x16xf32>, tensor<8x16xf32>
    %22 = weft.layer_norm %21, %4, %5 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %23 = weft.linear in_out %22, %6, %7 {phase = "forward", scope = "h.0.attn.c_attn"} : (tensor<2x8x16xf32>, tensor<16x48xf32>, tensor<48xf32>) -> tensor<2x8x48xf32>
    %24:3 = weft.split %23 axis 2 parts 3 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x48xf32>
    %25 = weft.reshape %24#0 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %26 = weft.transpose %25 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %27 = weft.reshape %24#1 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %28 = weft.transpose %27 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %29 = weft.reshape %24#2 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %30 = weft.transpose %29 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %result, %lse = weft.attention %26, %28, %30 {causal, phase = "forward", scale = 0.35355338454246521 : f64, scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %31 = weft.transpose %result [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %32 = weft.reshape %31 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %33 = weft.linear in_out %32, %8, %9 {phase = "forward", scope = "h.0.attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %34 = weft.add %21, %33 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %35 = weft.layer_norm %34, %10, %11 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %36 = weft.linear in_out %35, %12, %13 {phase = "forward", scope = "h.0.mlp.c_fc"} : (tensor<2x8x16xf32>, tensor<16x64xf32>, tensor<64xf32>) -> tensor<2x8x64xf32>
    %37 = weft.gelu tanh %36 {phase = "forward", scope = "h.0.mlp"} : tensor<2x8x64xf32>
    %38 = weft.linear in_out %37, %14, %15 {phase = "forward", scope = "h.0.mlp.c_proj"} : (tensor<2x8x64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %39 = weft.add %34, %38 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %40 = weft.layer_norm %39, %16, %17 {eps = 1.000000e-05 : f64, phase = "forward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %41 = weft.linear out_in %40, %2 {phase = "forward", scope = "lm_head"} : (tensor<2x8x16xf32>, tensor<32x16xf32>) -> tensor<2x8x32xf32>
    %loss, %weight, %lse_0 = weft.cross_entropy_rows %41, %targets {ignore_index = -100 : i64, phase = "forward", scope = "loss"} : tensor<2x8x32xf32>, tensor<2x8xi32>
    %42 = weft.sum %loss axes [0, 1, 2] {phase = "forward", scope = "loss"} : tensor<2x8x1xf32>
    %43 = weft.sum %weight axes [0, 1, 2] {phase = "forward", scope = "loss"} : tensor<2x8x1xf32>
    %44 = weft.step_value accumulate {phase = "forward"}
    %45 = weft.get @loss_sum {phase = "forward"} : tensor<f32>
    %46 = weft.accumulate %45, %42, %44 {phase = "forward"} : tensor<f32>
    weft.set @loss_sum, %46 {phase = "forward"} : tensor<f32>
    %47 = weft.get @loss_weight {phase = "forward"} : tensor<f32>
    %48 = weft.accumulate %47, %43, %44 {phase = "forward"} : tensor<f32>
    weft.set @loss_weight, %48 {phase = "forward"} : tensor<f32>
    %49 = weft.cross_entropy_backward %1, %41, %targets, %lse_0 {ignore_index = -100 : i64, origin = "cross_entropy_rows_backward", phase = "backward", scope = "loss"} : tensor<f32>, tensor<2x8x32xf32>, tensor<2x8xi32>, tensor<2x8x1xf32>
    %50 = weft.linear in_out %49, %2 {origin = "linear_backward", phase = "backward", scope = "lm_head"} : (tensor<2x8x32xf32>, tensor<32x16xf32>) -> tensor<2x8x16xf32>
    %51 = weft.reshape %40 {origin = "linear_backward", phase = "backward", scope = "lm_head"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %52 = weft.reshape %49 {origin = "linear_backward", phase = "backward", scope = "lm_head"} : tensor<2x8x32xf32> to tensor<16x32xf32>
    %53 = weft.get @wte.weight.gradient {origin = "linear_backward", phase = "backward", scope = "lm_head"} : tensor<32x16xf32>
    %54 = weft.matmul_accumulate %53, %52, %51 if %44 {phase = "backward", scope = "lm_head", transpose_a} : tensor<32x16xf32>, tensor<16x32xf32>, tensor<16x16xf32>
    %55 = weft.mean %39 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %56 = weft.sub %39, %55 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %57 = weft.mul %56, %56 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %58 = weft.mean %57 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %59 = weft.add %58, %0 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x1xf32>, tensor<f32>
    %60 = weft.rsqrt %59 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x1xf32>
    %61 = weft.mul %56, %60 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %62 = weft.mul %50, %16 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>
    %63 = weft.mean %62 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %64 = weft.mul %62, %61 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %65 = weft.mean %64 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %66 = weft.sub %62, %63 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %67 = weft.mul %61, %65 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %68 = weft.sub %66, %67 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %69 = weft.mul %68, %60 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %70 = weft.mul %50, %61 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %71 = weft.sum %70 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %72 = weft.sum %50 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<2x8x16xf32>
    %73 = weft.get @ln_f.weight.gradient {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<16xf32>
    %74 = weft.accumulate %73, %71, %44 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.weight.gradient, %74 {phase = "backward"} : tensor<16xf32>
    %75 = weft.get @ln_f.bias.gradient {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<16xf32>
    %76 = weft.accumulate %75, %72, %44 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.bias.gradient, %76 {phase = "backward"} : tensor<16xf32>
    %77 = weft.linear out_in %69, %14 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : (tensor<2x8x16xf32>, tensor<64x16xf32>) -> tensor<2x8x64xf32>
    %78 = weft.reshape %37 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<2x8x64xf32> to tensor<16x64xf32>
    %79 = weft.reshape %69 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %80 = weft.sum %69 axes [0, 1] {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<2x8x16xf32>
    %81 = weft.get @h.0.mlp.c_proj.weight.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %82 = weft.matmul_accumulate %81, %78, %79 if %44 {phase = "backward", scope = "h.0.mlp.c_proj", transpose_a} : tensor<64x16xf32>, tensor<16x64xf32>, tensor<16x16xf32>
    weft.set @h.0.mlp.c_proj.weight.gradient, %82 {phase = "backward", scope = "h.0"} : tensor<64x16xf32>
    %83 = weft.get @h.0.mlp.c_proj.bias.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %84 = weft.accumulate %83, %80, %44 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    weft.set @h.0.mlp.c_proj.bias.gradient, %84 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %85 = weft.gelu_backward tanh %77, %36 {origin = "gelu_backward", phase = "backward", scope = "h.0.mlp"} : tensor<2x8x64xf32>
    %86 = weft.linear out_in %85, %12 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : (tensor<2x8x64xf32>, tensor<16x64xf32>) -> tensor<2x8x16xf32>
    %87 = weft.reshape %35 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %88 = weft.reshape %85 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<2x8x64xf32> to tensor<16x64xf32>
    %89 = weft.sum %85 axes [0, 1] {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<2x8x64xf32>
    %90 = weft.get @h.0.mlp.c_fc.weight.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %91 = weft.matmul_accumulate %90, %87, %88 if %44 {phase = "backward", scope = "h.0.mlp.c_fc", transpose_a} : tensor<16x64xf32>, tensor<16x16xf32>, tensor<16x64xf32>
    weft.set @h.0.mlp.c_fc.weight.gradient, %91 {phase = "backward", scope = "h.0"} : tensor<16x64xf32>
    %92 = weft.get @h.0.mlp.c_fc.bias.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %93 = weft.accumulate %92, %89, %44 {origin = "linear_backward", phase = "backward", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    weft.set @h.0.mlp.c_fc.bias.gradient, %93 {phase = "backward", scope = "h.0"} : tensor<64xf32>
    %94 = weft.mean %34 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %95 = weft.sub %34, %94 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %96 = weft.mul %95, %95 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %97 = weft.mean %96 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %98 = weft.add %97, %0 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x1xf32>, tensor<f32>
    %99 = weft.rsqrt %98 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x1xf32>
    %100 = weft.mul %95, %99 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %101 = weft.mul %86, %10 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>
    %102 = weft.mean %101 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %103 = weft.mul %101, %100 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %104 = weft.mean %103 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %105 = weft.sub %101, %102 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %106 = weft.mul %100, %104 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %107 = weft.sub %105, %106 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %108 = weft.mul %107, %99 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %109 = weft.mul %86, %100 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %110 = weft.sum %109 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %111 = weft.sum %86 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>
    %112 = weft.add %69, %108 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %113 = weft.get @h.0.ln_2.weight.gradient {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<16xf32>
    %114 = weft.accumulate %113, %110, %44 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.weight.gradient, %114 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %115 = weft.get @h.0.ln_2.bias.gradient {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<16xf32>
    %116 = weft.accumulate %115, %111, %44 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.bias.gradient, %116 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %117 = weft.linear out_in %112, %8 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>) -> tensor<2x8x16xf32>
    %118 = weft.reshape %31 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<2x8x2x8xf32> to tensor<16x16xf32>
    %119 = weft.reshape %112 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %120 = weft.sum %112 axes [0, 1] {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<2x8x16xf32>
    %121 = weft.get @h.0.attn.c_proj.weight.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %122 = weft.matmul_accumulate %121, %118, %119 if %44 {phase = "backward", scope = "h.0.attn.c_proj", transpose_a} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    weft.set @h.0.attn.c_proj.weight.gradient, %122 {phase = "backward", scope = "h.0"} : tensor<16x16xf32>
    %123 = weft.get @h.0.attn.c_proj.bias.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %124 = weft.accumulate %123, %120, %44 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    weft.set @h.0.attn.c_proj.bias.gradient, %124 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %125 = weft.reshape %117 {origin = "reshape_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %126 = weft.transpose %125 [0, 2, 1, 3] {origin = "transpose_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %127 = weft.mul %126, %result {origin = "attention_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %128 = weft.sum %127 axes [3] {origin = "attention_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %dq, %dk, %dv = weft.attention_backward %26, %28, %30, %lse, %128, %126 chunks 1 {causal, origin = "attention_backward", phase = "backward", scale = 0.35355338454246521 : f64, scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>, tensor<2x2x8xf32>, tensor<2x2x8xf32>, tensor<2x2x8x8xf32>
    %129 = weft.transpose %dv [0, 2, 1, 3] {origin = "transpose_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %130 = weft.reshape %129 {origin = "reshape_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %131 = weft.transpose %dk [0, 2, 1, 3] {origin = "transpose_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %132 = weft.reshape %131 {origin = "reshape_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %133 = weft.transpose %dq [0, 2, 1, 3] {origin = "transpose_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %134 = weft.reshape %133 {origin = "reshape_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %135 = weft.concat %134, %132, %130 axis 2 {origin = "split_backward", phase = "backward", scope = "h.0.attn"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %136 = weft.linear out_in %135, %6 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : (tensor<2x8x48xf32>, tensor<16x48xf32>) -> tensor<2x8x16xf32>
    %137 = weft.reshape %22 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %138 = weft.reshape %135 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<2x8x48xf32> to tensor<16x48xf32>
    %139 = weft.sum %135 axes [0, 1] {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<2x8x48xf32>
    %140 = weft.get @h.0.attn.c_attn.weight.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %141 = weft.matmul_accumulate %140, %137, %138 if %44 {phase = "backward", scope = "h.0.attn.c_attn", transpose_a} : tensor<16x48xf32>, tensor<16x16xf32>, tensor<16x48xf32>
    weft.set @h.0.attn.c_attn.weight.gradient, %141 {phase = "backward", scope = "h.0"} : tensor<16x48xf32>
    %142 = weft.get @h.0.attn.c_attn.bias.gradient {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %143 = weft.accumulate %142, %139, %44 {origin = "linear_backward", phase = "backward", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    weft.set @h.0.attn.c_attn.bias.gradient, %143 {phase = "backward", scope = "h.0"} : tensor<48xf32>
    %144 = weft.mean %21 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %145 = weft.sub %21, %144 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %146 = weft.mul %145, %145 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %147 = weft.mean %146 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %148 = weft.add %147, %0 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x1xf32>, tensor<f32>
    %149 = weft.rsqrt %148 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x1xf32>
    %150 = weft.mul %145, %149 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %151 = weft.mul %136, %4 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>
    %152 = weft.mean %151 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %153 = weft.mul %151, %150 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %154 = weft.mean %153 axes [2] {keep_dims, origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %155 = weft.sub %151, %152 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %156 = weft.mul %150, %154 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %157 = weft.sub %155, %156 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %158 = weft.mul %157, %149 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x1xf32>
    %159 = weft.mul %136, %150 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %160 = weft.sum %159 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %161 = weft.sum %136 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>
    %162 = weft.add %112, %158 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %163 = weft.get @h.0.ln_1.weight.gradient {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<16xf32>
    %164 = weft.accumulate %163, %160, %44 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.weight.gradient, %164 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %165 = weft.get @h.0.ln_1.bias.gradient {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<16xf32>
    %166 = weft.accumulate %165, %161, %44 {origin = "layer_norm_backward", phase = "backward", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.bias.gradient, %166 {phase = "backward", scope = "h.0"} : tensor<16xf32>
    %167 = weft.sum %162 axes [0] {origin = "add_backward", phase = "backward"} : tensor<2x8x16xf32>
    %168 = weft.get @wpe.weight.gradient {origin = "embedding_backward", phase = "backward", scope = "wpe"} : tensor<8x16xf32>
    %169 = weft.embedding_backward %168, %19, %167 if %44 {origin = "embedding_backward", phase = "backward", scope = "wpe"} : tensor<8x16xf32>, tensor<8xi32>, tensor<8x16xf32>
    weft.set @wpe.weight.gradient, %169 {phase = "backward"} : tensor<8x16xf32>
    %170 = weft.embedding_backward %54, %tokens, %162 {origin = "embedding_backward", phase = "backward", scope = "wte"} : tensor<32x16xf32>, tensor<2x8xi32>, tensor<2x8x16xf32>
    weft.set @wte.weight.gradient, %170 {phase = "backward"} : tensor<32x16xf32>
    weft.return
  }
  weft.entry train "loss" of "loss" graphs [@micro_step, @apply] metrics [@loss_sum, @loss_weight, @gradient_norm]
  weft.graph @eval(%tokens: tensor<2x8xi32>, %targets: tensor<2x8xi32>) {
    %0 = weft.get @wte.weight {phase = "forward"} : tensor<32x16xf32>
    %1 = weft.get @wpe.weight {phase = "forward"} : tensor<8x16xf32>
    %2 = weft.get @h.0.ln_1.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %3 = weft.get @h.0.ln_1.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %4 = weft.get @h.0.attn.c_attn.weight {phase = "forward", scope = "h.0"} : tensor<16x48xf32>
    %5 = weft.get @h.0.attn.c_attn.bias {phase = "forward", scope = "h.0"} : tensor<48xf32>
    %6 = weft.get @h.0.attn.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<16x16xf32>
    %7 = weft.get @h.0.attn.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %8 = weft.get @h.0.ln_2.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %9 = weft.get @h.0.ln_2.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %10 = weft.get @h.0.mlp.c_fc.weight {phase = "forward", scope = "h.0"} : tensor<16x64xf32>
    %11 = weft.get @h.0.mlp.c_fc.bias {phase = "forward", scope = "h.0"} : tensor<64xf32>
    %12 = weft.get @h.0.mlp.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<64x16xf32>
    %13 = weft.get @h.0.mlp.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %14 = weft.get @ln_f.weight {phase = "forward"} : tensor<16xf32>
    %15 = weft.get @ln_f.bias {phase = "forward"} : tensor<16xf32>
    %16 = weft.embedding %tokens, %0 {phase = "forward", scope = "wte"} : tensor<2x8xi32>, tensor<32x16xf32>
    %17 = weft.iota {phase = "forward"} : tensor<8xi32>
    %18 = weft.embedding %17, %1 {phase = "forward", scope = "wpe"} : tensor<8xi32>, tensor<8x16xf32>
    %19 = weft.add %16, %18 {phase = "forward"} : tensor<2x8x16xf32>, tensor<8x16xf32>
    %20 = weft.layer_norm %19, %2, %3 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %21 = weft.linear in_out %20, %4, %5 {phase = "forward", scope = "h.0.attn.c_attn"} : (tensor<2x8x16xf32>, tensor<16x48xf32>, tensor<48xf32>) -> tensor<2x8x48xf32>
    %22:3 = weft.split %21 axis 2 parts 3 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x48xf32>
    %23 = weft.reshape %22#0 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %24 = weft.transpose %23 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %25 = weft.reshape %22#1 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %26 = weft.transpose %25 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %27 = weft.reshape %22#2 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %28 = weft.transpose %27 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %result, %lse = weft.attention %24, %26, %28 {causal, phase = "forward", scale = 0.35355338454246521 : f64, scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %29 = weft.transpose %result [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %30 = weft.reshape %29 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %31 = weft.linear in_out %30, %6, %7 {phase = "forward", scope = "h.0.attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %32 = weft.add %19, %31 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %33 = weft.layer_norm %32, %8, %9 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %34 = weft.linear in_out %33, %10, %11 {phase = "forward", scope = "h.0.mlp.c_fc"} : (tensor<2x8x16xf32>, tensor<16x64xf32>, tensor<64xf32>) -> tensor<2x8x64xf32>
    %35 = weft.gelu tanh %34 {phase = "forward", scope = "h.0.mlp"} : tensor<2x8x64xf32>
    %36 = weft.linear in_out %35, %12, %13 {phase = "forward", scope = "h.0.mlp.c_proj"} : (tensor<2x8x64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %37 = weft.add %32, %36 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %38 = weft.layer_norm %37, %14, %15 {eps = 1.000000e-05 : f64, phase = "forward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %39 = weft.linear out_in %38, %0 {phase = "forward", scope = "lm_head"} : (tensor<2x8x16xf32>, tensor<32x16xf32>) -> tensor<2x8x32xf32>
    %loss, %weight, %lse_0 = weft.cross_entropy_rows %39, %targets {ignore_index = -100 : i64, phase = "forward", scope = "loss"} : tensor<2x8x32xf32>, tensor<2x8xi32>
    %40 = weft.sum %loss axes [0, 1, 2] {phase = "forward", scope = "loss"} : tensor<2x8x1xf32>
    %41 = weft.sum %weight axes [0, 1, 2] {phase = "forward", scope = "loss"} : tensor<2x8x1xf32>
    %42 = weft.step_value accumulate {phase = "forward"}
    %43 = weft.get @eval_sum {phase = "forward"} : tensor<f32>
    %44 = weft.accumulate %43, %40, %42 {phase = "forward"} : tensor<f32>
    weft.set @eval_sum, %44 {phase = "forward"} : tensor<f32>
    %45 = weft.get @eval_weight {phase = "forward"} : tensor<f32>
    %46 = weft.accumulate %45, %41, %42 {phase = "forward"} : tensor<f32>
    weft.set @eval_weight, %46 {phase = "forward"} : tensor<f32>
    weft.return
  }
  weft.entry eval "loss" of "loss" graphs [@eval] metrics [@eval_sum, @eval_weight]
  weft.graph @logits(%tokens: tensor<2x8xi32>, %logits_row: tensor<1xi32>) {
    %0 = weft.get @wte.weight {phase = "forward"} : tensor<32x16xf32>
    %1 = weft.get @wpe.weight {phase = "forward"} : tensor<8x16xf32>
    %2 = weft.get @h.0.ln_1.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %3 = weft.get @h.0.ln_1.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %4 = weft.get @h.0.attn.c_attn.weight {phase = "forward", scope = "h.0"} : tensor<16x48xf32>
    %5 = weft.get @h.0.attn.c_attn.bias {phase = "forward", scope = "h.0"} : tensor<48xf32>
    %6 = weft.get @h.0.attn.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<16x16xf32>
    %7 = weft.get @h.0.attn.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %8 = weft.get @h.0.ln_2.weight {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %9 = weft.get @h.0.ln_2.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %10 = weft.get @h.0.mlp.c_fc.weight {phase = "forward", scope = "h.0"} : tensor<16x64xf32>
    %11 = weft.get @h.0.mlp.c_fc.bias {phase = "forward", scope = "h.0"} : tensor<64xf32>
    %12 = weft.get @h.0.mlp.c_proj.weight {phase = "forward", scope = "h.0"} : tensor<64x16xf32>
    %13 = weft.get @h.0.mlp.c_proj.bias {phase = "forward", scope = "h.0"} : tensor<16xf32>
    %14 = weft.get @ln_f.weight {phase = "forward"} : tensor<16xf32>
    %15 = weft.get @ln_f.bias {phase = "forward"} : tensor<16xf32>
    %16 = weft.embedding %tokens, %0 {phase = "forward", scope = "wte"} : tensor<2x8xi32>, tensor<32x16xf32>
    %17 = weft.iota {phase = "forward"} : tensor<8xi32>
    %18 = weft.embedding %17, %1 {phase = "forward", scope = "wpe"} : tensor<8xi32>, tensor<8x16xf32>
    %19 = weft.add %16, %18 {phase = "forward"} : tensor<2x8x16xf32>, tensor<8x16xf32>
    %20 = weft.layer_norm %19, %2, %3 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_1"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %21 = weft.linear in_out %20, %4, %5 {phase = "forward", scope = "h.0.attn.c_attn"} : (tensor<2x8x16xf32>, tensor<16x48xf32>, tensor<48xf32>) -> tensor<2x8x48xf32>
    %22:3 = weft.split %21 axis 2 parts 3 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x48xf32>
    %23 = weft.reshape %22#0 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %24 = weft.transpose %23 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %25 = weft.reshape %22#1 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %26 = weft.transpose %25 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %27 = weft.reshape %22#2 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x16xf32> to tensor<2x8x2x8xf32>
    %28 = weft.transpose %27 [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32>
    %result, %lse = weft.attention %24, %26, %28 {causal, phase = "forward", scale = 0.35355338454246521 : f64, scope = "h.0.attn"} : tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>, tensor<2x2x8x8xf32>
    %29 = weft.transpose %result [0, 2, 1, 3] {phase = "forward", scope = "h.0.attn"} : tensor<2x2x8x8xf32>
    %30 = weft.reshape %29 {phase = "forward", scope = "h.0.attn"} : tensor<2x8x2x8xf32> to tensor<2x8x16xf32>
    %31 = weft.linear in_out %30, %6, %7 {phase = "forward", scope = "h.0.attn.c_proj"} : (tensor<2x8x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %32 = weft.add %19, %31 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %33 = weft.layer_norm %32, %8, %9 {eps = 1.000000e-05 : f64, phase = "forward", scope = "h.0.ln_2"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %34 = weft.linear in_out %33, %10, %11 {phase = "forward", scope = "h.0.mlp.c_fc"} : (tensor<2x8x16xf32>, tensor<16x64xf32>, tensor<64xf32>) -> tensor<2x8x64xf32>
    %35 = weft.gelu tanh %34 {phase = "forward", scope = "h.0.mlp"} : tensor<2x8x64xf32>
    %36 = weft.linear in_out %35, %12, %13 {phase = "forward", scope = "h.0.mlp.c_proj"} : (tensor<2x8x64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> tensor<2x8x16xf32>
    %37 = weft.add %32, %36 {phase = "forward", scope = "h.0"} : tensor<2x8x16xf32>, tensor<2x8x16xf32>
    %38 = weft.layer_norm %37, %14, %15 {eps = 1.000000e-05 : f64, phase = "forward", scope = "ln_f"} : tensor<2x8x16xf32>, tensor<16xf32>, tensor<16xf32>
    %39 = weft.reshape %38 {phase = "forward"} : tensor<2x8x16xf32> to tensor<16x16xf32>
    %40 = weft.embedding %logits_row, %39 {phase = "forward"} : tensor<1xi32>, tensor<16x16xf32>
    %41 = weft.linear out_in %40, %0 {phase = "forward", scope = "lm_head"} : (tensor<1x16xf32>, tensor<32x16xf32>) -> tensor<1x32xf32>
    %42 = weft.reshape %41 {phase = "forward"} : tensor<1x32xf32> to tensor<32xf32>
    weft.set @logits_values, %42 {phase = "forward"} : tensor<32xf32>
    weft.return
  }
  weft.entry logits "loss" of "loss" graphs [@logits] metrics [@logits_values]
  weft.variable @gradient_norm role(gradient_norm) init(zeros) : tensor<f32>
  weft.variable @wte.weight.moment1 role(optimizer) of "wte.weight" init(zeros) : tensor<32x16xf32>
  weft.variable @wte.weight.moment2 role(optimizer) of "wte.weight" init(zeros) : tensor<32x16xf32>
  weft.variable @wpe.weight.moment1 role(optimizer) of "wpe.weight" init(zeros) : tensor<8x16xf32>
  weft.variable @wpe.weight.moment2 role(optimizer) of "wpe.weight" init(zeros) : tensor<8x16xf32>
  weft.variable @h.0.ln_1.weight.moment1 role(optimizer) of "h.0.ln_1.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_1.weight.moment2 role(optimizer) of "h.0.ln_1.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_1.bias.moment1 role(optimizer) of "h.0.ln_1.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_1.bias.moment2 role(optimizer) of "h.0.ln_1.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.attn.c_attn.weight.moment1 role(optimizer) of "h.0.attn.c_attn.weight" init(zeros) : tensor<16x48xf32>
  weft.variable @h.0.attn.c_attn.weight.moment2 role(optimizer) of "h.0.attn.c_attn.weight" init(zeros) : tensor<16x48xf32>
  weft.variable @h.0.attn.c_attn.bias.moment1 role(optimizer) of "h.0.attn.c_attn.bias" init(zeros) : tensor<48xf32>
  weft.variable @h.0.attn.c_attn.bias.moment2 role(optimizer) of "h.0.attn.c_attn.bias" init(zeros) : tensor<48xf32>
  weft.variable @h.0.attn.c_proj.weight.moment1 role(optimizer) of "h.0.attn.c_proj.weight" init(zeros) : tensor<16x16xf32>
  weft.variable @h.0.attn.c_proj.weight.moment2 role(optimizer) of "h.0.attn.c_proj.weight" init(zeros) : tensor<16x16xf32>
  weft.variable @h.0.attn.c_proj.bias.moment1 role(optimizer) of "h.0.attn.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.attn.c_proj.bias.moment2 role(optimizer) of "h.0.attn.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.weight.moment1 role(optimizer) of "h.0.ln_2.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.weight.moment2 role(optimizer) of "h.0.ln_2.weight" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.bias.moment1 role(optimizer) of "h.0.ln_2.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.ln_2.bias.moment2 role(optimizer) of "h.0.ln_2.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.mlp.c_fc.weight.moment1 role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros) : tensor<16x64xf32>
  weft.variable @h.0.mlp.c_fc.weight.moment2 role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros) : tensor<16x64xf32>
  weft.variable @h.0.mlp.c_fc.bias.moment1 role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros) : tensor<64xf32>
  weft.variable @h.0.mlp.c_fc.bias.moment2 role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros) : tensor<64xf32>
  weft.variable @h.0.mlp.c_proj.weight.moment1 role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros) : tensor<64x16xf32>
  weft.variable @h.0.mlp.c_proj.weight.moment2 role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros) : tensor<64x16xf32>
  weft.variable @h.0.mlp.c_proj.bias.moment1 role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @h.0.mlp.c_proj.bias.moment2 role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.weight.moment1 role(optimizer) of "ln_f.weight" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.weight.moment2 role(optimizer) of "ln_f.weight" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.bias.moment1 role(optimizer) of "ln_f.bias" init(zeros) : tensor<16xf32>
  weft.variable @ln_f.bias.moment2 role(optimizer) of "ln_f.bias" init(zeros) : tensor<16xf32>
  weft.graph @apply() {
    %0 = weft.constant dense<9.99999993E-9> : tensor<f32> {origin = "adamw", phase = "update", scope = "wte"}
    %1 = weft.constant dense<5.000000e-02> : tensor<f32> {origin = "adamw", phase = "update", scope = "wte"}
    %2 = weft.constant dense<0.949999988> : tensor<f32> {origin = "adamw", phase = "update", scope = "wte"}
    %3 = weft.constant dense<1.000000e-01> : tensor<f32> {origin = "adamw", phase = "update", scope = "wte"}
    %4 = weft.constant dense<1.000000e-01> : tensor<f64> {origin = "gradient_norm", phase = "update"}
    %5 = weft.constant dense<0.94999999999999996> : tensor<f64> {origin = "gradient_norm", phase = "update"}
    %6 = weft.constant dense<1.000000e+00> : tensor<f64> {origin = "gradient_norm", phase = "update"}
    %7 = weft.constant dense<9.000000e-01> : tensor<f64> {origin = "gradient_norm", phase = "update"}
    %8 = weft.constant dense<9.99999997E-7> : tensor<f32> {origin = "gradient_norm", phase = "update"}
    %9 = weft.constant dense<1.000000e+00> : tensor<f32> {phase = "update"}
    %10 = weft.constant dense<1.17549435E-38> : tensor<f32> {phase = "update"}
    %11 = weft.get @loss_weight {phase = "update"} : tensor<f32>
    %12 = weft.max %11, %10 {phase = "update"} : tensor<f32>, tensor<f32>
    %13 = weft.div %9, %12 {phase = "update"} : tensor<f32>, tensor<f32>
    %14 = weft.get @wte.weight.gradient {origin = "gradient_norm", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %15 = weft.mul %14, %14 {origin = "gradient_norm", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %16 = weft.chunk_sums %15 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "wte"} : tensor<32x16xf32> -> tensor<1xf32>
    %17 = weft.get @wpe.weight.gradient {origin = "gradient_norm", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %18 = weft.mul %17, %17 {origin = "gradient_norm", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %19 = weft.chunk_sums %18 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "wpe"} : tensor<8x16xf32> -> tensor<1xf32>
    %20 = weft.get @h.0.ln_1.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %21 = weft.mul %20, %20 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %22 = weft.chunk_sums %21 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32> -> tensor<1xf32>
    %23 = weft.get @h.0.ln_1.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %24 = weft.mul %23, %23 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %25 = weft.chunk_sums %24 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32> -> tensor<1xf32>
    %26 = weft.get @h.0.attn.c_attn.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %27 = weft.mul %26, %26 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %28 = weft.chunk_sums %27 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32> -> tensor<1xf32>
    %29 = weft.get @h.0.attn.c_attn.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %30 = weft.mul %29, %29 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %31 = weft.chunk_sums %30 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32> -> tensor<1xf32>
    %32 = weft.get @h.0.attn.c_proj.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %33 = weft.mul %32, %32 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %34 = weft.chunk_sums %33 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32> -> tensor<1xf32>
    %35 = weft.get @h.0.attn.c_proj.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %36 = weft.mul %35, %35 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %37 = weft.chunk_sums %36 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32> -> tensor<1xf32>
    %38 = weft.get @h.0.ln_2.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %39 = weft.mul %38, %38 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %40 = weft.chunk_sums %39 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32> -> tensor<1xf32>
    %41 = weft.get @h.0.ln_2.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %42 = weft.mul %41, %41 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %43 = weft.chunk_sums %42 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32> -> tensor<1xf32>
    %44 = weft.get @h.0.mlp.c_fc.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %45 = weft.mul %44, %44 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %46 = weft.chunk_sums %45 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32> -> tensor<1xf32>
    %47 = weft.get @h.0.mlp.c_fc.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %48 = weft.mul %47, %47 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %49 = weft.chunk_sums %48 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32> -> tensor<1xf32>
    %50 = weft.get @h.0.mlp.c_proj.weight.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %51 = weft.mul %50, %50 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %52 = weft.chunk_sums %51 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32> -> tensor<1xf32>
    %53 = weft.get @h.0.mlp.c_proj.bias.gradient {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %54 = weft.mul %53, %53 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %55 = weft.chunk_sums %54 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32> -> tensor<1xf32>
    %56 = weft.get @ln_f.weight.gradient {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %57 = weft.mul %56, %56 {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %58 = weft.chunk_sums %57 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32> -> tensor<1xf32>
    %59 = weft.get @ln_f.bias.gradient {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %60 = weft.mul %59, %59 {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %61 = weft.chunk_sums %60 chunk 4096 {origin = "gradient_norm", phase = "update", scope = "ln_f"} : tensor<16xf32> -> tensor<1xf32>
    %62 = weft.concat %16, %19, %22, %25, %28, %31, %34, %37, %40, %43, %46, %49, %52, %55, %58, %61 axis 0 {origin = "gradient_norm", phase = "update"} : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
    %63 = weft.sum %62 axes [0] {origin = "gradient_norm", phase = "update"} : tensor<16xf32>
    %64 = weft.sqrt %63 {origin = "gradient_norm", phase = "update"} : tensor<f32>
    %65 = weft.mul %64, %13 {origin = "gradient_norm", phase = "update"} : tensor<f32>, tensor<f32>
    weft.set @gradient_norm, %65 {origin = "gradient_norm", phase = "update"} : tensor<f32>
    %66 = weft.add %65, %8 {origin = "gradient_norm", phase = "update"} : tensor<f32>, tensor<f32>
    %67 = weft.div %9, %66 {origin = "gradient_norm", phase = "update"} : tensor<f32>, tensor<f32>
    %68 = weft.min %67, %9 {origin = "gradient_norm", phase = "update"} : tensor<f32>, tensor<f32>
    %69 = weft.mul %13, %68 {origin = "gradient_norm", phase = "update"} : tensor<f32>, tensor<f32>
    %70 = weft.step_value learning_rate {origin = "gradient_norm", phase = "update"}
    %71 = weft.step_value step {origin = "gradient_norm", phase = "update"}
    %72 = weft.pow %7, %71 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %73 = weft.sub %6, %72 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %74 = weft.pow %5, %71 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %75 = weft.sub %6, %74 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %76 = weft.sqrt %75 {origin = "gradient_norm", phase = "update"} : tensor<f64>
    %77 = weft.mul %70, %4 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %78 = weft.sub %6, %77 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %79 = weft.cast %78 {origin = "gradient_norm", phase = "update"} : tensor<f64> to tensor<f32>
    %80 = weft.div %70, %73 {origin = "gradient_norm", phase = "update"} : tensor<f64>, tensor<f64>
    %81 = weft.cast %80 {origin = "gradient_norm", phase = "update"} : tensor<f64> to tensor<f32>
    %82 = weft.cast %76 {origin = "gradient_norm", phase = "update"} : tensor<f64> to tensor<f32>
    %83 = weft.get @wte.weight {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %84 = weft.get @wte.weight.moment1 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %85 = weft.get @wte.weight.moment2 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %86 = weft.get @wte.weight.gradient {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %87 = weft.mul %86, %69 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %88 = weft.mul %83, %79 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %89 = weft.sub %87, %84 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %90 = weft.mul %89, %3 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %91 = weft.add %84, %90 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %92 = weft.mul %85, %2 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %93 = weft.mul %87, %87 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %94 = weft.mul %93, %1 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %95 = weft.add %92, %94 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %96 = weft.sqrt %95 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %97 = weft.div %96, %82 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %98 = weft.add %97, %0 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<f32>
    %99 = weft.mul %81, %91 {origin = "adamw", phase = "update", scope = "wte"} : tensor<f32>, tensor<32x16xf32>
    %100 = weft.div %99, %98 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    %101 = weft.sub %88, %100 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>, tensor<32x16xf32>
    weft.set @wte.weight.moment1, %91 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    weft.set @wte.weight.moment2, %95 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    weft.set @wte.weight, %101 {origin = "adamw", phase = "update", scope = "wte"} : tensor<32x16xf32>
    %102 = weft.get @wpe.weight {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %103 = weft.get @wpe.weight.moment1 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %104 = weft.get @wpe.weight.moment2 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %105 = weft.get @wpe.weight.gradient {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %106 = weft.mul %105, %69 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %107 = weft.mul %102, %79 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %108 = weft.sub %106, %103 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %109 = weft.mul %108, %3 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %110 = weft.add %103, %109 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %111 = weft.mul %104, %2 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %112 = weft.mul %106, %106 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %113 = weft.mul %112, %1 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %114 = weft.add %111, %113 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %115 = weft.sqrt %114 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %116 = weft.div %115, %82 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %117 = weft.add %116, %0 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<f32>
    %118 = weft.mul %81, %110 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<f32>, tensor<8x16xf32>
    %119 = weft.div %118, %117 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    %120 = weft.sub %107, %119 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>, tensor<8x16xf32>
    weft.set @wpe.weight.moment1, %110 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    weft.set @wpe.weight.moment2, %114 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    weft.set @wpe.weight, %120 {origin = "adamw", phase = "update", scope = "wpe"} : tensor<8x16xf32>
    %121 = weft.get @h.0.ln_1.weight {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %122 = weft.get @h.0.ln_1.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %123 = weft.get @h.0.ln_1.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %124 = weft.get @h.0.ln_1.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %125 = weft.mul %124, %69 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %126 = weft.sub %125, %122 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %127 = weft.mul %126, %3 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %128 = weft.add %122, %127 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %129 = weft.mul %123, %2 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %130 = weft.mul %125, %125 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %131 = weft.mul %130, %1 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %132 = weft.add %129, %131 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %133 = weft.sqrt %132 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %134 = weft.div %133, %82 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %135 = weft.add %134, %0 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %136 = weft.mul %81, %128 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<f32>, tensor<16xf32>
    %137 = weft.div %136, %135 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %138 = weft.sub %121, %137 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.ln_1.weight.moment1, %128 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.weight.moment2, %132 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.weight, %138 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %139 = weft.get @h.0.ln_1.bias {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %140 = weft.get @h.0.ln_1.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %141 = weft.get @h.0.ln_1.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %142 = weft.get @h.0.ln_1.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %143 = weft.mul %142, %69 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %144 = weft.sub %143, %140 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %145 = weft.mul %144, %3 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %146 = weft.add %140, %145 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %147 = weft.mul %141, %2 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %148 = weft.mul %143, %143 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %149 = weft.mul %148, %1 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %150 = weft.add %147, %149 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %151 = weft.sqrt %150 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %152 = weft.div %151, %82 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %153 = weft.add %152, %0 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<f32>
    %154 = weft.mul %81, %146 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<f32>, tensor<16xf32>
    %155 = weft.div %154, %153 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    %156 = weft.sub %139, %155 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.ln_1.bias.moment1, %146 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.bias.moment2, %150 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    weft.set @h.0.ln_1.bias, %156 {origin = "adamw", phase = "update", scope = "h.0.ln_1"} : tensor<16xf32>
    %157 = weft.get @h.0.attn.c_attn.weight {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %158 = weft.get @h.0.attn.c_attn.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %159 = weft.get @h.0.attn.c_attn.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %160 = weft.get @h.0.attn.c_attn.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %161 = weft.mul %160, %69 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %162 = weft.mul %157, %79 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %163 = weft.sub %161, %158 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %164 = weft.mul %163, %3 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %165 = weft.add %158, %164 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %166 = weft.mul %159, %2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %167 = weft.mul %161, %161 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %168 = weft.mul %167, %1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %169 = weft.add %166, %168 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %170 = weft.sqrt %169 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %171 = weft.div %170, %82 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %172 = weft.add %171, %0 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<f32>
    %173 = weft.mul %81, %165 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<f32>, tensor<16x48xf32>
    %174 = weft.div %173, %172 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    %175 = weft.sub %162, %174 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>, tensor<16x48xf32>
    weft.set @h.0.attn.c_attn.weight.moment1, %165 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    weft.set @h.0.attn.c_attn.weight.moment2, %169 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    weft.set @h.0.attn.c_attn.weight, %175 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<16x48xf32>
    %176 = weft.get @h.0.attn.c_attn.bias {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %177 = weft.get @h.0.attn.c_attn.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %178 = weft.get @h.0.attn.c_attn.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %179 = weft.get @h.0.attn.c_attn.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %180 = weft.mul %179, %69 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %181 = weft.sub %180, %177 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %182 = weft.mul %181, %3 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %183 = weft.add %177, %182 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %184 = weft.mul %178, %2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %185 = weft.mul %180, %180 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %186 = weft.mul %185, %1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %187 = weft.add %184, %186 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %188 = weft.sqrt %187 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %189 = weft.div %188, %82 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %190 = weft.add %189, %0 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<f32>
    %191 = weft.mul %81, %183 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<f32>, tensor<48xf32>
    %192 = weft.div %191, %190 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    %193 = weft.sub %176, %192 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>, tensor<48xf32>
    weft.set @h.0.attn.c_attn.bias.moment1, %183 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    weft.set @h.0.attn.c_attn.bias.moment2, %187 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    weft.set @h.0.attn.c_attn.bias, %193 {origin = "adamw", phase = "update", scope = "h.0.attn.c_attn"} : tensor<48xf32>
    %194 = weft.get @h.0.attn.c_proj.weight {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %195 = weft.get @h.0.attn.c_proj.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %196 = weft.get @h.0.attn.c_proj.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %197 = weft.get @h.0.attn.c_proj.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %198 = weft.mul %197, %69 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %199 = weft.mul %194, %79 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %200 = weft.sub %198, %195 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %201 = weft.mul %200, %3 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %202 = weft.add %195, %201 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %203 = weft.mul %196, %2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %204 = weft.mul %198, %198 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %205 = weft.mul %204, %1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %206 = weft.add %203, %205 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %207 = weft.sqrt %206 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %208 = weft.div %207, %82 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %209 = weft.add %208, %0 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<f32>
    %210 = weft.mul %81, %202 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<f32>, tensor<16x16xf32>
    %211 = weft.div %210, %209 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    %212 = weft.sub %199, %211 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>, tensor<16x16xf32>
    weft.set @h.0.attn.c_proj.weight.moment1, %202 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    weft.set @h.0.attn.c_proj.weight.moment2, %206 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    weft.set @h.0.attn.c_proj.weight, %212 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16x16xf32>
    %213 = weft.get @h.0.attn.c_proj.bias {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %214 = weft.get @h.0.attn.c_proj.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %215 = weft.get @h.0.attn.c_proj.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %216 = weft.get @h.0.attn.c_proj.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %217 = weft.mul %216, %69 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %218 = weft.sub %217, %214 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %219 = weft.mul %218, %3 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %220 = weft.add %214, %219 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %221 = weft.mul %215, %2 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %222 = weft.mul %217, %217 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %223 = weft.mul %222, %1 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %224 = weft.add %221, %223 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %225 = weft.sqrt %224 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %226 = weft.div %225, %82 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %227 = weft.add %226, %0 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<f32>
    %228 = weft.mul %81, %220 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<f32>, tensor<16xf32>
    %229 = weft.div %228, %227 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %230 = weft.sub %213, %229 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.attn.c_proj.bias.moment1, %220 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    weft.set @h.0.attn.c_proj.bias.moment2, %224 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    weft.set @h.0.attn.c_proj.bias, %230 {origin = "adamw", phase = "update", scope = "h.0.attn.c_proj"} : tensor<16xf32>
    %231 = weft.get @h.0.ln_2.weight {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %232 = weft.get @h.0.ln_2.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %233 = weft.get @h.0.ln_2.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %234 = weft.get @h.0.ln_2.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %235 = weft.mul %234, %69 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %236 = weft.sub %235, %232 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %237 = weft.mul %236, %3 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %238 = weft.add %232, %237 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %239 = weft.mul %233, %2 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %240 = weft.mul %235, %235 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %241 = weft.mul %240, %1 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %242 = weft.add %239, %241 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %243 = weft.sqrt %242 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %244 = weft.div %243, %82 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %245 = weft.add %244, %0 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %246 = weft.mul %81, %238 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<f32>, tensor<16xf32>
    %247 = weft.div %246, %245 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %248 = weft.sub %231, %247 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.ln_2.weight.moment1, %238 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.weight.moment2, %242 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.weight, %248 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %249 = weft.get @h.0.ln_2.bias {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %250 = weft.get @h.0.ln_2.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %251 = weft.get @h.0.ln_2.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %252 = weft.get @h.0.ln_2.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %253 = weft.mul %252, %69 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %254 = weft.sub %253, %250 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %255 = weft.mul %254, %3 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %256 = weft.add %250, %255 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %257 = weft.mul %251, %2 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %258 = weft.mul %253, %253 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %259 = weft.mul %258, %1 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %260 = weft.add %257, %259 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %261 = weft.sqrt %260 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %262 = weft.div %261, %82 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %263 = weft.add %262, %0 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<f32>
    %264 = weft.mul %81, %256 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<f32>, tensor<16xf32>
    %265 = weft.div %264, %263 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    %266 = weft.sub %249, %265 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.ln_2.bias.moment1, %256 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.bias.moment2, %260 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    weft.set @h.0.ln_2.bias, %266 {origin = "adamw", phase = "update", scope = "h.0.ln_2"} : tensor<16xf32>
    %267 = weft.get @h.0.mlp.c_fc.weight {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %268 = weft.get @h.0.mlp.c_fc.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %269 = weft.get @h.0.mlp.c_fc.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %270 = weft.get @h.0.mlp.c_fc.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %271 = weft.mul %270, %69 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %272 = weft.mul %267, %79 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %273 = weft.sub %271, %268 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %274 = weft.mul %273, %3 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %275 = weft.add %268, %274 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %276 = weft.mul %269, %2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %277 = weft.mul %271, %271 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %278 = weft.mul %277, %1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %279 = weft.add %276, %278 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %280 = weft.sqrt %279 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %281 = weft.div %280, %82 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %282 = weft.add %281, %0 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<f32>
    %283 = weft.mul %81, %275 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<f32>, tensor<16x64xf32>
    %284 = weft.div %283, %282 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    %285 = weft.sub %272, %284 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>, tensor<16x64xf32>
    weft.set @h.0.mlp.c_fc.weight.moment1, %275 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    weft.set @h.0.mlp.c_fc.weight.moment2, %279 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    weft.set @h.0.mlp.c_fc.weight, %285 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<16x64xf32>
    %286 = weft.get @h.0.mlp.c_fc.bias {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %287 = weft.get @h.0.mlp.c_fc.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %288 = weft.get @h.0.mlp.c_fc.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %289 = weft.get @h.0.mlp.c_fc.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %290 = weft.mul %289, %69 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %291 = weft.sub %290, %287 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %292 = weft.mul %291, %3 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %293 = weft.add %287, %292 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %294 = weft.mul %288, %2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %295 = weft.mul %290, %290 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %296 = weft.mul %295, %1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %297 = weft.add %294, %296 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %298 = weft.sqrt %297 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %299 = weft.div %298, %82 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %300 = weft.add %299, %0 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<f32>
    %301 = weft.mul %81, %293 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<f32>, tensor<64xf32>
    %302 = weft.div %301, %300 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    %303 = weft.sub %286, %302 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>, tensor<64xf32>
    weft.set @h.0.mlp.c_fc.bias.moment1, %293 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    weft.set @h.0.mlp.c_fc.bias.moment2, %297 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    weft.set @h.0.mlp.c_fc.bias, %303 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_fc"} : tensor<64xf32>
    %304 = weft.get @h.0.mlp.c_proj.weight {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %305 = weft.get @h.0.mlp.c_proj.weight.moment1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %306 = weft.get @h.0.mlp.c_proj.weight.moment2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %307 = weft.get @h.0.mlp.c_proj.weight.gradient {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %308 = weft.mul %307, %69 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %309 = weft.mul %304, %79 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %310 = weft.sub %308, %305 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %311 = weft.mul %310, %3 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %312 = weft.add %305, %311 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %313 = weft.mul %306, %2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %314 = weft.mul %308, %308 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %315 = weft.mul %314, %1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %316 = weft.add %313, %315 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %317 = weft.sqrt %316 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %318 = weft.div %317, %82 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %319 = weft.add %318, %0 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<f32>
    %320 = weft.mul %81, %312 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<f32>, tensor<64x16xf32>
    %321 = weft.div %320, %319 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    %322 = weft.sub %309, %321 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>, tensor<64x16xf32>
    weft.set @h.0.mlp.c_proj.weight.moment1, %312 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    weft.set @h.0.mlp.c_proj.weight.moment2, %316 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    weft.set @h.0.mlp.c_proj.weight, %322 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<64x16xf32>
    %323 = weft.get @h.0.mlp.c_proj.bias {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %324 = weft.get @h.0.mlp.c_proj.bias.moment1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %325 = weft.get @h.0.mlp.c_proj.bias.moment2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %326 = weft.get @h.0.mlp.c_proj.bias.gradient {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %327 = weft.mul %326, %69 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %328 = weft.sub %327, %324 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %329 = weft.mul %328, %3 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %330 = weft.add %324, %329 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %331 = weft.mul %325, %2 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %332 = weft.mul %327, %327 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %333 = weft.mul %332, %1 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %334 = weft.add %331, %333 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %335 = weft.sqrt %334 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %336 = weft.div %335, %82 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %337 = weft.add %336, %0 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<f32>
    %338 = weft.mul %81, %330 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<f32>, tensor<16xf32>
    %339 = weft.div %338, %337 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    %340 = weft.sub %323, %339 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>, tensor<16xf32>
    weft.set @h.0.mlp.c_proj.bias.moment1, %330 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    weft.set @h.0.mlp.c_proj.bias.moment2, %334 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    weft.set @h.0.mlp.c_proj.bias, %340 {origin = "adamw", phase = "update", scope = "h.0.mlp.c_proj"} : tensor<16xf32>
    %341 = weft.get @ln_f.weight {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %342 = weft.get @ln_f.weight.moment1 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %343 = weft.get @ln_f.weight.moment2 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %344 = weft.get @ln_f.weight.gradient {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %345 = weft.mul %344, %69 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %346 = weft.sub %345, %342 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %347 = weft.mul %346, %3 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %348 = weft.add %342, %347 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %349 = weft.mul %343, %2 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %350 = weft.mul %345, %345 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %351 = weft.mul %350, %1 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %352 = weft.add %349, %351 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %353 = weft.sqrt %352 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %354 = weft.div %353, %82 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %355 = weft.add %354, %0 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %356 = weft.mul %81, %348 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<f32>, tensor<16xf32>
    %357 = weft.div %356, %355 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %358 = weft.sub %341, %357 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    weft.set @ln_f.weight.moment1, %348 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.weight.moment2, %352 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.weight, %358 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %359 = weft.get @ln_f.bias {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %360 = weft.get @ln_f.bias.moment1 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %361 = weft.get @ln_f.bias.moment2 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %362 = weft.get @ln_f.bias.gradient {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %363 = weft.mul %362, %69 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %364 = weft.sub %363, %360 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %365 = weft.mul %364, %3 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %366 = weft.add %360, %365 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %367 = weft.mul %361, %2 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %368 = weft.mul %363, %363 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %369 = weft.mul %368, %1 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %370 = weft.add %367, %369 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %371 = weft.sqrt %370 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    %372 = weft.div %371, %82 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %373 = weft.add %372, %0 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<f32>
    %374 = weft.mul %81, %366 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<f32>, tensor<16xf32>
    %375 = weft.div %374, %373 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    %376 = weft.sub %359, %375 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>, tensor<16xf32>
    weft.set @ln_f.bias.moment1, %366 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.bias.moment2, %370 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    weft.set @ln_f.bias, %376 {origin = "adamw", phase = "update", scope = "ln_f"} : tensor<16xf32>
    weft.return
  }
}
