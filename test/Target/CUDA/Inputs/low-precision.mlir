// Products of bf16, f16 and tf32 whose sizes fill no tile, operands as they are and transposed; a product that is too
// small for tensor cores; a softmax.

tile.kernel @product_bf16(%a: memref<100x72xbf16>, %b: memref<72x90xbf16>, %c: memref<100x90xbf16>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c72 = arith.constant 72 : index
  %p = tile.program_id
  %pi = arith.divui %p, %c2 : index
  %pj = arith.remui %p, %c2 : index
  %i = arith.muli %pi, %c64 : index
  %j = arith.muli %pj, %c64 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %sum = scf.for %k = %c0 to %c72 step %c32 iter_args(%acc = %zero) -> (tensor<64x64xf32>) {
    %x = tile.load %a[%i, %k] : memref<100x72xbf16> -> tensor<64x32xbf16>
    %y = tile.load %b[%k, %j] : memref<72x90xbf16> -> tensor<32x64xbf16>
    %next = tile.dot %x, %y, %acc : tensor<64x32xbf16>, tensor<32x64xbf16>, tensor<64x64xf32>
    scf.yield %next : tensor<64x64xf32>
  }
  %r = arith.truncf %sum : tensor<64x64xf32> to tensor<64x64xbf16>
  tile.store %r, %c[%i, %j] : tensor<64x64xbf16>, memref<100x90xbf16>
  tile.return
}

// Both transposed, a result of f32.
tile.kernel @product_f16(%a: memref<40x50xf16>, %b: memref<90x40xf16>, %c: memref<50x90xf32>) grid(3) outputs(1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %p = tile.program_id
  %j = arith.muli %p, %c32 : index
  %x = tile.load %a[%c0, %c0] : memref<40x50xf16> -> tensor<64x64xf16>
  %y = tile.load %b[%j, %c0] : memref<90x40xf16> -> tensor<32x64xf16>
  %zero = arith.constant dense<0.0> : tensor<64x32xf32>
  %sum = tile.dot %x, %y, %zero {transpose_a, transpose_b} : tensor<64x64xf16>, tensor<32x64xf16>, tensor<64x32xf32>
  tile.store %sum, %c[%c0, %j] : tensor<64x32xf32>, memref<50x90xf32>
  tile.return
}

// Few rows: warps share the columns.
tile.kernel @product_wide(%a: memref<16x48xbf16>, %b: memref<128x48xbf16>, %c: memref<16x128xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] : memref<16x48xbf16> -> tensor<16x64xbf16>
  %y = tile.load %b[%c0, %c0] : memref<128x48xbf16> -> tensor<128x64xbf16>
  %zero = arith.constant dense<0.0> : tensor<16x128xf32>
  %sum = tile.dot %x, %y, %zero {transpose_b} : tensor<16x64xbf16>, tensor<128x64xbf16>, tensor<16x128xf32>
  tile.store %sum, %c[%c0, %c0] : tensor<16x128xf32>, memref<16x128xf32>
  tile.return
}

// One fragment, which all four warps compute.
tile.kernel @product_fragment(%a: memref<16x16xbf16>, %b: memref<16x8xbf16>, %c: memref<16x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] {in_bounds} : memref<16x16xbf16> -> tensor<16x16xbf16>
  %y = tile.load %b[%c0, %c0] {in_bounds} : memref<16x8xbf16> -> tensor<16x8xbf16>
  %zero = arith.constant dense<0.0> : tensor<16x8xf32>
  %sum = tile.dot %x, %y, %zero : tensor<16x16xbf16>, tensor<16x8xbf16>, tensor<16x8xf32>
  tile.store %sum, %c[%c0, %c0] {in_bounds} : tensor<16x8xf32>, memref<16x8xf32>
  tile.return
}

