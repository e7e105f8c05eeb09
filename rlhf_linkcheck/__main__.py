"""``python -m rlhf_linkcheck``."""

from rlhf_linkcheck.cli import main

if __name__ == "__main__":
    main()
