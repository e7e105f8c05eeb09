"""The house rules that a tool can hold."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent
MODULES = sorted((*(ROOT / "rlhf_linkcheck").rglob("*.py"), *(ROOT / "action").glob("*.py")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_says_what_it_is_for_and_has_short_functions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module's docstring says what it is for"
    assert text.count("\n") <= 300, "a file past 300 lines wants splitting"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            statements = (node.end_lineno or node.lineno) - node.body[0].lineno + 1
            assert statements <= 40, f"{node.name} wants splitting"


def test_no_room_is_a_box_for_everything() -> None:
    assert {"utils", "util", "helpers", "common", "manager", "misc"}.isdisjoint(path.stem for path in MODULES)
