module @moe {
  weft.layer @experts(%x: tensor<3x13x20xf64>) -> (tensor<3x13x20xf64>, tensor<f64>) {
    %gate = weft.parameter "gate.weight" init(normal, 0.2) : tensor<8x20xf64>
    %logits = weft.linear out_in %x, %gate : (tensor<3x13x20xf64>, tensor<8x20xf64>) -> tensor<3x13x8xf64>
    %values, %ids = weft.top_k %logits k 2 : tensor<3x13x8xf64>
    %weights = weft.softmax %values : tensor<3x13x2xf64>
    %order, %slots, %offsets = weft.route %ids experts 8 : tensor<3x13x2xi32>
    %rows = weft.dispatch %x, %order, %slots : tensor<3x13x20xf64>, tensor<78xi32>, tensor<3x13x2xi32>
    %w1 = weft.parameter "experts.*.w1.weight" init(normal, 0.2) : tensor<8x36x20xf64>
    %w2 = weft.parameter "experts.*.w2.weight" init(normal, 0.2) : tensor<8x20x36xf64>
    %h = weft.grouped_linear out_in %rows, %w1, %offsets : tensor<78x20xf64>, tensor<8x36x20xf64>, tensor<9xi32>
    %a = weft.gelu tanh %h : tensor<78x36xf64>
    %o = weft.grouped_linear out_in %a, %w2, %offsets : tensor<78x36xf64>, tensor<8x20x36xf64>, tensor<9xi32>
    %y = weft.combine %o, %weights, %slots : tensor<78x20xf64>, tensor<3x13x2xf64>, tensor<3x13x2xi32>
    %z = weft.add %x, %y : tensor<3x13x20xf64>, tensor<3x13x20xf64>
    // Balance: 8 * sum over experts of (share of the slots) * (mean probability).
    %idc = weft.reshape %ids : tensor<3x13x2xi32> to tensor<3x13x2x1xi32>
    %chosen = weft.one_hot %idc : tensor<3x13x2x1xi32> -> tensor<3x13x2x8xf64>
    %f = weft.mean %chosen axes [0, 1, 2] : tensor<3x13x2x8xf64>
    %p = weft.softmax %logits : tensor<3x13x8xf64>
    %pm = weft.mean %p axes [0, 1] : tensor<3x13x8xf64>
    %fp = weft.mul %f, %pm : tensor<8xf64>, tensor<8xf64>
    %s = weft.sum %fp axes [0] : tensor<8xf64>
    %e = weft.constant dense<8.0> : tensor<f64>
    %balance = weft.mul %s, %e : tensor<f64>, tensor<f64>
    weft.return %z, %balance : tensor<3x13x20xf64>, tensor<f64>
  }
  weft.model @loss(%tokens: tensor<3x13xi32>, %targets: tensor<3x13xi32>) -> (tensor<f64>, tensor<f64>) {
    %wte = weft.parameter "wte" init(normal, 0.5) : tensor<256x20xf64>
    %x0 = weft.embedding %tokens, %wte : tensor<3x13xi32>, tensor<256x20xf64>
    %x1, %b = weft.call @experts as "h.0" (%x0) : (tensor<3x13x20xf64>) -> (tensor<3x13x20xf64>, tensor<f64>)
    %x2, %b2 = weft.call @experts as "h.1" (%x1) : (tensor<3x13x20xf64>) -> (tensor<3x13x20xf64>, tensor<f64>)
    %l = weft.linear out_in %x2, %wte : (tensor<3x13x20xf64>, tensor<256x20xf64>) -> tensor<3x13x256xf64>
    %sum, %n = weft.cross_entropy %l, %targets : tensor<3x13x256xf64>, tensor<3x13xi32>
    %bb = weft.add %b, %b2 : tensor<f64>, tensor<f64>
    %c = weft.constant dense<0.01> : tensor<f64>
    %bc = weft.mul %bb, %c : tensor<f64>, tensor<f64>
    %bn = weft.mul %bc, %n : tensor<f64>, tensor<f64>
    %total = weft.add %sum, %bn : tensor<f64>, tensor<f64>
    weft.return %total, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw) groups([#weft.group<match = "*.experts.*", weight_decay = 0.0>])
}
