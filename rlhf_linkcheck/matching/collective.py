"""Which authors are no persons but teams, companies and collaborations."""

import re

from rlhf_linkcheck.matching.transliteration import shown

_KINDS = re.compile(
    r"\b(?:academy|alliance|association|authors|center|centre|collaboration|collaborative|committee|community|company|"
    r"consortium|contributors|corporation|council|department|foundation|group|inc|initiative|institut|institute|"
    r"investigators|laborator(?:y|ies)|labs?|ltd|members|network|organi[sz]ation|project|researchers?|research|school|"
    r"society|staff|taskforce|team|universit(?:y|ies|é|ät|at|à|e|y)|workshop|working group)\b",
    re.IGNORECASE,
)
"""Words that say what kind of body it is; none of them is a surname that authors in the field bear."""

_KNOWN = frozenset(
    "01ai 360 agibot ai2 aisi alibaba allenai allhands amazon amd ant antgroup anthropic apple argilla assemblyai aws "
    "baichuan baidu bairc berkeley bigcode bigscience bytedance carperai cohere character conjecture databricks deepmind "
    "deepseek deepseekai deepmindsafety eleutherai essentialai fair fireworks gemini gemma github glm google googleai "
    "googlebrain googledeepmind googleresearch gpt4 huawei huggingface ibm iflytek inclusionai inception inflection "
    "intel internlm kaggle kimi kuaishou laion lightricks liquidai llama lmsys meituan meta metaai metr microsoft "
    "microsoftresearch midjourney minimax mistral mistralai moonshot moonshotai mosaicml netease nousresearch nvidia "
    "openai openaccess openassistant openbmb opendilab openrlhf perplexity primeintellect quora qwen redwood reka "
    "rekaai runway salesforce samsung sakanaai scaleai sensetime sharegpt skywork snowflake stabilityai stepfun surgeai "
    "tencent thinkingmachines togetherai toyota unsloth vicuna wandb writer xai xiaomi yandex zhipu zhipuai".split()
)
"""Companies and teams that sign papers in the field by their name alone, without blanks and dashes."""

_LETTERS = re.compile(r"[\W_]+")
_INNER_CAPITALS = re.compile(r"[a-z][A-Z].*[A-Z]|[A-Z]{2,}[a-z]+[A-Z]|[a-z]AI$")


def body(printed: str) -> str | None:
    """The folded name of a body, None where a person is printed.

    >>> body("DeepSeek-AI"), body("Gemini Team, Google"), body("Wei Zhang")
    ('deepseek', 'gemini', None)
    """
    text = shown(printed).strip().rstrip(":").strip()
    solid = _LETTERS.sub("", text).casefold()
    if solid in _KNOWN or _KINDS.search(text) or (text and _is_acronym(text)):
        return _core(text) or solid
    return None


def same_body(one: str, other: str) -> bool:
    """Whether two folded names are of one body: «google» is «googledeepmind»."""
    short, long = sorted((one, other), key=len)
    return bool(short) and long.startswith(short)


def _is_acronym(text: str) -> bool:
    """One word of capitals, or with capitals inside as only brands have them: LAION, EleutherAI."""
    return (
        " " not in text and len(text) > 2 and (text.isupper() and text.isalpha() or bool(_INNER_CAPITALS.search(text)))
    )


def _core(text: str) -> str:
    """What is left of the name without the words for its kind."""
    words = [word for word in _LETTERS.split(_KINDS.sub(" ", text.split(",", maxsplit=1)[0]).casefold())]
    return "".join(word for word in words if word not in {"the", "of", "for", "and", "ai", ""})
