#!/bin/sh
# kill.sh KILLS SEED FOLDER EXECUTABLE FLAGS...: trains in FOLDER, killed so many times at moments that
# SEED decides, and then to its end. Leaves the checkpoints, and the metrics without the times.
kills=$1 seed=$2 folder=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder" || exit 1
train() { exec "$@" --log "$folder/log" --checkpoint-dir "$folder/checkpoint" --resume >> "$folder/out" 2>&1; }
done=0
while [ $done -lt "$kills" ]; do
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  train "$@" & child=$!
  sleep "0.$(printf %03d $((seed / 65536 % 600 + 100)))"
  kill -9 $child 2> /dev/null && done=$((done + 1))
  wait $child 2> /dev/null
  # One that was done before it could be killed has proved nothing.
  [ -e "$folder/checkpoint/$LAST" ] && { echo "killed $done times only: too few steps"; exit 1; }
done
(train "$@") || { cat "$folder/out"; exit 1; }
echo "killed $done times, went on $(grep -c '^going on from' "$folder/out") times"
sed 's/, "tokens_per_s": [^,}]*, "ms_per_step": [^,}]*//' "$folder/log" > "$folder/metrics"
