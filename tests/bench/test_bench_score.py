import pytest
from race.score import Said, score
from race.world import Truth, same

LINKS = {
    "https://a.simweb/": Truth.ALIVE,
    "https://b.simweb/x": Truth.ALIVE,
    "https://c.simweb/": Truth.DEAD,
    "https://d.simweb/": Truth.DEAD,
    "https://e.simweb/": Truth.OPEN,
}


def test_who_says_what_is_true_has_no_faults() -> None:
    truths = {Truth.ALIVE: Said.FINE, Truth.DEAD: Said.BROKEN, Truth.OPEN: Said.BROKEN}
    found = score([(url, truths[truth]) for url, truth in LINKS.items()], LINKS)
    assert (found.false_alarms, found.misses, found.unsure, found.untold) == ((), (), 0, 0)


def test_each_kind_of_fault_is_counted() -> None:
    said = [
        ("https://A.simweb", Said.BROKEN),
        ("https://b.simweb/x", Said.UNSURE),
        ("https://c.simweb/#top", Said.FINE),
    ]
    found = score(said, LINKS)
    assert found.false_alarms == ("https://a.simweb/",)
    assert found.misses == ("https://c.simweb/",)
    assert (found.unsure, found.untold) == (1, 1)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_words_about_one_link_the_worse_counts(order: int) -> None:
    said = [("https://a.simweb/", Said.FINE), ("https://a.simweb/", Said.BROKEN)][::order]
    assert score(said, LINKS).false_alarms == ("https://a.simweb/",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://A.Example", "https://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example/x%2Dy#z", "https://a.example/x-y"),
        (" https://[broken ", "https://[broken"),
    ],
)
def test_one_address_in_two_forms_is_the_same(one: str, other: str) -> None:
    assert same(one) == same(other)


@pytest.mark.parametrize(
    "other", ["http://a.example/x", "https://a.example:8080/x", "https://a.example/x?y", "https://a.example/X"]
)
def test_two_addresses_stay_two(other: str) -> None:
    assert same("https://a.example/x") != same(other)
