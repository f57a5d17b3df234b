#!/bin/sh
# kill.sh KILLS SEED FOLDER EXECUTABLE FLAGS...: trains in FOLDER, killed so many times, each time some steps
# (5 to 68) and up to 15 ms after it went on, as SEED decides; and then to its end. Leaves the checkpoints, and
# the metrics without the times. A moment is counted in lines of progress, not in seconds, so that it falls
# within the run on a machine of any speed.
kills=$1 seed=$2 folder=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder" && mkfifo "$folder/progress" || exit 1
train() { exec "$@" --log "$folder/log" --checkpoint-dir "$folder/checkpoint" --resume 2>&1; }
done=0
while [ $done -lt "$kills" ]; do
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  train "$@" > "$folder/progress" & child=$!
  exec 3< "$folder/progress"
  left=$((seed / 65536 % 64 + 5))
  while [ $left -gt 0 ] && read -r line <&3; do
    echo "$line" >> "$folder/out"
    left=$((left - 1))
  done
  sleep "0.0$(printf %02d $((seed / 4194304 % 16)))"
  # One that was done before it could be killed has proved nothing.
  kill -9 $child 2> /dev/null && ! [ -e "$folder/checkpoint/$LAST" ] || { echo "killed $done times only: too few steps"; exit 1; }
  wait $child 2> /dev/null
  exec 3<&-
  done=$((done + 1))
done
(train "$@") >> "$folder/out" || { cat "$folder/out"; exit 1; }
echo "killed $done times, went on $(grep -c '^going on from' "$folder/out") times"
sed 's/, "tokens_per_s": [^,}]*, "ms_per_step": [^,}]*//' "$folder/log" > "$folder/metrics"
