"""compare-defaults.py TABLE FOLDER: holds FOLDER/<type>.json, the config that weft-import completes
from a model type alone, against TABLE, transformers' defaults of all types."""
import json
import sys

# What weft-import passes over: generation, storage, classification, how products are distributed.
UNREAD = {"bos_token_id", "eos_token_id", "pretraining_tp", "summary_activation",
          "summary_first_dropout", "summary_proj_to_labels", "summary_type", "summary_use_proj",
          "use_cache"}

with open(sys.argv[1]) as file:
    table = json.load(file)
del table["made_by"]
faults, compared = [], 0
for model_type, published in table.items():
    with open(f"{sys.argv[2]}/{model_type}.json") as file:
        used = json.load(file)
    assert used.pop("model_type") == model_type
    for key in sorted({*used, *published} - UNREAD):
        compared += 1
        ours, theirs = (repr(d[key]) if key in d else "no default" for d in (used, published))
        if ours != theirs:
            faults.append(f"{model_type}: {key}: weft-import has {ours}, transformers {theirs}")
print("\n".join(faults) or f"{compared} defaults of {len(table)} model types are transformers'")
sys.exit(bool(faults))
