#!/bin/sh
# before-after.sh MODEL DATA WORK BEFORE AFTER [FAULT]: lowers the model to exec by the passes BEFORE, and by AFTER, and
# compares the losses of ten steps: equal within 1e-12. FAULT, a sed
# expression, is planted in the second program.
set -e
model=$1 data=$2 work=$3
mkdir -p "$work"
run() {
  weft-opt "$model" "--pass-pipeline=builtin.module($2)" -o "$work/$1.mlir"
  sed -i "$3" "$work/$1.mlir"
  weftc "$work/$1.mlir" -o "$work/$1"
  "$work/$1" --data "$data" --steps 10 --log "$work/$1.jsonl" > "$work/$1.log" 2>&1 || { cat "$work/$1.log"; exit 1; }
}
run before "$4" ""
run after "$5" "$6"
# A pass that changed nothing proves nothing.
! cmp -s "$work/before.mlir" "$work/after.mlir" || { echo "both programs are the same text"; exit 1; }
python3 - "$work/before.jsonl" "$work/after.jsonl" <<'EOF'
import json, sys
before, after = ([json.loads(line)["loss"] for line in open(name)] for name in sys.argv[1:])
worst = max(abs(b - a) / abs(b) for b, a in zip(before, after, strict=True))
print(f"{len(before)} steps, losses differ by {worst:.2e}")
sys.exit(not (len(before) == 10 and before[0] != before[-1] and worst <= 1e-12))
EOF
