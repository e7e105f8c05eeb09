import pytest

from rlhf_linkcheck.matching.collective import body, same_body


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("OpenAI", "openai"),
        ("OpenAI:", "openai"),
        ("DeepSeek-AI", "deepseek"),
        ("Mistral AI", "mistral"),
        ("Anthropic", "anthropic"),
        ("Microsoft", "microsoft"),
        ("Google DeepMind", "googledeepmind"),
        ("Gemini Team", "gemini"),
        ("Gemini Team, Google", "gemini"),
        ("Team GLM", "glm"),
        ("Qwen Team", "qwen"),
        ("The ATLAS Collaboration", "atlas"),
        ("for the Alzheimer's Disease Neuroimaging Initiative", "alzheimersdiseaseneuroimaging"),
        ("ByteDance Seed MLSys Team & HKU", "bytedanceseedmlsyshku"),
        ("The Team", "theteam"),
        ("LAION", "laion"),
        ("EleutherAI", "eleuther"),
        ("OpenRLHF", "openrlhf"),
    ],
)
def test_a_body_is_known_by_its_name_or_kind(printed: str, folded: str) -> None:
    assert body(printed) is not None
    assert same_body(body(printed) or "", folded)


PEOPLE = [
    "Wei Zhang", "Qingyao Ai", "Thomfoster", "Dahoas", "Xianyu", "Nat McAleese", "McAleese", "Nova DasSarma", "Ng", "E",
    "", ":", "WEI ZHANG",
]  # fmt: skip


@pytest.mark.parametrize("printed", PEOPLE)
def test_a_person_is_no_body(printed: str) -> None:
    assert body(printed) is None


def test_a_body_is_the_same_under_a_longer_name() -> None:
    assert same_body("google", "googledeepmind")
    assert not same_body("openai", "anthropic")
    assert not same_body("", "anthropic")
