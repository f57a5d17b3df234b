#!/bin/sh
# update-goldens.sh BIN OUT: what the tools in BIN make of a tiny GPT-2, one file a level, into OUT. Run it as
#   test/Pipelines/update-goldens.sh build/bin test/Pipelines/Golden
# after a change that should change them, and review the difference.
set -e
bin=$1 out=$2
mkdir -p "$out"
"$bin/weft-import" --preset gpt2-tiny --layers 1 --heads 2 --width 16 --vocab 32 --positions 8 --batch 2 --seq 8 -o "$out/model.input"
for level in model graph grad tile exec; do
  "$bin/weftc" "$out/model.input" "--emit=$level" -o "$out/$level.mlir"
done
rm "$out/model.input"
# The kernels of exec are those of tile (golden.test compares them).
sed '/^  exec\.module/,$d' "$out/exec.mlir" > "$out/exec.kernels"
sed -n '/^  exec\.module/,$p' "$out/exec.mlir" > "$out/exec.programs"
mv "$out/exec.programs" "$out/exec.mlir"
sed '/^  exec\.module/,$d' "$out/tile.mlir" | diff - "$out/exec.kernels"
rm "$out/exec.kernels"
