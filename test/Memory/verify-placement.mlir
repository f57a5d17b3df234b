// RUN: weft-opt %s -split-input-file -weft-verify-placement -verify-diagnostics

exec.module @m arena(0) live(0) state(256) input(64) {
  exec.state @a : memref<17xf32> at(0) role(parameter) init(zeros)
  exec.state @b : memref<17xf32> at(128) role(parameter) init(zeros)
  exec.input @x : memref<16xi32> at(0)
}

// -----

exec.module @m arena(0) live(0) state(128) input(0) {
  // expected-note @+1 {{the other one is here}}
  exec.state @a : memref<17xf32> at(0) role(parameter) init(zeros)
  // expected-error @+1 {{'exec.state' op at 64, of 64 bytes, overlaps what lies at 0, of 68 bytes, while both are in use}}
  exec.state @b : memref<16xf32> at(64) role(parameter) init(zeros)
}

// -----

exec.module @m arena(0) live(0) state(0) input(128) {
  // expected-note @+1 {{the other one is here}}
  exec.input @a : memref<16xf32> at(64)
  // expected-error @+1 {{'exec.input' op at 0, of 128 bytes, overlaps what lies at 64, of 64 bytes, while both are in use}}
  exec.input @b : memref<32xf32> at(0)
}

// -----

exec.module @m arena(0) live(0) state(64) input(0) {
  // expected-error @+1 {{expects to lie inside its block of 64 bytes, got: 68 bytes at 0}}
  exec.state @a : memref<17xf32> at(0) role(parameter) init(zeros)
}

// -----

exec.module @m arena(0) live(0) state(128) input(0) {
  // expected-error @+1 {{expects a place that is a multiple of 64, got: 32}}
  exec.state @a : memref<4xf32> at(32) role(parameter) init(zeros)
}

// -----

exec.module @m arena(0) live(0) state(128) input(0) {
  // expected-error @+1 {{has no place: run weft-place-buffers first}}
  exec.state @a : memref<4xf32> role(parameter) init(zeros)
}

// -----

// expected-error @+1 {{has no sizes: run weft-place-buffers first}}
exec.module @m {
}

// -----

tile.kernel @add(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m arena(192) live(192) state(0) input(0) {
  exec.program @p {
    %a = exec.buffer at(0) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    %c = exec.buffer at(128) : memref<16xf32>
    %d = exec.buffer at(0) : memref<16xf32>
    exec.launch @add(%a, %b, %c) : memref<16xf32>, memref<16xf32>, memref<16xf32>
    exec.launch @add(%b, %c, %d) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}

// -----

tile.kernel @add(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m arena(192) live(192) state(0) input(0) {
  exec.program @p {
    %a = exec.buffer at(0) : memref<16xf32>
    // expected-note @+1 {{the other one is here}}
      %b = exec.buffer at(64) : memref<16xf32>
    // expected-error @+1 {{'exec.buffer' op at 64, of 64 bytes, overlaps what lies at 64, of 64 bytes, while both are in use}}
      %c = exec.buffer at(64) : memref<16xf32>
    %d = exec.buffer at(0) : memref<16xf32>
    exec.launch @add(%a, %b, %c) : memref<16xf32>, memref<16xf32>, memref<16xf32>
    exec.launch @add(%b, %c, %d) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}

// -----

tile.kernel @add(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
// expected-error @+1 {{expects live to be 192, the most bytes that are in use at once, got: 128}}
exec.module @m arena(192) live(128) state(0) input(0) {
  exec.program @p {
    %a = exec.buffer at(0) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    %c = exec.buffer at(128) : memref<16xf32>
    %d = exec.buffer at(0) : memref<16xf32>
    exec.launch @add(%a, %b, %c) : memref<16xf32>, memref<16xf32>, memref<16xf32>
    exec.launch @add(%b, %c, %d) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}

// -----

tile.kernel @add(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m arena(128) live(192) state(0) input(0) {
  exec.program @p {
    %a = exec.buffer at(0) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    // expected-error @+1 {{expects to lie inside its block of 128 bytes, got: 64 bytes at 128}}
      %c = exec.buffer at(128) : memref<16xf32>
    %d = exec.buffer at(0) : memref<16xf32>
    exec.launch @add(%a, %b, %c) : memref<16xf32>, memref<16xf32>, memref<16xf32>
    exec.launch @add(%b, %c, %d) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}

// -----

tile.kernel @add(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xf32>) grid(1) outputs(1) {
  tile.return
}
exec.module @m arena(192) live(192) state(0) input(0) {
  exec.program @p {
    // expected-note @+1 {{the other one is here}}
    %a = exec.buffer at(0) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    %c = exec.buffer at(128) : memref<16xf32>
    // expected-error @+1 {{'exec.buffer' op at 0, of 64 bytes, overlaps what lies at 0, of 64 bytes, while both are in use}}
    %d = exec.buffer at(0) : memref<16xf32>
    %v = exec.view %a offset(0) : memref<16xf32> to memref<4x4xf32>
    %w = exec.view %v offset(0) : memref<4x4xf32> to memref<16xf32>
    exec.launch @add(%a, %b, %c) : memref<16xf32>, memref<16xf32>, memref<16xf32>
    exec.launch @add(%b, %w, %d) : memref<16xf32>, memref<16xf32>, memref<16xf32>
  }
}
