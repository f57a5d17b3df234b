// A small model of the ops that ops.py has PyTorch compute: a block in the style of Llama, and a second
// term of the loss that is made of the rest.
module @ops {
  weft.model @loss(%tokens: tensor<3x12xi32>, %targets: tensor<3x12xi32>) -> (tensor<f64>, tensor<f64>) {
    %wte = weft.parameter "wte.weight" init(normal, 0.02) : tensor<31x24xf64>
    %x0 = weft.embedding %tokens, %wte : tensor<3x12xi32>, tensor<31x24xf64>

    // Attention within a window, queries and keys turned in different ways.
    %n1 = weft.parameter "norm_1.weight" init(zeros) : tensor<24xf64>
    %h1 = weft.rms_norm %x0, %n1 {eps = 1.0e-6, weight_offset = 1.0} : tensor<3x12x24xf64>, tensor<24xf64>
    %wqkv = weft.parameter "qkv.weight" init(normal, 0.02) : tensor<72x24xf64>
    %qkv = weft.linear out_in %h1, %wqkv : (tensor<3x12x24xf64>, tensor<72x24xf64>) -> tensor<3x12x72xf64>
    %q0, %k0, %v0 = weft.split %qkv axis 2 parts 3 : tensor<3x12x72xf64>
    %q1 = weft.reshape %q0 : tensor<3x12x24xf64> to tensor<3x12x3x8xf64>
    %k1 = weft.reshape %k0 : tensor<3x12x24xf64> to tensor<3x12x3x8xf64>
    %v1 = weft.reshape %v0 : tensor<3x12x24xf64> to tensor<3x12x3x8xf64>
    %q2 = weft.transpose %q1 [0, 2, 1, 3] : tensor<3x12x3x8xf64>
    %k2 = weft.transpose %k1 [0, 2, 1, 3] : tensor<3x12x3x8xf64>
    %v2 = weft.transpose %v1 [0, 2, 1, 3] : tensor<3x12x3x8xf64>
    %q3 = weft.rope half %q2 {theta = 100.0, scaling = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_positions = 64>} : tensor<3x3x12x8xf64>
    %k3 = weft.rope half %k2 {theta = 10000.0} : tensor<3x3x12x8xf64>
    %v3 = weft.rope interleaved %v2 {theta = 100.0, scaling = #weft.rope_linear<factor = 2.0>} : tensor<3x3x12x8xf64>
    %s0 = weft.matmul %q3, %k3 {transpose_b} : tensor<3x3x12x8xf64>, tensor<3x3x12x8xf64>
    %s1 = weft.causal_mask %s0 {window = 5} : tensor<3x3x12x12xf64>
    %p = weft.softmax %s1 : tensor<3x3x12x12xf64>
    %o0 = weft.matmul %p, %v3 : tensor<3x3x12x12xf64>, tensor<3x3x12x8xf64>
    %o1 = weft.transpose %o0 [0, 2, 1, 3] : tensor<3x3x12x8xf64>
    %o2 = weft.reshape %o1 : tensor<3x12x3x8xf64> to tensor<3x12x24xf64>
    %x1 = weft.add %x0, %o2 : tensor<3x12x24xf64>, tensor<3x12x24xf64>

    // SwiGLU.
    %n2 = weft.parameter "norm_2.weight" init(ones) : tensor<24xf64>
    %h2 = weft.rms_norm %x1, %n2 {eps = 1.0e-5} : tensor<3x12x24xf64>, tensor<24xf64>
    %wgate = weft.parameter "gate.weight" init(normal, 0.02) : tensor<40x24xf64>
    %wup = weft.parameter "up.weight" init(normal, 0.02) : tensor<40x24xf64>
    %wdown = weft.parameter "down.weight" init(normal, 0.02) : tensor<24x40xf64>
    %gate = weft.linear out_in %h2, %wgate : (tensor<3x12x24xf64>, tensor<40x24xf64>) -> tensor<3x12x40xf64>
    %up = weft.linear out_in %h2, %wup : (tensor<3x12x24xf64>, tensor<40x24xf64>) -> tensor<3x12x40xf64>
    %act = weft.silu %gate : tensor<3x12x40xf64>
    %prod = weft.mul %act, %up : tensor<3x12x40xf64>, tensor<3x12x40xf64>
    %down = weft.linear out_in %prod, %wdown : (tensor<3x12x40xf64>, tensor<24x40xf64>) -> tensor<3x12x24xf64>
    %x2 = weft.add %x1, %down : tensor<3x12x24xf64>, tensor<3x12x24xf64>

    // Elementwise ops, each on a part of the width.
    %a, %b, %c = weft.split %x2 axis 2 parts 3 : tensor<3x12x24xf64>
    %sin = weft.sin %a : tensor<3x12x8xf64>
    %cos = weft.cos %b : tensor<3x12x8xf64>
    %sigmoid = weft.sigmoid %c : tensor<3x12x8xf64>
    %relu = weft.relu %a : tensor<3x12x8xf64>
    %clamp = weft.clamp %b {min = -0.5, max = 0.75} : tensor<3x12x8xf64>
    %le = weft.compare le %a, %c : tensor<3x12x8xf64>, tensor<3x12x8xf64> -> tensor<3x12x8xf64>
    %where = weft.where %le, %b, %c : tensor<3x12x8xf64>, tensor<3x12x8xf64>, tensor<3x12x8xf64>
    %y0 = weft.mul %sin, %clamp : tensor<3x12x8xf64>, tensor<3x12x8xf64>
    %y1 = weft.mul %cos, %relu : tensor<3x12x8xf64>, tensor<3x12x8xf64>
    %y2 = weft.mul %sigmoid, %where : tensor<3x12x8xf64>, tensor<3x12x8xf64>
    %y3 = weft.concat %y0, %y1, %y2 axis 2 : tensor<3x12x8xf64>, tensor<3x12x8xf64>, tensor<3x12x8xf64>
    %x3 = weft.add %x2, %y3 : tensor<3x12x24xf64>, tensor<3x12x24xf64>

    %head = weft.parameter "head.weight" init(normal, 0.02) : tensor<31x24xf64>
    %logits = weft.linear out_in %x3, %head : (tensor<3x12x24xf64>, tensor<31x24xf64>) -> tensor<3x12x31xf64>
    %sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100, label_smoothing = 0.1, z_loss = 1.0e-2} : tensor<3x12x31xf64>, tensor<3x12xi32>

    // What the model says of the tokens it has just seen.
    %log = weft.log_softmax %logits : tensor<3x12x31xf64>
    %column = weft.reshape %tokens : tensor<3x12xi32> to tensor<3x12x1xi32>
    %seen = weft.pick %log, %column : tensor<3x12x31xf64>, tensor<3x12x1xi32> -> tensor<3x12x1xf64>
    %number = weft.cast %column : tensor<3x12x1xi32> to tensor<3x12x1xf64>
    %weighed = weft.mul %seen, %number : tensor<3x12x1xf64>, tensor<3x12x1xf64>
    %term0 = weft.sum %weighed axes [0, 1, 2] : tensor<3x12x1xf64>
    %share = weft.constant dense<-1.0e-3> : tensor<f64>
    %term = weft.mul %term0, %share : tensor<f64>, tensor<f64>
    %total = weft.add %sum, %term : tensor<f64>, tensor<f64>
    weft.return %total, %count : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.sgd<momentum = 0.9, nesterov = true, weight_decay = 0.1>) clip_norm(1.0)
      groups([#weft.group<match = "norm_*", weight_decay = 0.0>])
}
