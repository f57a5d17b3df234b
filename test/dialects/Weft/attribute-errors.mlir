// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{'eps' is given twice}}
module attributes {weft.o = #weft.adamw<eps = 1.0e-8, eps = 1.0e-8>} {}

// -----

// expected-error @+1 {{unknown key 'beta1', expected one of betas, eps, weight_decay}}
module attributes {weft.o = #weft.adamw<beta1 = 0.9>} {}

// -----

// expected-error @+1 {{betas must be at least 0 and below 1, got: 1.000000e+00}}
module attributes {weft.o = #weft.adamw<betas = [0.9, 1.0]>} {}

// -----

// expected-error @+1 {{betas must be at least 0 and below 1, got: -1.000000e-01}}
module attributes {weft.o = #weft.adamw<betas = [-0.1, 0.9]>} {}

// -----

// expected-error @+1 {{expected ','}}
module attributes {weft.o = #weft.adamw<betas = [0.9]>} {}

// -----

// expected-error @+1 {{eps must be above 0, got: 0.000000e+00}}
module attributes {weft.o = #weft.adamw<eps = 0.0>} {}

// -----

// expected-error @+1 {{weight_decay must be at least 0, got: -1.000000e+00}}
module attributes {weft.o = #weft.adamw<weight_decay = -1.0>} {}

// -----

// expected-error @+1 {{a parameter group needs a pattern: match = "*.bias"}}
module attributes {weft.o = #weft.group<weight_decay = 0.0>} {}

// -----

// expected-error @+1 {{a parameter group needs a pattern: match = "*.bias"}}
module attributes {weft.o = #weft.group<match = "">} {}

// -----

// expected-error @+1 {{unknown key 'lr', expected one of match, weight_decay, learning_rate_scale}}
module attributes {weft.o = #weft.group<match = "*", lr = 0.5>} {}

// -----

// expected-error @+1 {{weight_decay must be at least 0, got: -5.000000e-01}}
module attributes {weft.o = #weft.group<match = "*", weight_decay = -0.5>} {}

// -----

// expected-error @+1 {{learning_rate_scale must be at least 0, got: -2.000000e+00}}
module attributes {weft.o = #weft.group<match = "*", learning_rate_scale = -2.0>} {}
