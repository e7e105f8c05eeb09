"""Which authors are no persons but teams, companies and collaborations."""

import re
import tomllib
from functools import cache
from importlib import resources

from rlhf_linkcheck.matching.transliteration import shown

_KINDS = re.compile(
    r"\b(?:academy|alliance|association|authors|center|centre|collaboration|collaborative|committee|community|company|"
    r"consortium|contributors|corporation|council|department|foundation|group|inc|initiative|institut|institute|"
    r"investigators|laborator(?:y|ies)|labs?|ltd|members|network|organi[sz]ation|project|researchers?|research|school|"
    r"society|staff|taskforce|team|universit(?:y|ies|é|ät|at|à|e|y)|workshop|working group)\b",
    re.IGNORECASE,
)
"""Words that say what kind of body it is; none of them is a surname that authors in the field bear."""

_ASIDE = re.compile(r"\s{0,3}(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\])")
_NO_LETTERS = re.compile(r"[\W_]+")
_BRAND = re.compile(r"[a-z][A-Z].*[A-Z]|[A-Z]{2,}[a-z]+[A-Z]|[a-z]AI$")
_SHORTEST_ACRONYM = 3
_SAYS_NOTHING = frozenset(("", "the", "of", "for", "and", "ai"))


def body(printed: str) -> str | None:
    """The folded name of a body, None where a person is printed.

    >>> body("DeepSeek-AI"), body("Gemini Team, Google"), body("Wei Zhang")
    ('deepseek', 'gemini', None)
    """
    text = shown(printed).strip().rstrip(":").strip()
    # Where somebody works says nothing of who they are.
    text = _ASIDE.sub("", text).strip() or text
    solid = _NO_LETTERS.sub("", text).casefold()
    if solid in _known() or _KINDS.search(text) or _is_acronym(text):
        return _core(text) or solid
    return None


def same_body(one: str, other: str) -> bool:
    """Whether two folded names are of one body: «google» is «googledeepmind».

    >>> same_body("openai", "anthropic")
    False
    """
    short, long = sorted((one, other), key=len)
    return bool(short) and long.startswith(short)


@cache
def _known() -> frozenset[str]:
    text = (resources.files("rlhf_linkcheck") / "data" / "bodies.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["names"])


def _is_acronym(text: str) -> bool:
    """One word of capitals, or with capitals inside as only brands have them: LAION, EleutherAI."""
    if len(text) < _SHORTEST_ACRONYM or len(text.split()) > 1:
        return False
    return (text.isupper() and text.isalpha()) or _BRAND.search(text) is not None


def _core(text: str) -> str:
    """What is left of the name without the words for its kind."""
    words = _NO_LETTERS.split(_KINDS.sub(" ", text.partition(",")[0]).casefold())
    return "".join(word for word in words if word not in _SAYS_NOTHING)
