"""same-evaluation.py --bound X LOG...: do all logs end with the same validation loss, relative to X?"""

import argparse
import json

parser = argparse.ArgumentParser()
parser.add_argument("--bound", type=float, required=True)
parser.add_argument("logs", nargs="+")
arguments = parser.parse_args()
losses = [json.loads(list(open(log))[-1])["val_loss"] for log in arguments.logs]
failed = False
for log, loss in zip(arguments.logs, losses):
    if not abs(loss - losses[0]) <= arguments.bound * abs(losses[0]):
        print(f"{log}: {loss} differs from {losses[0]} of {arguments.logs[0]}")
        failed = True
raise SystemExit(failed)
