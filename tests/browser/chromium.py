"""Where a Chromium is, and how it is started: it asks the network for nothing of its own."""

import os
import shutil

FLAGS = (
    "--no-sandbox",  # CI runs as root, which Chromium's sandbox refuses
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of the machine's browser, or of the one that ``RLHF_LINKCHECK_CHROMIUM`` names."""
    named = os.environ.get("RLHF_LINKCHECK_CHROMIUM")
    return named or next((path for path in map(shutil.which, _NAMES) if path), None)
