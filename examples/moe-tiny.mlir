// A mixture of experts on bytes, as in Mixtral: a router sends each byte to 2 of 8 experts, none is dropped,
// and a balance loss keeps the experts busy. No attention, so that the experts are all there is to see.
module @moe_tiny {
  // %real is 1 for the bytes of the data and 0 for what fills the last batch of an evaluation up.
  weft.layer @experts(%x: tensor<16x64x64xf32>, %real: tensor<16x64xf32>) -> (tensor<16x64x64xf32>, tensor<f32>) {
    %gate = weft.parameter "gate.weight" init(normal, 0.02) : tensor<8x64xf32>
    %logits = weft.linear out_in %x, %gate : (tensor<16x64x64xf32>, tensor<8x64xf32>) -> tensor<16x64x8xf32>
    %best, %ids = weft.top_k %logits k 2 : tensor<16x64x8xf32>
    %weights = weft.softmax %best : tensor<16x64x2xf32>

    // Rows sorted by expert, each expert's rows by its own weights, and back.
    %order, %slots, %offsets = weft.route %ids experts 8 : tensor<16x64x2xi32>
    %rows = weft.dispatch %x, %order, %slots : tensor<16x64x64xf32>, tensor<2048xi32>, tensor<16x64x2xi32>
    %w1 = weft.parameter "experts.*.w1.weight" init(normal, 0.05) : tensor<8x128x64xf32>
    %w2 = weft.parameter "experts.*.w2.weight" init(normal, 0.05) : tensor<8x64x128xf32>
    %h = weft.grouped_linear out_in %rows, %w1, %offsets : tensor<2048x64xf32>, tensor<8x128x64xf32>, tensor<9xi32>
    %a = weft.gelu tanh %h : tensor<2048x128xf32>
    %o = weft.grouped_linear out_in %a, %w2, %offsets : tensor<2048x128xf32>, tensor<8x64x128xf32>, tensor<9xi32>
    %y = weft.combine %o, %weights, %slots : tensor<2048x64xf32>, tensor<16x64x2xf32>, tensor<16x64x2xi32>
    %z = weft.add %x, %y : tensor<16x64x64xf32>, tensor<16x64x64xf32>

    // The balance loss of the Switch Transformer: experts * sum(share of the slots * mean probability), 1 at best,
    // over the bytes that are real.
    %column = weft.reshape %ids : tensor<16x64x2xi32> to tensor<16x64x2x1xi32>
    %chosen = weft.one_hot %column : tensor<16x64x2x1xi32> -> tensor<16x64x2x8xf32>
    %of_choice = weft.reshape %real : tensor<16x64xf32> to tensor<16x64x1x1xf32>
    %counted = weft.mul %chosen, %of_choice : tensor<16x64x2x8xf32>, tensor<16x64x1x1xf32>
    %routed = weft.sum %counted axes [0, 1, 2] : tensor<16x64x2x8xf32>
    %probabilities = weft.softmax %logits : tensor<16x64x8xf32>
    %of_byte = weft.reshape %real : tensor<16x64xf32> to tensor<16x64x1xf32>
    %weighed = weft.mul %probabilities, %of_byte : tensor<16x64x8xf32>, tensor<16x64x1xf32>
    %mass = weft.sum %weighed axes [0, 1] : tensor<16x64x8xf32>
    %products = weft.mul %routed, %mass : tensor<8xf32>, tensor<8xf32>
    %sum = weft.sum %products axes [0] : tensor<8xf32>
    // Both are divided by the bytes, and the slots are 2 for each: 8 experts / 2.
    %bytes = weft.sum %real axes [0, 1] : tensor<16x64xf32>
    %squared = weft.mul %bytes, %bytes : tensor<f32>, tensor<f32>
    %mean = weft.div %sum, %squared : tensor<f32>, tensor<f32>
    %four = weft.constant dense<4.0> : tensor<f32>
    %balance = weft.mul %mean, %four : tensor<f32>, tensor<f32>
    weft.return %z, %balance : tensor<16x64x64xf32>, tensor<f32>
  }

  weft.model @loss(%tokens: tensor<16x64xi32>, %targets: tensor<16x64xi32>,
                   %real: tensor<16x64xf32> {weft.from_data}) -> (tensor<f32>, tensor<f32>) {
    %table = weft.parameter "embed.weight" init(normal, 0.05) : tensor<256x64xf32>
    %x0 = weft.embedding %tokens, %table : tensor<16x64xi32>, tensor<256x64xf32>
    %x1, %b1 = weft.call @experts as "h.0" (%x0, %real)
        : (tensor<16x64x64xf32>, tensor<16x64xf32>) -> (tensor<16x64x64xf32>, tensor<f32>)
    %x2, %b2 = weft.call @experts as "h.1" (%x1, %real)
        : (tensor<16x64x64xf32>, tensor<16x64xf32>) -> (tensor<16x64x64xf32>, tensor<f32>)
    %head = weft.parameter "head.weight" init(normal, 0.05) : tensor<256x64xf32>
    %logits = weft.linear out_in %x2, %head : (tensor<16x64x64xf32>, tensor<256x64xf32>) -> tensor<16x64x256xf32>
    %sum, %count = weft.cross_entropy %logits, %targets {ignore_index = -100} : tensor<16x64x256xf32>, tensor<16x64xi32>

    // 0.01 of the balance for each target: a sum, as the loss is one. The balance is one of this micro-batch.
    %balance = weft.add %b1, %b2 : tensor<f32>, tensor<f32>
    %factor = weft.constant dense<0.01> : tensor<f32>
    %weighted = weft.mul %balance, %factor : tensor<f32>, tensor<f32>
    %summed = weft.mul %weighted, %count : tensor<f32>, tensor<f32>
    %total = weft.add %sum, %summed : tensor<f32>, tensor<f32>
    weft.return %total, %count : tensor<f32>, tensor<f32>
  }

  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>) clip_norm(1.0)
      groups([#weft.group<match = "*.experts.*.w2.weight", weight_decay = 0.0>])
}
