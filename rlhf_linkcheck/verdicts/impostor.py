"""Name servers that answer for names that do not exist, and how their page is known; pure."""

import random
import string
from collections import Counter
from collections.abc import Iterable

from rlhf_linkcheck.net.answer import Answer

_LETTERS = 24
_FEWEST_WORDS = 5


def unlikely_name(names: Iterable[str], secret: str) -> str | None:
    """A name that nobody registered, under the ending that most of these names have; None where there are none."""
    endings = Counter(name.rpartition(".")[2] for name in sorted(names))
    if not endings:
        return None
    chance = random.Random(secret)  # noqa: S311 - a name made up, no secret kept by it
    return f"{''.join(chance.choices(string.ascii_lowercase, k=_LETTERS))}.{endings.most_common(1)[0][0]}"


def poses_as(poser: Answer, answer: Answer) -> bool:
    """Whether an answer is what a made-up name gets, too; a page of hardly a word proves nothing."""
    page, other = answer.page, poser.page
    if page is None or other is None or not poser.succeeds or poser.status != answer.status:
        return False
    return page.words >= _FEWEST_WORDS and page.same_as(other)
