"""The schema of the entries file as it is shipped, and an entry that it finds nothing amiss with."""

import json
from importlib.resources import files

SHIPPED = json.loads(files("rlhf_linkcheck").joinpath("data/schema.json").read_text(encoding="utf-8"))
ENTRY = SHIPPED["items"]
GOOD = {
    "id": "instructgpt",
    "category": "paper",
    "title": "Training language models",
    "url": "https://arxiv.org/abs/2203.02155",
    "authors": ["Long Ouyang", "et al."],
    "year": 2022,
}
