import pytest
from actions_expressions import Value, evaluated, holds, rendered

CONTEXT = {
    "inputs": {"cache": "true", "empty": ""},
    "github": {"event": {"pull_request": {"number": "1"}}, "job": "check"},
    "steps": {"memory": {"outcome": "success", "outputs": {}}},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("inputs.cache", "true"),
        ("inputs.cache == 'TRUE'", True),
        ("inputs.cache != 'true'", False),
        ("github.event.pull_request == null", False),
        ("github.event.merge_group == null", True),
        ("github.event.merge_group.base.sha", None),
        ("steps.memory.outputs.none == 'true'", False),
        ("inputs.empty == null", True),
        ("true == '1'", True),
        ("inputs.cache == 'true' && github.event.merge_group == null", True),
        ("inputs.empty && 'a' || 'it''s'", "it's"),
        ("'a' || 'b'", "a"),
    ],
)
def test_expressions_are_what_github_says_of_them(expression: str, value: Value) -> None:
    assert evaluated(expression, CONTEXT) == value


def test_templates_and_conditions() -> None:
    assert rendered("<${{ github.job }}|${{ github.none }}|${{ true }}>", CONTEXT) == "<check||true>"
    assert holds("${{ steps.memory.outcome == 'success' }}", CONTEXT)
    assert not holds("inputs.empty", CONTEXT)


@pytest.mark.parametrize("expression", ["inputs.missing", "secrets.x", "a ~ b", "'a' == 'b' == 'c'", "contains(a, b)"])
def test_what_is_not_known_is_an_error_and_no_guess(expression: str) -> None:
    with pytest.raises((KeyError, NotImplementedError)):
        evaluated(expression, CONTEXT)
