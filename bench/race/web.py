"""The simulated web of a world, as a process of its own: `python -m race.web WEB.yaml …`, as simweb's own command.

Where ``WEB.handlers.json`` lies beside it, the functions of tests/behaviours/handlers.py that it names answer
for hosts.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from behaviours.handlers import HANDLERS

from race.faults import renamed
from rlhf_linkcheck.simweb.process import main as serve


def main(arguments: Sequence[str]) -> int:
    """Serves as simweb does."""
    path = Path(arguments[0]).with_suffix(".handlers.json")
    names = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return serve(arguments, {host: renamed(HANDLERS[name]) for host, name in names.items()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
