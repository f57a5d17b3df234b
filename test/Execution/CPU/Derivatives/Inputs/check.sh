#!/bin/sh
# check.sh FOLDER REMAINDER DIVISOR WORK: compiles every model of FOLDER whose position is REMAINDER modulo
# DIVISOR, and compares its gradients with finite differences. All are run; any that fails fails the whole.
folder=$1 remainder=$2 divisor=$3 work=$4
mkdir -p "$work" || exit 1
position=0 checked=0 failed=
for model in "$folder"/*.mlir; do
  position=$((position + 1))
  [ $((position % divisor)) -eq "$remainder" ] || continue
  checked=$((checked + 1))
  name=$(basename "$model" .mlir)
  weftc "$model" -o "$work/$name" && "$work/$name" --check-gradients > "$work/$name.log" 2>&1
  status=$?
  [ $status -eq 0 ] && continue
  echo "$name: exit code $status"
  cat "$work/$name.log"
  failed="$failed $name"
done
echo "checked $checked models, failed:${failed:- none}"
[ $checked -gt 0 ] && [ -z "$failed" ]
