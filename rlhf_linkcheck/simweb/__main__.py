"""``python -m rlhf_linkcheck.simweb SCENARIO.yaml``."""

import sys

from .process import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
