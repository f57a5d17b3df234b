// One training step of GPT-2: 12 layers, 12 heads, width 768, vocabulary 50257,
// 124,439,808 parameters, named and laid out as in the published files.
// A micro-batch is 4 sequences of 64 tokens.
//
// Written by: weft-import --preset gpt2-124m --batch 4 --seq 64
module @gpt2_124m {
  // One block. It is written once and called once a layer, under a name that comes in
  // front of the names of its parameters and of the scopes of its ops.
  weft.layer @block(%x: tensor<4x64x768xf32>) -> tensor<4x64x768xf32> {
    %ln_1.weight = weft.parameter "ln_1.weight" init(ones) : tensor<768xf32>
    %ln_1.bias = weft.parameter "ln_1.bias" init(zeros) : tensor<768xf32>
    %h1 = weft.layer_norm %x, %ln_1.weight, %ln_1.bias {eps = 1.0e-5, scope = "ln_1"}
        : tensor<4x64x768xf32>, tensor<768xf32>, tensor<768xf32>

    %attn.c_attn.weight = weft.parameter "attn.c_attn.weight" init(normal, 0.02)
        : tensor<768x2304xf32>
    %attn.c_attn.bias = weft.parameter "attn.c_attn.bias" init(zeros) : tensor<2304xf32>
    %qkv = weft.linear in_out %h1, %attn.c_attn.weight, %attn.c_attn.bias {scope = "attn.c_attn"}
        : (tensor<4x64x768xf32>, tensor<768x2304xf32>, tensor<2304xf32>) -> tensor<4x64x2304xf32>

    // Queries, keys and values of each head: [batch, head, position, element].
    %q0, %k0, %v0 = weft.split %qkv axis 2 parts 3 {scope = "attn"} : tensor<4x64x2304xf32>
    %q1 = weft.reshape %q0 {scope = "attn"} : tensor<4x64x768xf32> to tensor<4x64x12x64xf32>
    %q = weft.transpose %q1 [0, 2, 1, 3] {scope = "attn"} : tensor<4x64x12x64xf32>
    %k1 = weft.reshape %k0 {scope = "attn"} : tensor<4x64x768xf32> to tensor<4x64x12x64xf32>
    %k = weft.transpose %k1 [0, 2, 1, 3] {scope = "attn"} : tensor<4x64x12x64xf32>
    %v1 = weft.reshape %v0 {scope = "attn"} : tensor<4x64x768xf32> to tensor<4x64x12x64xf32>
    %v = weft.transpose %v1 [0, 2, 1, 3] {scope = "attn"} : tensor<4x64x12x64xf32>

    // softmax(q k^T / sqrt(64)) v, where no position sees a later one.
    %products = weft.matmul %q, %k {transpose_b, scope = "attn"}
        : tensor<4x12x64x64xf32>, tensor<4x12x64x64xf32>
    %scale = weft.constant dense<0.125> : tensor<f32>
    %scores = weft.mul %products, %scale {scope = "attn"} : tensor<4x12x64x64xf32>, tensor<f32>
    %masked = weft.causal_mask %scores {scope = "attn"} : tensor<4x12x64x64xf32>
    %p = weft.softmax %masked {scope = "attn"} : tensor<4x12x64x64xf32>
    %o0 = weft.matmul %p, %v {scope = "attn"} : tensor<4x12x64x64xf32>, tensor<4x12x64x64xf32>
    %o1 = weft.transpose %o0 [0, 2, 1, 3] {scope = "attn"} : tensor<4x12x64x64xf32>
    %o = weft.reshape %o1 {scope = "attn"} : tensor<4x64x12x64xf32> to tensor<4x64x768xf32>

    %attn.c_proj.weight = weft.parameter "attn.c_proj.weight" init(normal, 0.004082482904638631)
        : tensor<768x768xf32>
    %attn.c_proj.bias = weft.parameter "attn.c_proj.bias" init(zeros) : tensor<768xf32>
    %a = weft.linear in_out %o, %attn.c_proj.weight, %attn.c_proj.bias {scope = "attn.c_proj"}
        : (tensor<4x64x768xf32>, tensor<768x768xf32>, tensor<768xf32>) -> tensor<4x64x768xf32>
    %x1 = weft.add %x, %a : tensor<4x64x768xf32>, tensor<4x64x768xf32>

    %ln_2.weight = weft.parameter "ln_2.weight" init(ones) : tensor<768xf32>
    %ln_2.bias = weft.parameter "ln_2.bias" init(zeros) : tensor<768xf32>
    %h2 = weft.layer_norm %x1, %ln_2.weight, %ln_2.bias {eps = 1.0e-5, scope = "ln_2"}
        : tensor<4x64x768xf32>, tensor<768xf32>, tensor<768xf32>

    %mlp.c_fc.weight = weft.parameter "mlp.c_fc.weight" init(normal, 0.02) : tensor<768x3072xf32>
    %mlp.c_fc.bias = weft.parameter "mlp.c_fc.bias" init(zeros) : tensor<3072xf32>
    %f = weft.linear in_out %h2, %mlp.c_fc.weight, %mlp.c_fc.bias {scope = "mlp.c_fc"}
        : (tensor<4x64x768xf32>, tensor<768x3072xf32>, tensor<3072xf32>) -> tensor<4x64x3072xf32>
    %g = weft.gelu tanh %f {scope = "mlp"} : tensor<4x64x3072xf32>

    %mlp.c_proj.weight = weft.parameter "mlp.c_proj.weight" init(normal, 0.004082482904638631)
        : tensor<3072x768xf32>
    %mlp.c_proj.bias = weft.parameter "mlp.c_proj.bias" init(zeros) : tensor<768xf32>
    %m = weft.linear in_out %g, %mlp.c_proj.weight, %mlp.c_proj.bias {scope = "mlp.c_proj"}
        : (tensor<4x64x3072xf32>, tensor<3072x768xf32>, tensor<768xf32>) -> tensor<4x64x768xf32>
    %y = weft.add %x1, %m : tensor<4x64x768xf32>, tensor<4x64x768xf32>
    weft.return %y : tensor<4x64x768xf32>
  }

  weft.model @loss(%tokens: tensor<4x64xi32>, %targets: tensor<4x64xi32>)
      -> (tensor<f32>, tensor<f32>) {
    %wte.weight = weft.parameter "wte.weight" init(normal, 0.02) : tensor<50257x768xf32>
    %wpe.weight = weft.parameter "wpe.weight" init(normal, 0.02) : tensor<1024x768xf32>

    %words = weft.embedding %tokens, %wte.weight {scope = "wte"}
        : tensor<4x64xi32>, tensor<50257x768xf32>
    %positions = weft.iota : tensor<64xi32>
    %places = weft.embedding %positions, %wpe.weight {scope = "wpe"}
        : tensor<64xi32>, tensor<1024x768xf32>
    %x0 = weft.add %words, %places : tensor<4x64x768xf32>, tensor<64x768xf32>

    %x1 = weft.call @block as "h.0" (%x0) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x2 = weft.call @block as "h.1" (%x1) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x3 = weft.call @block as "h.2" (%x2) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x4 = weft.call @block as "h.3" (%x3) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x5 = weft.call @block as "h.4" (%x4) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x6 = weft.call @block as "h.5" (%x5) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x7 = weft.call @block as "h.6" (%x6) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x8 = weft.call @block as "h.7" (%x7) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x9 = weft.call @block as "h.8" (%x8) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x10 = weft.call @block as "h.9" (%x9) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x11 = weft.call @block as "h.10" (%x10) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>
    %x12 = weft.call @block as "h.11" (%x11) : (tensor<4x64x768xf32>) -> tensor<4x64x768xf32>

    %ln_f.weight = weft.parameter "ln_f.weight" init(ones) : tensor<768xf32>
    %ln_f.bias = weft.parameter "ln_f.bias" init(zeros) : tensor<768xf32>
    %h = weft.layer_norm %x12, %ln_f.weight, %ln_f.bias {eps = 1.0e-5, scope = "ln_f"}
        : tensor<4x64x768xf32>, tensor<768xf32>, tensor<768xf32>

    // The head shares its weight with the table of tokens.
    %logits = weft.linear out_in %h, %wte.weight {scope = "lm_head"}
        : (tensor<4x64x768xf32>, tensor<50257x768xf32>) -> tensor<4x64x50257xf32>

    // The loss is a sum and its weight: how many targets were not ignored.
    %sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, scope = "loss"}
        : tensor<4x64x50257xf32>, tensor<4x64xi32>
    weft.return %sum, %count : tensor<f32>, tensor<f32>
  }

  // Biases and layer norms do not decay. The learning rate comes from the command line.
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>)
      clip_norm(1.0)
      groups([#weft.group<match = "*.bias", weight_decay = 0.0>,
              #weft.group<match = "*ln_*", weight_decay = 0.0>])
}
