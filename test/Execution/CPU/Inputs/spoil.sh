#!/bin/sh
# spoil.sh FILE HOW COMMAND...: trains for very many steps and, once some are logged, spoils FILE: cut, or rewrite with
# other bytes of the same number. Prints the exit code, whether there is a checkpoint, whether the run has the same
# log and parameters up to there as one that was never stopped, and what was said. FILE is as it was after that.
file=$1 how=$2
shift 2
rm -rf log ck straight.log straight
cp "$file" kept
timeout 100 "$@" --lr 1e-3 --steps 100000000 --log log --checkpoint-dir ck > out 2> err &
run=$!
until [ "$(wc -l < log 2> none || echo 0)" -ge 3 ] || ! kill -0 $run 2> none; do sleep 0.05; done
case $how in
cut) truncate -s 1000 "$file" ;;
rewrite) tr 'a-z\000-\037' 'b-zaa' < kept > other && cat other > "$file" ;;
esac
wait $run
code=$?
cat kept > "$file"
checkpoint=no same=no
[ -s ck/latest/model.safetensors ] && checkpoint=yes
steps=$(basename "$(readlink ck/latest)" | sed 's/step-0*//')
# One step more: what goes on from the checkpoint, and what was never stopped.
"$@" --lr 1e-3 --steps $((steps + 1)) --log log --checkpoint-dir ck --resume > resumed.out &&
  "$@" --lr 1e-3 --steps $((steps + 1)) --log straight.log --checkpoint-dir straight > straight.out &&
  for f in log straight.log; do sed 's/, "tokens_per_s": [^,}]*//; s/, "ms_per_step": [^,}]*//' $f > $f.metrics; done &&
  cmp log.metrics straight.log.metrics && cmp ck/latest/model.safetensors straight/latest/model.safetensors && same=yes
echo "exit code $code, checkpoint: $checkpoint, as without a stop: $same"
grep checkpoint out
cat err
