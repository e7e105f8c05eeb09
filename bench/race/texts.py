"""Reads and writes YAML as fast as PyYAML can: the scenarios of large worlds are long."""

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # not in each PyYAML
    """Writes whole what stands in two places: who reads it looks for no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Never an alias."""
        return True


def load(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    """What the text holds."""
    return yaml.load(text, _LOADER)  # noqa: S506 - a SafeLoader


def dump(value: object) -> str:
    """The text of a value."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True))
