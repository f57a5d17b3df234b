  exec.module @gpt2_tiny arena(21760) live(21728) state(63680) input(192) {
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
      %16 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %17 = exec.buffer at(5312) : memref<2x2x8x8xf32>
      %18 = exec.buffer at(5184) : memref<2x2x8xf32>
      exec.launch @attention(%14, %15, %16, %17, %18) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %19 = exec.view %17 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %20 = exec.buffer at(7360) : memref<2x8x2x8xf32>
      exec.launch @copy(%19, %20) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %21 = exec.view %20 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %22 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %23 = exec.buffer at(6336) : memref<16x16xf32>
      exec.matmul %21, %22, %23 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %24 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %25 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %26 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %27 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %28 = exec.view %23 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %29 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %30 = exec.buffer at(8384) : memref<2x8x16xf32>
      %31 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%23, %24, %25, %26, %27, %29, %31) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %32 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %34 = exec.buffer at(9408) : memref<16x64xf32>
      exec.matmul %32, %33, %34 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %35 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %36 = exec.view %34 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %37 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %38 = exec.buffer at(13504) : memref<2x8x64xf32>
      %39 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu(%34, %35, %37, %39) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>, memref<16x64xf32>
      %40 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %41 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %42 = exec.buffer at(17600) : memref<16x16xf32>
      exec.matmul %40, %41, %42 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %43 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %44 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %45 = exec.state_ref @ln_f.weight : memref<16xf32>
      %46 = exec.state_ref @ln_f.bias : memref<16xf32>
      %47 = exec.view %42 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %48 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %49 = exec.buffer at(7360) : memref<2x8x16xf32>
      %50 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%42, %43, %44, %45, %46, %48, %50) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %51 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %52 = exec.buffer at(18624) : memref<16x32xf32>
      exec.matmul %51, %5, %52 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %53 = exec.input_ref @targets : memref<2x8xi32>
      %54 = exec.view %53 offset(0) : memref<2x8xi32> to memref<16xi32>
      %55 = exec.buffer at(20672) : memref<2x8x1xf32>
      %56 = exec.view %55 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %57 = exec.buffer at(20864) : memref<2x8x1xf32>
      %58 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %59 = exec.buffer at(20800) : memref<2x8x1xf32>
      %60 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows(%52, %54, %56, %58, %60) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %61 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %62 = exec.buffer at(20736) : memref<1x1xf32>
      %63 = exec.view %62 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%61, %63) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %64 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %65 = exec.buffer at(20800) : memref<1x1xf32>
      %66 = exec.view %65 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%64, %66) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %67 = exec.state_ref @loss_sum : memref<f32>
      %68 = exec.view %62 offset(0) : memref<1x1xf32> to memref<f32>
      %69 = exec.step_ref accumulate : memref<f64>
      %70 = exec.state_ref @loss_sum : memref<f32>
      exec.launch @accumulate(%67, %68, %69, %70) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %71 = exec.state_ref @loss_weight : memref<f32>
      %72 = exec.view %65 offset(0) : memref<1x1xf32> to memref<f32>
      %73 = exec.state_ref @loss_weight : memref<f32>
      exec.launch @accumulate(%71, %72, %69, %73) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %74 = exec.view %55 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %75 = exec.view %53 offset(0) : memref<2x8xi32> to memref<16xi32>
      %76 = exec.view %52 offset(0) : memref<16x32xf32> to memref<2x8x32xf32>
      %77 = exec.view %76 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      exec.launch @cross_entropy_rows_backward(%52, %74, %75, %77) {phase = "backward", scope = "loss"} : memref<16x32xf32>, memref<16xf32>, memref<16xi32>, memref<16x32xf32>
      %78 = exec.view %76 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      %79 = exec.buffer at(20672) : memref<16x16xf32>
      exec.matmul %78, %5, %79 overwrite block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<32x16xf32>, memref<16x16xf32>
      %80 = exec.view %76 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      %81 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %82 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      exec.matmul %80, %81, %82 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<16x16xf32>, memref<32x16xf32>
      %83 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %84 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %85 = exec.buffer at(7360) : memref<2x8x16xf32>
      %86 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm(%83, %79, %45, %84, %86) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %87 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %88 = exec.buffer at(18688) : memref<16xf32>
      %89 = exec.buffer at(18624) : memref<16xf32>
      exec.launch @layer_norm_backward(%79, %87, %88, %89) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %90 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %91 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%90, %88, %69, %91) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %92 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %93 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%92, %89, %69, %93) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %94 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %95 = exec.buffer at(17600) : memref<16x64xf32>
      exec.matmul %94, %41, %95 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x16xf32>, memref<64x16xf32>, memref<16x64xf32>
      %96 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %97 = exec.buffer at(21696) : memref<16xf32>
      exec.launch @linear_backward(%96, %97) {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x16xf32>, memref<16xf32>
      %98 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %99 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %100 = exec.state_ref @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32>
      exec.matmul %98, %99, %100 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<16x16xf32>, memref<64x16xf32>
      %101 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %102 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%101, %97, %69, %102) {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %103 = exec.view %95 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %104 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<1024xf32>
      %105 = exec.view %95 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %106 = exec.view %105 offset(0) : memref<2x8x64xf32> to memref<1024xf32>
      exec.launch @gelu_backward(%103, %104, %106) {phase = "backward", scope = "h.0.mlp"} : memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %107 = exec.view %105 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %108 = exec.buffer at(9408) : memref<16x16xf32>
      exec.matmul %107, %33, %108 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x64xf32>, memref<16x64xf32>, memref<16x16xf32>
      %109 = exec.view %105 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %110 = exec.buffer at(10432) : memref<64xf32>
      exec.launch @linear_backward_4(%109, %110) {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x64xf32>, memref<64xf32>
      %111 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %112 = exec.view %105 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %113 = exec.state_ref @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32>
      exec.matmul %111, %112, %113 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %114 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %115 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      exec.launch @linear_backward_5(%114, %110, %69, %115) {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<64xf32>, memref<f64>, memref<64xf32>
      %116 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %117 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %118 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %119 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm_7(%116, %108, %26, %117, %118, %119) {phase = "backward", scope = "h.0.ln_2"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %120 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %121 = exec.buffer at(8448) : memref<16xf32>
      %122 = exec.buffer at(8384) : memref<16xf32>
      exec.launch @layer_norm_backward(%108, %120, %121, %122) {phase = "backward", scope = "h.0.ln_2"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %123 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %124 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%123, %121, %69, %124) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %125 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %126 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%125, %122, %69, %126) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %127 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %128 = exec.buffer at(6336) : memref<16x16xf32>
      exec.matmul %127, %22, %128 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %129 = exec.view %17 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %130 = exec.buffer at(8384) : memref<2x8x2x8xf32>
      exec.launch @copy(%129, %130) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %131 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %132 = exec.buffer at(9408) : memref<16xf32>
      exec.launch @linear_backward(%131, %132) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16xf32>
      %133 = exec.view %130 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %134 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %135 = exec.state_ref @h.0.attn.c_proj.weight.gradient : memref<16x16xf32>
      exec.matmul %133, %134, %135 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %136 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %137 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%136, %132, %69, %137) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %138 = exec.view %128 offset(0) : memref<16x16xf32> to memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>
      exec.launch @attention_backward(%138, %17, %17) {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8x8xf32>
      %139 = exec.view %17 offset(0) : memref<2x2x8x8xf32> to memref<32x8xf32>
      %140 = exec.buffer at(8384) : memref<32x1xf32>
      %141 = exec.view %140 offset(0) : memref<32x1xf32> to memref<32xf32>
      exec.launch @attention_backward_9(%139, %141) {phase = "backward", scope = "h.0.attn"} : memref<32x8xf32>, memref<32xf32>
      %142 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %143 = exec.view %12 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %144 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %145 = exec.view %140 offset(0) : memref<32x1xf32> to memref<2x2x8xf32>
      %146 = exec.view %128 offset(0) : memref<16x16xf32> to memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>
      %147 = exec.buffer at(5312) : memref<2x2x8x8xf32>
      %148 = exec.buffer at(8512) : memref<2x2x8x8xf32>
      %149 = exec.buffer at(9536) : memref<2x2x8x8xf32>
      exec.launch @attention_backward_10(%142, %143, %144, %18, %145, %146, %147, %148, %149) {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8xf32>, memref<2x2x8xf32>, memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8x8xf32>, memref<2x2x8x8xf32>
      %150 = exec.view %149 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %151 = exec.buffer at(2112) : memref<2x8x2x8xf32>
      exec.launch @copy(%150, %151) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %152 = exec.view %148 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %153 = exec.buffer at(6336) : memref<2x8x2x8xf32>
      exec.launch @copy(%152, %153) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %154 = exec.view %147 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %155 = exec.buffer at(8384) : memref<2x8x2x8xf32>
      exec.launch @copy(%154, %155) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %156 = exec.buffer at(3136) : memref<2x8x48xf32>
      %157 = exec.view %155 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %158 = exec.view %156 offset(0) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_11(%157, %158) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %159 = exec.view %153 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %160 = exec.view %156 offset(16) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_11(%159, %160) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %161 = exec.view %151 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %162 = exec.view %156 offset(32) : memref<2x8x48xf32> to memref<16x16xf32, strided<[48, 1]>>
      exec.launch @copy_11(%161, %162) {phase = "backward", scope = "h.0.attn"} : memref<16x16xf32>, memref<16x16xf32, strided<[48, 1]>>
      %163 = exec.view %156 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %164 = exec.buffer at(2112) : memref<16x16xf32>
      exec.matmul %163, %9, %164 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<16x48xf32>, memref<16x16xf32>
      %165 = exec.view %156 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %166 = exec.buffer at(6208) : memref<48xf32>
      exec.launch @linear_backward_12(%165, %166) {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>
      %167 = exec.view %7 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %168 = exec.view %156 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %169 = exec.state_ref @h.0.attn.c_attn.weight.gradient : memref<16x48xf32>
      exec.matmul %167, %168, %169 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %170 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %171 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      exec.launch @linear_backward_14(%170, %166, %69, %171) {phase = "backward", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<48xf32>, memref<f64>, memref<48xf32>
      %172 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %173 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %174 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %175 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm_7(%172, %164, %3, %173, %174, %175) {phase = "backward", scope = "h.0.ln_1"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %176 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %177 = exec.buffer at(1152) : memref<16xf32>
      %178 = exec.buffer at(1088) : memref<16xf32>
      exec.launch @layer_norm_backward(%164, %176, %177, %178) {phase = "backward", scope = "h.0.ln_1"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %179 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %180 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%179, %177, %69, %180) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %181 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %182 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%181, %178, %69, %182) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %183 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<2x128xf32>
      %184 = exec.buffer at(64) : memref<128xf32>
      exec.launch @add_backward(%183, %184) {phase = "backward"} : memref<2x128xf32>, memref<128xf32>
      %185 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %186 = exec.view %185 offset(0) : memref<8x16xf32> to memref<128xf32>
      %187 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %188 = exec.view %187 offset(0) : memref<8x16xf32> to memref<128xf32>
      exec.launch @embedding_backward(%186, %69, %188) {phase = "backward", scope = "wpe"} : memref<128xf32>, memref<f64>, memref<128xf32>
      %189 = exec.view %184 offset(0) : memref<128xf32> to memref<8x16xf32>
      %190 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      exec.launch @embedding_backward_16(%187, %0, %189, %190) {phase = "backward", scope = "wpe"} : memref<8x16xf32>, memref<8xi32>, memref<8x16xf32>, memref<8x16xf32>
      %191 = exec.view %1 offset(0) : memref<2x8xi32> to memref<16xi32>
      %192 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %193 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      exec.launch @embedding_backward_18(%82, %191, %192, %193) {phase = "backward", scope = "wte"} : memref<32x16xf32>, memref<16xi32>, memref<16x16xf32>, memref<32x16xf32>
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
      %15 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.buffer at(4096) : memref<2x2x8x8xf32>
      %17 = exec.buffer at(5120) : memref<2x2x8xf32>
      exec.launch @attention(%13, %14, %15, %16, %17) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %18 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %19 = exec.buffer at(2048) : memref<2x8x2x8xf32>
      exec.launch @copy(%18, %19) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %21 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %22 = exec.buffer at(1024) : memref<16x16xf32>
      exec.matmul %20, %21, %22 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %23 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %24 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %25 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %26 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %27 = exec.view %22 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %28 = exec.view %27 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %29 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%22, %23, %24, %25, %26, %28, %29) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %30 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %31 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %32 = exec.buffer at(2048) : memref<16x64xf32>
      exec.matmul %30, %31, %32 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %34 = exec.view %32 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %35 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_20(%32, %33, %35) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %36 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %37 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %38 = exec.buffer at(0) : memref<16x16xf32>
      exec.matmul %36, %37, %38 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %39 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %40 = exec.view %27 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %41 = exec.state_ref @ln_f.weight : memref<16xf32>
      %42 = exec.state_ref @ln_f.bias : memref<16xf32>
      %43 = exec.view %38 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %44 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm(%38, %39, %40, %41, %42, %44) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>
      %45 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %46 = exec.buffer at(1024) : memref<16x32xf32>
      exec.matmul %45, %4, %46 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %47 = exec.input_ref @targets : memref<2x8xi32>
      %48 = exec.view %47 offset(0) : memref<2x8xi32> to memref<16xi32>
      %49 = exec.buffer at(128) : memref<2x8x1xf32>
      %50 = exec.view %49 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %51 = exec.buffer at(64) : memref<2x8x1xf32>
      %52 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows_21(%46, %48, %50, %52) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>
      %53 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %54 = exec.buffer at(0) : memref<1x1xf32>
      %55 = exec.view %54 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%53, %55) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %56 = exec.view %49 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %57 = exec.buffer at(64) : memref<1x1xf32>
      %58 = exec.view %57 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%56, %58) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %59 = exec.state_ref @eval_sum : memref<f32>
      %60 = exec.view %54 offset(0) : memref<1x1xf32> to memref<f32>
      %61 = exec.step_ref accumulate : memref<f64>
      %62 = exec.state_ref @eval_sum : memref<f32>
      exec.launch @accumulate(%59, %60, %61, %62) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
      %63 = exec.state_ref @eval_weight : memref<f32>
      %64 = exec.view %57 offset(0) : memref<1x1xf32> to memref<f32>
      %65 = exec.state_ref @eval_weight : memref<f32>
      exec.launch @accumulate(%63, %64, %61, %65) {phase = "forward"} : memref<f32>, memref<f32>, memref<f64>, memref<f32>
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
      %15 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.buffer at(4096) : memref<2x2x8x8xf32>
      %17 = exec.buffer at(5120) : memref<2x2x8xf32>
      exec.launch @attention(%13, %14, %15, %16, %17) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %18 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %19 = exec.buffer at(2048) : memref<2x8x2x8xf32>
      exec.launch @copy(%18, %19) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %21 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %22 = exec.buffer at(1024) : memref<16x16xf32>
      exec.matmul %20, %21, %22 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %23 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %24 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %25 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %26 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %27 = exec.view %22 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %28 = exec.view %27 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %29 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%22, %23, %24, %25, %26, %28, %29) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %30 = exec.view %5 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %31 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %32 = exec.buffer at(2048) : memref<16x64xf32>
      exec.matmul %30, %31, %32 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %34 = exec.view %32 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %35 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_20(%32, %33, %35) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %36 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %37 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %38 = exec.buffer at(0) : memref<16x16xf32>
      exec.matmul %36, %37, %38 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %39 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %40 = exec.view %27 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %41 = exec.state_ref @ln_f.weight : memref<16xf32>
      %42 = exec.state_ref @ln_f.bias : memref<16xf32>
      %43 = exec.view %38 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %44 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm(%38, %39, %40, %41, %42, %44) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>
      %45 = exec.input_ref @logits_row : memref<1xi32>
      %46 = exec.view %45 offset(0) : memref<1xi32> to memref<i32>
      %47 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %48 = exec.buffer at(1024) : memref<1x16xf32>
      %49 = exec.view %48 offset(0) : memref<1x16xf32> to memref<16xf32>
      exec.launch @embedding(%46, %47, %49) {phase = "forward"} : memref<i32>, memref<16x16xf32>, memref<16xf32>
      %50 = exec.buffer at(0) : memref<1x32xf32>
      exec.matmul %48, %4, %50 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<1x16xf32>, memref<32x16xf32>, memref<1x32xf32>
      %51 = exec.view %50 offset(0) : memref<1x32xf32> to memref<32xf32>
      %52 = exec.state_ref @logits_values : memref<32xf32>
      exec.launch @copy_22(%51, %52) {phase = "forward"} : memref<32xf32>, memref<32xf32>
    }
    exec.program @apply {
      %0 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      %1 = exec.view %0 offset(0) : memref<32x16xf32> to memref<512xf32>
      %2 = exec.buffer at(64) : memref<16xf32>
      %3 = exec.view %2 offset(0) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_23(%1, %3) {phase = "update", scope = "wte"} : memref<512xf32>, memref<1xf32>
      %4 = exec.state_ref @wpe.weight.gradient : memref<8x16xf32>
      %5 = exec.view %4 offset(0) : memref<8x16xf32> to memref<128xf32>
      %6 = exec.view %2 offset(1) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_24(%5, %6) {phase = "update", scope = "wpe"} : memref<128xf32>, memref<1xf32>
      %7 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %8 = exec.view %2 offset(2) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%7, %8) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<1xf32>
      %9 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %10 = exec.view %2 offset(3) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%9, %10) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<1xf32>
      %11 = exec.state_ref @h.0.attn.c_attn.weight.gradient : memref<16x48xf32>
      %12 = exec.view %11 offset(0) : memref<16x48xf32> to memref<768xf32>
      %13 = exec.view %2 offset(4) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_26(%12, %13) {phase = "update", scope = "h.0.attn.c_attn"} : memref<768xf32>, memref<1xf32>
      %14 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %15 = exec.view %2 offset(5) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_27(%14, %15) {phase = "update", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<1xf32>
      %16 = exec.state_ref @h.0.attn.c_proj.weight.gradient : memref<16x16xf32>
      %17 = exec.view %16 offset(0) : memref<16x16xf32> to memref<256xf32>
      %18 = exec.view %2 offset(6) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_28(%17, %18) {phase = "update", scope = "h.0.attn.c_proj"} : memref<256xf32>, memref<1xf32>
      %19 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %20 = exec.view %2 offset(7) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%19, %20) {phase = "update", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<1xf32>
      %21 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %22 = exec.view %2 offset(8) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%21, %22) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<1xf32>
      %23 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %24 = exec.view %2 offset(9) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%23, %24) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<1xf32>
      %25 = exec.state_ref @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32>
      %26 = exec.view %25 offset(0) : memref<16x64xf32> to memref<1024xf32>
      %27 = exec.view %2 offset(10) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_29(%26, %27) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<1024xf32>, memref<1xf32>
      %28 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %29 = exec.view %2 offset(11) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_30(%28, %29) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<1xf32>
      %30 = exec.state_ref @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32>
      %31 = exec.view %30 offset(0) : memref<64x16xf32> to memref<1024xf32>
      %32 = exec.view %2 offset(12) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_29(%31, %32) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<1024xf32>, memref<1xf32>
      %33 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %34 = exec.view %2 offset(13) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%33, %34) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<1xf32>
      %35 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %36 = exec.view %2 offset(14) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%35, %36) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<1xf32>
      %37 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %38 = exec.view %2 offset(15) : memref<16xf32> to memref<1xf32>
      exec.launch @gradient_norm_25(%37, %38) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<1xf32>
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
      exec.launch @gradient_norm_31(%45, %46) {phase = "update"} : memref<f64>, memref<f32>
      %47 = exec.step_ref step : memref<f64>
      %48 = exec.buffer at(64) : memref<f32>
      exec.launch @gradient_norm_32(%47, %45, %48) {phase = "update"} : memref<f64>, memref<f64>, memref<f32>
      %49 = exec.buffer at(128) : memref<f32>
      exec.launch @gradient_norm_33(%47, %49) {phase = "update"} : memref<f64>, memref<f32>
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
      exec.launch @adamw_34(%65, %44, %67, %46, %69, %71, %49, %48, %73, %75, %77) {phase = "update", scope = "wpe"} : memref<128xf32>, memref<f32>, memref<128xf32>, memref<f32>, memref<128xf32>, memref<128xf32>, memref<f32>, memref<f32>, memref<128xf32>, memref<128xf32>, memref<128xf32>
      %78 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %79 = exec.state_ref @h.0.ln_1.weight.moment1 : memref<16xf32>
      %80 = exec.state_ref @h.0.ln_1.weight.moment2 : memref<16xf32>
      %81 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %82 = exec.state_ref @h.0.ln_1.weight.moment1 : memref<16xf32>
      %83 = exec.state_ref @h.0.ln_1.weight.moment2 : memref<16xf32>
      %84 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      exec.launch @adamw_35(%78, %44, %79, %80, %49, %48, %81, %82, %83, %84) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %85 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %86 = exec.state_ref @h.0.ln_1.bias.moment1 : memref<16xf32>
      %87 = exec.state_ref @h.0.ln_1.bias.moment2 : memref<16xf32>
      %88 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %89 = exec.state_ref @h.0.ln_1.bias.moment1 : memref<16xf32>
      %90 = exec.state_ref @h.0.ln_1.bias.moment2 : memref<16xf32>
      %91 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      exec.launch @adamw_35(%85, %44, %86, %87, %49, %48, %88, %89, %90, %91) {phase = "update", scope = "h.0.ln_1"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
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
      exec.launch @adamw_36(%93, %44, %95, %46, %97, %99, %49, %48, %101, %103, %105) {phase = "update", scope = "h.0.attn.c_attn"} : memref<768xf32>, memref<f32>, memref<768xf32>, memref<f32>, memref<768xf32>, memref<768xf32>, memref<f32>, memref<f32>, memref<768xf32>, memref<768xf32>, memref<768xf32>
      %106 = exec.state_ref @h.0.attn.c_attn.bias.gradient : memref<48xf32>
      %107 = exec.state_ref @h.0.attn.c_attn.bias.moment1 : memref<48xf32>
      %108 = exec.state_ref @h.0.attn.c_attn.bias.moment2 : memref<48xf32>
      %109 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %110 = exec.state_ref @h.0.attn.c_attn.bias.moment1 : memref<48xf32>
      %111 = exec.state_ref @h.0.attn.c_attn.bias.moment2 : memref<48xf32>
      %112 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      exec.launch @adamw_37(%106, %44, %107, %108, %49, %48, %109, %110, %111, %112) {phase = "update", scope = "h.0.attn.c_attn"} : memref<48xf32>, memref<f32>, memref<48xf32>, memref<48xf32>, memref<f32>, memref<f32>, memref<48xf32>, memref<48xf32>, memref<48xf32>, memref<48xf32>
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
      exec.launch @adamw_38(%114, %44, %116, %46, %118, %120, %49, %48, %122, %124, %126) {phase = "update", scope = "h.0.attn.c_proj"} : memref<256xf32>, memref<f32>, memref<256xf32>, memref<f32>, memref<256xf32>, memref<256xf32>, memref<f32>, memref<f32>, memref<256xf32>, memref<256xf32>, memref<256xf32>
      %127 = exec.state_ref @h.0.attn.c_proj.bias.gradient : memref<16xf32>
      %128 = exec.state_ref @h.0.attn.c_proj.bias.moment1 : memref<16xf32>
      %129 = exec.state_ref @h.0.attn.c_proj.bias.moment2 : memref<16xf32>
      %130 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %131 = exec.state_ref @h.0.attn.c_proj.bias.moment1 : memref<16xf32>
      %132 = exec.state_ref @h.0.attn.c_proj.bias.moment2 : memref<16xf32>
      %133 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      exec.launch @adamw_35(%127, %44, %128, %129, %49, %48, %130, %131, %132, %133) {phase = "update", scope = "h.0.attn.c_proj"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %134 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %135 = exec.state_ref @h.0.ln_2.weight.moment1 : memref<16xf32>
      %136 = exec.state_ref @h.0.ln_2.weight.moment2 : memref<16xf32>
      %137 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %138 = exec.state_ref @h.0.ln_2.weight.moment1 : memref<16xf32>
      %139 = exec.state_ref @h.0.ln_2.weight.moment2 : memref<16xf32>
      %140 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      exec.launch @adamw_35(%134, %44, %135, %136, %49, %48, %137, %138, %139, %140) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %141 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %142 = exec.state_ref @h.0.ln_2.bias.moment1 : memref<16xf32>
      %143 = exec.state_ref @h.0.ln_2.bias.moment2 : memref<16xf32>
      %144 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %145 = exec.state_ref @h.0.ln_2.bias.moment1 : memref<16xf32>
      %146 = exec.state_ref @h.0.ln_2.bias.moment2 : memref<16xf32>
      %147 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      exec.launch @adamw_35(%141, %44, %142, %143, %49, %48, %144, %145, %146, %147) {phase = "update", scope = "h.0.ln_2"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
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
      exec.launch @adamw_39(%149, %44, %151, %46, %153, %155, %49, %48, %157, %159, %161) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<f32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %162 = exec.state_ref @h.0.mlp.c_fc.bias.gradient : memref<64xf32>
      %163 = exec.state_ref @h.0.mlp.c_fc.bias.moment1 : memref<64xf32>
      %164 = exec.state_ref @h.0.mlp.c_fc.bias.moment2 : memref<64xf32>
      %165 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %166 = exec.state_ref @h.0.mlp.c_fc.bias.moment1 : memref<64xf32>
      %167 = exec.state_ref @h.0.mlp.c_fc.bias.moment2 : memref<64xf32>
      %168 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      exec.launch @adamw_40(%162, %44, %163, %164, %49, %48, %165, %166, %167, %168) {phase = "update", scope = "h.0.mlp.c_fc"} : memref<64xf32>, memref<f32>, memref<64xf32>, memref<64xf32>, memref<f32>, memref<f32>, memref<64xf32>, memref<64xf32>, memref<64xf32>, memref<64xf32>
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
      exec.launch @adamw_39(%170, %44, %172, %46, %174, %176, %49, %48, %178, %180, %182) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<f32>, memref<f32>, memref<1024xf32>, memref<1024xf32>, memref<1024xf32>
      %183 = exec.state_ref @h.0.mlp.c_proj.bias.gradient : memref<16xf32>
      %184 = exec.state_ref @h.0.mlp.c_proj.bias.moment1 : memref<16xf32>
      %185 = exec.state_ref @h.0.mlp.c_proj.bias.moment2 : memref<16xf32>
      %186 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %187 = exec.state_ref @h.0.mlp.c_proj.bias.moment1 : memref<16xf32>
      %188 = exec.state_ref @h.0.mlp.c_proj.bias.moment2 : memref<16xf32>
      %189 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      exec.launch @adamw_35(%183, %44, %184, %185, %49, %48, %186, %187, %188, %189) {phase = "update", scope = "h.0.mlp.c_proj"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %190 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %191 = exec.state_ref @ln_f.weight.moment1 : memref<16xf32>
      %192 = exec.state_ref @ln_f.weight.moment2 : memref<16xf32>
      %193 = exec.state_ref @ln_f.weight : memref<16xf32>
      %194 = exec.state_ref @ln_f.weight.moment1 : memref<16xf32>
      %195 = exec.state_ref @ln_f.weight.moment2 : memref<16xf32>
      %196 = exec.state_ref @ln_f.weight : memref<16xf32>
      exec.launch @adamw_35(%190, %44, %191, %192, %49, %48, %193, %194, %195, %196) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %197 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %198 = exec.state_ref @ln_f.bias.moment1 : memref<16xf32>
      %199 = exec.state_ref @ln_f.bias.moment2 : memref<16xf32>
      %200 = exec.state_ref @ln_f.bias : memref<16xf32>
      %201 = exec.state_ref @ln_f.bias.moment1 : memref<16xf32>
      %202 = exec.state_ref @ln_f.bias.moment2 : memref<16xf32>
      %203 = exec.state_ref @ln_f.bias : memref<16xf32>
      exec.launch @adamw_35(%197, %44, %198, %199, %49, %48, %200, %201, %202, %203) {phase = "update", scope = "ln_f"} : memref<16xf32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<f32>, memref<f32>, memref<16xf32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
    }
    exec.entry train "loss" of "loss" programs [@micro_step, @apply] inputs [@tokens, @targets] metrics [@loss_sum, @loss_weight, @gradient_norm] {flops = 3.563520e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
    exec.entry eval "loss" of "loss" programs [@eval] inputs [@tokens, @targets] metrics [@eval_sum, @eval_weight] {flops = 1.187840e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
    exec.entry logits "loss" of "loss" programs [@logits] inputs [@tokens, @logits_row] metrics [@logits_values] {flops = 1.034240e+05 : f64, sequences = 2 : i64, tokens = 16 : i64}
  }
}
