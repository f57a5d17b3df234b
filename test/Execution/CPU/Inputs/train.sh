#!/bin/sh
# train.sh EXECUTABLE FOLDER THREADS FLAGS...: trains and leaves in FOLDER what must not depend on the
# number of threads: the checkpoint, and the metrics without the times.
executable=$1 folder=$2 threads=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder" || exit 1
OMP_NUM_THREADS=$threads "$executable" --log "$folder/log" --checkpoint-dir "$folder/checkpoint" "$@" \
  > /dev/null || exit
sed 's/ "tokens_per_s": [^,}]*,//; s/, "ms_per_step": [^,}]*//' "$folder/log" > "$folder/metrics"
rm "$folder/log"
