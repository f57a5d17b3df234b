  exec.module @gpt2_tiny arena(22656) live(22624) state(63680) input(192) {
    exec.state @wte.weight : memref<32x16xf32> at(0) role(parameter) of "wte.weight" init(normal, 0.02) key 7049158632033501577
    exec.state @wte.weight.gradient : memref<32x16xf32> at(2048) role(gradient) of "wte.weight" init(zeros)
    exec.state @wpe.weight : memref<8x16xf32> at(4096) role(parameter) of "wpe.weight" init(normal, 0.02) key 4759686284756947381
    exec.state @wpe.weight.gradient : memref<8x16xf32> at(4608) role(gradient) of "wpe.weight" init(zeros)
    exec.state @h.0.ln_1.weight : memref<16xf32> at(5120) role(parameter) of "h.0.ln_1.weight" init(ones) key 718286616630911723
    exec.state @h.0.ln_1.weight.gradient : memref<16xf32> at(5184) role(gradient) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.bias : memref<16xf32> at(5248) role(parameter) of "h.0.ln_1.bias" init(zeros) key 4799122565271012982
    exec.state @h.0.ln_1.bias.gradient : memref<16xf32> at(5312) role(gradient) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.attn.c_attn.weight : memref<16x48xf32> at(5376) role(parameter) of "h.0.attn.c_attn.weight" init(normal, 0.02) key 9042601755433050237
    exec.state @h.0.attn.c_attn.weight.gradient : memref<16x48xf32> at(8448) role(gradient) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.bias : memref<48xf32> at(11520) role(parameter) of "h.0.attn.c_attn.bias" init(zeros) key 7818503664401930472
    exec.state @h.0.attn.c_attn.bias.gradient : memref<48xf32> at(11712) role(gradient) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_proj.weight : memref<16x16xf32> at(11904) role(parameter) of "h.0.attn.c_proj.weight" init(normal, 0.014142135623730949) key 6765520596756506577
    exec.state @h.0.attn.c_proj.weight.gradient : memref<16x16xf32> at(12928) role(gradient) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.bias : memref<16xf32> at(13952) role(parameter) of "h.0.attn.c_proj.bias" init(zeros) key 16242502159554129868
    exec.state @h.0.attn.c_proj.bias.gradient : memref<16xf32> at(14016) role(gradient) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.ln_2.weight : memref<16xf32> at(14080) role(parameter) of "h.0.ln_2.weight" init(ones) key 1436253749911391744
    exec.state @h.0.ln_2.weight.gradient : memref<16xf32> at(14144) role(gradient) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.bias : memref<16xf32> at(14208) role(parameter) of "h.0.ln_2.bias" init(zeros) key 5495708170589445861
    exec.state @h.0.ln_2.bias.gradient : memref<16xf32> at(14272) role(gradient) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.weight : memref<16x64xf32> at(14336) role(parameter) of "h.0.mlp.c_fc.weight" init(normal, 0.02) key 6371745872173673859
    exec.state @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32> at(18432) role(gradient) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.bias : memref<64xf32> at(22528) role(parameter) of "h.0.mlp.c_fc.bias" init(zeros) key 1707944349886224446
    exec.state @h.0.mlp.c_fc.bias.gradient : memref<64xf32> at(22784) role(gradient) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.weight : memref<64x16xf32> at(23040) role(parameter) of "h.0.mlp.c_proj.weight" init(normal, 0.014142135623730949) key 12325170337658628179
    exec.state @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32> at(27136) role(gradient) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.bias : memref<16xf32> at(31232) role(parameter) of "h.0.mlp.c_proj.bias" init(zeros) key 4505297316399317230
    exec.state @h.0.mlp.c_proj.bias.gradient : memref<16xf32> at(31296) role(gradient) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @ln_f.weight : memref<16xf32> at(31360) role(parameter) of "ln_f.weight" init(ones) key 12917151793507910212
    exec.state @ln_f.weight.gradient : memref<16xf32> at(31424) role(gradient) of "ln_f.weight" init(zeros)
    exec.state @ln_f.bias : memref<16xf32> at(31488) role(parameter) of "ln_f.bias" init(zeros) key 17506747533471798297
    exec.state @ln_f.bias.gradient : memref<16xf32> at(31552) role(gradient) of "ln_f.bias" init(zeros)
    exec.state @loss_sum : memref<f32> at(31616) role(loss_sum) init(zeros)
    exec.state @loss_weight : memref<f32> at(31680) role(loss_weight) init(zeros)
    exec.state @eval_sum : memref<f32> at(31744) role(eval_sum) init(zeros)
    exec.state @eval_weight : memref<f32> at(31808) role(eval_weight) init(zeros)
    exec.state @logits_values : memref<32xf32> at(31872) role(logits) init(zeros)
    exec.state @gradient_norm : memref<f32> at(32000) role(gradient_norm) init(zeros)
    exec.state @wte.weight.moment1 : memref<32x16xf32> at(32064) role(optimizer) of "wte.weight" init(zeros)
    exec.state @wte.weight.moment2 : memref<32x16xf32> at(34112) role(optimizer) of "wte.weight" init(zeros)
    exec.state @wpe.weight.moment1 : memref<8x16xf32> at(36160) role(optimizer) of "wpe.weight" init(zeros)
    exec.state @wpe.weight.moment2 : memref<8x16xf32> at(36672) role(optimizer) of "wpe.weight" init(zeros)
    exec.state @h.0.ln_1.weight.moment1 : memref<16xf32> at(37184) role(optimizer) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.weight.moment2 : memref<16xf32> at(37248) role(optimizer) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.bias.moment1 : memref<16xf32> at(37312) role(optimizer) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.ln_1.bias.moment2 : memref<16xf32> at(37376) role(optimizer) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.attn.c_attn.weight.moment1 : memref<16x48xf32> at(37440) role(optimizer) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.weight.moment2 : memref<16x48xf32> at(40512) role(optimizer) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.bias.moment1 : memref<48xf32> at(43584) role(optimizer) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_attn.bias.moment2 : memref<48xf32> at(43776) role(optimizer) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_proj.weight.moment1 : memref<16x16xf32> at(43968) role(optimizer) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.weight.moment2 : memref<16x16xf32> at(44992) role(optimizer) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.bias.moment1 : memref<16xf32> at(46016) role(optimizer) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.attn.c_proj.bias.moment2 : memref<16xf32> at(46080) role(optimizer) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.ln_2.weight.moment1 : memref<16xf32> at(46144) role(optimizer) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.weight.moment2 : memref<16xf32> at(46208) role(optimizer) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.bias.moment1 : memref<16xf32> at(46272) role(optimizer) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.ln_2.bias.moment2 : memref<16xf32> at(46336) role(optimizer) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.weight.moment1 : memref<16x64xf32> at(46400) role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.weight.moment2 : memref<16x64xf32> at(50496) role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.bias.moment1 : memref<64xf32> at(54592) role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.bias.moment2 : memref<64xf32> at(54848) role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.weight.moment1 : memref<64x16xf32> at(55104) role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.weight.moment2 : memref<64x16xf32> at(59200) role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.bias.moment1 : memref<16xf32> at(63296) role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.bias.moment2 : memref<16xf32> at(63360) role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @ln_f.weight.moment1 : memref<16xf32> at(63424) role(optimizer) of "ln_f.weight" init(zeros)
    exec.state @ln_f.weight.moment2 : memref<16xf32> at(63488) role(optimizer) of "ln_f.weight" init(zeros)
    exec.state @ln_f.bias.moment1 : memref<16xf32> at(63552) role(optimizer) of "ln_f.bias" init(zeros)
    exec.state @ln_f.bias.moment2 : memref<16xf32> at(63616) role(optimizer) of "ln_f.bias" init(zeros)
    exec.input @tokens : memref<2x8xi32> at(0) limit(32)
    exec.input @targets : memref<2x8xi32> at(64) limit(32) ignored(-100)
    exec.input @logits_row : memref<1xi32> at(128) limit(16)
    exec.program @init {
      exec.initialize @wte.weight
      exec.initialize @wte.weight.gradient
      exec.initialize @wpe.weight
      exec.initialize @wpe.weight.gradient
      exec.initialize @h.0.ln_1.weight
      exec.initialize @h.0.ln_1.weight.gradient
      exec.initialize @h.0.ln_1.bias
      exec.initialize @h.0.ln_1.bias.gradient
      exec.initialize @h.0.attn.c_attn.weight
      exec.initialize @h.0.attn.c_attn.weight.gradient
      exec.initialize @h.0.attn.c_attn.bias
      exec.initialize @h.0.attn.c_attn.bias.gradient
      exec.initialize @h.0.attn.c_proj.weight
      exec.initialize @h.0.attn.c_proj.weight.gradient
      exec.initialize @h.0.attn.c_proj.bias
      exec.initialize @h.0.attn.c_proj.bias.gradient
      exec.initialize @h.0.ln_2.weight
      exec.initialize @h.0.ln_2.weight.gradient
      exec.initialize @h.0.ln_2.bias
      exec.initialize @h.0.ln_2.bias.gradient
      exec.initialize @h.0.mlp.c_fc.weight
      exec.initialize @h.0.mlp.c_fc.weight.gradient
      exec.initialize @h.0.mlp.c_fc.bias
      exec.initialize @h.0.mlp.c_fc.bias.gradient
      exec.initialize @h.0.mlp.c_proj.weight
      exec.initialize @h.0.mlp.c_proj.weight.gradient
      exec.initialize @h.0.mlp.c_proj.bias
      exec.initialize @h.0.mlp.c_proj.bias.gradient
      exec.initialize @ln_f.weight
      exec.initialize @ln_f.weight.gradient
      exec.initialize @ln_f.bias
      exec.initialize @ln_f.bias.gradient
      exec.initialize @loss_sum
      exec.initialize @loss_weight
      exec.initialize @eval_sum
      exec.initialize @eval_weight
      exec.initialize @logits_values
      exec.initialize @gradient_norm
      exec.initialize @wte.weight.moment1
      exec.initialize @wte.weight.moment2
      exec.initialize @wpe.weight.moment1
      exec.initialize @wpe.weight.moment2
      exec.initialize @h.0.ln_1.weight.moment1
      exec.initialize @h.0.ln_1.weight.moment2
      exec.initialize @h.0.ln_1.bias.moment1
      exec.initialize @h.0.ln_1.bias.moment2
      exec.initialize @h.0.attn.c_attn.weight.moment1
      exec.initialize @h.0.attn.c_attn.weight.moment2
      exec.initialize @h.0.attn.c_attn.bias.moment1
      exec.initialize @h.0.attn.c_attn.bias.moment2
      exec.initialize @h.0.attn.c_proj.weight.moment1
      exec.initialize @h.0.attn.c_proj.weight.moment2
      exec.initialize @h.0.attn.c_proj.bias.moment1
      exec.initialize @h.0.attn.c_proj.bias.moment2
      exec.initialize @h.0.ln_2.weight.moment1
      exec.initialize @h.0.ln_2.weight.moment2
      exec.initialize @h.0.ln_2.bias.moment1
      exec.initialize @h.0.ln_2.bias.moment2
      exec.initialize @h.0.mlp.c_fc.weight.moment1
      exec.initialize @h.0.mlp.c_fc.weight.moment2
      exec.initialize @h.0.mlp.c_fc.bias.moment1
      exec.initialize @h.0.mlp.c_fc.bias.moment2
      exec.initialize @h.0.mlp.c_proj.weight.moment1
      exec.initialize @h.0.mlp.c_proj.weight.moment2
      exec.initialize @h.0.mlp.c_proj.bias.moment1
      exec.initialize @h.0.mlp.c_proj.bias.moment2
      exec.initialize @ln_f.weight.moment1
      exec.initialize @ln_f.weight.moment2
      exec.initialize @ln_f.bias.moment1
      exec.initialize @ln_f.bias.moment2
    }
    exec.program @micro_step {
      %0 = exec.buffer at(0) : memref<8xi32>
      exec.launch @iota(%0) {phase = "forward"} : memref<8xi32>
      %1 = exec.input_ref @tokens : memref<2x8xi32>
      %2 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %3 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %4 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %5 = exec.state_ref @wte.weight : memref<32x16xf32>
      %6 = exec.buffer at(64) : memref<2x8x16xf32>
      %7 = exec.buffer at(1088) : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%1, %2, %3, %4, %5, %6, %7) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %8 = exec.view %7 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %9 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %10 = exec.buffer at(2112) : memref<16x48xf32>
      exec.matmul %8, %9, %10 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %11 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %12 = exec.view %10 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %13 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%10, %11, %13) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %14 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.view %12 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.buffer at(5184) : memref<2x2x8x8xf32>
      exec.matmul %14, %15, %16 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %17 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      %18 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      exec.launch @causal_mask_softmax(%17, %18) {phase = "forward", scope = "h.0.attn"} : memref<4x8x8xf32>, memref<4x8x8xf32>
      %19 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %20 = exec.buffer at(7232) : memref<2x2x8x8xf32>
      exec.matmul %16, %19, %20 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %21 = exec.view %20 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %22 = exec.buffer at(6208) : memref<2x8x2x8xf32>
      exec.launch @copy(%21, %22) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %23 = exec.view %22 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %24 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %25 = exec.buffer at(8256) : memref<16x16xf32>
      exec.matmul %23, %24, %25 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %26 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %27 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %28 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %29 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %30 = exec.view %25 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %31 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %32 = exec.buffer at(9280) : memref<2x8x16xf32>
      %33 = exec.view %32 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%25, %26, %27, %28, %29, %31, %33) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %34 = exec.view %32 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %35 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %36 = exec.buffer at(10304) : memref<16x64xf32>
      exec.matmul %34, %35, %36 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %37 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %38 = exec.view %36 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %39 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %40 = exec.buffer at(14400) : memref<2x8x64xf32>
      %41 = exec.view %40 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu(%36, %37, %39, %41) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>, memref<16x64xf32>
      %42 = exec.view %40 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %43 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %44 = exec.buffer at(18496) : memref<16x16xf32>
      exec.matmul %42, %43, %44 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %45 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %46 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %47 = exec.state_ref @ln_f.weight : memref<16xf32>
      %48 = exec.state_ref @ln_f.bias : memref<16xf32>
      %49 = exec.view %44 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %50 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %51 = exec.buffer at(6208) : memref<2x8x16xf32>
      %52 = exec.view %51 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%44, %45, %46, %47, %48, %50, %52) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %53 = exec.view %51 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %54 = exec.buffer at(19520) : memref<16x32xf32>
      exec.matmul %53, %5, %54 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %55 = exec.input_ref @targets : memref<2x8xi32>
      %56 = exec.view %55 offset(0) : memref<2x8xi32> to memref<16xi32>
      %57 = exec.buffer at(21568) : memref<2x8x1xf32>
      %58 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %59 = exec.buffer at(21760) : memref<2x8x1xf32>
      %60 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %61 = exec.buffer at(21696) : memref<2x8x1xf32>
      %62 = exec.view %61 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows(%54, %56, %58, %60, %62) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %63 = exec.view %61 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %64 = exec.buffer at(21632) : memref<1x1xf32>
      %65 = exec.view %64 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%63, %65) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %66 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %67 = exec.buffer at(21696) : memref<1x1xf32>
      %68 = exec.view %67 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%66, %68) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %69 = exec.state_ref @loss_sum : memref<f32>
      %70 = exec.view %64 offset(0) : memref<1x1xf32> to memref<f32>
      %71 = exec.step_ref accumulate : memref<f64>
      %72 = exec.state_ref @loss_sum : memref<f32>
      exec.launch @accumulate(%69, %70, %71, %72) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %73 = exec.state_ref @loss_weight : memref<f32>
      %74 = exec.view %67 offset(0) : memref<1x1xf32> to memref<f32>
      %75 = exec.state_ref @loss_weight : memref<f32>
      exec.launch @accumulate(%73, %74, %71, %75) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %76 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %77 = exec.view %55 offset(0) : memref<2x8xi32> to memref<16xi32>
      %78 = exec.view %54 offset(0) : memref<16x32xf32> to memref<2x8x32xf32>
      %79 = exec.view %78 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      exec.launch @cross_entropy_rows_backward(%54, %76, %77, %79) {phase = "backward", scope = "loss"} : memref<16x32xf32>, memref<16xf32>, memref<16xi32>, memref<16x32xf32>
      %80 = exec.view %78 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      %81 = exec.buffer at(21568) : memref<16x16xf32>
      exec.matmul %80, %5, %81 overwrite block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<32x16xf32>, memref<16x16xf32>
      %82 = exec.view %78 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      %83 = exec.view %51 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %84 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      exec.matmul %82, %83, %84 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<16x16xf32>, memref<32x16xf32>
      %85 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %86 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %87 = exec.buffer at(6208) : memref<2x8x16xf32>
      %88 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm(%85, %81, %47, %86, %88) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %89 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %90 = exec.buffer at(19584) : memref<16xf32>
      %91 = exec.buffer at(19520) : memref<16xf32>
      exec.launch @layer_norm_backward(%81, %89, %90, %91) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %92 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %93 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%92, %90, %71, %93) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %94 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %95 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%94, %91, %71, %95) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %96 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %97 = exec.buffer at(18496) : memref<16x64xf32>
      exec.matmul %96, %43, %97 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x16xf32>, memref<64x16xf32>, memref<16x64xf32>
      %98 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %99 = exec.buffer at(22592) : memref<16xf32>
      exec.launch @linear_backward(%98, %99) {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x16xf32>, memref<16xf32>
      %100 = exec.view %40 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %101 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %102 = exec.state_ref @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32>
      exec.matmul %100, %101, %102 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<16x16xf32>, memref<64x16xf32>
      %103 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %104 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%103, %99, %71, %104) {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %105 = exec.view %97 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %106 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<1024xf32>
      %107 = exec.view %97 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %108 = exec.view %107 offset(0) : memref<2x8x64xf32> to memref<1024xf32>
      exec.launch @gelu_backward(%105, %106, %108) {phase = "backward", scope = "h.0.mlp"} : memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %109 = exec.view %107 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %110 = exec.buffer at(10304) : memref<16x16xf32>
      exec.matmul %109, %35, %110 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x64xf32>, memref<16x64xf32>, memref<16x16xf32>
      %111 = exec.view %107 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %112 = exec.buffer at(11328) : memref<64xf32>
      exec.launch @linear_backward_4(%111, %112) {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x64xf32>, memref<64xf32>
      %113 = exec.view %32 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %114 = exec.view %107 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %115 = exec.state_ref @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32>
      exec.matmul %113, %114, %115 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %116 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %117 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      exec.launch @linear_backward_5(%116, %112, %71, %117) {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<64xf32>, memref<f64>, memref<64xf32>
      %118 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %119 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %120 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %121 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm_7(%118, %110, %28, %119, %120, %121) {phase = "backward", scope = "h.0.ln_2"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %122 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %123 = exec.buffer at(9344) : memref<16xf32>
      %124 = exec.buffer at(9280) : memref<16xf32>
      exec.launch @layer_norm_backward(%110, %122, %123, %124) {phase = "backward", scope = "h.0.ln_2"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %125 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %126 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%125, %123, %71, %126) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %127 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %128 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%127, %124, %71, %128) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %129 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %130 = exec.buffer at(8256) : memref<16x16xf32>
      exec.matmul %129, %24, %130 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %131 = exec.view %20 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %132 = exec.buffer at(9280) : memref<2x8x2x8xf32>
      exec.launch @copy(%131, %132) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %133 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %134 = exec.buffer at(7232) : memref<16xf32>
      exec.launch @linear_backward(%133, %134) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16xf32>
      %135 = exec.view %132 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %136 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %137 = exec.state_ref @h.0.attn.c_proj.weight.gradient : memref<16x16xf32>
      exec.matmul %135, %136, %137 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %138 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %139 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%138, %134, %71, %139) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %140 = exec.view %130 offset(0) : memref<16x16xf32> to memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>
      %141 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %142 = exec.buffer at(7232) : memref<2x2x8x8xf32>
      exec.matmul %140, %141, %142 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %143 = exec.view %130 offset(0) : memref<16x16xf32> to memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>
      %144 = exec.buffer at(9280) : memref<2x2x8x8xf32>
      exec.matmul %16, %143, %144 transpose_a overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, memref<2x2x8x8xf32>
      %145 = exec.view %142 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      %146 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      %147 = exec.view %142 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      exec.launch @softmax_backward_causal_mask_backward_mul_backward(%145, %146, %147) {phase = "backward", scope = "h.0.attn"} : memref<4x8x8xf32>, memref<4x8x8xf32>, memref<4x8x8xf32>
      %148 = exec.view %12 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %149 = exec.buffer at(5184) : memref<2x2x8x8xf32>
      exec.matmul %142, %148, %149 overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %150 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %151 = exec.buffer at(8256) : memref<2x2x8x8xf32>
      exec.matmul %142, %150, %151 transpose_a overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %152 = exec.view %144 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %153 = exec.buffer at(2112) : memref<2x8x2x8xf32>
      exec.launch @copy(%152, %153) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %154 = exec.view %151 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %155 = exec.buffer at(7232) : memref<2x8x2x8xf32>
      exec.launch @copy(%154, %155) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %156 = exec.view %149 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %157 = exec.buffer at(8256) : memref<2x8x2x8xf32>
      exec.launch @copy(%156, %157) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %158 = exec.buffer at(3136) : memref<2x8x48xf32>
      %159 = exec.view %157 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %160 = exec.view %158 offset(0) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_9(%159, %160) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %161 = exec.view %155 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %162 = exec.view %158 offset(16) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_9(%161, %162) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %163 = exec.view %153 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %164 = exec.view %158 offset(32) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_9(%163, %164) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %165 = exec.view %158 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %166 = exec.buffer at(2112) : memref<16x16xf32>
      exec.matmul %165, %9, %166 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<16x48xf32>, memref<16x16xf32>
      %167 = exec.view %158 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %168 = exec.buffer at(7232) : memref<48xf32>
      exec.launch @linear_backward_10(%167, %168) {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>
      %169 = exec.view %7 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %170 = exec.view %158 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %171 = exec.state_ref @h.0.attn.c_attn.weight.gradient : memref<16x48xf32>
      exec.matmul %169, %170, %171 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %172 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %173 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      exec.launch @linear_backward_12(%172, %168, %71, %173) {phase = "backward", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<48xf32>, memref<f64>, memref<48xf32>
      %174 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %175 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %176 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %177 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm_7(%174, %166, %3, %175, %176, %177) {phase = "backward", scope = "h.0.ln_1"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %178 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %179 = exec.buffer at(1152) : memref<16xf32>
      %180 = exec.buffer at(1088) : memref<16xf32>
      exec.launch @layer_norm_backward(%166, %178, %179, %180) {phase = "backward", scope = "h.0.ln_1"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %181 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %182 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%181, %179, %71, %182) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %183 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %184 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%183, %180, %71, %184) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %185 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<128x2xf32, strided<[1, 128]>>
      %186 = exec.buffer at(64) : memref<128x1xf32>
      %187 = exec.view %186 offset(0) : memref<128x1xf32> to memref<128xf32>
      exec.launch @add_backward(%185, %187) {phase = "backward"} : memref<128x2xf32, strided<[1, 128]>>, memref<128xf32>
      %188 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %189 = exec.view %188 offset(0) : memref<8x16xf32> to memref<128xf32>
      %190 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %191 = exec.view %190 offset(0) : memref<8x16xf32> to memref<128xf32>
      exec.launch @embedding_backward(%189, %71, %191) {phase = "backward", scope = "wpe"} : memref<128xf32>, memref<f64>, memref<128xf32>
      %192 = exec.view %186 offset(0) : memref<128x1xf32> to memref<8x16xf32>
      %193 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      exec.launch @embedding_backward_14(%190, %0, %192, %193) {phase = "backward", scope = "wpe"} : memref<8x16xf32>, memref<8xi32>, memref<8x16xf32>, memref<8x16xf32>
      %194 = exec.view %1 offset(0) : memref<2x8xi32> to memref<16xi32>
      %195 = exec.view %87 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %196 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      exec.launch @embedding_backward_16(%84, %194, %195, %196) {phase = "backward", scope = "wte"} : memref<32x16xf32>, memref<16xi32>, memref<16x16xf32>, memref<32x16xf32>
    }
    exec.program @eval {
      %0 = exec.input_ref @tokens : memref<2x8xi32>
      %1 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %2 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %3 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %4 = exec.state_ref @wte.weight : memref<32x16xf32>
      %5 = exec.buffer at(0) : memref<2x8x16xf32>
      %6 = exec.buffer at(4096) : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%0, %1, %2, %3, %4, %5, %6) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %7 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %8 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %9 = exec.buffer at(1024) : memref<16x48xf32>
      exec.matmul %7, %8, %9 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %10 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %11 = exec.view %9 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %12 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%9, %10, %12) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %13 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %14 = exec.view %11 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.buffer at(4096) : memref<2x2x8x8xf32>
      exec.matmul %13, %14, %15 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %16 = exec.view %15 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      %17 = exec.view %15 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      exec.launch @causal_mask_softmax(%16, %17) {phase = "forward", scope = "h.0.attn"} : memref<4x8x8xf32>, memref<4x8x8xf32>
      %18 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %19 = exec.buffer at(5120) : memref<2x2x8x8xf32>
      exec.matmul %15, %18, %19 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %21 = exec.buffer at(2048) : memref<2x8x2x8xf32>
      exec.launch @copy(%20, %21) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %22 = exec.view %21 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %23 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %24 = exec.buffer at(1024) : memref<16x16xf32>
      exec.matmul %22, %23, %24 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %25 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %26 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %27 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %28 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %29 = exec.view %24 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %30 = exec.view %29 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %31 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%24, %25, %26, %27, %28, %30, %31) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %32 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %34 = exec.buffer at(2048) : memref<16x64xf32>
      exec.matmul %32, %33, %34 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %35 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %36 = exec.view %34 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %37 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_18(%34, %35, %37) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %38 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %39 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %40 = exec.buffer at(0) : memref<16x16xf32>
      exec.matmul %38, %39, %40 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %41 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %42 = exec.view %29 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %43 = exec.state_ref @ln_f.weight : memref<16xf32>
      %44 = exec.state_ref @ln_f.bias : memref<16xf32>
      %45 = exec.view %40 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %46 = exec.view %45 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm(%40, %41, %42, %43, %44, %46) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>
      %47 = exec.view %45 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %48 = exec.buffer at(1024) : memref<16x32xf32>
      exec.matmul %47, %4, %48 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %49 = exec.input_ref @targets : memref<2x8xi32>
      %50 = exec.view %49 offset(0) : memref<2x8xi32> to memref<16xi32>
      %51 = exec.buffer at(128) : memref<2x8x1xf32>
      %52 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %53 = exec.buffer at(64) : memref<2x8x1xf32>
      %54 = exec.view %53 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows_19(%48, %50, %52, %54) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>
      %55 = exec.view %53 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %56 = exec.buffer at(0) : memref<1x1xf32>
      %57 = exec.view %56 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%55, %57) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %58 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %59 = exec.buffer at(64) : memref<1x1xf32>
      %60 = exec.view %59 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%58, %60) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %61 = exec.state_ref @eval_sum : memref<f32>
      %62 = exec.view %56 offset(0) : memref<1x1xf32> to memref<f32>
      %63 = exec.step_ref accumulate : memref<f64>
      %64 = exec.state_ref @eval_sum : memref<f32>
      exec.launch @accumulate(%61, %62, %63, %64) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %65 = exec.state_ref @eval_weight : memref<f32>
      %66 = exec.view %59 offset(0) : memref<1x1xf32> to memref<f32>
      %67 = exec.state_ref @eval_weight : memref<f32>
      exec.launch @accumulate(%65, %66, %63, %67) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
    }
    exec.program @logits {
      %0 = exec.input_ref @tokens : memref<2x8xi32>
      %1 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %2 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %3 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %4 = exec.state_ref @wte.weight : memref<32x16xf32>
      %5 = exec.buffer at(0) : memref<2x8x16xf32>
      %6 = exec.buffer at(4096) : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%0, %1, %2, %3, %4, %5, %6) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %7 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %8 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %9 = exec.buffer at(1024) : memref<16x48xf32>
      exec.matmul %7, %8, %9 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %10 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %11 = exec.view %9 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %12 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%9, %10, %12) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %13 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %14 = exec.view %11 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.buffer at(4096) : memref<2x2x8x8xf32>
      exec.matmul %13, %14, %15 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %16 = exec.view %15 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      %17 = exec.view %15 offset(0) : memref<2x2x8x8xf32> to memref<4x8x8xf32>
      exec.launch @causal_mask_softmax(%16, %17) {phase = "forward", scope = "h.0.attn"} : memref<4x8x8xf32>, memref<4x8x8xf32>
      %18 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %19 = exec.buffer at(5120) : memref<2x2x8x8xf32>
      exec.matmul %15, %18, %19 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %21 = exec.buffer at(2048) : memref<2x8x2x8xf32>
      exec.launch @copy(%20, %21) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %22 = exec.view %21 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %23 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %24 = exec.buffer at(1024) : memref<16x16xf32>
      exec.matmul %22, %23, %24 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %25 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %26 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %27 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %28 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %29 = exec.view %24 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %30 = exec.view %29 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %31 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%24, %25, %26, %27, %28, %30, %31) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %32 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %34 = exec.buffer at(2048) : memref<16x64xf32>
      exec.matmul %32, %33, %34 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %35 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %36 = exec.view %34 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %37 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_18(%34, %35, %37) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %38 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %39 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %40 = exec.buffer at(0) : memref<16x16xf32>
      exec.matmul %38, %39, %40 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %41 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %42 = exec.view %29 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %43 = exec.state_ref @ln_f.weight : memref<16xf32>
      %44 = exec.state_ref @ln_f.bias : memref<16xf32>
      %45 = exec.view %40 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %46 = exec.view %45 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm(%40, %41, %42, %43, %44, %46) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>
      %47 = exec.input_ref @logits_row : memref<1xi32>
      %48 = exec.view %47 offset(0) : memref<1xi32> to memref<i32>
      %49 = exec.view %45 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %50 = exec.buffer at(1024) : memref<1x16xf32>
      %51 = exec.view %50 offset(0) : memref<1x16xf32> to memref<16xf32>
      exec.launch @embedding(%48, %49, %51) {phase = "forward"} : memref<i32>, memref<16x16xf32>, memref<16xf32>
      %52 = exec.buffer at(0) : memref<1x32xf32>
      exec.matmul %50, %4, %52 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<1x16xf32>, memref<32x16xf32>, memref<1x32xf32>
      %53 = exec.view %52 offset(0) : memref<1x32xf32> to memref<32xf32>
      %54 = exec.state_ref @logits_values : memref<32xf32>
      exec.launch @copy_20(%53, %54) {phase = "forward"} : memref<32xf32>, memref<32xf32>
    }
    exec.program @apply {
      %0 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      %1 = exec.view %0 offset(0) : memref<32x16xf32> to memref<512xf32>
      %2 = exec.buffer at(64) : memref<16xf32>
      %3 = exec.view %2 offset(0) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_21(%1, %3) {phase = "update", scope = "wte"} : memref<512xf32>, memref<1xf32>
      %4 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %5 = exec.view %4 offset(0) : memref<8x16xf32> to memref<128xf32>
      %6 = exec.view %2 offset(1) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_22(%5, %6) {phase = "update", scope = "wpe"} : memref<128xf32>, memref<1xf32>
      %7 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %8 = exec.view %2 offset(2) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%7, %8) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<1xf32>
      %9 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %10 = exec.view %2 offset(3) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%9, %10) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<1xf32>
      %11 = exec.state_ref @h.0.attn.c_attn.weight.gradient : memref<16x48xf32>
      %12 = exec.view %11 offset(0) : memref<16x48xf32> to memref<768xf32>
      %13 = exec.view %2 offset(4) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_24(%12, %13) {phase = "update", scope = "h.0.attn.c_attn"} : memref<768xf32>, memref<1xf32>
      %14 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %15 = exec.view %2 offset(5) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%14, %15) {phase = "update", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<1xf32>
      %16 = exec.state_ref @h.0.attn.c_proj.weight.gradient : memref<16x16xf32>
      %17 = exec.view %16 offset(0) : memref<16x16xf32> to memref<256xf32>
      %18 = exec.view %2 offset(6) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_26(%17, %18) {phase = "update", scope = "h.0.attn.c_proj"} : memref<256xf32>, memref<1xf32>
      %19 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %20 = exec.view %2 offset(7) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%19, %20) {phase = "update", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<1xf32>
      %21 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %22 = exec.view %2 offset(8) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%21, %22) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<1xf32>
      %23 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %24 = exec.view %2 offset(9) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%23, %24) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<1xf32>
      %25 = exec.state_ref @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32>
      %26 = exec.view %25 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %27 = exec.view %2 offset(10) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_27(%26, %27) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<1024xf32>, memref<1xf32>
      %28 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %29 = exec.view %2 offset(11) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_28(%28, %29) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<1xf32>
      %30 = exec.state_ref @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32>
      %31 = exec.view %30 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %32 = exec.view %2 offset(12) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_27(%31, %32) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<1024xf32>, memref<1xf32>
      %33 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %34 = exec.view %2 offset(13) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%33, %34) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<1xf32>
      %35 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %36 = exec.view %2 offset(14) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%35, %36) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<1xf32>
      %37 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %38 = exec.view %2 offset(15) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%37, %38) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<1xf32>
      %39 = exec.buffer at(0) : memref<1x1xf32>
      %40 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%2, %40) {phase = "update"} : memref<16xf32>, memref<f32>
      %41 = exec.state_ref @loss_weight : memref<f32>
      %42 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      %43 = exec.state_ref @gradient_norm : memref<f32>
      %44 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @max_gradient_norm(%41, %42, %43, %44) {phase = "update"} : memref<f32>, memref<f32>, memref<f32>, memref<f32>
      %45 = exec.step_ref learning_rate : memref<f64>
      %46 = exec.buffer at(192) : memref<f32>
      exec.launch @gradient_norm_29(%45, %46) {phase = "update"} : memref<f64>, memref<f32>
      %47 = exec.step_ref step : memref<f64>
      %48 = exec.buffer at(64) : memref<f32>
      exec.launch @gradient_norm_30(%47, %45, %48) {phase = "update"} : memref<f64>, memref<f64>, memref<f32>
      %49 = exec.buffer at(128) : memref<f32>
      exec.launch @gradient_norm_31(%47, %49) {phase = "update"} : memref<f64>, memref<f32>
      %50 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      %51 = exec.view %50 offset(0) : memref<32x16xf32> to memref<512xf32>
      %52 = exec.state_ref @wte.weight : memref<32x16xf32>
      %53 = exec.view %52 offset(0) : memref<32x16xf32> to memref<512xf32>
      %54 = exec.state_ref @wte.weight.moment1 : memref<32x16xf32>
      %55 = exec.view %54 offset(0) : memref<32x16xf32> to memref<512xf32>
      %56 = exec.state_ref @wte.weight.moment2 : memref<32x16xf32>
      %57 = exec.view %56 offset(0) : memref<32x16xf32> to memref<512xf32>
      %58 = exec.state_ref @wte.weight.moment1 : memref<32x16xf32>
      %59 = exec.view %58 offset(0) : memref<32x16xf32> to memref<512xf32>
      %60 = exec.state_ref @wte.weight.moment2 : memref<32x16xf32>
      %61 = exec.view %60 offset(0) : memref<32x16xf32> to memref<512xf32>
      %62 = exec.state_ref @wte.weight : memref<32x16xf32>
      %63 = exec.view %62 offset(0) : memref<32x16xf32> to memref<512xf32>
      exec.launch @adamw(%51, %44, %53, %46, %55, %57, %49, %48, %59, %61, %63) {phase = "update", scope = "wte"} : memref<512xf32>, memref<f32>, memref<512xf32>, memref<f32>, memref<512xf32>, memref<512xf32>, memref<f32>, memref<f32>, memref<512xf32>, memref<512xf32>, memref<512xf32>
      %64 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %65 = exec.view %64 offset(0) : memref<8x16xf32> to memref<128xf32>
      %66 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %67 = exec.view %66 offset(0) : memref<8x16xf32> to memref<128xf32>
      %68 = exec.state_ref @wpe.weight.moment1 : memref<8x16xf32>
      %69 = exec.view %68 offset(0) : memref<8x16xf32> to memref<128xf32>
      %70 = exec.state_ref @wpe.weight.moment2 : memref<8x16xf32>
      %71 = exec.view %70 offset(0) : memref<8x16xf32> to memref<128xf32>
      %72 = exec.state_ref @wpe.weight.moment1 : memref<8x16xf32>
      %73 = exec.view %72 offset(0) : memref<8x16xf32> to memref<128xf32>
      %74 = exec.state_ref @wpe.weight.moment2 : memref<8x16xf32>
      %75 = exec.view %74 offset(0) : memref<8x16xf32> to memref<128xf32>
      %76 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %77 = exec.view %76 offset(0) : memref<8x16xf32> to memref<128xf32>
      exec.launch @adamw_32(%65, %44, %67, %46, %69, %71, %49, %48, %73, %75, %77) {phase = "update", scope = "wpe"} : memref<128xf32>, memref<f32>, memref<128xf32>, memref<f32>, memref<128xf32>, memref<128xf32>, memref<f32>, memref<f32>, memref<128xf32>, memref<128xf32>, memref<128xf32>
      %78 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %79 = exec.state_ref @h.0.ln_1.weight.moment1 : memref<16xf32>
      %80 = exec.state_ref @h.0.ln_1.weight.moment2 : memref<16xf32>
      %81 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %82 = exec.state_ref @h.0.ln_1.weight.moment1 : memref<16xf32>
      %83 = exec.state_ref @h.0.ln_1.weight.moment2 : memref<16xf32>
      %84 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      exec.launch @adamw_33(%78, %44, %79, %80, %49, %48, %81, %82, %83, %84) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %85 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %86 = exec.state_ref @h.0.ln_1.bias.moment1 : memref<16xf32>
      %87 = exec.state_ref @h.0.ln_1.bias.moment2 : memref<16xf32>
      %88 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %89 = exec.state_ref @h.0.ln_1.bias.moment1 : memref<16xf32>
      %90 = exec.state_ref @h.0.ln_1.bias.moment2 : memref<16xf32>
      %91 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      exec.launch @adamw_33(%85, %44, %86, %87, %49, %48, %88, %89, %90, %91) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %92 = exec.state_ref @h.0.attn.c_attn.weight.gradient : memref<16x48xf32>
      %93 = exec.view %92 offset(0) : memref<16x48xf32> to memref<768xf32>
      %94 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %95 = exec.view %94 offset(0) : memref<16x48xf32> to memref<768xf32>
      %96 = exec.state_ref @h.0.attn.c_attn.weight.moment1 : memref<16x48xf32>
      %97 = exec.view %96 offset(0) : memref<16x48xf32> to memref<768xf32>
      %98 = exec.state_ref @h.0.attn.c_attn.weight.moment2 : memref<16x48xf32>
      %99 = exec.view %98 offset(0) : memref<16x48xf32> to memref<768xf32>
      %100 = exec.state_ref @h.0.attn.c_attn.weight.moment1 : memref<16x48xf32>
      %101 = exec.view %100 offset(0) : memref<16x48xf32> to memref<768xf32>
      %102 = exec.state_ref @h.0.attn.c_attn.weight.moment2 : memref<16x48xf32>
      %103 = exec.view %102 offset(0) : memref<16x48xf32> to memref<768xf32>
      %104 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %105 = exec.view %104 offset(0) : memref<16x48xf32> to memref<768xf32>
      exec.launch @adamw_34(%93, %44, %95, %46, %97, %99, %49, %48, %101, %103, %105) {phase = "update", scope = "h.0.attn.c_attn"} : memref<768xf32>, memref<f32>, memref<768xf32>, memref<f32>, memref<768xf32>, memref<768xf32>, memref<f32>, memref<f32>, memref<768xf32>, memref<768xf32>, memref<768xf32>
      %106 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %107 = exec.state_ref @h.0.attn.c_attn.bias.moment1 : memref<48xf32>
      %108 = exec.state_ref @h.0.attn.c_attn.bias.moment2 : memref<48xf32>
      %109 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %110 = exec.state_ref @h.0.attn.c_attn.bias.moment1 : memref<48xf32>
      %111 = exec.state_ref @h.0.attn.c_attn.bias.moment2 : memref<48xf32>
      %112 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      exec.launch @adamw_35(%106, %44, %107, %108, %49, %48, %109, %110, %111, %112) {phase = "update", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<f32>, memref<48xf32>, memref<48xf32>, memref<f32>, memref<f32>, memref<48xf32>, memref<48xf32>, memref<48xf32>, memref<48xf32>
      %113 = exec.state_ref @h.0.attn.c_proj.weight.gradient : memref<16x16xf32>
      %114 = exec.view %113 offset(0) : memref<16x16xf32> to memref<256xf32>
      %115 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %116 = exec.view %115 offset(0) : memref<16x16xf32> to memref<256xf32>
      %117 = exec.state_ref @h.0.attn.c_proj.weight.moment1 : memref<16x16xf32>
      %118 = exec.view %117 offset(0) : memref<16x16xf32> to memref<256xf32>
      %119 = exec.state_ref @h.0.attn.c_proj.weight.moment2 : memref<16x16xf32>
      %120 = exec.view %119 offset(0) : memref<16x16xf32> to memref<256xf32>
      %121 = exec.state_ref @h.0.attn.c_proj.weight.moment1 : memref<16x16xf32>
      %122 = exec.view %121 offset(0) : memref<16x16xf32> to memref<256xf32>
      %123 = exec.state_ref @h.0.attn.c_proj.weight.moment2 : memref<16x16xf32>
      %124 = exec.view %123 offset(0) : memref<16x16xf32> to memref<256xf32>
      %125 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %126 = exec.view %125 offset(0) : memref<16x16xf32> to memref<256xf32>
      exec.launch @adamw_36(%114, %44, %116, %46, %118, %120, %49, %48, %122, %124, %126) {phase = "update", scope = "h.0.attn.c_proj"} : memref<256xf32>, memref<f32>, memref<256xf32>, memref<f32>, memref<256xf32>, memref<256xf32>, memref<f32>, memref<f32>, memref<256xf32>, memref<256xf32>, memref<256xf32>
      %127 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %128 = exec.state_ref @h.0.attn.c_proj.bias.moment1 : memref<16xf32>
      %129 = exec.state_ref @h.0.attn.c_proj.bias.moment2 : memref<16xf32>
      %130 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %131 = exec.state_ref @h.0.attn.c_proj.bias.moment1 : memref<16xf32>
      %132 = exec.state_ref @h.0.attn.c_proj.bias.moment2 : memref<16xf32>
      %133 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      exec.launch @adamw_33(%127, %44, %128, %129, %49, %48, %130, %131, %132, %133) {phase = "update", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %134 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %135 = exec.state_ref @h.0.ln_2.weight.moment1 : memref<16xf32>
      %136 = exec.state_ref @h.0.ln_2.weight.moment2 : memref<16xf32>
      %137 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %138 = exec.state_ref @h.0.ln_2.weight.moment1 : memref<16xf32>
      %139 = exec.state_ref @h.0.ln_2.weight.moment2 : memref<16xf32>
      %140 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      exec.launch @adamw_33(%134, %44, %135, %136, %49, %48, %137, %138, %139, %140) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %141 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %142 = exec.state_ref @h.0.ln_2.bias.moment1 : memref<16xf32>
      %143 = exec.state_ref @h.0.ln_2.bias.moment2 : memref<16xf32>
      %144 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %145 = exec.state_ref @h.0.ln_2.bias.moment1 : memref<16xf32>
      %146 = exec.state_ref @h.0.ln_2.bias.moment2 : memref<16xf32>
      %147 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      exec.launch @adamw_33(%141, %44, %142, %143, %49, %48, %144, %145, %146, %147) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %148 = exec.state_ref @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32>
      %149 = exec.view %148 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %150 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %151 = exec.view %150 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %152 = exec.state_ref @h.0.mlp.c_fc.weight.moment1 : memref<16x64xf32>
      %153 = exec.view %152 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %154 = exec.state_ref @h.0.mlp.c_fc.weight.moment2 : memref<16x64xf32>
      %155 = exec.view %154 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %156 = exec.state_ref @h.0.mlp.c_fc.weight.moment1 : memref<16x64xf32>
      %157 = exec.view %156 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %158 = exec.state_ref @h.0.mlp.c_fc.weight.moment2 : memref<16x64xf32>
      %159 = exec.view %158 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %160 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %161 = exec.view %160 offset(0) : memref<16x64xf32> to memref<1024xf32>
      exec.launch @adamw_37(%149, %44, %151, %46, %153, %155, %49, %48, %157, %159, %161) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<f32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %162 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %163 = exec.state_ref @h.0.mlp.c_fc.bias.moment1 : memref<64xf32>
      %164 = exec.state_ref @h.0.mlp.c_fc.bias.moment2 : memref<64xf32>
      %165 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %166 = exec.state_ref @h.0.mlp.c_fc.bias.moment1 : memref<64xf32>
      %167 = exec.state_ref @h.0.mlp.c_fc.bias.moment2 : memref<64xf32>
      %168 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      exec.launch @adamw_38(%162, %44, %163, %164, %49, %48, %165, %166, %167, %168) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<f32>, memref<64xf32>, memref<64xf32>, memref<f32>, memref<f32>, memref<64xf32>, memref<64xf32>, memref<64xf32>, memref<64xf32>
      %169 = exec.state_ref @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32>
      %170 = exec.view %169 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %171 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %172 = exec.view %171 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %173 = exec.state_ref @h.0.mlp.c_proj.weight.moment1 : memref<64x16xf32>
      %174 = exec.view %173 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %175 = exec.state_ref @h.0.mlp.c_proj.weight.moment2 : memref<64x16xf32>
      %176 = exec.view %175 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %177 = exec.state_ref @h.0.mlp.c_proj.weight.moment1 : memref<64x16xf32>
      %178 = exec.view %177 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %179 = exec.state_ref @h.0.mlp.c_proj.weight.moment2 : memref<64x16xf32>
      %180 = exec.view %179 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %181 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %182 = exec.view %181 offset(0) : memref<64x16xf32> to memref<1024xf32>
      exec.launch @adamw_37(%170, %44, %172, %46, %174, %176, %49, %48, %178, %180, %182) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<f32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %183 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %184 = exec.state_ref @h.0.mlp.c_proj.bias.moment1 : memref<16xf32>
      %185 = exec.state_ref @h.0.mlp.c_proj.bias.moment2 : memref<16xf32>
      %186 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %187 = exec.state_ref @h.0.mlp.c_proj.bias.moment1 : memref<16xf32>
      %188 = exec.state_ref @h.0.mlp.c_proj.bias.moment2 : memref<16xf32>
      %189 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      exec.launch @adamw_33(%183, %44, %184, %185, %49, %48, %186, %187, %188, %189) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %190 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %191 = exec.state_ref @ln_f.weight.moment1 : memref<16xf32>
      %192 = exec.state_ref @ln_f.weight.moment2 : memref<16xf32>
      %193 = exec.state_ref @ln_f.weight : memref<16xf32>
      %194 = exec.state_ref @ln_f.weight.moment1 : memref<16xf32>
      %195 = exec.state_ref @ln_f.weight.moment2 : memref<16xf32>
      %196 = exec.state_ref @ln_f.weight : memref<16xf32>
      exec.launch @adamw_33(%190, %44, %191, %192, %49, %48, %193, %194, %195, %196) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %197 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %198 = exec.state_ref @ln_f.bias.moment1 : memref<16xf32>
      %199 = exec.state_ref @ln_f.bias.moment2 : memref<16xf32>
      %200 = exec.state_ref @ln_f.bias : memref<16xf32>
      %201 = exec.state_ref @ln_f.bias.moment1 : memref<16xf32>
      %202 = exec.state_ref @ln_f.bias.moment2 : memref<16xf32>
      %203 = exec.state_ref @ln_f.bias : memref<16xf32>
      exec.launch @adamw_33(%197, %44, %198, %199, %49, %48, %200, %201, %202, %203) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
    }
    exec.entry train "loss" of "loss" programs [@micro_step, @apply] inputs [@tokens, @targets] metrics [@loss_sum, @loss_weight, @gradient_norm] {flops = 3.563520e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
    exec.entry eval "loss" of "loss" programs [@eval] inputs [@tokens, @targets] metrics [@eval_sum, @eval_weight] {flops = 1.187840e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
    exec.entry logits "loss" of "loss" programs [@logits] inputs [@tokens, @logits_row] metrics [@logits_values] {flops = 1.034240e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
  }
}
