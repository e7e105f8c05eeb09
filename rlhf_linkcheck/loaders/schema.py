"""Holds items against a JSON Schema: the one that is shipped, or a user's own."""

import json
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from rlhf_linkcheck.loaders.item import Item
from rlhf_linkcheck.loaders.schema_acceptor import compile_acceptor
from rlhf_linkcheck.loaders.schema_parts import Fragment
from rlhf_linkcheck.loaders.violation import Violation

if TYPE_CHECKING:  # see ``Schema.validation``
    from rlhf_linkcheck.loaders.schema_validation import Validation

_ABOUT_ITEMS = frozenset(("$schema", "$id", "$comment", "$defs", "title", "description", "examples", "type", "items"))


class Schema:
    """A schema of a list of entries, known to be sound, ready to be asked about items.

    Asking raises SchemaError where the schema turns out to refer to itself without end.
    """

    def __init__(self, schema: dict[str, Fragment], path: str) -> None:
        self._path = path
        self._schema = schema
        self.by_item = schema.get("type") == "array" and "items" in schema and schema.keys() <= _ABOUT_ITEMS
        """Whether it speaks of single items only, and not of the list as a whole."""
        self._accepts = compile_acceptor(schema["items"]) if self.by_item else None

    @cached_property
    def validation(self) -> "Validation":
        """What says what is wrong. A list with nothing wrong in it need not pay for importing a validator."""
        from rlhf_linkcheck.loaders.schema_validation import Validation  # noqa: PLC0415 - see above

        return Validation(self._schema, self._path)

    def check_item(self, item: Item) -> Iterator[Violation]:
        """What is wrong with one item; only for schemas that speak of single items."""
        if self._accepts is None or not self._accepts(item.data):
            yield from self.validation.check_item(item)

    def check_list(self, items: Sequence[Item], whole: Item) -> Iterator[tuple[int | None, Violation]]:
        """What is wrong with the list, by number of the item from 0; None is the list itself, as ``whole``."""
        return self.validation.check_list(items, whole)


@cache
def shipped_schema() -> Schema:
    """The schema of this tool's own entries file; a test holds it sound."""
    text = files("rlhf_linkcheck").joinpath("data/schema.json").read_text(encoding="utf-8")
    return Schema(json.loads(text), "schema.json")