tile.kernel @product_tf32(%a: memref<100x72xf32>, %b: memref<72x90xf32>, %c: memref<100x90xf32>) grid(4) outputs(1) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c72 = arith.constant 72 : index
  %p = tile.program_id
  %pi = arith.divui %p, %c2 : index
  %pj = arith.remui %p, %c2 : index
  %i = arith.muli %pi, %c64 : index
  %j = arith.muli %pj, %c64 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %sum = scf.for %k = %c0 to %c72 step %c32 iter_args(%acc = %zero) -> (tensor<64x64xf32>) {
    %x = tile.load %a[%i, %k] : memref<100x72xf32> -> tensor<64x32xf32>
    %y = tile.load %b[%k, %j] : memref<72x90xf32> -> tensor<32x64xf32>
    %next = tile.dot %x, %y, %acc {tf32} : tensor<64x32xf32>, tensor<32x64xf32>, tensor<64x64xf32>
    scf.yield %next : tensor<64x64xf32>
  }
  tile.store %sum, %c[%i, %j] : tensor<64x64xf32>, memref<100x90xf32>
  tile.return
}

tile.kernel @product_tf32_transposed(%a: memref<40x50xf32>, %b: memref<90x40xf32>, %c: memref<50x90xf32>) grid(3) outputs(1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %p = tile.program_id
  %j = arith.muli %p, %c32 : index
  %x = tile.load %a[%c0, %c0] : memref<40x50xf32> -> tensor<64x64xf32>
  %y = tile.load %b[%j, %c0] : memref<90x40xf32> -> tensor<32x64xf32>
  %zero = arith.constant dense<0.0> : tensor<64x32xf32>
  %sum = tile.dot %x, %y, %zero {transpose_a, transpose_b, tf32} : tensor<64x64xf32>, tensor<32x64xf32>, tensor<64x32xf32>
  tile.store %sum, %c[%c0, %j] : tensor<64x32xf32>, memref<50x90xf32>
  tile.return
}

tile.kernel @product_small(%a: memref<8x8xbf16>, %b: memref<8x8xbf16>, %c: memref<8x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] {in_bounds} : memref<8x8xbf16> -> tensor<8x8xbf16>
  %y = tile.load %b[%c0, %c0] {in_bounds} : memref<8x8xbf16> -> tensor<8x8xbf16>
  %zero = arith.constant dense<0.0> : tensor<8x8xf32>
  %sum = tile.dot %x, %y, %zero : tensor<8x8xbf16>, tensor<8x8xbf16>, tensor<8x8xf32>
  tile.store %sum, %c[%c0, %c0] {in_bounds} : tensor<8x8xf32>, memref<8x8xf32>
  tile.return
}

// Two products whose results meet: of tensor cores, and of threads that sum up alone.
tile.kernel @both(%a: memref<64x64xbf16>, %b: memref<64x64xf32>, %c: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] {in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16>
  %y = tile.load %b[%c0, %c0] {in_bounds} : memref<64x64xf32> -> tensor<64x64xf32>
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %alone = tile.dot %y, %y, %zero : tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>
  %sum = tile.dot %x, %x, %alone : tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xf32>
  %more = arith.addf %sum, %alone : tensor<64x64xf32>
  tile.store %more, %c[%c0, %c0] {in_bounds} : tensor<64x64xf32>, memref<64x64xf32>
  tile.return
}

tile.kernel @softmax(%x: memref<5x100xbf16>, %y: memref<5x100xbf16>) grid(5) outputs(1) {
  %c0 = arith.constant 0 : index
  %row = tile.program_id
  %iota = tile.iota : tensor<128xi32>
  %end = arith.constant dense<100> : tensor<128xi32>
  %exists = arith.cmpi slt, %iota, %end : tensor<128xi32>
  %lowest = arith.constant dense<0xFF800000> : tensor<128xf32>
  %s = tile.load %x[%row, %c0] : memref<5x100xbf16> -> tensor<128xbf16>
  %w = arith.extf %s : tensor<128xbf16> to tensor<128xf32>
  %masked = arith.select %exists, %w, %lowest : tensor<128xi1>, tensor<128xf32>
  %max = tile.reduce max %masked axis(0) : tensor<128xf32> -> f32
  %m = tensor.splat %max : tensor<128xf32>
  %d = arith.subf %masked, %m : tensor<128xf32>
  %e = math.exp %d : tensor<128xf32>
  %total = tile.reduce add %e axis(0) : tensor<128xf32> -> f32
  %t = tensor.splat %total : tensor<128xf32>
  %p = arith.divf %e, %t : tensor<128xf32>
  %r = arith.truncf %p : tensor<128xf32> to tensor<128xbf16>
  tile.store %r, %y[%row, %c0] : tensor<128xbf16>, memref<5x100xbf16>
  tile.return
}
