"""An entry of a Markdown list while it is being read, and what it becomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rlhf_linkcheck.identity import arxiv_year, identify
from rlhf_linkcheck.loaders.markdown.profile import Fill
from rlhf_linkcheck.loaders.markdown.prose import Target
from rlhf_linkcheck.model import Category, Defect, Entry, Link, Position, Positions, Role

_LISTS = frozenset({Fill.AUTHORS, Fill.KEYWORDS, Fill.ENVIRONMENTS, Fill.TASKS})


@dataclass(frozen=True, slots=True)
class Section:
    """What the headings above say of an entry; ``year`` is None where each entry's own must be found."""

    category: Category
    heading: str
    year: int | None = None
    year_from_id: bool = False


@dataclass(slots=True)
class Draft:
    """An entry while it is being read: what it says by field, where that stands, and what is irregular."""

    main: Target | None = None
    title: str = ""
    nickname: str | None = None
    texts: dict[Fill, list[str]] = field(default_factory=dict)
    links: list[tuple[Role, Target]] = field(default_factory=list)
    located: list[tuple[str, Position]] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    definitions: set[str] = field(default_factory=set)

    def add(self, fill: Fill, value: str, position: Position) -> None:
        """Append a value to a field."""
        listed = self.texts.setdefault(fill, [])
        name = f"{fill}[{len(listed)}]" if fill in _LISTS else fill.value
        self.located.append((name, position))
        listed.append(value)

    def link(self, role: Role, target: Target) -> None:
        """Append a link."""
        if target.definition is not None:
            self.definitions.add(target.definition)
        self.links.append((role, target))

    def entry(self, entry_id: str, path: str, position: Position, section: Section) -> Entry:
        """The finished entry."""
        main = None if self.main is None else Link(self.main.url, Role.MAIN, self.main.position, "url")
        year = section.year
        if main is not None and section.year_from_id:
            year = arxiv_year(identify(main.address))
        return Entry(
            id=entry_id,
            category=section.category,
            title=self.title,
            path=path,
            position=position,
            main=main,
            links=tuple(
                Link(target.url, role, target.position, f"links[{index}].url", target.label)
                for index, (role, target) in enumerate(self.links)
            ),
            authors=self._many(Fill.AUTHORS),
            year=year,
            section=section.heading,
            nickname=self.nickname,
            venue=self._one(Fill.VENUE),
            publisher=self._one(Fill.PUBLISHER),
            language=self._one(Fill.LANGUAGE),
            note=self._one(Fill.NOTE),
            keywords=self._many(Fill.KEYWORDS),
            environments=self._many(Fill.ENVIRONMENTS),
            tasks=self._many(Fill.TASKS),
            positions=Positions(self._positions()),
        )

    def _many(self, fill: Fill) -> tuple[str, ...]:
        return tuple(self.texts.get(fill, ()))

    def _one(self, fill: Fill) -> str | None:
        return "; ".join(self.texts[fill]) if fill in self.texts else None

    def _positions(self) -> Iterator[tuple[str, Position]]:
        if self.main is not None:
            yield "url", self.main.position
        yield from self.located
        for index, (_, target) in enumerate(self.links):
            yield f"links[{index}].url", target.position
            if target.label_position is not None:
                yield f"links[{index}].label", target.label_position
