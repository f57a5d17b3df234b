// One training step of GPT-2: 4 layers, 4 heads, width 128, vocabulary 256,
// 957,184 parameters, named and laid out as in the published files.
// A micro-batch is 16 sequences of 64 tokens.
//
// Written by: weft-import --preset gpt2-tiny --batch 16 --seq 64
module @gpt2_tiny {
  // One block. It is written once and called once a layer, under a name that comes in
  // front of the names of its parameters and of the scopes of its ops.
  weft.layer @block(%x: tensor<16x64x128xf32>) -> tensor<16x64x128xf32> {
    %ln_1.weight = weft.parameter "ln_1.weight" init(ones) : tensor<128xf32>
    %ln_1.bias = weft.parameter "ln_1.bias" init(zeros) : tensor<128xf32>
    %h1 = weft.layer_norm %x, %ln_1.weight, %ln_1.bias {eps = 1.0e-5, scope = "ln_1"}
        : tensor<16x64x128xf32>, tensor<128xf32>, tensor<128xf32>

    %attn.c_attn.weight = weft.parameter "attn.c_attn.weight" init(normal, 0.02)
        : tensor<128x384xf32>
    %attn.c_attn.bias = weft.parameter "attn.c_attn.bias" init(zeros) : tensor<384xf32>
    %qkv = weft.linear in_out %h1, %attn.c_attn.weight, %attn.c_attn.bias {scope = "attn.c_attn"}
        : (tensor<16x64x128xf32>, tensor<128x384xf32>, tensor<384xf32>) -> tensor<16x64x384xf32>

    // Queries, keys and values of each head: [batch, head, position, element].
    %q0, %k0, %v0 = weft.split %qkv axis 2 parts 3 {scope = "attn"} : tensor<16x64x384xf32>
    %q1 = weft.reshape %q0 {scope = "attn"} : tensor<16x64x128xf32> to tensor<16x64x4x32xf32>
    %q = weft.transpose %q1 [0, 2, 1, 3] {scope = "attn"} : tensor<16x64x4x32xf32>
    %k1 = weft.reshape %k0 {scope = "attn"} : tensor<16x64x128xf32> to tensor<16x64x4x32xf32>
    %k = weft.transpose %k1 [0, 2, 1, 3] {scope = "attn"} : tensor<16x64x4x32xf32>
    %v1 = weft.reshape %v0 {scope = "attn"} : tensor<16x64x128xf32> to tensor<16x64x4x32xf32>
    %v = weft.transpose %v1 [0, 2, 1, 3] {scope = "attn"} : tensor<16x64x4x32xf32>

    // softmax(q k^T / sqrt(32)) v, where no position sees a later one.
    %products = weft.matmul %q, %k {transpose_b, scope = "attn"}
        : tensor<16x4x64x32xf32>, tensor<16x4x64x32xf32>
    %scale = weft.constant dense<0.17677669529663687> : tensor<f32>
    %scores = weft.mul %products, %scale {scope = "attn"} : tensor<16x4x64x64xf32>, tensor<f32>
    %masked = weft.causal_mask %scores {scope = "attn"} : tensor<16x4x64x64xf32>
    %p = weft.softmax %masked {scope = "attn"} : tensor<16x4x64x64xf32>
    %o0 = weft.matmul %p, %v {scope = "attn"} : tensor<16x4x64x64xf32>, tensor<16x4x64x32xf32>
    %o1 = weft.transpose %o0 [0, 2, 1, 3] {scope = "attn"} : tensor<16x4x64x32xf32>
    %o = weft.reshape %o1 {scope = "attn"} : tensor<16x64x4x32xf32> to tensor<16x64x128xf32>

    %attn.c_proj.weight = weft.parameter "attn.c_proj.weight" init(normal, 0.0070710678118654745)
        : tensor<128x128xf32>
    %attn.c_proj.bias = weft.parameter "attn.c_proj.bias" init(zeros) : tensor<128xf32>
    %a = weft.linear in_out %o, %attn.c_proj.weight, %attn.c_proj.bias {scope = "attn.c_proj"}
        : (tensor<16x64x128xf32>, tensor<128x128xf32>, tensor<128xf32>) -> tensor<16x64x128xf32>
    %x1 = weft.add %x, %a : tensor<16x64x128xf32>, tensor<16x64x128xf32>

    %ln_2.weight = weft.parameter "ln_2.weight" init(ones) : tensor<128xf32>
    %ln_2.bias = weft.parameter "ln_2.bias" init(zeros) : tensor<128xf32>
    %h2 = weft.layer_norm %x1, %ln_2.weight, %ln_2.bias {eps = 1.0e-5, scope = "ln_2"}
        : tensor<16x64x128xf32>, tensor<128xf32>, tensor<128xf32>

    %mlp.c_fc.weight = weft.parameter "mlp.c_fc.weight" init(normal, 0.02) : tensor<128x512xf32>
    %mlp.c_fc.bias = weft.parameter "mlp.c_fc.bias" init(zeros) : tensor<512xf32>
    %f = weft.linear in_out %h2, %mlp.c_fc.weight, %mlp.c_fc.bias {scope = "mlp.c_fc"}
        : (tensor<16x64x128xf32>, tensor<128x512xf32>, tensor<512xf32>) -> tensor<16x64x512xf32>
    %g = weft.gelu tanh %f {scope = "mlp"} : tensor<16x64x512xf32>

    %mlp.c_proj.weight = weft.parameter "mlp.c_proj.weight" init(normal, 0.0070710678118654745)
        : tensor<512x128xf32>
    %mlp.c_proj.bias = weft.parameter "mlp.c_proj.bias" init(zeros) : tensor<128xf32>
    %m = weft.linear in_out %g, %mlp.c_proj.weight, %mlp.c_proj.bias {scope = "mlp.c_proj"}
        : (tensor<16x64x512xf32>, tensor<512x128xf32>, tensor<128xf32>) -> tensor<16x64x128xf32>
    %y = weft.add %x1, %m : tensor<16x64x128xf32>, tensor<16x64x128xf32>
    weft.return %y : tensor<16x64x128xf32>
  }

  weft.model @loss(%tokens: tensor<16x64xi32>, %targets: tensor<16x64xi32>)
      -> (tensor<f32>, tensor<f32>) {
    %wte.weight = weft.parameter "wte.weight" init(normal, 0.02) : tensor<256x128xf32>
    %wpe.weight = weft.parameter "wpe.weight" init(normal, 0.02) : tensor<1024x128xf32>

    %words = weft.embedding %tokens, %wte.weight {scope = "wte"}
        : tensor<16x64xi32>, tensor<256x128xf32>
    %positions = weft.iota : tensor<64xi32>
    %places = weft.embedding %positions, %wpe.weight {scope = "wpe"}
        : tensor<64xi32>, tensor<1024x128xf32>
    %x0 = weft.add %words, %places : tensor<16x64x128xf32>, tensor<64x128xf32>

    %x1 = weft.call @block as "h.0" (%x0) : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x2 = weft.call @block as "h.1" (%x1) : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x3 = weft.call @block as "h.2" (%x2) : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x4 = weft.call @block as "h.3" (%x3) : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>

    %ln_f.weight = weft.parameter "ln_f.weight" init(ones) : tensor<128xf32>
    %ln_f.bias = weft.parameter "ln_f.bias" init(zeros) : tensor<128xf32>
    %h = weft.layer_norm %x4, %ln_f.weight, %ln_f.bias {eps = 1.0e-5, scope = "ln_f"}
        : tensor<16x64x128xf32>, tensor<128xf32>, tensor<128xf32>

    // The head shares its weight with the table of tokens.
    %logits = weft.linear out_in %h, %wte.weight {scope = "lm_head"}
        : (tensor<16x64x128xf32>, tensor<256x128xf32>) -> tensor<16x64x256xf32>

    // The loss is a sum and its weight: how many targets were not ignored.
    %sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, scope = "loss"}
        : tensor<16x64x256xf32>, tensor<16x64xi32>
    weft.return %sum, %count : tensor<f32>, tensor<f32>
  }

  // Biases and layer norms do not decay. The learning rate comes from the command line.
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>)
      clip_norm(1.0)
      groups([#weft.group<match = "*.bias", weight_decay = 0.0>,
              #weft.group<match = "*ln_*", weight_decay = 0.0>])
}
