"""The titles that a page may mean by what stands in its title, where sites add their own name to it."""

import re

_SEPARATOR = re.compile(r" (?:[-–—·•»«›/]|::) | ?[|｜] ?")
_LABEL = re.compile(r"\[[^\[\]]{1,40}\] ?")
"""arXiv writes «[2203.02155] Title»."""
_JOINT = " (?:[-–—·•»«›/:]|::) | ?[|｜] ?|: "
_AFTER_SITE = re.compile(_JOINT)
_BEFORE_SITE = re.compile(f"(?:{_JOINT})\\Z")
_WIDEST_JOINT = 4
_FRONT = 2
_BACK = 3


def without_site(title: str, site: str) -> str:
    """The title without the name that its site gives itself, before it or behind it; the title where that is all.

    >>> without_site("Reward Hacking | Lil'Log", "Lil'Log")
    'Reward Hacking'
    """
    own = site.casefold()
    if not own:
        return title
    before, after = title[: -len(site)], title[len(site) :]
    if title[len(before) :].casefold() == own and (joint := _BEFORE_SITE.search(before, len(before) - _WIDEST_JOINT)):
        return before[: joint.start()].strip() or title
    if title[: len(site)].casefold() == own and (joint := _AFTER_SITE.match(after)):
        return after[joint.end() :].strip() or title
    return title


def readings(title: str) -> tuple[str, ...]:
    """The title as it stands, then without what a site may have put before it or behind it, at most a dozen or so.

    Which part is the site's nobody can tell («Off-policy - On-policy» is one title): who compares takes any.

    >>> readings("Title | by X | Medium")[:3]
    ('Title | by X | Medium', 'Title', 'Title | by X')
    """
    if not title:
        return ()
    cuts = [cut.span() for cut in _SEPARATOR.finditer(title)]
    label = _LABEL.match(title)
    starts = [0, *([label.end()] if label else []), *(end for _, end in cuts[:_FRONT])]
    ends = [len(title), *dict.fromkeys(start for start, _ in (*cuts[:1], *cuts[-_BACK:]))]
    parts = (title[start:end].strip() for start in starts for end in ends if start < end)
    return tuple(dict.fromkeys(part for part in parts if part))
