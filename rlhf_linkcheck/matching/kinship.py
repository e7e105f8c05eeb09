"""Tells how much two titles have in common that is not in every title of the field."""

import re
from collections import Counter
from collections.abc import Sequence

from rlhf_linkcheck.matching.wording import Word

_STOP = frozenset(
    "a an the and or nor but not no of in on at to for from by with without via as is are be do does can how why what "
    "when where which who that this these it its we you your our their they i towards toward through into over under "
    "using use based beyond between new novel more than all one two".split()
)
"""Words that say nothing about a paper."""

_FIELD = frozenset(
    "learn learning learner deep machine reinforcement human humans feedback rlhf rlaif rl ai agent agents model models "
    "modeling modelling language languages large llm llms lm lms vision visual multimodal text image images video "
    "train training trained pretrained pretraining finetune finetuned finetuning fine tuning tuned instruction "
    "instructions instruct following preference preferences reward rewards policy policies optimization optimisation "
    "optimizing optimize optimizer ppo dpo direct align aligning alignment aligned neural network networks diffusion "
    "generation generative generating generate transformer transformers gpt chatgpt method methods approach approaches "
    "framework algorithm algorithms efficient effective simple robust improve improving improved evaluate evaluating "
    "evaluation benchmark benchmarks dataset data survey review analysis study understanding scalable scaling better "
    "towards offline online self supervised supervision unsupervised task tasks reasoning open source".split()
)
"""Words that two papers of this field share by chance."""

_STOP_WEIGHT, _FIELD_WEIGHT, _WEIGHT = 1, 2, 8

_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|s)$")


def kinship(one: Sequence[Word], other: Sequence[Word]) -> float:
    """The share of weight that two titles have in common, from 0 to 1; order does not count.

    >>> from rlhf_linkcheck.matching.wording import words_of
    >>> kinship(words_of("Robust radiance fields"), words_of("Resilient radiance fields"))
    0.8888888888888888
    >>> kinship(words_of("Learning to Dress from Human Feedback"), words_of("Learning Nash Games from Human Feedback"))
    0.4117647058823529
    """
    left, right = _weighed(one), _weighed(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def tells_apart(words: Sequence[Word]) -> bool:
    """Whether the words name something, as a nickname does, and not the field alone."""
    return any(_weight(word.key) == _WEIGHT for word in words)


def _weighed(words: Sequence[Word]) -> Counter[str]:
    """Each word's stem with its weight, as often as it stands there."""
    weighed: Counter[str] = Counter()
    for word in words:
        weighed[_ENDING.sub("", word.key)] += _weight(word.key)
    return weighed


def _weight(key: str) -> int:
    if key in _STOP:
        return _STOP_WEIGHT
    return _FIELD_WEIGHT if key in _FIELD else _WEIGHT
