import pytest
import yaml as pyyaml

from rlhf_linkcheck.loaders import yaml_events


@pytest.fixture(params=["libyaml", "pure"])
def both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds with libyaml holds with the parser that stands in where it is missing."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_events, "PARSER", pyyaml.SafeLoader)
    elif not pyyaml.__with_libyaml__:
        pytest.skip("this PyYAML was built without libyaml")
