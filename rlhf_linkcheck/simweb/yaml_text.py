"""Reads the YAML of a scenario: the safe types, and no key twice in a mapping."""

from collections.abc import Hashable

import yaml


class _NoKeyTwice(yaml.constructor.SafeConstructor):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value}: is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class _Plain(_NoKeyTwice, yaml.SafeLoader):
    """PyYAML's own parser, which says best what is wrong."""


class _Swift(_NoKeyTwice, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # known when it runs
    """libyaml's, where PyYAML was built with it: many times as fast."""


def read_yaml(text: str) -> object:
    """The text's value. Raises yaml.YAMLError, and ValueError for what looks like a date and is none."""
    try:
        return yaml.load(text, _Swift)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError:
        return yaml.load(text, _Plain)  # noqa: S506 - a SafeLoader
