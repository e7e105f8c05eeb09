"""``python -m rlhf_linkcheck``, and what the command runs."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; an interrupt while it is still being imported is no error of ours."""
    try:
        from rlhf_linkcheck.cli import main as run  # noqa: PLC0415 - importing takes long enough to be interrupted

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
