#!/bin/sh
# levels.sh MODEL OUT CODE FLAG...: writes each level's text of a compile with the flags, and takes each on to the end, without a
# flag: through weft-opt's pipelines to placed programs, and through weftc to CODE (a value of --emit). Prints what comes out the same.
set -e
model=$1 out=$2 code=$3
shift 3
rm -rf "$out" && mkdir -p "$out"
weftc "$model" "--emit=$code" "$@" -o "$out/code"
for level in model graph grad tile exec; do
  weftc "$model" "--emit=$level" "$@" -o "$out/$level.mlir"
done
rest="-weft-graph-pipeline -weft-fusion-pipeline -weft-grad-pipeline -weft-tile-pipeline -weft-exec-pipeline"
for level in model graph grad tile exec; do
  case $level in
    graph) rest="-weft-fusion-pipeline -weft-grad-pipeline -weft-tile-pipeline -weft-exec-pipeline" ;;
    grad) rest="-weft-tile-pipeline -weft-exec-pipeline" ;;
    tile) rest="-weft-exec-pipeline" ;;
    exec) rest= ;;
  esac
  # shellcheck disable=SC2086
  weft-opt "$out/$level.mlir" $rest | diff -B - "$out/exec.mlir" > "$out/difference" && echo "$level: the same programs"
  # Placed programs are where weftc begins to write code: each pass before it can have run by itself.
  weftc "$out/$level.mlir" "--emit=$code" -o "$out/$level.code"
  cmp -s "$out/$level.code" "$out/code" && echo "$level: the same code"
done
