// One training step of Llama: 4 layers, 4 heads over 2 of keys, width 128, vocabulary 256,
// 771,200 parameters, named and laid out as in the published files.
// A micro-batch is 16 sequences of 64 tokens.
//
// Written by: weft-import --preset llama-tiny --batch 16 --seq 64
module @llama_tiny {
  // One block. It is written once and called once a layer, under a name that comes in
  // front of the names of its parameters and of the scopes of its ops.
  weft.layer @block(%x: tensor<16x64x128xf32>) -> tensor<16x64x128xf32> {
    %input_layernorm.weight = weft.parameter "input_layernorm.weight" init(ones) : tensor<128xf32>
    %h1 = weft.rms_norm %x, %input_layernorm.weight {eps = 1.0e-5, scope = "input_layernorm"}
        : tensor<16x64x128xf32>, tensor<128xf32>

    // Queries, keys and values of each head: [batch, head, position, element]; queries and keys are
    // turned by angles that grow with the position.
    %self_attn.q_proj.weight = weft.parameter "self_attn.q_proj.weight" init(normal, 0.02)
        : tensor<128x128xf32>
    %q0 = weft.linear out_in %h1, %self_attn.q_proj.weight {scope = "self_attn.q_proj"}
        : (tensor<16x64x128xf32>, tensor<128x128xf32>) -> tensor<16x64x128xf32>
    %q1 = weft.reshape %q0 {scope = "self_attn"} : tensor<16x64x128xf32> to tensor<16x64x4x32xf32>
    %q2 = weft.transpose %q1 [0, 2, 1, 3] {scope = "self_attn"} : tensor<16x64x4x32xf32>
    %q = weft.rope half %q2 {theta = 10000.0, scope = "self_attn"} : tensor<16x4x64x32xf32>

    %self_attn.k_proj.weight = weft.parameter "self_attn.k_proj.weight" init(normal, 0.02)
        : tensor<64x128xf32>
    %k0 = weft.linear out_in %h1, %self_attn.k_proj.weight {scope = "self_attn.k_proj"}
        : (tensor<16x64x128xf32>, tensor<64x128xf32>) -> tensor<16x64x64xf32>
    %k1 = weft.reshape %k0 {scope = "self_attn"} : tensor<16x64x64xf32> to tensor<16x64x2x32xf32>
    %k2 = weft.transpose %k1 [0, 2, 1, 3] {scope = "self_attn"} : tensor<16x64x2x32xf32>
    %k = weft.rope half %k2 {theta = 10000.0, scope = "self_attn"} : tensor<16x2x64x32xf32>

    %self_attn.v_proj.weight = weft.parameter "self_attn.v_proj.weight" init(normal, 0.02)
        : tensor<64x128xf32>
    %v0 = weft.linear out_in %h1, %self_attn.v_proj.weight {scope = "self_attn.v_proj"}
        : (tensor<16x64x128xf32>, tensor<64x128xf32>) -> tensor<16x64x64xf32>
    %v1 = weft.reshape %v0 {scope = "self_attn"} : tensor<16x64x64xf32> to tensor<16x64x2x32xf32>
    %v = weft.transpose %v1 [0, 2, 1, 3] {scope = "self_attn"} : tensor<16x64x2x32xf32>

    // softmax(q k^T / sqrt(32)) v, where no position sees a later one.
    // Each head of keys and values serves 2 heads of queries, one behind the other in its rows.
    %grouped = weft.reshape %q {scope = "self_attn"}
        : tensor<16x4x64x32xf32> to tensor<16x2x128x32xf32>
    %products = weft.matmul %grouped, %k {transpose_b, scope = "self_attn"}
        : tensor<16x2x128x32xf32>, tensor<16x2x64x32xf32>
    %scale = weft.constant dense<0.17677669529663687> : tensor<f32>
    %scores = weft.mul %products, %scale {scope = "self_attn"}
        : tensor<16x2x128x64xf32>, tensor<f32>
    %heads = weft.reshape %scores {scope = "self_attn"}
        : tensor<16x2x128x64xf32> to tensor<16x2x2x64x64xf32>
    %masked = weft.causal_mask %heads {scope = "self_attn"} : tensor<16x2x2x64x64xf32>
    %p = weft.softmax %masked {scope = "self_attn"} : tensor<16x2x2x64x64xf32>
    %shares = weft.reshape %p {scope = "self_attn"}
        : tensor<16x2x2x64x64xf32> to tensor<16x2x128x64xf32>
    %sums = weft.matmul %shares, %v {scope = "self_attn"}
        : tensor<16x2x128x64xf32>, tensor<16x2x64x32xf32>
    %o0 = weft.reshape %sums {scope = "self_attn"}
        : tensor<16x2x128x32xf32> to tensor<16x4x64x32xf32>
    %o1 = weft.transpose %o0 [0, 2, 1, 3] {scope = "self_attn"} : tensor<16x4x64x32xf32>
    %o = weft.reshape %o1 {scope = "self_attn"} : tensor<16x64x4x32xf32> to tensor<16x64x128xf32>

    %self_attn.o_proj.weight = weft.parameter "self_attn.o_proj.weight" init(normal, 0.02)
        : tensor<128x128xf32>
    %a = weft.linear out_in %o, %self_attn.o_proj.weight {scope = "self_attn.o_proj"}
        : (tensor<16x64x128xf32>, tensor<128x128xf32>) -> tensor<16x64x128xf32>
    %x1 = weft.add %x, %a : tensor<16x64x128xf32>, tensor<16x64x128xf32>

    %post_attention_layernorm.weight = weft.parameter "post_attention_layernorm.weight" init(ones)
        : tensor<128xf32>
    %h2 = weft.rms_norm %x1, %post_attention_layernorm.weight
        {eps = 1.0e-5, scope = "post_attention_layernorm"} : tensor<16x64x128xf32>, tensor<128xf32>

    %mlp.gate_proj.weight = weft.parameter "mlp.gate_proj.weight" init(normal, 0.02)
        : tensor<352x128xf32>
    %gate = weft.linear out_in %h2, %mlp.gate_proj.weight {scope = "mlp.gate_proj"}
        : (tensor<16x64x128xf32>, tensor<352x128xf32>) -> tensor<16x64x352xf32>
    %mlp.up_proj.weight = weft.parameter "mlp.up_proj.weight" init(normal, 0.02)
        : tensor<352x128xf32>
    %up = weft.linear out_in %h2, %mlp.up_proj.weight {scope = "mlp.up_proj"}
        : (tensor<16x64x128xf32>, tensor<352x128xf32>) -> tensor<16x64x352xf32>
    %opened = weft.silu %gate {scope = "mlp"} : tensor<16x64x352xf32>
    %gated = weft.mul %opened, %up {scope = "mlp"} : tensor<16x64x352xf32>, tensor<16x64x352xf32>
    %mlp.down_proj.weight = weft.parameter "mlp.down_proj.weight" init(normal, 0.02)
        : tensor<128x352xf32>
    %m = weft.linear out_in %gated, %mlp.down_proj.weight {scope = "mlp.down_proj"}
        : (tensor<16x64x352xf32>, tensor<128x352xf32>) -> tensor<16x64x128xf32>
    %y = weft.add %x1, %m : tensor<16x64x128xf32>, tensor<16x64x128xf32>
    weft.return %y : tensor<16x64x128xf32>
  }

  weft.model @loss(%tokens: tensor<16x64xi32>, %targets: tensor<16x64xi32>)
      -> (tensor<f32>, tensor<f32>) {
    %model.embed_tokens.weight = weft.parameter "model.embed_tokens.weight" init(normal, 0.02)
        : tensor<256x128xf32>
    %x0 = weft.embedding %tokens, %model.embed_tokens.weight {scope = "model.embed_tokens"}
        : tensor<16x64xi32>, tensor<256x128xf32>

    %x1 = weft.call @block as "model.layers.0" (%x0)
        : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x2 = weft.call @block as "model.layers.1" (%x1)
        : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x3 = weft.call @block as "model.layers.2" (%x2)
        : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>
    %x4 = weft.call @block as "model.layers.3" (%x3)
        : (tensor<16x64x128xf32>) -> tensor<16x64x128xf32>

    %model.norm.weight = weft.parameter "model.norm.weight" init(ones) : tensor<128xf32>
    %h = weft.rms_norm %x4, %model.norm.weight {eps = 1.0e-5, scope = "model.norm"}
        : tensor<16x64x128xf32>, tensor<128xf32>

    // The head shares its weight with the table of tokens.
    %logits = weft.linear out_in %h, %model.embed_tokens.weight {scope = "lm_head"}
        : (tensor<16x64x128xf32>, tensor<256x128xf32>) -> tensor<16x64x256xf32>

    // The loss is a sum and its weight: how many targets were not ignored.
    %sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, scope = "loss"}
        : tensor<16x64x256xf32>, tensor<16x64xi32>
    weft.return %sum, %count : tensor<f32>, tensor<f32>
  }

  // Biases and norms do not decay. The learning rate comes from the command line.
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>)
      clip_norm(1.0)
      groups([#weft.group<match = "*norm.weight", weight_decay = 0.0>])
}
