"""Tells how much two titles have in common that is not in every title of the field."""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from rlhf_linkcheck.matching.wording import Word

_STOP_WORDS = """
a an the and or nor but not no of in on at to for from by with without via as is are be do does can how why what when
where which who that this these it its we you your our their they i towards toward through into over under using use
based beyond between new novel more than all one two
"""

_STOP = frozenset(_STOP_WORDS.split())
"""Words that say nothing about a paper."""

_FIELD_WORDS = """
learn learning learner deep machine reinforcement human humans feedback rlhf rlaif rl ai agent agents model models
modeling modelling language languages large llm llms lm lms vision visual multimodal text image images video train
training trained pretrained pretraining finetune finetuned finetuning fine tuning tuned instruction instructions
instruct following preference preferences reward rewards policy policies optimization optimisation optimizing optimize
optimizer ppo dpo direct align aligning alignment aligned neural network networks diffusion generation generative
generating generate transformer transformers gpt chatgpt method methods approach approaches framework algorithm
algorithms efficient effective simple robust improve improving improved evaluate evaluating evaluation benchmark
benchmarks dataset data survey review analysis study understanding scalable scaling better offline online self
supervised supervision unsupervised task tasks reasoning open source
"""

_FIELD = frozenset(_FIELD_WORDS.split())
"""Words that two papers of this field share by chance."""

_STOP_WEIGHT, _FIELD_WEIGHT, _WEIGHT = 1, 2, 8

_CHANCE = _WEIGHT
"""Added to what two titles weigh, so that a few words of the field in common are no kinship."""

_SHARED_IN_ORDER, _SHARED = 0.5, 0.8
"""Measured on all pairs of 154 listed papers, and on the real retitlings among them."""

_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|ies|es|s|y)$")


def are_kin(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether two titles share more than half of their weight in the same order, or nearly all in any.

    >>> from rlhf_linkcheck.matching.wording import words_of
    >>> are_kin(words_of("Robust Dynamic Radiance Fields"), words_of("Resilient Dynamic Radiance Fields"))
    True
    >>> are_kin(words_of("Safe RL from Human Feedback"), words_of("Offline RL from Human Feedback"))
    False
    """
    total = sum(_weight(word.key) for word in one) + sum(_weight(word.key) for word in other)
    return _in_order(one, other) > _SHARED_IN_ORDER * (total + _CHANCE) or _in_any(one, other) >= _SHARED * total


def tells_apart(words: Sequence[Word]) -> bool:
    """Whether the words name something, as a nickname does, and not the field alone."""
    return any(_weight(word.key) == _WEIGHT for word in words)


def _in_order(one: Sequence[Word], other: Sequence[Word]) -> int:
    """What the words weigh, in both titles, that both have in the same order."""
    steps = Indel.opcodes([_stem(word.key) for word in one], [_stem(word.key) for word in other])
    return sum(
        sum(
            _weight(word.key) for word in (*one[step.src_start : step.src_end], *other[step.dest_start : step.dest_end])
        )
        for step in steps
        if step.tag == "equal"
    )


def _in_any(one: Sequence[Word], other: Sequence[Word]) -> int:
    """What the words weigh, in both titles, that both have."""
    return 2 * (_weighed(one) & _weighed(other)).total()


def _weighed(words: Sequence[Word]) -> Counter[str]:
    """Each word's stem with its weight, as often as it stands there."""
    weighed: Counter[str] = Counter()
    for word in words:
        weighed[_stem(word.key)] += _weight(word.key)
    return weighed


def _stem(key: str) -> str:
    """The word without the ending of a plural or a participle."""
    return _ENDING.sub("", key)


def _weight(key: str) -> int:
    if key in _STOP:
        return _STOP_WEIGHT
    return _FIELD_WEIGHT if key in _FIELD else _WEIGHT
