"""Whatever PyYAML writes is read back, and the text at each position parses to the value it stands for."""

import string
from typing import Any

import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rlhf_linkcheck.loaders.item import Item, Json
from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.loaders.yaml import loads
from rlhf_linkcheck.loaders.yaml_events import YamlReader
from rlhf_linkcheck.model import Entry, Role

# PyYAML writes for YAML 1.1, where 1e3 and 0o7 are text and need no quotes: a letter in front settles it.
# NEL, U+2028 and U+2029 it writes as line ends, which in YAML 1.2 they are not; they have a test of their own.
words = st.text(st.characters(exclude_characters="\x85\u2028\u2029", codec="utf-8"), max_size=30).map(
    lambda text: "t" + text
)
texts = st.lists(words, max_size=3)
links = st.fixed_dictionaries({"role": st.sampled_from(sorted(set(Role) - {Role.MAIN})).map(str), "url": words})
entries = st.fixed_dictionaries(
    {"id": words, "category": st.sampled_from(["paper", "book"]), "title": words, "url": words},
    optional={
        "authors": texts,
        "year": st.integers(1900, 2100),
        "section": words,
        "nickname": words,
        "note": words,
        "keywords": texts,
        "links": st.lists(links | links.map(lambda link: {**link, "label": "l"}), max_size=3),
    },
)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
styles = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "default_flow_style": st.sampled_from([True, False, None]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 10_000]),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
        "sort_keys": st.booleans(),
    }
)


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry as the mapping it was read from, empty fields left out."""
    data: dict[str, Any] = {
        "id": entry.id,
        "category": entry.category and entry.category.value,
        "title": entry.title,
        "url": entry.main and entry.main.url,
        "authors": list(entry.authors),
        "year": entry.year,
        "section": entry.section,
        "nickname": entry.nickname,
        "note": entry.note,
        "keywords": list(entry.keywords),
        "links": [
            {"role": link.role.value, "url": link.url, **({"label": link.label} if link.label else {})}
            for link in entry.links
        ],
    }
    return {key: value for key, value in data.items() if value not in (None, [])}


@settings(max_examples=60)
@given(st.lists(entries, max_size=3), styles)
def test_entries_that_pyyaml_wrote_are_read_back_equal(listed: list[dict[str, Any]], style: dict[str, Any]) -> None:
    style.pop("default_style")  # with it PyYAML writes years with tags
    document = loads(pyyaml.safe_dump(listed, **style), "a.yaml")
    expected = [{key: value for key, value in entry.items() if value != []} for entry in listed]
    assert [as_data(entry) for entry in document.entries] == expected
    assert all("given already" in defect.message for defect in document.defects)


def at(data: Json, path: str) -> Json:
    """The value at a field path, in data whose keys have neither dots nor brackets."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(data, list):
            data = data[int(step)]
        elif isinstance(data, dict):
            data = data[step]
    return data


plain_keys = st.text(string.ascii_lowercase, min_size=1, max_size=5).map(lambda key: "t" + key)
located: st.SearchStrategy[Any] = st.dictionaries(
    plain_keys,
    st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_keys, inner, max_size=3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60)
@given(st.lists(located, min_size=1, max_size=3), styles)
def test_the_text_at_each_position_parses_to_its_value(listed: list[Any], style: dict[str, Any]) -> None:
    text = pyyaml.safe_dump(listed, **style)
    items = list(YamlReader(text).items())
    lines = Lines(text)
    for item, data in zip(items, listed, strict=True):
        assert isinstance(item, Item)
        assert item.data == data
        for path, span in item.spans.items():
            # In front of a block its indentation has to stand, behind a text block its last line end.
            indent = " " * (lines.locate(span.start)[1] - 1)
            assert pyyaml.safe_load(indent + text[span.start : span.end] + "\n") in _forms(
                at(data, path) if path else data
            )


def _forms(value: Any) -> list[Any]:
    """A value, and as PyYAML reads a text block whose last line ends are cut to one."""
    return [value, value.rstrip("\r\n") + "\n", value.rstrip("\r\n")] if isinstance(value, str) else [value]


@given(st.lists(values, max_size=5))
def test_any_json_data_is_read_back_equal(listed: list[Any]) -> None:
    items = list(YamlReader(pyyaml.safe_dump(listed)).items())
    assert [item.data for item in items if isinstance(item, Item)] == listed
