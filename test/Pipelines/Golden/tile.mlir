module @gpt2_tiny attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>} {
  tile.kernel @copy_11(%arg0: memref<16x16xf32>, %arg1: memref<16x16xf32, strided<[48, 1]>>) grid(16) outputs(1) {
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    tile.store %1, %arg1[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32, strided<[48, 1]>>
    tile.return
  }
  tile.kernel @iota(%arg0: memref<8xi32>) grid(1) outputs(1) {
    %c8 = arith.constant 8 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c8 : index
    scf.for %arg1 = %1 to %3 step %c8 {
      %4 = arith.index_cast %arg1 : index to i32
      %splat = tensor.splat %4 : tensor<8xi32>
      %5 = tile.iota : tensor<8xi32>
      %6 = arith.addi %splat, %5 : tensor<8xi32>
      tile.store %6, %arg0[%arg1] {in_bounds} : tensor<8xi32>, memref<8xi32>
    }
    tile.return
  }
  tile.kernel @embedding_add_layer_norm_layer_norm_backward(%arg0: memref<2x8xi32>, %arg1: memref<8x16xf32>, %arg2: memref<16xf32>, %arg3: memref<16xf32>, %arg4: memref<32x16xf32>, %arg5: memref<2x8x16xf32>, %arg6: memref<2x8x16xf32>) grid(16) outputs(2) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 9.99999974E-6 : f32
    %cst_1 = arith.constant 6.250000e-02 : f32
    %c0 = arith.constant 0 : index
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %c8 = arith.constant 8 : index
    %0 = tile.program_id
    %1 = arith.remui %0, %c8 : index
    %2 = arith.divui %0, %c8 : index
    %3 = memref.load %arg0[%2, %1] : memref<2x8xi32>
    %4 = arith.index_cast %3 : i32 to index
    %5 = tile.load %arg4[%4, %c0] {in_bounds} : memref<32x16xf32> -> tensor<16xf32>
    %6 = tile.load %arg1[%1, %c0] {in_bounds} : memref<8x16xf32> -> tensor<16xf32>
    %7 = arith.addf %5, %6 : tensor<16xf32>
    %8 = arith.addf %7, %cst_2 : tensor<16xf32>
    %9 = tile.reduce add %8 axis(0) : tensor<16xf32> -> f32
    %10 = arith.mulf %9, %cst_1 : f32
    %splat = tensor.splat %10 : tensor<16xf32>
    %11 = arith.subf %7, %splat : tensor<16xf32>
    %12 = arith.mulf %11, %11 : tensor<16xf32>
    %13 = arith.addf %12, %cst_2 : tensor<16xf32>
    %14 = tile.reduce add %13 axis(0) : tensor<16xf32> -> f32
    %15 = arith.mulf %14, %cst_1 : f32
    %16 = arith.addf %15, %cst_0 : f32
    %17 = math.sqrt %16 : f32
    %18 = arith.divf %cst, %17 : f32
    %splat_3 = tensor.splat %18 : tensor<16xf32>
    %19 = arith.mulf %11, %splat_3 : tensor<16xf32>
    %20 = tile.load %arg2[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %21 = arith.mulf %19, %20 : tensor<16xf32>
    %22 = tile.load %arg3[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %23 = arith.addf %21, %22 : tensor<16xf32>
    tile.store %7, %arg5[%2, %1, %c0] {in_bounds} : tensor<16xf32>, memref<2x8x16xf32>
    tile.store %23, %arg6[%2, %1, %c0] {in_bounds} : tensor<16xf32>, memref<2x8x16xf32>
    tile.return
  }
  tile.kernel @linear(%arg0: memref<16x48xf32>, %arg1: memref<48xf32>, %arg2: memref<16x48xf32>) grid(16) outputs(1) in_place([[0, 0]]) {
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] : memref<16x48xf32> -> tensor<64xf32>
    %2 = tile.load %arg1[%c0] : memref<48xf32> -> tensor<64xf32>
    %3 = arith.addf %1, %2 : tensor<64xf32>
    tile.store %3, %arg2[%0, %c0] : tensor<64xf32>, memref<16x48xf32>
    tile.return
  }
  tile.kernel @attention(%arg0: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg1: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg2: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg3: memref<2x2x8x8xf32>, %arg4: memref<2x2x8xf32>) grid(4) outputs(2) attributes {flops = 4.096000e+03 : f64} {
    %cst = arith.constant dense<0x7F800000> : tensor<16xf32>
    %cst_0 = arith.constant dense<1.000000e+00> : tensor<16xf32>
    %cst_1 = arith.constant dense<0xFF800000> : tensor<16x16xf32>
    %cst_2 = arith.constant dense<8> : tensor<16x16xi32>
    %cst_3 = arith.constant dense<0.353553385> : tensor<16x16xf32>
    %cst_4 = arith.constant dense<0.000000e+00> : tensor<16x16xf32>
    %cst_5 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %cst_6 = arith.constant dense<0xFF800000> : tensor<16xf32>
    %c2 = arith.constant 2 : index
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = arith.divui %0, %c2 : index
    %2 = arith.remui %0, %c2 : index
    %3 = tile.load %arg0[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %4 = tile.load %arg1[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %5 = tile.dot %3, %4, %cst_4 {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %6 = arith.mulf %5, %cst_3 : tensor<16x16xf32>
    %7 = tile.iota : tensor<16xi32>
    %8 = tile.broadcast %7 axis(0) : tensor<16xi32> -> tensor<16x16xi32>
    %9 = tile.broadcast %7 axis(1) : tensor<16xi32> -> tensor<16x16xi32>
    %10 = arith.cmpi sle, %8, %9 : tensor<16x16xi32>
    %11 = arith.cmpi slt, %8, %cst_2 : tensor<16x16xi32>
    %12 = arith.andi %10, %11 : tensor<16x16xi1>
    %13 = arith.select %12, %6, %cst_1 : tensor<16x16xi1>, tensor<16x16xf32>
    %14 = tile.reduce max %13 axis(1) : tensor<16x16xf32> -> tensor<16xf32>
    %15 = arith.cmpf oeq, %14, %cst_6 : tensor<16xf32>
    %16 = arith.select %15, %cst_5, %14 : tensor<16xi1>, tensor<16xf32>
    %17 = arith.subf %cst_6, %16 : tensor<16xf32>
    %18 = math.exp %17 : tensor<16xf32>
    %19 = tile.broadcast %16 axis(1) : tensor<16xf32> -> tensor<16x16xf32>
    %20 = arith.subf %13, %19 : tensor<16x16xf32>
    %21 = math.exp %20 : tensor<16x16xf32>
    %22 = tile.reduce add %21 axis(1) : tensor<16x16xf32> -> tensor<16xf32>
    %23 = arith.mulf %18, %cst_5 : tensor<16xf32>
    %24 = arith.addf %23, %22 : tensor<16xf32>
    %25 = tile.load %arg2[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %26 = tile.broadcast %18 axis(1) : tensor<16xf32> -> tensor<16x16xf32>
    %27 = arith.mulf %26, %cst_4 : tensor<16x16xf32>
    %28 = tile.dot %21, %25, %27 : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %29 = arith.cmpf ogt, %24, %cst_5 : tensor<16xf32>
    %30 = arith.cmpf uno, %24, %24 : tensor<16xf32>
    %31 = arith.ori %29, %30 : tensor<16xi1>
    %32 = arith.divf %cst_0, %24 : tensor<16xf32>
    %33 = arith.select %31, %32, %cst_5 : tensor<16xi1>, tensor<16xf32>
    %34 = tile.broadcast %33 axis(1) : tensor<16xf32> -> tensor<16x16xf32>
    %35 = arith.mulf %28, %34 : tensor<16x16xf32>
    tile.store %35, %arg3[%1, %2, %c0, %c0] : tensor<16x16xf32>, memref<2x2x8x8xf32>
    %36 = math.log %24 : tensor<16xf32>
    %37 = arith.addf %14, %36 : tensor<16xf32>
    %38 = arith.select %31, %37, %cst : tensor<16xi1>, tensor<16xf32>
    tile.store %38, %arg4[%1, %2, %c0] : tensor<16xf32>, memref<2x2x8xf32>
    tile.return
  }
  tile.kernel @copy(%arg0: memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, %arg1: memref<2x8x2x8xf32>) grid(32) outputs(1) {
    %c0 = arith.constant 0 : index
    %c8 = arith.constant 8 : index
    %c2 = arith.constant 2 : index
    %0 = tile.program_id
    %1 = arith.remui %0, %c2 : index
    %2 = arith.divui %0, %c2 : index
    %3 = arith.remui %2, %c8 : index
    %4 = arith.divui %2, %c8 : index
    %5 = tile.load %arg0[%4, %3, %1, %c0] {in_bounds} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>> -> tensor<8xf32>
    tile.store %5, %arg1[%4, %3, %1, %c0] {in_bounds} : tensor<8xf32>, memref<2x8x2x8xf32>
    tile.return
  }
  tile.kernel @linear_add_layer_norm_layer_norm_backward(%arg0: memref<16x16xf32>, %arg1: memref<16xf32>, %arg2: memref<16x16xf32>, %arg3: memref<16xf32>, %arg4: memref<16xf32>, %arg5: memref<16x16xf32>, %arg6: memref<16x16xf32>) grid(16) outputs(2) in_place([[0, 0], [0, 2], [1, 0], [1, 2]]) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 9.99999974E-6 : f32
    %cst_1 = arith.constant 6.250000e-02 : f32
    %c0 = arith.constant 0 : index
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %0 = tile.program_id
    %1 = tile.load %arg2[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %2 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %3 = tile.load %arg1[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %4 = arith.addf %2, %3 : tensor<16xf32>
    %5 = arith.addf %1, %4 : tensor<16xf32>
    %6 = arith.addf %5, %cst_2 : tensor<16xf32>
    %7 = tile.reduce add %6 axis(0) : tensor<16xf32> -> f32
    %8 = arith.mulf %7, %cst_1 : f32
    %splat = tensor.splat %8 : tensor<16xf32>
    %9 = arith.subf %5, %splat : tensor<16xf32>
    %10 = arith.mulf %9, %9 : tensor<16xf32>
    %11 = arith.addf %10, %cst_2 : tensor<16xf32>
    %12 = tile.reduce add %11 axis(0) : tensor<16xf32> -> f32
    %13 = arith.mulf %12, %cst_1 : f32
    %14 = arith.addf %13, %cst_0 : f32
    %15 = math.sqrt %14 : f32
    %16 = arith.divf %cst, %15 : f32
    %splat_3 = tensor.splat %16 : tensor<16xf32>
    %17 = arith.mulf %9, %splat_3 : tensor<16xf32>
    %18 = tile.load %arg3[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %19 = arith.mulf %17, %18 : tensor<16xf32>
    %20 = tile.load %arg4[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %21 = arith.addf %19, %20 : tensor<16xf32>
    tile.store %5, %arg5[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.store %21, %arg6[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.return
  }
  tile.kernel @linear_gelu(%arg0: memref<16x64xf32>, %arg1: memref<64xf32>, %arg2: memref<16x64xf32>, %arg3: memref<16x64xf32>) grid(16) outputs(2) in_place([[0, 0], [1, 0]]) {
    %cst = arith.constant dense<5.000000e-01> : tensor<64xf32>
    %cst_0 = arith.constant dense<1.000000e+00> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.797884583> : tensor<64xf32>
    %cst_2 = arith.constant dense<4.471500e-02> : tensor<64xf32>
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<64xf32>
    %2 = tile.load %arg1[%c0] {in_bounds} : memref<64xf32> -> tensor<64xf32>
    %3 = arith.addf %1, %2 : tensor<64xf32>
    %4 = arith.mulf %3, %3 : tensor<64xf32>
    %5 = arith.mulf %4, %3 : tensor<64xf32>
    %6 = arith.mulf %5, %cst_2 : tensor<64xf32>
    %7 = arith.addf %3, %6 : tensor<64xf32>
    %8 = arith.mulf %7, %cst_1 : tensor<64xf32>
    %9 = math.tanh %8 : tensor<64xf32>
    %10 = arith.addf %9, %cst_0 : tensor<64xf32>
    %11 = arith.mulf %10, %cst : tensor<64xf32>
    %12 = arith.mulf %3, %11 : tensor<64xf32>
    tile.store %3, %arg2[%0, %c0] {in_bounds} : tensor<64xf32>, memref<16x64xf32>
    tile.store %12, %arg3[%0, %c0] {in_bounds} : tensor<64xf32>, memref<16x64xf32>
    tile.return
  }
  tile.kernel @cross_entropy_rows(%arg0: memref<16x32xf32>, %arg1: memref<16xi32>, %arg2: memref<16xf32>, %arg3: memref<16xf32>, %arg4: memref<16xf32>) grid(16) outputs(3) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c-100_i32 = arith.constant -100 : i32
    %c0 = arith.constant 0 : index
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<32xf32>
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x32xf32> -> tensor<32xf32>
    %2 = memref.load %arg1[%0] : memref<16xi32>
    %3 = tile.iota : tensor<32xi32>
    %splat = tensor.splat %2 : tensor<32xi32>
    %4 = arith.cmpi eq, %3, %splat : tensor<32xi32>
    %5 = arith.select %4, %1, %cst_1 : tensor<32xi1>, tensor<32xf32>
    %6 = arith.addf %5, %cst_1 : tensor<32xf32>
    %7 = tile.reduce max %1 axis(0) : tensor<32xf32> -> f32
    %8 = tile.reduce add %6 axis(0) : tensor<32xf32> -> f32
    %splat_2 = tensor.splat %7 : tensor<32xf32>
    %9 = arith.subf %1, %splat_2 : tensor<32xf32>
    %10 = math.exp %9 : tensor<32xf32>
    %11 = arith.addf %10, %cst_1 : tensor<32xf32>
    %12 = tile.reduce add %11 axis(0) : tensor<32xf32> -> f32
    %13 = math.log %12 : f32
    %14 = arith.addf %7, %13 : f32
    %15 = arith.cmpi eq, %2, %c-100_i32 : i32
    %16 = arith.select %15, %cst_0, %cst : f32
    %17 = arith.subf %14, %8 : f32
    %18 = arith.mulf %17, %16 : f32
    memref.store %14, %arg2[%0] : memref<16xf32>
    memref.store %16, %arg3[%0] : memref<16xf32>
    memref.store %18, %arg4[%0] : memref<16xf32>
    tile.return
  }
  tile.kernel @sum(%arg0: memref<16xf32>, %arg1: memref<f32>) grid(1) outputs(1) {
    %c0 = arith.constant 0 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %0 = tile.load %arg0[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %1 = arith.addf %0, %cst : tensor<16xf32>
    %2 = tile.reduce add %1 axis(0) : tensor<16xf32> -> f32
    memref.store %2, %arg1[] : memref<f32>
    tile.return
  }
  tile.kernel @accumulate(%arg0: memref<f32>, %arg1: memref<f32>, %arg2: memref<f64>, %arg3: memref<f32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) {
    %cst = arith.constant 0.000000e+00 : f64
    %0 = memref.load %arg0[] : memref<f32>
    %1 = memref.load %arg1[] : memref<f32>
    %2 = memref.load %arg2[] : memref<f64>
    %3 = arith.cmpf oeq, %2, %cst : f64
    %4 = arith.addf %0, %1 : f32
    %5 = arith.select %3, %1, %4 : f32
    memref.store %5, %arg3[] : memref<f32>
    tile.return
  }
  tile.kernel @cross_entropy_rows_backward(%arg0: memref<16x32xf32>, %arg1: memref<16xf32>, %arg2: memref<16xi32>, %arg3: memref<16x32xf32>) grid(16) outputs(1) in_place([[0, 0]]) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c-100_i32 = arith.constant -100 : i32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<32xf32>
    %cst_2 = arith.constant dense<1.000000e+00> : tensor<32xf32>
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x32xf32> -> tensor<32xf32>
    %2 = memref.load %arg1[%0] : memref<16xf32>
    %splat = tensor.splat %2 : tensor<32xf32>
    %3 = arith.subf %1, %splat : tensor<32xf32>
    %4 = math.exp %3 : tensor<32xf32>
    %5 = memref.load %arg2[%0] : memref<16xi32>
    %6 = tile.iota : tensor<32xi32>
    %splat_3 = tensor.splat %5 : tensor<32xi32>
    %7 = arith.cmpi eq, %6, %splat_3 : tensor<32xi32>
    %8 = arith.select %7, %cst_2, %cst_1 : tensor<32xi1>, tensor<32xf32>
    %9 = arith.subf %4, %8 : tensor<32xf32>
    %10 = arith.cmpi eq, %5, %c-100_i32 : i32
    %11 = arith.select %10, %cst_0, %cst : f32
    %splat_4 = tensor.splat %11 : tensor<32xf32>
    %12 = arith.mulf %9, %splat_4 : tensor<32xf32>
    tile.store %12, %arg3[%0, %c0] {in_bounds} : tensor<32xf32>, memref<16x32xf32>
    tile.return
  }
  tile.kernel @layer_norm_backward_layer_norm(%arg0: memref<16x16xf32>, %arg1: memref<16x16xf32>, %arg2: memref<16xf32>, %arg3: memref<16x16xf32>, %arg4: memref<16x16xf32>) grid(16) outputs(2) in_place([[0, 0], [0, 1], [1, 0], [1, 1]]) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 9.99999974E-6 : f32
    %cst_1 = arith.constant 6.250000e-02 : f32
    %c0 = arith.constant 0 : index
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %2 = arith.addf %1, %cst_2 : tensor<16xf32>
    %3 = tile.load %arg1[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %4 = tile.load %arg2[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %5 = arith.mulf %3, %4 : tensor<16xf32>
    %6 = arith.addf %5, %cst_2 : tensor<16xf32>
    %7 = tile.reduce add %2 axis(0) : tensor<16xf32> -> f32
    %8 = tile.reduce add %6 axis(0) : tensor<16xf32> -> f32
    %9 = arith.mulf %7, %cst_1 : f32
    %splat = tensor.splat %9 : tensor<16xf32>
    %10 = arith.subf %1, %splat : tensor<16xf32>
    %11 = arith.mulf %10, %10 : tensor<16xf32>
    %12 = arith.addf %11, %cst_2 : tensor<16xf32>
    %13 = tile.reduce add %12 axis(0) : tensor<16xf32> -> f32
    %14 = arith.mulf %13, %cst_1 : f32
    %15 = arith.addf %14, %cst_0 : f32
    %16 = math.sqrt %15 : f32
    %17 = arith.divf %cst, %16 : f32
    %splat_3 = tensor.splat %17 : tensor<16xf32>
    %18 = arith.mulf %10, %splat_3 : tensor<16xf32>
    %19 = arith.mulf %5, %18 : tensor<16xf32>
    %20 = arith.addf %19, %cst_2 : tensor<16xf32>
    %21 = tile.reduce add %20 axis(0) : tensor<16xf32> -> f32
    %22 = arith.mulf %8, %cst_1 : f32
    %splat_4 = tensor.splat %22 : tensor<16xf32>
    %23 = arith.subf %5, %splat_4 : tensor<16xf32>
    %24 = arith.mulf %21, %cst_1 : f32
    %splat_5 = tensor.splat %24 : tensor<16xf32>
    %25 = arith.mulf %18, %splat_5 : tensor<16xf32>
    %26 = arith.subf %23, %25 : tensor<16xf32>
    %27 = arith.mulf %26, %splat_3 : tensor<16xf32>
    tile.store %18, %arg3[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.store %27, %arg4[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.return
  }
  tile.kernel @layer_norm_backward(%arg0: memref<16x16xf32>, %arg1: memref<16x16xf32>, %arg2: memref<16xf32>, %arg3: memref<16xf32>) grid(1) outputs(2) {
    %c1 = arith.constant 1 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %c0 = arith.constant 0 : index
    %c16 = arith.constant 16 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c16 : index
    %2:2 = scf.for %arg4 = %c0 to %c16 step %c1 iter_args(%arg5 = %cst, %arg6 = %cst) -> (tensor<16xf32>, tensor<16xf32>) {
      %3 = tile.load %arg0[%arg4, %1] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
      %4 = tile.load %arg1[%arg4, %1] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
      %5 = arith.mulf %3, %4 : tensor<16xf32>
      %6 = arith.addf %arg5, %5 : tensor<16xf32>
      %7 = arith.addf %arg6, %3 : tensor<16xf32>
      scf.yield %6, %7 : tensor<16xf32>, tensor<16xf32>
    }
    tile.store %2#0, %arg2[%1] {in_bounds} : tensor<16xf32>, memref<16xf32>
    tile.store %2#1, %arg3[%1] {in_bounds} : tensor<16xf32>, memref<16xf32>
    tile.return
  }
  tile.kernel @layer_norm_backward_1(%arg0: memref<16xf32>, %arg1: memref<16xf32>, %arg2: memref<f64>, %arg3: memref<16xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) {
    %cst = arith.constant 0.000000e+00 : f64
    %c16 = arith.constant 16 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c16 : index
    %4 = memref.load %arg2[] : memref<f64>
    scf.for %arg4 = %1 to %3 step %c16 {
      %5 = tile.load %arg0[%arg4] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %6 = tile.load %arg1[%arg4] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %7 = arith.cmpf oeq, %4, %cst : f64
      %8 = arith.addf %5, %6 : tensor<16xf32>
      %9 = arith.select %7, %6, %8 : tensor<16xf32>
      tile.store %9, %arg3[%arg4] {in_bounds} : tensor<16xf32>, memref<16xf32>
    }
    tile.return
  }
  tile.kernel @linear_backward(%arg0: memref<16x16xf32>, %arg1: memref<16xf32>) grid(1) outputs(1) {
    %c1 = arith.constant 1 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %c0 = arith.constant 0 : index
    %c16 = arith.constant 16 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c16 : index
    %2 = scf.for %arg2 = %c0 to %c16 step %c1 iter_args(%arg3 = %cst) -> (tensor<16xf32>) {
      %3 = tile.load %arg0[%arg2, %1] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
      %4 = arith.addf %arg3, %3 : tensor<16xf32>
      scf.yield %4 : tensor<16xf32>
    }
    tile.store %2, %arg1[%1] {in_bounds} : tensor<16xf32>, memref<16xf32>
    tile.return
  }
  tile.kernel @gelu_backward(%arg0: memref<1024xf32>, %arg1: memref<1024xf32>, %arg2: memref<1024xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) {
    %cst = arith.constant dense<1.341450e-01> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-01> : tensor<64xf32>
    %cst_1 = arith.constant dense<1.000000e+00> : tensor<64xf32>
    %cst_2 = arith.constant dense<0.797884583> : tensor<64xf32>
    %cst_3 = arith.constant dense<4.471500e-02> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c1024 = arith.constant 1024 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c1024 : index
    scf.for %arg3 = %1 to %3 step %c64 {
      %4 = tile.load %arg0[%arg3] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %5 = tile.load %arg1[%arg3] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %6 = arith.mulf %5, %5 : tensor<64xf32>
      %7 = arith.mulf %6, %5 : tensor<64xf32>
      %8 = arith.mulf %7, %cst_3 : tensor<64xf32>
      %9 = arith.addf %5, %8 : tensor<64xf32>
      %10 = arith.mulf %9, %cst_2 : tensor<64xf32>
      %11 = math.tanh %10 : tensor<64xf32>
      %12 = arith.addf %11, %cst_1 : tensor<64xf32>
      %13 = arith.mulf %12, %cst_0 : tensor<64xf32>
      %14 = arith.mulf %11, %11 : tensor<64xf32>
      %15 = arith.subf %cst_1, %14 : tensor<64xf32>
      %16 = arith.mulf %15, %cst_0 : tensor<64xf32>
      %17 = arith.mulf %6, %cst : tensor<64xf32>
      %18 = arith.addf %17, %cst_1 : tensor<64xf32>
      %19 = arith.mulf %18, %cst_2 : tensor<64xf32>
      %20 = arith.mulf %16, %19 : tensor<64xf32>
      %21 = arith.mulf %5, %20 : tensor<64xf32>
      %22 = arith.addf %13, %21 : tensor<64xf32>
      %23 = arith.mulf %4, %22 : tensor<64xf32>
      tile.store %23, %arg2[%arg3] {in_bounds} : tensor<64xf32>, memref<1024xf32>
    }
    tile.return
  }
  tile.kernel @linear_backward_4(%arg0: memref<16x64xf32>, %arg1: memref<64xf32>) grid(1) outputs(1) {
    %c1 = arith.constant 1 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c16 = arith.constant 16 : index
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c64 : index
    %2 = scf.for %arg2 = %c0 to %c16 step %c1 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %3 = tile.load %arg0[%arg2, %1] {in_bounds} : memref<16x64xf32> -> tensor<64xf32>
      %4 = arith.addf %arg3, %3 : tensor<64xf32>
      scf.yield %4 : tensor<64xf32>
    }
    tile.store %2, %arg1[%1] {in_bounds} : tensor<64xf32>, memref<64xf32>
    tile.return
  }
  tile.kernel @linear_backward_5(%arg0: memref<64xf32>, %arg1: memref<64xf32>, %arg2: memref<f64>, %arg3: memref<64xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) {
    %cst = arith.constant 0.000000e+00 : f64
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c64 : index
    %4 = memref.load %arg2[] : memref<f64>
    scf.for %arg4 = %1 to %3 step %c32 {
      %5 = tile.load %arg0[%arg4] {in_bounds} : memref<64xf32> -> tensor<32xf32>
      %6 = tile.load %arg1[%arg4] {in_bounds} : memref<64xf32> -> tensor<32xf32>
      %7 = arith.cmpf oeq, %4, %cst : f64
      %8 = arith.addf %5, %6 : tensor<32xf32>
      %9 = arith.select %7, %6, %8 : tensor<32xf32>
      tile.store %9, %arg3[%arg4] {in_bounds} : tensor<32xf32>, memref<64xf32>
    }
    tile.return
  }
  tile.kernel @layer_norm_backward_layer_norm_7(%arg0: memref<16x16xf32>, %arg1: memref<16x16xf32>, %arg2: memref<16xf32>, %arg3: memref<16x16xf32>, %arg4: memref<16x16xf32>, %arg5: memref<16x16xf32>) grid(16) outputs(2) in_place([[0, 0], [0, 1], [0, 3], [1, 0], [1, 1], [1, 3]]) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 9.99999974E-6 : f32
    %cst_1 = arith.constant 6.250000e-02 : f32
    %c0 = arith.constant 0 : index
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %2 = arith.addf %1, %cst_2 : tensor<16xf32>
    %3 = tile.load %arg1[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %4 = tile.load %arg2[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %5 = arith.mulf %3, %4 : tensor<16xf32>
    %6 = arith.addf %5, %cst_2 : tensor<16xf32>
    %7 = tile.reduce add %2 axis(0) : tensor<16xf32> -> f32
    %8 = tile.reduce add %6 axis(0) : tensor<16xf32> -> f32
    %9 = arith.mulf %7, %cst_1 : f32
    %splat = tensor.splat %9 : tensor<16xf32>
    %10 = arith.subf %1, %splat : tensor<16xf32>
    %11 = arith.mulf %10, %10 : tensor<16xf32>
    %12 = arith.addf %11, %cst_2 : tensor<16xf32>
    %13 = tile.reduce add %12 axis(0) : tensor<16xf32> -> f32
    %14 = arith.mulf %13, %cst_1 : f32
    %15 = arith.addf %14, %cst_0 : f32
    %16 = math.sqrt %15 : f32
    %17 = arith.divf %cst, %16 : f32
    %splat_3 = tensor.splat %17 : tensor<16xf32>
    %18 = arith.mulf %10, %splat_3 : tensor<16xf32>
    %19 = arith.mulf %5, %18 : tensor<16xf32>
    %20 = arith.addf %19, %cst_2 : tensor<16xf32>
    %21 = tile.reduce add %20 axis(0) : tensor<16xf32> -> f32
    %22 = tile.load %arg3[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %23 = arith.mulf %8, %cst_1 : f32
    %splat_4 = tensor.splat %23 : tensor<16xf32>
    %24 = arith.subf %5, %splat_4 : tensor<16xf32>
    %25 = arith.mulf %21, %cst_1 : f32
    %splat_5 = tensor.splat %25 : tensor<16xf32>
    %26 = arith.mulf %18, %splat_5 : tensor<16xf32>
    %27 = arith.subf %24, %26 : tensor<16xf32>
    %28 = arith.mulf %27, %splat_3 : tensor<16xf32>
    %29 = arith.addf %22, %28 : tensor<16xf32>
    tile.store %18, %arg4[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.store %29, %arg5[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.return
  }
  tile.kernel @attention_backward(%arg0: memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, %arg1: memref<2x2x8x8xf32>, %arg2: memref<2x2x8x8xf32>) grid(32) outputs(1) in_place([[0, 1]]) {
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c8 = arith.constant 8 : index
    %0 = tile.program_id
    %1 = arith.remui %0, %c8 : index
    %2 = arith.divui %0, %c8 : index
    %3 = arith.remui %2, %c2 : index
    %4 = arith.divui %2, %c2 : index
    %5 = tile.load %arg0[%4, %3, %1, %c0] {in_bounds} : memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>> -> tensor<8xf32>
    %6 = tile.load %arg1[%4, %3, %1, %c0] {in_bounds} : memref<2x2x8x8xf32> -> tensor<8xf32>
    %7 = arith.mulf %5, %6 : tensor<8xf32>
    tile.store %7, %arg2[%4, %3, %1, %c0] {in_bounds} : tensor<8xf32>, memref<2x2x8x8xf32>
    tile.return
  }
  tile.kernel @attention_backward_9(%arg0: memref<32x8xf32>, %arg1: memref<32xf32>) grid(32) outputs(1) {
    %c0 = arith.constant 0 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<8xf32>
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<32x8xf32> -> tensor<8xf32>
    %2 = arith.addf %1, %cst : tensor<8xf32>
    %3 = tile.reduce add %2 axis(0) : tensor<8xf32> -> f32
    memref.store %3, %arg1[%0] : memref<32xf32>
    tile.return
  }
  tile.kernel @attention_backward_10(%arg0: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg1: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg2: memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, %arg3: memref<2x2x8xf32>, %arg4: memref<2x2x8xf32>, %arg5: memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, %arg6: memref<2x2x8x8xf32>, %arg7: memref<2x2x8x8xf32>, %arg8: memref<2x2x8x8xf32>) grid(4) outputs(3) attributes {flops = 1.024000e+04 : f64} {
    %cst = arith.constant dense<8> : tensor<16x16xi32>
    %cst_0 = arith.constant dense<0.353553385> : tensor<16x16xf32>
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<16x16xf32>
    %c2 = arith.constant 2 : index
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = arith.divui %0, %c2 : index
    %2 = arith.remui %0, %c2 : index
    tile.store %cst_1, %arg6[%1, %2, %c0, %c0] : tensor<16x16xf32>, memref<2x2x8x8xf32>
    %3 = tile.load %arg1[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %4 = tile.load %arg2[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %5 = tile.load %arg0[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>> -> tensor<16x16xf32>
    %6 = tile.load %arg5[%1, %2, %c0, %c0] : memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>> -> tensor<16x16xf32>
    %7 = tile.load %arg3[%1, %2, %c0] : memref<2x2x8xf32> -> tensor<16xf32>
    %8 = tile.load %arg4[%1, %2, %c0] : memref<2x2x8xf32> -> tensor<16xf32>
    %9 = tile.dot %5, %3, %cst_1 {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %10 = arith.mulf %9, %cst_0 : tensor<16x16xf32>
    %11 = tile.broadcast %7 axis(1) : tensor<16xf32> -> tensor<16x16xf32>
    %12 = arith.subf %10, %11 : tensor<16x16xf32>
    %13 = math.exp %12 : tensor<16x16xf32>
    %14 = tile.iota : tensor<16xi32>
    %15 = tile.broadcast %14 axis(0) : tensor<16xi32> -> tensor<16x16xi32>
    %16 = tile.broadcast %14 axis(1) : tensor<16xi32> -> tensor<16x16xi32>
    %17 = arith.cmpi sle, %15, %16 : tensor<16x16xi32>
    %18 = arith.cmpi slt, %15, %cst : tensor<16x16xi32>
    %19 = arith.andi %17, %18 : tensor<16x16xi1>
    %20 = arith.select %19, %13, %cst_1 : tensor<16x16xi1>, tensor<16x16xf32>
    %21 = tile.dot %6, %4, %cst_1 {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %22 = tile.broadcast %8 axis(1) : tensor<16xf32> -> tensor<16x16xf32>
    %23 = arith.subf %21, %22 : tensor<16x16xf32>
    %24 = arith.mulf %20, %23 : tensor<16x16xf32>
    %25 = arith.mulf %24, %cst_0 : tensor<16x16xf32>
    %26 = tile.dot %20, %6, %cst_1 {transpose_a} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %27 = tile.dot %25, %5, %cst_1 {transpose_a} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    %28 = tile.load %arg6[%1, %2, %c0, %c0] : memref<2x2x8x8xf32> -> tensor<16x16xf32>
    %29 = tile.dot %25, %3, %28 : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    tile.store %29, %arg6[%1, %2, %c0, %c0] : tensor<16x16xf32>, memref<2x2x8x8xf32>
    tile.store %27, %arg7[%1, %2, %c0, %c0] : tensor<16x16xf32>, memref<2x2x8x8xf32>
    tile.store %26, %arg8[%1, %2, %c0, %c0] : tensor<16x16xf32>, memref<2x2x8x8xf32>
    tile.return
  }
  tile.kernel @linear_backward_12(%arg0: memref<16x48xf32>, %arg1: memref<48xf32>) grid(1) outputs(1) {
    %c1 = arith.constant 1 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c16 = arith.constant 16 : index
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c64 : index
    %2 = scf.for %arg2 = %c0 to %c16 step %c1 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %3 = tile.load %arg0[%arg2, %1] : memref<16x48xf32> -> tensor<64xf32>
      %4 = arith.addf %arg3, %3 : tensor<64xf32>
      scf.yield %4 : tensor<64xf32>
    }
    tile.store %2, %arg1[%1] : tensor<64xf32>, memref<48xf32>
    tile.return
  }
  tile.kernel @linear_backward_14(%arg0: memref<48xf32>, %arg1: memref<48xf32>, %arg2: memref<f64>, %arg3: memref<48xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) {
    %cst = arith.constant 0.000000e+00 : f64
    %c32 = arith.constant 32 : index
    %c48 = arith.constant 48 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c48 : index
    %4 = memref.load %arg2[] : memref<f64>
    scf.for %arg4 = %1 to %3 step %c32 {
      %5 = tile.load %arg0[%arg4] : memref<48xf32> -> tensor<32xf32>
      %6 = tile.load %arg1[%arg4] : memref<48xf32> -> tensor<32xf32>
      %7 = arith.cmpf oeq, %4, %cst : f64
      %8 = arith.addf %5, %6 : tensor<32xf32>
      %9 = arith.select %7, %6, %8 : tensor<32xf32>
      tile.store %9, %arg3[%arg4] : tensor<32xf32>, memref<48xf32>
    }
    tile.return
  }
  tile.kernel @add_backward(%arg0: memref<2x128xf32>, %arg1: memref<128xf32>) grid(2) outputs(1) {
    %c1 = arith.constant 1 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c2 = arith.constant 2 : index
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c64 : index
    %2 = scf.for %arg2 = %c0 to %c2 step %c1 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %3 = tile.load %arg0[%arg2, %1] {in_bounds} : memref<2x128xf32> -> tensor<64xf32>
      %4 = arith.addf %arg3, %3 : tensor<64xf32>
      scf.yield %4 : tensor<64xf32>
    }
    tile.store %2, %arg1[%1] {in_bounds} : tensor<64xf32>, memref<128xf32>
    tile.return
  }
  tile.kernel @embedding_backward(%arg0: memref<128xf32>, %arg1: memref<f64>, %arg2: memref<128xf32>) grid(1) outputs(1) in_place([[0, 0]]) {
    %cst = arith.constant dense<0.000000e+00> : tensor<32xf32>
    %cst_0 = arith.constant 0.000000e+00 : f64
    %c32 = arith.constant 32 : index
    %c128 = arith.constant 128 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c128 : index
    %4 = memref.load %arg1[] : memref<f64>
    scf.for %arg3 = %1 to %3 step %c32 {
      %5 = tile.load %arg0[%arg3] {in_bounds} : memref<128xf32> -> tensor<32xf32>
      %6 = arith.cmpf oeq, %4, %cst_0 : f64
      %7 = arith.addf %5, %cst : tensor<32xf32>
      %8 = arith.select %6, %cst, %7 : tensor<32xf32>
      tile.store %8, %arg2[%arg3] {in_bounds} : tensor<32xf32>, memref<128xf32>
    }
    tile.return
  }
  tile.kernel @embedding_backward_16(%arg0: memref<8x16xf32>, %arg1: memref<8xi32>, %arg2: memref<8x16xf32>, %arg3: memref<8x16xf32>) grid(1) outputs(1) in_place([[0, 0]]) attributes {in_place_required} {
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %c0 = arith.constant 0 : index
    %c16 = arith.constant 16 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c16 : index
    scf.for %arg4 = %c0 to %c8 step %c1 {
      %2 = memref.load %arg1[%arg4] : memref<8xi32>
      %3 = arith.index_cast %2 : i32 to index
      %4 = tile.load %arg3[%3, %1] {in_bounds} : memref<8x16xf32> -> tensor<16xf32>
      %5 = tile.load %arg2[%arg4, %1] {in_bounds} : memref<8x16xf32> -> tensor<16xf32>
      %6 = arith.addf %4, %5 : tensor<16xf32>
      tile.store %6, %arg3[%3, %1] {in_bounds} : tensor<16xf32>, memref<8x16xf32>
    }
    tile.return
  }
  tile.kernel @embedding_backward_18(%arg0: memref<32x16xf32>, %arg1: memref<16xi32>, %arg2: memref<16x16xf32>, %arg3: memref<32x16xf32>) grid(1) outputs(1) in_place([[0, 0]]) attributes {in_place_required} {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %c16 = arith.constant 16 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c16 : index
    scf.for %arg4 = %c0 to %c16 step %c1 {
      %2 = memref.load %arg1[%arg4] : memref<16xi32>
      %3 = arith.index_cast %2 : i32 to index
      %4 = tile.load %arg3[%3, %1] {in_bounds} : memref<32x16xf32> -> tensor<16xf32>
      %5 = tile.load %arg2[%arg4, %1] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
      %6 = arith.addf %4, %5 : tensor<16xf32>
      tile.store %6, %arg3[%3, %1] {in_bounds} : tensor<16xf32>, memref<32x16xf32>
    }
    tile.return
  }
  tile.kernel @linear_gelu_20(%arg0: memref<16x64xf32>, %arg1: memref<64xf32>, %arg2: memref<16x64xf32>) grid(16) outputs(1) in_place([[0, 0]]) {
    %cst = arith.constant dense<5.000000e-01> : tensor<64xf32>
    %cst_0 = arith.constant dense<1.000000e+00> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.797884583> : tensor<64xf32>
    %cst_2 = arith.constant dense<4.471500e-02> : tensor<64xf32>
    %c0 = arith.constant 0 : index
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<64xf32>
    %2 = tile.load %arg1[%c0] {in_bounds} : memref<64xf32> -> tensor<64xf32>
    %3 = arith.addf %1, %2 : tensor<64xf32>
    %4 = arith.mulf %3, %3 : tensor<64xf32>
    %5 = arith.mulf %4, %3 : tensor<64xf32>
    %6 = arith.mulf %5, %cst_2 : tensor<64xf32>
    %7 = arith.addf %3, %6 : tensor<64xf32>
    %8 = arith.mulf %7, %cst_1 : tensor<64xf32>
    %9 = math.tanh %8 : tensor<64xf32>
    %10 = arith.addf %9, %cst_0 : tensor<64xf32>
    %11 = arith.mulf %10, %cst : tensor<64xf32>
    %12 = arith.mulf %3, %11 : tensor<64xf32>
    tile.store %12, %arg2[%0, %c0] {in_bounds} : tensor<64xf32>, memref<16x64xf32>
    tile.return
  }
  tile.kernel @linear_add_layer_norm(%arg0: memref<16x16xf32>, %arg1: memref<16xf32>, %arg2: memref<16x16xf32>, %arg3: memref<16xf32>, %arg4: memref<16xf32>, %arg5: memref<16x16xf32>) grid(16) outputs(1) in_place([[0, 0], [0, 2]]) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 9.99999974E-6 : f32
    %cst_1 = arith.constant 6.250000e-02 : f32
    %c0 = arith.constant 0 : index
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %0 = tile.program_id
    %1 = tile.load %arg2[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %2 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    %3 = tile.load %arg1[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %4 = arith.addf %2, %3 : tensor<16xf32>
    %5 = arith.addf %1, %4 : tensor<16xf32>
    %6 = arith.addf %5, %cst_2 : tensor<16xf32>
    %7 = tile.reduce add %6 axis(0) : tensor<16xf32> -> f32
    %8 = arith.mulf %7, %cst_1 : f32
    %splat = tensor.splat %8 : tensor<16xf32>
    %9 = arith.subf %5, %splat : tensor<16xf32>
    %10 = arith.mulf %9, %9 : tensor<16xf32>
    %11 = arith.addf %10, %cst_2 : tensor<16xf32>
    %12 = tile.reduce add %11 axis(0) : tensor<16xf32> -> f32
    %13 = arith.mulf %12, %cst_1 : f32
    %14 = arith.addf %13, %cst_0 : f32
    %15 = math.sqrt %14 : f32
    %16 = arith.divf %cst, %15 : f32
    %splat_3 = tensor.splat %16 : tensor<16xf32>
    %17 = arith.mulf %9, %splat_3 : tensor<16xf32>
    %18 = tile.load %arg3[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %19 = arith.mulf %17, %18 : tensor<16xf32>
    %20 = tile.load %arg4[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
    %21 = arith.addf %19, %20 : tensor<16xf32>
    tile.store %21, %arg5[%0, %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
    tile.return
  }
  tile.kernel @cross_entropy_rows_21(%arg0: memref<16x32xf32>, %arg1: memref<16xi32>, %arg2: memref<16xf32>, %arg3: memref<16xf32>) grid(16) outputs(2) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c-100_i32 = arith.constant -100 : i32
    %c0 = arith.constant 0 : index
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<32xf32>
    %0 = tile.program_id
    %1 = tile.load %arg0[%0, %c0] {in_bounds} : memref<16x32xf32> -> tensor<32xf32>
    %2 = memref.load %arg1[%0] : memref<16xi32>
    %3 = tile.iota : tensor<32xi32>
    %splat = tensor.splat %2 : tensor<32xi32>
    %4 = arith.cmpi eq, %3, %splat : tensor<32xi32>
    %5 = arith.select %4, %1, %cst_1 : tensor<32xi1>, tensor<32xf32>
    %6 = arith.addf %5, %cst_1 : tensor<32xf32>
    %7 = tile.reduce max %1 axis(0) : tensor<32xf32> -> f32
    %8 = tile.reduce add %6 axis(0) : tensor<32xf32> -> f32
    %splat_2 = tensor.splat %7 : tensor<32xf32>
    %9 = arith.subf %1, %splat_2 : tensor<32xf32>
    %10 = math.exp %9 : tensor<32xf32>
    %11 = arith.addf %10, %cst_1 : tensor<32xf32>
    %12 = tile.reduce add %11 axis(0) : tensor<32xf32> -> f32
    %13 = arith.cmpi eq, %2, %c-100_i32 : i32
    %14 = arith.select %13, %cst_0, %cst : f32
    %15 = math.log %12 : f32
    %16 = arith.addf %7, %15 : f32
    %17 = arith.subf %16, %8 : f32
    %18 = arith.mulf %17, %14 : f32
    memref.store %14, %arg2[%0] : memref<16xf32>
    memref.store %18, %arg3[%0] : memref<16xf32>
    tile.return
  }
  tile.kernel @embedding(%arg0: memref<i32>, %arg1: memref<16x16xf32>, %arg2: memref<16xf32>) grid(1) outputs(1) {
    %c0 = arith.constant 0 : index
    %0 = memref.load %arg0[] : memref<i32>
    %1 = arith.index_cast %0 : i32 to index
    %2 = tile.load %arg1[%1, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16xf32>
    tile.store %2, %arg2[%c0] {in_bounds} : tensor<16xf32>, memref<16xf32>
    tile.return
  }
  tile.kernel @copy_22(%arg0: memref<32xf32>, %arg1: memref<32xf32>) grid(1) outputs(1) in_place([[0, 0]]) {
    %c32 = arith.constant 32 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c32 : index
    scf.for %arg2 = %1 to %3 step %c32 {
      %4 = tile.load %arg0[%arg2] {in_bounds} : memref<32xf32> -> tensor<32xf32>
      tile.store %4, %arg1[%arg2] {in_bounds} : tensor<32xf32>, memref<32xf32>
    }
    tile.return
  }
  tile.kernel @gradient_norm_23(%arg0: memref<512xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %c64 = arith.constant 64 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c512 = arith.constant 512 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c512 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<512xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_24(%arg0: memref<128xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %c64 = arith.constant 64 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c128 = arith.constant 128 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c128 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<128xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_25(%arg0: memref<16xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %cst = arith.constant dense<0.000000e+00> : tensor<16xf32>
    %c16 = arith.constant 16 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c16 : index
    %4 = scf.for %arg2 = %1 to %3 step %c16 iter_args(%arg3 = %cst) -> (tensor<16xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %7 = arith.mulf %6, %6 : tensor<16xf32>
      %8 = arith.addf %arg3, %7 : tensor<16xf32>
      scf.yield %8 : tensor<16xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<16xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_26(%arg0: memref<768xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %c64 = arith.constant 64 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c768 = arith.constant 768 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c768 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<768xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_27(%arg0: memref<48xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %cst = arith.constant dense<48> : tensor<64xi32>
    %c64 = arith.constant 64 : index
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c48 = arith.constant 48 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c48 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst_0) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] : memref<48xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.index_cast %arg2 : index to i32
      %splat = tensor.splat %8 : tensor<64xi32>
      %9 = tile.iota : tensor<64xi32>
      %10 = arith.addi %splat, %9 : tensor<64xi32>
      %11 = arith.cmpi slt, %10, %cst : tensor<64xi32>
      %12 = arith.select %11, %7, %cst_0 : tensor<64xi1>, tensor<64xf32>
      %13 = arith.addf %arg3, %12 : tensor<64xf32>
      scf.yield %13 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_28(%arg0: memref<256xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %c64 = arith.constant 64 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c256 = arith.constant 256 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c256 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_29(%arg0: memref<1024xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %c64 = arith.constant 64 : index
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c1024 = arith.constant 1024 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c1024 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @gradient_norm_30(%arg0: memref<64xf32>, %arg1: memref<1xf32>) grid(1) outputs(1) {
    %cst = arith.constant dense<0.000000e+00> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c64 : index
    %4 = scf.for %arg2 = %1 to %3 step %c64 iter_args(%arg3 = %cst) -> (tensor<64xf32>) {
      %6 = tile.load %arg0[%arg2] {in_bounds} : memref<64xf32> -> tensor<64xf32>
      %7 = arith.mulf %6, %6 : tensor<64xf32>
      %8 = arith.addf %arg3, %7 : tensor<64xf32>
      scf.yield %8 : tensor<64xf32>
    }
    %5 = tile.reduce add %4 axis(0) : tensor<64xf32> -> f32
    memref.store %5, %arg1[%0] : memref<1xf32>
    tile.return
  }
  tile.kernel @max_gradient_norm(%arg0: memref<f32>, %arg1: memref<f32>, %arg2: memref<f32>, %arg3: memref<f32>) grid(1) outputs(2) in_place([[0, 0], [0, 1], [1, 0], [1, 1]]) {
    %cst = arith.constant 9.99999997E-7 : f32
    %cst_0 = arith.constant 1.17549435E-38 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %0 = memref.load %arg1[] : memref<f32>
    %1 = math.sqrt %0 : f32
    %2 = memref.load %arg0[] : memref<f32>
    %3 = arith.maximumf %2, %cst_0 : f32
    %4 = arith.divf %cst_1, %3 : f32
    %5 = arith.mulf %1, %4 : f32
    %6 = arith.addf %5, %cst : f32
    %7 = arith.divf %cst_1, %6 : f32
    %8 = arith.minimumf %7, %cst_1 : f32
    %9 = arith.mulf %4, %8 : f32
    memref.store %5, %arg2[] : memref<f32>
    memref.store %9, %arg3[] : memref<f32>
    tile.return
  }
  tile.kernel @gradient_norm_31(%arg0: memref<f64>, %arg1: memref<f32>) grid(1) outputs(1) {
    %cst = arith.constant 1.000000e-01 : f64
    %cst_0 = arith.constant 1.000000e+00 : f64
    %0 = memref.load %arg0[] : memref<f64>
    %1 = arith.mulf %0, %cst : f64
    %2 = arith.subf %cst_0, %1 : f64
    %3 = arith.truncf %2 : f64 to f32
    memref.store %3, %arg1[] : memref<f32>
    tile.return
  }
  tile.kernel @gradient_norm_32(%arg0: memref<f64>, %arg1: memref<f64>, %arg2: memref<f32>) grid(1) outputs(1) {
    %cst = arith.constant 9.000000e-01 : f64
    %cst_0 = arith.constant 1.000000e+00 : f64
    %0 = memref.load %arg1[] : memref<f64>
    %1 = memref.load %arg0[] : memref<f64>
    %2 = math.powf %cst, %1 : f64
    %3 = arith.subf %cst_0, %2 : f64
    %4 = arith.divf %0, %3 : f64
    %5 = arith.truncf %4 : f64 to f32
    memref.store %5, %arg2[] : memref<f32>
    tile.return
  }
  tile.kernel @gradient_norm_33(%arg0: memref<f64>, %arg1: memref<f32>) grid(1) outputs(1) {
    %cst = arith.constant 1.000000e+00 : f64
    %cst_0 = arith.constant 0.94999999999999996 : f64
    %0 = memref.load %arg0[] : memref<f64>
    %1 = math.powf %cst_0, %0 : f64
    %2 = arith.subf %cst, %1 : f64
    %3 = math.sqrt %2 : f64
    %4 = arith.truncf %3 : f64 to f32
    memref.store %4, %arg1[] : memref<f32>
    tile.return
  }
  tile.kernel @adamw(%arg0: memref<512xf32>, %arg1: memref<f32>, %arg2: memref<512xf32>, %arg3: memref<f32>, %arg4: memref<512xf32>, %arg5: memref<512xf32>, %arg6: memref<f32>, %arg7: memref<f32>, %arg8: memref<512xf32>, %arg9: memref<512xf32>, %arg10: memref<512xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 4], [0, 5], [1, 0], [1, 2], [1, 4], [1, 5], [2, 0], [2, 2], [2, 4], [2, 5]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c512 = arith.constant 512 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c512 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg3[] : memref<f32>
    %6 = memref.load %arg7[] : memref<f32>
    %7 = memref.load %arg6[] : memref<f32>
    scf.for %arg11 = %1 to %3 step %c64 {
      %8 = tile.load %arg4[%arg11] {in_bounds} : memref<512xf32> -> tensor<64xf32>
      %9 = tile.load %arg0[%arg11] {in_bounds} : memref<512xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %10 = arith.mulf %9, %splat : tensor<64xf32>
      %11 = arith.subf %10, %8 : tensor<64xf32>
      %12 = arith.mulf %11, %cst_2 : tensor<64xf32>
      %13 = arith.addf %8, %12 : tensor<64xf32>
      %14 = tile.load %arg5[%arg11] {in_bounds} : memref<512xf32> -> tensor<64xf32>
      %15 = arith.mulf %14, %cst_1 : tensor<64xf32>
      %16 = arith.mulf %10, %10 : tensor<64xf32>
      %17 = arith.mulf %16, %cst_0 : tensor<64xf32>
      %18 = arith.addf %15, %17 : tensor<64xf32>
      %19 = tile.load %arg2[%arg11] {in_bounds} : memref<512xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %20 = arith.mulf %19, %splat_3 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.mulf %splat_4, %13 : tensor<64xf32>
      %22 = math.sqrt %18 : tensor<64xf32>
      %splat_5 = tensor.splat %7 : tensor<64xf32>
      %23 = arith.divf %22, %splat_5 : tensor<64xf32>
      %24 = arith.addf %23, %cst : tensor<64xf32>
      %25 = arith.divf %21, %24 : tensor<64xf32>
      %26 = arith.subf %20, %25 : tensor<64xf32>
      tile.store %13, %arg8[%arg11] {in_bounds} : tensor<64xf32>, memref<512xf32>
      tile.store %18, %arg9[%arg11] {in_bounds} : tensor<64xf32>, memref<512xf32>
      tile.store %26, %arg10[%arg11] {in_bounds} : tensor<64xf32>, memref<512xf32>
    }
    tile.return
  }
  tile.kernel @adamw_34(%arg0: memref<128xf32>, %arg1: memref<f32>, %arg2: memref<128xf32>, %arg3: memref<f32>, %arg4: memref<128xf32>, %arg5: memref<128xf32>, %arg6: memref<f32>, %arg7: memref<f32>, %arg8: memref<128xf32>, %arg9: memref<128xf32>, %arg10: memref<128xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 4], [0, 5], [1, 0], [1, 2], [1, 4], [1, 5], [2, 0], [2, 2], [2, 4], [2, 5]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c128 = arith.constant 128 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c128 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg3[] : memref<f32>
    %6 = memref.load %arg7[] : memref<f32>
    %7 = memref.load %arg6[] : memref<f32>
    scf.for %arg11 = %1 to %3 step %c64 {
      %8 = tile.load %arg4[%arg11] {in_bounds} : memref<128xf32> -> tensor<64xf32>
      %9 = tile.load %arg0[%arg11] {in_bounds} : memref<128xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %10 = arith.mulf %9, %splat : tensor<64xf32>
      %11 = arith.subf %10, %8 : tensor<64xf32>
      %12 = arith.mulf %11, %cst_2 : tensor<64xf32>
      %13 = arith.addf %8, %12 : tensor<64xf32>
      %14 = tile.load %arg5[%arg11] {in_bounds} : memref<128xf32> -> tensor<64xf32>
      %15 = arith.mulf %14, %cst_1 : tensor<64xf32>
      %16 = arith.mulf %10, %10 : tensor<64xf32>
      %17 = arith.mulf %16, %cst_0 : tensor<64xf32>
      %18 = arith.addf %15, %17 : tensor<64xf32>
      %19 = tile.load %arg2[%arg11] {in_bounds} : memref<128xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %20 = arith.mulf %19, %splat_3 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.mulf %splat_4, %13 : tensor<64xf32>
      %22 = math.sqrt %18 : tensor<64xf32>
      %splat_5 = tensor.splat %7 : tensor<64xf32>
      %23 = arith.divf %22, %splat_5 : tensor<64xf32>
      %24 = arith.addf %23, %cst : tensor<64xf32>
      %25 = arith.divf %21, %24 : tensor<64xf32>
      %26 = arith.subf %20, %25 : tensor<64xf32>
      tile.store %13, %arg8[%arg11] {in_bounds} : tensor<64xf32>, memref<128xf32>
      tile.store %18, %arg9[%arg11] {in_bounds} : tensor<64xf32>, memref<128xf32>
      tile.store %26, %arg10[%arg11] {in_bounds} : tensor<64xf32>, memref<128xf32>
    }
    tile.return
  }
  tile.kernel @adamw_35(%arg0: memref<16xf32>, %arg1: memref<f32>, %arg2: memref<16xf32>, %arg3: memref<16xf32>, %arg4: memref<f32>, %arg5: memref<f32>, %arg6: memref<16xf32>, %arg7: memref<16xf32>, %arg8: memref<16xf32>, %arg9: memref<16xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 3], [0, 6], [1, 0], [1, 2], [1, 3], [1, 6], [2, 0], [2, 2], [2, 3], [2, 6]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<16xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<16xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<16xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<16xf32>
    %c16 = arith.constant 16 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c16 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg5[] : memref<f32>
    %6 = memref.load %arg4[] : memref<f32>
    scf.for %arg10 = %1 to %3 step %c16 {
      %7 = tile.load %arg2[%arg10] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %8 = tile.load %arg0[%arg10] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %splat = tensor.splat %4 : tensor<16xf32>
      %9 = arith.mulf %8, %splat : tensor<16xf32>
      %10 = arith.subf %9, %7 : tensor<16xf32>
      %11 = arith.mulf %10, %cst_2 : tensor<16xf32>
      %12 = arith.addf %7, %11 : tensor<16xf32>
      %13 = tile.load %arg3[%arg10] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %14 = arith.mulf %13, %cst_1 : tensor<16xf32>
      %15 = arith.mulf %9, %9 : tensor<16xf32>
      %16 = arith.mulf %15, %cst_0 : tensor<16xf32>
      %17 = arith.addf %14, %16 : tensor<16xf32>
      %18 = tile.load %arg6[%arg10] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %splat_3 = tensor.splat %5 : tensor<16xf32>
      %19 = arith.mulf %splat_3, %12 : tensor<16xf32>
      %20 = math.sqrt %17 : tensor<16xf32>
      %splat_4 = tensor.splat %6 : tensor<16xf32>
      %21 = arith.divf %20, %splat_4 : tensor<16xf32>
      %22 = arith.addf %21, %cst : tensor<16xf32>
      %23 = arith.divf %19, %22 : tensor<16xf32>
      %24 = arith.subf %18, %23 : tensor<16xf32>
      tile.store %12, %arg7[%arg10] {in_bounds} : tensor<16xf32>, memref<16xf32>
      tile.store %17, %arg8[%arg10] {in_bounds} : tensor<16xf32>, memref<16xf32>
      tile.store %24, %arg9[%arg10] {in_bounds} : tensor<16xf32>, memref<16xf32>
    }
    tile.return
  }
  tile.kernel @adamw_36(%arg0: memref<768xf32>, %arg1: memref<f32>, %arg2: memref<768xf32>, %arg3: memref<f32>, %arg4: memref<768xf32>, %arg5: memref<768xf32>, %arg6: memref<f32>, %arg7: memref<f32>, %arg8: memref<768xf32>, %arg9: memref<768xf32>, %arg10: memref<768xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 4], [0, 5], [1, 0], [1, 2], [1, 4], [1, 5], [2, 0], [2, 2], [2, 4], [2, 5]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c768 = arith.constant 768 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c768 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg3[] : memref<f32>
    %6 = memref.load %arg7[] : memref<f32>
    %7 = memref.load %arg6[] : memref<f32>
    scf.for %arg11 = %1 to %3 step %c64 {
      %8 = tile.load %arg4[%arg11] {in_bounds} : memref<768xf32> -> tensor<64xf32>
      %9 = tile.load %arg0[%arg11] {in_bounds} : memref<768xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %10 = arith.mulf %9, %splat : tensor<64xf32>
      %11 = arith.subf %10, %8 : tensor<64xf32>
      %12 = arith.mulf %11, %cst_2 : tensor<64xf32>
      %13 = arith.addf %8, %12 : tensor<64xf32>
      %14 = tile.load %arg5[%arg11] {in_bounds} : memref<768xf32> -> tensor<64xf32>
      %15 = arith.mulf %14, %cst_1 : tensor<64xf32>
      %16 = arith.mulf %10, %10 : tensor<64xf32>
      %17 = arith.mulf %16, %cst_0 : tensor<64xf32>
      %18 = arith.addf %15, %17 : tensor<64xf32>
      %19 = tile.load %arg2[%arg11] {in_bounds} : memref<768xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %20 = arith.mulf %19, %splat_3 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.mulf %splat_4, %13 : tensor<64xf32>
      %22 = math.sqrt %18 : tensor<64xf32>
      %splat_5 = tensor.splat %7 : tensor<64xf32>
      %23 = arith.divf %22, %splat_5 : tensor<64xf32>
      %24 = arith.addf %23, %cst : tensor<64xf32>
      %25 = arith.divf %21, %24 : tensor<64xf32>
      %26 = arith.subf %20, %25 : tensor<64xf32>
      tile.store %13, %arg8[%arg11] {in_bounds} : tensor<64xf32>, memref<768xf32>
      tile.store %18, %arg9[%arg11] {in_bounds} : tensor<64xf32>, memref<768xf32>
      tile.store %26, %arg10[%arg11] {in_bounds} : tensor<64xf32>, memref<768xf32>
    }
    tile.return
  }
  tile.kernel @adamw_37(%arg0: memref<48xf32>, %arg1: memref<f32>, %arg2: memref<48xf32>, %arg3: memref<48xf32>, %arg4: memref<f32>, %arg5: memref<f32>, %arg6: memref<48xf32>, %arg7: memref<48xf32>, %arg8: memref<48xf32>, %arg9: memref<48xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 3], [0, 6], [1, 0], [1, 2], [1, 3], [1, 6], [2, 0], [2, 2], [2, 3], [2, 6]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c48 = arith.constant 48 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c48 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg5[] : memref<f32>
    %6 = memref.load %arg4[] : memref<f32>
    scf.for %arg10 = %1 to %3 step %c64 {
      %7 = tile.load %arg2[%arg10] : memref<48xf32> -> tensor<64xf32>
      %8 = tile.load %arg0[%arg10] : memref<48xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %9 = arith.mulf %8, %splat : tensor<64xf32>
      %10 = arith.subf %9, %7 : tensor<64xf32>
      %11 = arith.mulf %10, %cst_2 : tensor<64xf32>
      %12 = arith.addf %7, %11 : tensor<64xf32>
      %13 = tile.load %arg3[%arg10] : memref<48xf32> -> tensor<64xf32>
      %14 = arith.mulf %13, %cst_1 : tensor<64xf32>
      %15 = arith.mulf %9, %9 : tensor<64xf32>
      %16 = arith.mulf %15, %cst_0 : tensor<64xf32>
      %17 = arith.addf %14, %16 : tensor<64xf32>
      %18 = tile.load %arg6[%arg10] : memref<48xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %19 = arith.mulf %splat_3, %12 : tensor<64xf32>
      %20 = math.sqrt %17 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.divf %20, %splat_4 : tensor<64xf32>
      %22 = arith.addf %21, %cst : tensor<64xf32>
      %23 = arith.divf %19, %22 : tensor<64xf32>
      %24 = arith.subf %18, %23 : tensor<64xf32>
      tile.store %12, %arg7[%arg10] : tensor<64xf32>, memref<48xf32>
      tile.store %17, %arg8[%arg10] : tensor<64xf32>, memref<48xf32>
      tile.store %24, %arg9[%arg10] : tensor<64xf32>, memref<48xf32>
    }
    tile.return
  }
  tile.kernel @adamw_38(%arg0: memref<256xf32>, %arg1: memref<f32>, %arg2: memref<256xf32>, %arg3: memref<f32>, %arg4: memref<256xf32>, %arg5: memref<256xf32>, %arg6: memref<f32>, %arg7: memref<f32>, %arg8: memref<256xf32>, %arg9: memref<256xf32>, %arg10: memref<256xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 4], [0, 5], [1, 0], [1, 2], [1, 4], [1, 5], [2, 0], [2, 2], [2, 4], [2, 5]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c256 = arith.constant 256 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c256 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg3[] : memref<f32>
    %6 = memref.load %arg7[] : memref<f32>
    %7 = memref.load %arg6[] : memref<f32>
    scf.for %arg11 = %1 to %3 step %c64 {
      %8 = tile.load %arg4[%arg11] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %9 = tile.load %arg0[%arg11] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %10 = arith.mulf %9, %splat : tensor<64xf32>
      %11 = arith.subf %10, %8 : tensor<64xf32>
      %12 = arith.mulf %11, %cst_2 : tensor<64xf32>
      %13 = arith.addf %8, %12 : tensor<64xf32>
      %14 = tile.load %arg5[%arg11] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %15 = arith.mulf %14, %cst_1 : tensor<64xf32>
      %16 = arith.mulf %10, %10 : tensor<64xf32>
      %17 = arith.mulf %16, %cst_0 : tensor<64xf32>
      %18 = arith.addf %15, %17 : tensor<64xf32>
      %19 = tile.load %arg2[%arg11] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %20 = arith.mulf %19, %splat_3 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.mulf %splat_4, %13 : tensor<64xf32>
      %22 = math.sqrt %18 : tensor<64xf32>
      %splat_5 = tensor.splat %7 : tensor<64xf32>
      %23 = arith.divf %22, %splat_5 : tensor<64xf32>
      %24 = arith.addf %23, %cst : tensor<64xf32>
      %25 = arith.divf %21, %24 : tensor<64xf32>
      %26 = arith.subf %20, %25 : tensor<64xf32>
      tile.store %13, %arg8[%arg11] {in_bounds} : tensor<64xf32>, memref<256xf32>
      tile.store %18, %arg9[%arg11] {in_bounds} : tensor<64xf32>, memref<256xf32>
      tile.store %26, %arg10[%arg11] {in_bounds} : tensor<64xf32>, memref<256xf32>
    }
    tile.return
  }
  tile.kernel @adamw_39(%arg0: memref<1024xf32>, %arg1: memref<f32>, %arg2: memref<1024xf32>, %arg3: memref<f32>, %arg4: memref<1024xf32>, %arg5: memref<1024xf32>, %arg6: memref<f32>, %arg7: memref<f32>, %arg8: memref<1024xf32>, %arg9: memref<1024xf32>, %arg10: memref<1024xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 4], [0, 5], [1, 0], [1, 2], [1, 4], [1, 5], [2, 0], [2, 2], [2, 4], [2, 5]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c1024 = arith.constant 1024 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c1024 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg3[] : memref<f32>
    %6 = memref.load %arg7[] : memref<f32>
    %7 = memref.load %arg6[] : memref<f32>
    scf.for %arg11 = %1 to %3 step %c64 {
      %8 = tile.load %arg4[%arg11] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %9 = tile.load %arg0[%arg11] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %10 = arith.mulf %9, %splat : tensor<64xf32>
      %11 = arith.subf %10, %8 : tensor<64xf32>
      %12 = arith.mulf %11, %cst_2 : tensor<64xf32>
      %13 = arith.addf %8, %12 : tensor<64xf32>
      %14 = tile.load %arg5[%arg11] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %15 = arith.mulf %14, %cst_1 : tensor<64xf32>
      %16 = arith.mulf %10, %10 : tensor<64xf32>
      %17 = arith.mulf %16, %cst_0 : tensor<64xf32>
      %18 = arith.addf %15, %17 : tensor<64xf32>
      %19 = tile.load %arg2[%arg11] {in_bounds} : memref<1024xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %20 = arith.mulf %19, %splat_3 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.mulf %splat_4, %13 : tensor<64xf32>
      %22 = math.sqrt %18 : tensor<64xf32>
      %splat_5 = tensor.splat %7 : tensor<64xf32>
      %23 = arith.divf %22, %splat_5 : tensor<64xf32>
      %24 = arith.addf %23, %cst : tensor<64xf32>
      %25 = arith.divf %21, %24 : tensor<64xf32>
      %26 = arith.subf %20, %25 : tensor<64xf32>
      tile.store %13, %arg8[%arg11] {in_bounds} : tensor<64xf32>, memref<1024xf32>
      tile.store %18, %arg9[%arg11] {in_bounds} : tensor<64xf32>, memref<1024xf32>
      tile.store %26, %arg10[%arg11] {in_bounds} : tensor<64xf32>, memref<1024xf32>
    }
    tile.return
  }
  tile.kernel @adamw_40(%arg0: memref<64xf32>, %arg1: memref<f32>, %arg2: memref<64xf32>, %arg3: memref<64xf32>, %arg4: memref<f32>, %arg5: memref<f32>, %arg6: memref<64xf32>, %arg7: memref<64xf32>, %arg8: memref<64xf32>, %arg9: memref<64xf32>) grid(1) outputs(3) in_place([[0, 0], [0, 2], [0, 3], [0, 6], [1, 0], [1, 2], [1, 3], [1, 6], [2, 0], [2, 2], [2, 3], [2, 6]]) {
    %cst = arith.constant dense<9.99999993E-9> : tensor<64xf32>
    %cst_0 = arith.constant dense<5.000000e-02> : tensor<64xf32>
    %cst_1 = arith.constant dense<0.949999988> : tensor<64xf32>
    %cst_2 = arith.constant dense<1.000000e-01> : tensor<64xf32>
    %c64 = arith.constant 64 : index
    %c4096 = arith.constant 4096 : index
    %0 = tile.program_id
    %1 = arith.muli %0, %c4096 : index
    %2 = arith.addi %1, %c4096 : index
    %3 = arith.minui %2, %c64 : index
    %4 = memref.load %arg1[] : memref<f32>
    %5 = memref.load %arg5[] : memref<f32>
    %6 = memref.load %arg4[] : memref<f32>
    scf.for %arg10 = %1 to %3 step %c64 {
      %7 = tile.load %arg2[%arg10] {in_bounds} : memref<64xf32> -> tensor<64xf32>
      %8 = tile.load %arg0[%arg10] {in_bounds} : memref<64xf32> -> tensor<64xf32>
      %splat = tensor.splat %4 : tensor<64xf32>
      %9 = arith.mulf %8, %splat : tensor<64xf32>
      %10 = arith.subf %9, %7 : tensor<64xf32>
      %11 = arith.mulf %10, %cst_2 : tensor<64xf32>
      %12 = arith.addf %7, %11 : tensor<64xf32>
      %13 = tile.load %arg3[%arg10] {in_bounds} : memref<64xf32> -> tensor<64xf32>
      %14 = arith.mulf %13, %cst_1 : tensor<64xf32>
      %15 = arith.mulf %9, %9 : tensor<64xf32>
      %16 = arith.mulf %15, %cst_0 : tensor<64xf32>
      %17 = arith.addf %14, %16 : tensor<64xf32>
      %18 = tile.load %arg6[%arg10] {in_bounds} : memref<64xf32> -> tensor<64xf32>
      %splat_3 = tensor.splat %5 : tensor<64xf32>
      %19 = arith.mulf %splat_3, %12 : tensor<64xf32>
      %20 = math.sqrt %17 : tensor<64xf32>
      %splat_4 = tensor.splat %6 : tensor<64xf32>
      %21 = arith.divf %20, %splat_4 : tensor<64xf32>
      %22 = arith.addf %21, %cst : tensor<64xf32>
      %23 = arith.divf %19, %22 : tensor<64xf32>
      %24 = arith.subf %18, %23 : tensor<64xf32>
      tile.store %12, %arg7[%arg10] {in_bounds} : tensor<64xf32>, memref<64xf32>
      tile.store %17, %arg8[%arg10] {in_bounds} : tensor<64xf32>, memref<64xf32>
      tile.store %24, %arg9[%arg10] {in_bounds} : tensor<64xf32>, memref<64xf32>
    }
    tile.return
  }
  exec.module @gpt2_tiny {
    exec.state @wte.weight : memref<32x16xf32> role(parameter) of "wte.weight" init(normal, 0.02) key 7049158632033501577
    exec.state @wte.weight.gradient : memref<32x16xf32> role(gradient) of "wte.weight" init(zeros)
    exec.state @wpe.weight : memref<8x16xf32> role(parameter) of "wpe.weight" init(normal, 0.02) key 4759686284756947381
    exec.state @wpe.weight.gradient : memref<8x16xf32> role(gradient) of "wpe.weight" init(zeros)
    exec.state @h.0.ln_1.weight : memref<16xf32> role(parameter) of "h.0.ln_1.weight" init(ones) key 718286616630911723
    exec.state @h.0.ln_1.weight.gradient : memref<16xf32> role(gradient) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.bias : memref<16xf32> role(parameter) of "h.0.ln_1.bias" init(zeros) key 4799122565271012982
    exec.state @h.0.ln_1.bias.gradient : memref<16xf32> role(gradient) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.attn.c_attn.weight : memref<16x48xf32> role(parameter) of "h.0.attn.c_attn.weight" init(normal, 0.02) key 9042601755433050237
    exec.state @h.0.attn.c_attn.weight.gradient : memref<16x48xf32> role(gradient) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.bias : memref<48xf32> role(parameter) of "h.0.attn.c_attn.bias" init(zeros) key 7818503664401930472
    exec.state @h.0.attn.c_attn.bias.gradient : memref<48xf32> role(gradient) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_proj.weight : memref<16x16xf32> role(parameter) of "h.0.attn.c_proj.weight" init(normal, 0.014142135623730949) key 6765520596756506577
    exec.state @h.0.attn.c_proj.weight.gradient : memref<16x16xf32> role(gradient) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.bias : memref<16xf32> role(parameter) of "h.0.attn.c_proj.bias" init(zeros) key 16242502159554129868
    exec.state @h.0.attn.c_proj.bias.gradient : memref<16xf32> role(gradient) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.ln_2.weight : memref<16xf32> role(parameter) of "h.0.ln_2.weight" init(ones) key 1436253749911391744
    exec.state @h.0.ln_2.weight.gradient : memref<16xf32> role(gradient) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.bias : memref<16xf32> role(parameter) of "h.0.ln_2.bias" init(zeros) key 5495708170589445861
    exec.state @h.0.ln_2.bias.gradient : memref<16xf32> role(gradient) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.weight : memref<16x64xf32> role(parameter) of "h.0.mlp.c_fc.weight" init(normal, 0.02) key 6371745872173673859
    exec.state @h.0.mlp.c_fc.weight.gradient : memref<16x64xf32> role(gradient) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.bias : memref<64xf32> role(parameter) of "h.0.mlp.c_fc.bias" init(zeros) key 1707944349886224446
    exec.state @h.0.mlp.c_fc.bias.gradient : memref<64xf32> role(gradient) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.weight : memref<64x16xf32> role(parameter) of "h.0.mlp.c_proj.weight" init(normal, 0.014142135623730949) key 12325170337658628179
    exec.state @h.0.mlp.c_proj.weight.gradient : memref<64x16xf32> role(gradient) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.bias : memref<16xf32> role(parameter) of "h.0.mlp.c_proj.bias" init(zeros) key 4505297316399317230
    exec.state @h.0.mlp.c_proj.bias.gradient : memref<16xf32> role(gradient) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @ln_f.weight : memref<16xf32> role(parameter) of "ln_f.weight" init(ones) key 12917151793507910212
    exec.state @ln_f.weight.gradient : memref<16xf32> role(gradient) of "ln_f.weight" init(zeros)
    exec.state @ln_f.bias : memref<16xf32> role(parameter) of "ln_f.bias" init(zeros) key 17506747533471798297
    exec.state @ln_f.bias.gradient : memref<16xf32> role(gradient) of "ln_f.bias" init(zeros)
    exec.state @loss_sum : memref<f32> role(loss_sum) init(zeros)
    exec.state @loss_weight : memref<f32> role(loss_weight) init(zeros)
    exec.state @eval_sum : memref<f32> role(eval_sum) init(zeros)
    exec.state @eval_weight : memref<f32> role(eval_weight) init(zeros)
    exec.state @logits_values : memref<32xf32> role(logits) init(zeros)
    exec.state @gradient_norm : memref<f32> role(gradient_norm) init(zeros)
    exec.state @wte.weight.moment1 : memref<32x16xf32> role(optimizer) of "wte.weight" init(zeros)
    exec.state @wte.weight.moment2 : memref<32x16xf32> role(optimizer) of "wte.weight" init(zeros)
    exec.state @wpe.weight.moment1 : memref<8x16xf32> role(optimizer) of "wpe.weight" init(zeros)
    exec.state @wpe.weight.moment2 : memref<8x16xf32> role(optimizer) of "wpe.weight" init(zeros)
    exec.state @h.0.ln_1.weight.moment1 : memref<16xf32> role(optimizer) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.weight.moment2 : memref<16xf32> role(optimizer) of "h.0.ln_1.weight" init(zeros)
    exec.state @h.0.ln_1.bias.moment1 : memref<16xf32> role(optimizer) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.ln_1.bias.moment2 : memref<16xf32> role(optimizer) of "h.0.ln_1.bias" init(zeros)
    exec.state @h.0.attn.c_attn.weight.moment1 : memref<16x48xf32> role(optimizer) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.weight.moment2 : memref<16x48xf32> role(optimizer) of "h.0.attn.c_attn.weight" init(zeros)
    exec.state @h.0.attn.c_attn.bias.moment1 : memref<48xf32> role(optimizer) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_attn.bias.moment2 : memref<48xf32> role(optimizer) of "h.0.attn.c_attn.bias" init(zeros)
    exec.state @h.0.attn.c_proj.weight.moment1 : memref<16x16xf32> role(optimizer) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.weight.moment2 : memref<16x16xf32> role(optimizer) of "h.0.attn.c_proj.weight" init(zeros)
    exec.state @h.0.attn.c_proj.bias.moment1 : memref<16xf32> role(optimizer) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.attn.c_proj.bias.moment2 : memref<16xf32> role(optimizer) of "h.0.attn.c_proj.bias" init(zeros)
    exec.state @h.0.ln_2.weight.moment1 : memref<16xf32> role(optimizer) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.weight.moment2 : memref<16xf32> role(optimizer) of "h.0.ln_2.weight" init(zeros)
    exec.state @h.0.ln_2.bias.moment1 : memref<16xf32> role(optimizer) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.ln_2.bias.moment2 : memref<16xf32> role(optimizer) of "h.0.ln_2.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.weight.moment1 : memref<16x64xf32> role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.weight.moment2 : memref<16x64xf32> role(optimizer) of "h.0.mlp.c_fc.weight" init(zeros)
    exec.state @h.0.mlp.c_fc.bias.moment1 : memref<64xf32> role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_fc.bias.moment2 : memref<64xf32> role(optimizer) of "h.0.mlp.c_fc.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.weight.moment1 : memref<64x16xf32> role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.weight.moment2 : memref<64x16xf32> role(optimizer) of "h.0.mlp.c_proj.weight" init(zeros)
    exec.state @h.0.mlp.c_proj.bias.moment1 : memref<16xf32> role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @h.0.mlp.c_proj.bias.moment2 : memref<16xf32> role(optimizer) of "h.0.mlp.c_proj.bias" init(zeros)
    exec.state @ln_f.weight.moment1 : memref<16xf32> role(optimizer) of "ln_f.weight" init(zeros)
    exec.state @ln_f.weight.moment2 : memref<16xf32> role(optimizer) of "ln_f.weight" init(zeros)
    exec.state @ln_f.bias.moment1 : memref<16xf32> role(optimizer) of "ln_f.bias" init(zeros)
    exec.state @ln_f.bias.moment2 : memref<16xf32> role(optimizer) of "ln_f.bias" init(zeros)
    exec.input @tokens : memref<2x8xi32> limit(32)
    exec.input @targets : memref<2x8xi32> limit(32) ignored(-100)
    exec.input @logits_row : memref<1xi32> limit(16)
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
      %0 = exec.buffer : memref<8xi32>
      exec.launch @iota(%0) {phase = "forward"} : memref<8xi32>
      %1 = exec.input_ref @tokens : memref<2x8xi32>
      %2 = exec.state_ref @wpe.weight : memref<8x16xf32>
      %3 = exec.state_ref @h.0.ln_1.weight : memref<16xf32>
      %4 = exec.state_ref @h.0.ln_1.bias : memref<16xf32>
      %5 = exec.state_ref @wte.weight : memref<32x16xf32>
      %6 = exec.buffer : memref<2x8x16xf32>
      %7 = exec.buffer : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%1, %2, %3, %4, %5, %6, %7) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %8 = exec.view %7 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %9 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %10 = exec.buffer : memref<16x48xf32>
      exec.matmul %8, %9, %10 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %11 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %12 = exec.view %10 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %13 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%10, %11, %13) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %14 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.view %12 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %17 = exec.buffer : memref<2x2x8x8xf32>
      %18 = exec.buffer : memref<2x2x8xf32>
      exec.launch @attention(%14, %15, %16, %17, %18) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %19 = exec.view %17 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %20 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%19, %20) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %21 = exec.view %20 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %22 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %23 = exec.buffer : memref<16x16xf32>
      exec.matmul %21, %22, %23 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %24 = exec.state_ref @h.0.attn.c_proj.bias : memref<16xf32>
      %25 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %26 = exec.state_ref @h.0.ln_2.weight : memref<16xf32>
      %27 = exec.state_ref @h.0.ln_2.bias : memref<16xf32>
      %28 = exec.view %23 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %29 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %30 = exec.buffer : memref<2x8x16xf32>
      %31 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%23, %24, %25, %26, %27, %29, %31) {phase = "forward", scope = "h.0"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %32 = exec.view %30 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.weight : memref<16x64xf32>
      %34 = exec.buffer : memref<16x64xf32>
      exec.matmul %32, %33, %34 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %35 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %36 = exec.view %34 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %37 = exec.view %36 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %38 = exec.buffer : memref<2x8x64xf32>
      %39 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu(%34, %35, %37, %39) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>, memref<16x64xf32>
      %40 = exec.view %38 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %41 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %42 = exec.buffer : memref<16x16xf32>
      exec.matmul %40, %41, %42 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %43 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %44 = exec.view %28 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %45 = exec.state_ref @ln_f.weight : memref<16xf32>
      %46 = exec.state_ref @ln_f.bias : memref<16xf32>
      %47 = exec.view %42 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %48 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %49 = exec.buffer : memref<2x8x16xf32>
      %50 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm_layer_norm_backward(%42, %43, %44, %45, %46, %48, %50) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %51 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %52 = exec.buffer : memref<16x32xf32>
      exec.matmul %51, %5, %52 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %53 = exec.input_ref @targets : memref<2x8xi32>
      %54 = exec.view %53 offset(0) : memref<2x8xi32> to memref<16xi32>
      %55 = exec.buffer : memref<2x8x1xf32>
      %56 = exec.view %55 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %57 = exec.buffer : memref<2x8x1xf32>
      %58 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %59 = exec.buffer : memref<2x8x1xf32>
      %60 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows(%52, %54, %56, %58, %60) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>, memref<16xf32>
      %61 = exec.view %59 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %62 = exec.buffer : memref<1x1xf32>
      %63 = exec.view %62 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%61, %63) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %64 = exec.view %57 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %65 = exec.buffer : memref<1x1xf32>
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
      %79 = exec.buffer : memref<16x16xf32>
      exec.matmul %78, %5, %79 overwrite block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<32x16xf32>, memref<16x16xf32>
      %80 = exec.view %76 offset(0) : memref<2x8x32xf32> to memref<16x32xf32>
      %81 = exec.view %49 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %82 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      exec.matmul %80, %81, %82 transpose_a add_by_step block [128, 384] onednn {phase = "backward", scope = "lm_head"} : memref<16x32xf32>, memref<16x16xf32>, memref<32x16xf32>
      %83 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %84 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %85 = exec.buffer : memref<2x8x16xf32>
      %86 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @layer_norm_backward_layer_norm(%83, %79, %45, %84, %86) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %87 = exec.view %47 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %88 = exec.buffer : memref<16xf32>
      %89 = exec.buffer : memref<16xf32>
      exec.launch @layer_norm_backward(%79, %87, %88, %89) {phase = "backward", scope = "ln_f"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %90 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      %91 = exec.state_ref @ln_f.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%90, %88, %69, %91) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %92 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      %93 = exec.state_ref @ln_f.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%92, %89, %69, %93) {phase = "backward", scope = "ln_f"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %94 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %95 = exec.buffer : memref<16x64xf32>
      exec.matmul %94, %41, %95 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_proj"} : memref<16x16xf32>, memref<64x16xf32>, memref<16x64xf32>
      %96 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %97 = exec.buffer : memref<16xf32>
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
      %108 = exec.buffer : memref<16x16xf32>
      exec.matmul %107, %33, %108 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.mlp.c_fc"} : memref<16x64xf32>, memref<16x64xf32>, memref<16x16xf32>
      %109 = exec.view %105 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %110 = exec.buffer : memref<64xf32>
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
      %121 = exec.buffer : memref<16xf32>
      %122 = exec.buffer : memref<16xf32>
      exec.launch @layer_norm_backward(%108, %120, %121, %122) {phase = "backward", scope = "h.0.ln_2"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %123 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      %124 = exec.state_ref @h.0.ln_2.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%123, %121, %69, %124) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %125 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      %126 = exec.state_ref @h.0.ln_2.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%125, %122, %69, %126) {phase = "backward", scope = "h.0.ln_2"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %127 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %128 = exec.buffer : memref<16x16xf32>
      exec.matmul %127, %22, %128 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_proj"} : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>
      %129 = exec.view %17 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %130 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%129, %130) {phase = "backward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %131 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %132 = exec.buffer : memref<16xf32>
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
      %140 = exec.buffer : memref<32x1xf32>
      %141 = exec.view %140 offset(0) : memref<32x1xf32> to memref<32xf32>
      exec.launch @attention_backward_9(%139, %141) {phase = "backward", scope = "h.0.attn"} : memref<32x8xf32>, memref<32xf32>
      %142 = exec.view %12 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %143 = exec.view %12 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %144 = exec.view %12 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %145 = exec.view %140 offset(0) : memref<32x1xf32> to memref<2x2x8xf32>
      %146 = exec.view %128 offset(0) : memref<16x16xf32> to memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>
      %147 = exec.buffer : memref<2x2x8x8xf32>
      %148 = exec.buffer : memref<2x2x8x8xf32>
      %149 = exec.buffer : memref<2x2x8x8xf32>
      exec.launch @attention_backward_10(%142, %143, %144, %18, %145, %146, %147, %148, %149) {phase = "backward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8xf32>, memref<2x2x8xf32>, memref<2x2x8x8xf32, strided<[128, 8, 16, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8x8xf32>, memref<2x2x8x8xf32>
      %150 = exec.view %149 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %151 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%150, %151) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %152 = exec.view %148 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %153 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%152, %153) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %154 = exec.view %147 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %155 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%154, %155) {phase = "backward", scope = "h.0.attn"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %156 = exec.buffer : memref<2x8x48xf32>
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
      %164 = exec.buffer : memref<16x16xf32>
      exec.matmul %163, %9, %164 transpose_b overwrite block [128, 384] onednn {phase = "backward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<16x48xf32>, memref<16x16xf32>
      %165 = exec.view %156 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      %166 = exec.buffer : memref<48xf32>
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
      %177 = exec.buffer : memref<16xf32>
      %178 = exec.buffer : memref<16xf32>
      exec.launch @layer_norm_backward(%164, %176, %177, %178) {phase = "backward", scope = "h.0.ln_1"} : memref<16x16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>
      %179 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      %180 = exec.state_ref @h.0.ln_1.weight.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%179, %177, %69, %180) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %181 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      %182 = exec.state_ref @h.0.ln_1.bias.gradient : memref<16xf32>
      exec.launch @layer_norm_backward_1(%181, %178, %69, %182) {phase = "backward", scope = "h.0.ln_1"} : memref<16xf32>, memref<16xf32>, memref<f64>, memref<16xf32>
      %183 = exec.view %85 offset(0) : memref<2x8x16xf32> to memref<2x128xf32>
      %184 = exec.buffer : memref<128xf32>
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
      %5 = exec.buffer : memref<2x8x16xf32>
      %6 = exec.buffer : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%0, %1, %2, %3, %4, %5, %6) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %7 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %8 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %9 = exec.buffer : memref<16x48xf32>
      exec.matmul %7, %8, %9 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %10 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %11 = exec.view %9 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %12 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%9, %10, %12) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %13 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %14 = exec.view %11 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.buffer : memref<2x2x8x8xf32>
      %17 = exec.buffer : memref<2x2x8xf32>
      exec.launch @attention(%13, %14, %15, %16, %17) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %18 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %19 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%18, %19) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %21 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %22 = exec.buffer : memref<16x16xf32>
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
      %32 = exec.buffer : memref<16x64xf32>
      exec.matmul %30, %31, %32 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %34 = exec.view %32 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %35 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_20(%32, %33, %35) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %36 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %37 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %38 = exec.buffer : memref<16x16xf32>
      exec.matmul %36, %37, %38 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_proj"} : memref<16x64xf32>, memref<64x16xf32>, memref<16x16xf32>
      %39 = exec.state_ref @h.0.mlp.c_proj.bias : memref<16xf32>
      %40 = exec.view %27 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %41 = exec.state_ref @ln_f.weight : memref<16xf32>
      %42 = exec.state_ref @ln_f.bias : memref<16xf32>
      %43 = exec.view %38 offset(0) : memref<16x16xf32> to memref<2x8x16xf32>
      %44 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      exec.launch @linear_add_layer_norm(%38, %39, %40, %41, %42, %44) {phase = "forward"} : memref<16x16xf32>, memref<16xf32>, memref<16x16xf32>, memref<16xf32>, memref<16xf32>, memref<16x16xf32>
      %45 = exec.view %43 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %46 = exec.buffer : memref<16x32xf32>
      exec.matmul %45, %4, %46 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<16x16xf32>, memref<32x16xf32>, memref<16x32xf32>
      %47 = exec.input_ref @targets : memref<2x8xi32>
      %48 = exec.view %47 offset(0) : memref<2x8xi32> to memref<16xi32>
      %49 = exec.buffer : memref<2x8x1xf32>
      %50 = exec.view %49 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %51 = exec.buffer : memref<2x8x1xf32>
      %52 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      exec.launch @cross_entropy_rows_21(%46, %48, %50, %52) {phase = "forward", scope = "loss"} : memref<16x32xf32>, memref<16xi32>, memref<16xf32>, memref<16xf32>
      %53 = exec.view %51 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %54 = exec.buffer : memref<1x1xf32>
      %55 = exec.view %54 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%53, %55) {phase = "forward", scope = "loss"} : memref<16xf32>, memref<f32>
      %56 = exec.view %49 offset(0) : memref<2x8x1xf32> to memref<16xf32>
      %57 = exec.buffer : memref<1x1xf32>
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
      %5 = exec.buffer : memref<2x8x16xf32>
      %6 = exec.buffer : memref<2x8x16xf32>
      exec.launch @embedding_add_layer_norm_layer_norm_backward(%0, %1, %2, %3, %4, %5, %6) {phase = "forward"} : memref<2x8xi32>, memref<8x16xf32>, memref<16xf32>, memref<16xf32>, memref<32x16xf32>, memref<2x8x16xf32>, memref<2x8x16xf32>
      %7 = exec.view %6 offset(0) : memref<2x8x16xf32> to memref<16x16xf32>
      %8 = exec.state_ref @h.0.attn.c_attn.weight : memref<16x48xf32>
      %9 = exec.buffer : memref<16x48xf32>
      exec.matmul %7, %8, %9 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x16xf32>, memref<16x48xf32>, memref<16x48xf32>
      %10 = exec.state_ref @h.0.attn.c_attn.bias : memref<48xf32>
      %11 = exec.view %9 offset(0) : memref<16x48xf32> to memref<2x8x48xf32>
      %12 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<16x48xf32>
      exec.launch @linear(%9, %10, %12) {phase = "forward", scope = "h.0.attn.c_attn"} : memref<16x48xf32>, memref<48xf32>, memref<16x48xf32>
      %13 = exec.view %11 offset(0) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %14 = exec.view %11 offset(16) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %15 = exec.view %11 offset(32) : memref<2x8x48xf32> to memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>
      %16 = exec.buffer : memref<2x2x8x8xf32>
      %17 = exec.buffer : memref<2x2x8xf32>
      exec.launch @attention(%13, %14, %15, %16, %17) {phase = "forward", scope = "h.0.attn"} : memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32, strided<[384, 8, 48, 1]>>, memref<2x2x8x8xf32>, memref<2x2x8xf32>
      %18 = exec.view %16 offset(0) : memref<2x2x8x8xf32> to memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>
      %19 = exec.buffer : memref<2x8x2x8xf32>
      exec.launch @copy(%18, %19) {phase = "forward", scope = "h.0.attn.c_proj"} : memref<2x8x2x8xf32, strided<[128, 8, 64, 1]>>, memref<2x8x2x8xf32>
      %20 = exec.view %19 offset(0) : memref<2x8x2x8xf32> to memref<16x16xf32>
      %21 = exec.state_ref @h.0.attn.c_proj.weight : memref<16x16xf32>
      %22 = exec.buffer : memref<16x16xf32>
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
      %32 = exec.buffer : memref<16x64xf32>
      exec.matmul %30, %31, %32 overwrite block [128, 384] onednn {phase = "forward", scope = "h.0.mlp.c_fc"} : memref<16x16xf32>, memref<16x64xf32>, memref<16x64xf32>
      %33 = exec.state_ref @h.0.mlp.c_fc.bias : memref<64xf32>
      %34 = exec.view %32 offset(0) : memref<16x64xf32> to memref<2x8x64xf32>
      %35 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      exec.launch @linear_gelu_20(%32, %33, %35) {phase = "forward", scope = "h.0.mlp"} : memref<16x64xf32>, memref<64xf32>, memref<16x64xf32>
      %36 = exec.view %34 offset(0) : memref<2x8x64xf32> to memref<16x64xf32>
      %37 = exec.state_ref @h.0.mlp.c_proj.weight : memref<64x16xf32>
      %38 = exec.buffer : memref<16x16xf32>
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
      %48 = exec.buffer : memref<1x16xf32>
      %49 = exec.view %48 offset(0) : memref<1x16xf32> to memref<16xf32>
      exec.launch @embedding(%46, %47, %49) {phase = "forward"} : memref<i32>, memref<16x16xf32>, memref<16xf32>
      %50 = exec.buffer : memref<1x32xf32>
      exec.matmul %48, %4, %50 transpose_b overwrite block [128, 384] onednn {phase = "forward", scope = "lm_head"} : memref<1x16xf32>, memref<32x16xf32>, memref<1x32xf32>
      %51 = exec.view %50 offset(0) : memref<1x32xf32> to memref<32xf32>
      %52 = exec.state_ref @logits_values : memref<32xf32>
      exec.launch @copy_22(%51, %52) {phase = "forward"} : memref<32xf32>, memref<32xf32>
    }
    exec.program @apply {
      %0 = exec.state_ref @wte.weight.gradient : memref<32x16xf32>
      %1 = exec.view %0 offset(0) : memref<32x16xf32> to memref<512xf32>
      %2 = exec.buffer : memref<16xf32>
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
      %39 = exec.buffer : memref<1x1xf32>
      %40 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @sum(%2, %40) {phase = "update"} : memref<16xf32>, memref<f32>
      %41 = exec.state_ref @loss_weight : memref<f32>
      %42 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      %43 = exec.state_ref @gradient_norm : memref<f32>
      %44 = exec.view %39 offset(0) : memref<1x1xf32> to memref<f32>
      exec.launch @max_gradient_norm(%41, %42, %43, %44) {phase = "update"} : memref<f32>, memref<f32>, memref<f32>, memref<f32>
      %45 = exec.step_ref learning_rate : memref<f64>
      %46 = exec.buffer : memref<f32>
      exec.launch @gradient_norm_31(%45, %46) {phase = "update"} : memref<f64>, memref<f32>
      %47 = exec.step_ref step : memref<f64>
      %48 = exec.buffer : memref<f32>
      exec.launch @gradient_norm_32(%47, %45, %48) {phase = "update"} : memref<f64>, memref<f64>, memref<f32>
      %49 = exec.buffer : memref<f32>
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
