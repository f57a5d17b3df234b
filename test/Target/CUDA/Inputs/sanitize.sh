#!/bin/sh
# Compiles the device code PREFIX.ll for one of LLVM's sanitizers, and runs it with PREFIX.cases.
# Usage: sanitize.sh address|thread|memory BUILD PREFIX [SCHEDULE]
set -eu
# What is passed to functions is checked there and then: those of the simulated GPU do not say what they know.
clang++ -fsanitize="$1" -O1 -march=x86-64-v3 -mllvm -msan-eager-checks=1 -Wno-override-module -x ir "$3.ll" \
        -x none "$2/lib/libweft-sim-$1.a" -o "$3.$1"
exec "$3.$1" "$3.cases" "${4-round-robin}"
