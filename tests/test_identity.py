from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.identity import (
    ROUTES,
    Identity,
    Kind,
    address_of,
    arxiv_year,
    canonical_address,
    identify,
    parse_address,
    recognition,
)
from rlhf_linkcheck.identity import address as address_module

SAME_PAPER = [
    "https://arxiv.org/abs/2203.02155",
    "http://arxiv.org/abs/2203.02155",
    "https://arxiv.org/abs/2203.02155/",
    "https://arxiv.org/abs/2203.02155v3",
    "https://arxiv.org/abs/2203.02155.pdf",
    "https://arxiv.org/abs/arXiv:2203.02155",
    "https://arxiv.org/abs/2203%2E02155",
    "https://arxiv.org/abs/2203.02155?context=cs.LG#abstract",
    "https://arxiv.org/pdf/2203.02155",
    "https://arxiv.org/pdf/2203.02155.pdf",
    "https://arxiv.org/pdf/2203.02155v1.pdf",
    "https://arxiv.org/html/2203.02155v2",
    "https://arxiv.org:443/format/2203.02155",
    "HTTPS://ArXiv.ORG./abs/2203.02155",
    "https://www.arxiv.org/abs/2203.02155",
    "https://export.arxiv.org/abs/2203.02155",
    "https://ar5iv.org/abs/2203.02155",
    "https://ar5iv.labs.arxiv.org/html/2203.02155",
    "https://www.alphaxiv.org/abs/2203.02155v3",
    "https://alphaxiv.org/overview/2203.02155",
    "https://huggingface.co/papers/2203.02155",
    "https://doi.org/10.48550/arXiv.2203.02155",
    "https://dx.doi.org/10.48550/ARXIV.2203.02155",
    "https://doi.org/10.48550%2FarXiv.2203.02155",
    "doi:10.48550/arXiv.2203.02155",
    "  https://arxiv.org/abs/2203.02155 ",
]


@pytest.mark.parametrize("address", SAME_PAPER)
def test_every_form_of_an_arxiv_paper_is_one_paper(address: str) -> None:
    assert identify(address) == Identity(Kind.ARXIV, "2203.02155")


IDENTITIES = [
    # arXiv: four digits until 1412, five from 1501, old style until 0703, the subject class dropped
    ("https://arxiv.org/abs/0704.0001", "arxiv:0704.0001"),
    ("https://arxiv.org/abs/1412.6980", "arxiv:1412.6980"),
    ("https://arxiv.org/abs/1501.00001", "arxiv:1501.00001"),
    ("https://arxiv.org/abs/2503.00897", "arxiv:2503.00897"),
    ("https://arxiv.org/abs/math.GT/0309136v2", "arxiv:math/0309136"),
    ("https://arxiv.org/pdf/math/0309136", "arxiv:math/0309136"),
    ("https://arxiv.org/abs/hep-th/9901001", "arxiv:hep-th/9901001"),
    ("https://arxiv.org/pdf/cond-mat.stat-mech/0703001.pdf", "arxiv:cond-mat/0703001"),
    # OpenReview: the id is in the query, and only in it
    ("https://openreview.net/forum?id=bxfKIYfHyx", "openreview:bxfKIYfHyx"),
    ("https://openreview.net/forum?id=bxfKIYfHyx&noteId=aBcDeFgHi", "openreview:bxfKIYfHyx"),
    ("https://openreview.net/forum?noteId=aBcDeFgHi&id=IKC5TfXLuW0", "openreview:IKC5TfXLuW0"),
    ("https://openreview.net/pdf?id=IKC5TfXLuW0", "openreview:IKC5TfXLuW0"),
    ("https://www.openreview.net/attachment?id=IKC5TfXLuW0&name=pdf", "openreview:IKC5TfXLuW0"),
    # ACL Anthology: page, pdf, bib, the old site
    ("https://aclanthology.org/2024.emnlp-main.174/", "acl:2024.emnlp-main.174"),
    ("https://aclanthology.org/2025.emnlp-demos.48", "acl:2025.emnlp-demos.48"),
    ("https://aclanthology.org/2024.findings-acl.12.pdf", "acl:2024.findings-acl.12"),
    ("https://www.aclanthology.org/P18-1001.bib", "acl:P18-1001"),
    ("https://aclanthology.org/P18-1001v2.pdf", "acl:P18-1001"),
    ("https://www.aclweb.org/anthology/P18-1001/", "acl:P18-1001"),
    ("http://aclweb.org/anthology/P/P18/P18-1001.pdf", "acl:P18-1001"),
    # DOIs in any form
    ("https://doi.org/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("http://dx.doi.org/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://doi.org/10.1145%2F3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://doi.org/doi:10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("doi:10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://www.doi.org/10.1000/ABC.d", "doi:10.1000/abc.d"),
    ("https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693", "doi:10.1002/(sici)1097-4571(199806)49:8<693"),
    ("https://doi.org/10.48550/something.else", "doi:10.48550/something.else"),
    # GitHub: owner and name caseless, what is inside keeps its case
    ("https://github.com/OpenRLHF/OpenRLHF", "github:openrlhf/openrlhf"),
    ("http://www.github.com/openrlhf/openrlhf/", "github:openrlhf/openrlhf"),
    ("https://github.com/OpenRLHF/OpenRLHF.git", "github:openrlhf/openrlhf"),
    ("https://github.com/OpenRLHF/OpenRLHF?tab=readme-ov-file#start", "github:openrlhf/openrlhf"),
    ("https://github.com/opendilab/awesome-RLHF/blob/main/LICENSE", "github:opendilab/awesome-rlhf:main/LICENSE"),
    ("https://github.com/google-research/FLAN/tree/main/flan/v2", "github:google-research/flan:main/flan/v2"),
    ("https://github.com/google-research/FLAN/raw/refs/heads/main/flan", "github:google-research/flan:main/flan"),
    ("https://raw.githubusercontent.com/a/B/main/x/Y.md", "github:a/b:main/x/Y.md"),
    ("https://raw.githubusercontent.com/a/b/refs/heads/main/x/Y.md", "github:a/b:main/x/Y.md"),
    ("https://github.com/a/b/blob/main/RL(HF)%2BLLM%E7%9A%84.JPG", "github:a/b:main/RL(HF)+LLM的.JPG"),
    ("https://github.com/a/b/blob/main/%FF%00", "github:a/b:main/%FF%00"),
    ("https://gist.github.com/yoavg/6bff0fecd65950898eba1bb321cfbd81", "gist:6bff0fecd65950898eba1bb321cfbd81"),
    ("https://gist.github.com/6BFF0fecd65950898eba1bb321cfbd81.git", "gist:6bff0fecd65950898eba1bb321cfbd81"),
    # Hugging Face: ids keep their case
    ("https://huggingface.co/datasets/stanfordnlp/SHP", "hf:datasets/stanfordnlp/SHP"),
    ("https://hf.co/datasets/stanfordnlp/SHP/tree/main", "hf:datasets/stanfordnlp/SHP"),
    ("https://huggingface.co/datasets/squad", "hf:datasets/squad"),
    ("https://huggingface.co/datasets/squad/blob/main/README.md", "hf:datasets/squad:main/README.md"),
    ("https://huggingface.co/spaces/a/b", "hf:spaces/a/b"),
    ("https://www.huggingface.co/meta-llama/Llama-2-7b", "hf:models/meta-llama/Llama-2-7b"),
    ("https://huggingface.co/a/b/resolve/v1/config.json", "hf:models/a/b:v1/config.json"),
    ("https://huggingface.co/gpt2", "hf:models/gpt2"),
    (
        "https://huggingface.co/distilbert-base-uncased-finetuned-sst-2-english",
        "hf:models/distilbert-base-uncased-finetuned-sst-2-english",
    ),
]


@pytest.mark.parametrize(("address", "identity"), IDENTITIES, ids=[address for address, _ in IDENTITIES])
def test_an_address_is_known_by_what_it_leads_to(address: str, identity: str) -> None:
    assert str(identify(address)) == identity


PLAIN_WEB = [
    "https://arxiv.org/abs/2513.99999",  # no thirteenth month
    "https://arxiv.org/abs/2200.12345",
    "https://arxiv.org/abs/1412.69801",  # five digits before 2015
    "https://arxiv.org/abs/1501.0001",  # four digits after 2014
    "https://arxiv.org/abs/2203.00000",
    "https://arxiv.org/abs/0703.0001",
    "https://arxiv.org/abs/math/0704001",
    "https://arxiv.org/abs/math/0309000",
    "https://arxiv.org/abs/poetry/0309136",
    "https://arxiv.org/abs/2203.02155v0",
    "https://arxiv.org/list/cs.LG/2203",
    "https://arxiv.org:8443/abs/2203.02155",
    "https://arxiv.org.evil.example/abs/2203.02155",
    "https://notarxiv.org/abs/2203.02155",
    "https://huggingface.co/papers/trending",
    "https://openreview.net/forum",
    "https://openreview.net/forum?id=",
    "https://openreview.net/group?id=ICLR.cc/2024",
    "https://openreview.net/attachment?id=IKC5TfXLuW0&name=supplementary_material",
    "https://openreview.net/references/pdf?id=IKC5TfXLuW0",
    "https://aclanthology.org/events/acl-2024/",
    "https://aclanthology.org/venues/",
    "https://doi.org/about",
    "https://doi.org/10.12/x",
    "https://doi.org/10.1000/%2e%2e/v1",
    "https://doi.org/doi:10.1000/a/../b",
    "https://github.com/",
    "https://github.com/features/copilot",
    "https://github.com/topics/rlhf",
    "https://github.com/orgs/opendilab/repositories",
    "https://github.com/Sponsors/someone",
    "https://github.com/a/b/issues/12",
    "https://github.com/a/b/blob",
    "https://github.com/a/..",
    "https://github.com/a%20b/c",
    "https://docs.github.com/en/rest",
    "https://gist.github.com/yoavg",
    "https://gist.github.com/a/b/c",
    "https://huggingface.co/",
    "https://huggingface.co/openai",
    "https://huggingface.co/blog/rlhf",
    "https://huggingface.co/docs/trl/index",
    "https://huggingface.co/openai/models",
    "https://huggingface.co/datasets",
    "https://huggingface.co/datasets/a/b/viewer",
    "https://huggingface.co/datasets/%20/b",
    "https://huggingface.co/gpt2/discussions",
    "https://huggingface.co/datasets/squad/viewer",
]


@pytest.mark.parametrize("address", PLAIN_WEB)
def test_what_is_nothing_special_is_the_web(address: str) -> None:
    assert identify(address).kind is Kind.WEB


def test_a_branch_is_a_place_in_its_repository_and_not_the_repository() -> None:
    assert identify("https://github.com/a/b/tree/dev") != identify("https://github.com/a/b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://openreview.net/forum?id=AAAAAAAAAA", "https://openreview.net/forum?id=BBBBBBBBBB"),
        ("https://github.com/a/b/blob/main/x.md", "https://github.com/a/b/blob/main/X.md"),
        ("https://a.org/p?id=1", "https://a.org/p?id=2"),
        ("https://a.org/p%2Fq", "https://a.org/p/q"),
        ("https://a.org/p", "https://a.org/P"),
        ("https://a.org/p", "http://a.org/p"),
        ("https://a.org/p", "https://a.org:8443/p"),
        ("https://a.org/p", "https://a.org/p?"),
    ],
)
def test_what_differs_in_more_than_form_is_not_the_same(one: str, other: str) -> None:
    assert identify(one) != identify(other)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("HTTPS://Example.ORG:443", "https://example.org/"),
        ("http://Example.org:80/A%2fb?q=%41#there", "http://example.org/A%2fb?q=%41"),
        ("https://example.org:8080/?", "https://example.org:8080/?"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("https://example.org/p?utm_source=x&id=1&fbclid=y", "https://example.org/p?id=1"),
        ("https://example.org/p?UTM_Source=x", "https://example.org/p"),
        ("https://zenodo.org/communities/x#.Y_KLJ-yZNhF", "https://zenodo.org/communities/x"),
        ("https://www.youtube.com/@someone?si=abc", "https://www.youtube.com/@someone"),
        ("https://example.org/?si=abc", "https://example.org/?si=abc"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_on_the_web_the_address_itself_is_the_key(address: str, key: str) -> None:
    assert identify(address) == Identity(Kind.WEB, key)


def test_a_version_is_told_and_makes_no_other_thing() -> None:
    pinned = identify("https://arxiv.org/pdf/2409.19256v2")
    assert (pinned.version, str(pinned)) == (2, "arxiv:2409.19256")
    assert pinned == identify("https://arxiv.org/abs/2409.19256")
    assert hash(pinned) == hash(identify("https://arxiv.org/abs/2409.19256"))
    assert identify("https://arxiv.org/abs/2409.19256").version is None
    assert identify("https://aclanthology.org/P18-1001v2.pdf").version == 2


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://arxiv.org/pdf/math.GT/0309136v2", "https://arxiv.org/abs/math/0309136"),
        ("https://openreview.net/pdf?id=IKC5TfXLuW0", "https://openreview.net/forum?id=IKC5TfXLuW0"),
        ("https://www.aclweb.org/anthology/P18-1001", "https://aclanthology.org/P18-1001/"),
        ("http://dx.doi.org/10.1002%2FAB%3CC%23D", "https://doi.org/10.1002/ab%3Cc%23d"),
        ("https://github.com/A/B.git", "https://github.com/a/b"),
        ("https://github.com/A/B/blob/main/x%20%C3%A9.md", "https://github.com/a/b/tree/main/x%20%C3%A9.md"),
        ("https://gist.github.com/someone/6bff0fecd65950898eba", "https://gist.github.com/6bff0fecd65950898eba"),
        ("https://hf.co/A/B/blob/main/c", "https://huggingface.co/A/B/tree/main/c"),
        ("https://hf.co/datasets/A/B", "https://huggingface.co/datasets/A/B"),
        ("HTTP://A.org", "http://a.org/"),
    ],
)
def test_the_way_back_is_the_canonical_address(address: str, canonical: str) -> None:
    assert address_of(identify(address)) == canonical


KNOWN = [*SAME_PAPER, *(address for address, _ in IDENTITIES), *PLAIN_WEB]


@given(st.one_of(st.sampled_from(KNOWN), st.text(), st.text().map("https://github.com/a/b/blob/".__add__)))
def test_the_way_back_leads_to_the_same_thing(address: str) -> None:
    identity = identify(address)
    assert identify(address_of(identity)) == identity


@given(st.lists(st.one_of(st.sampled_from(KNOWN), st.text(max_size=9), st.sampled_from("/:?#@[]%.v=&")), max_size=5))
def test_no_text_is_too_strange_to_be_identified(pieces: list[str]) -> None:
    identity = identify("".join(pieces))
    assert str(identity).startswith(f"{identity.kind}:")


@pytest.mark.parametrize(
    ("address", "year"),
    [
        ("https://arxiv.org/abs/2203.02155", 2022),
        ("https://arxiv.org/abs/0704.0001", 2007),
        ("https://arxiv.org/abs/hep-th/9901001", 1999),
        ("https://arxiv.org/abs/math.GT/0309136", 2003),
        ("https://openreview.net/forum?id=bxfKIYfHyx", None),
        ("https://example.org/2022", None),
    ],
)
def test_an_arxiv_id_tells_the_year(address: str, year: int | None) -> None:
    assert arxiv_year(identify(address)) == year


def test_every_kind_has_a_route_that_ends_at_the_web() -> None:
    assert set(ROUTES) == set(Kind)
    assert {route[-1] for route in ROUTES.values()} == {"web"}


@pytest.mark.parametrize("work", [identify, parse_address, canonical_address])
def test_an_address_is_worked_out_once(work: Callable[[str], object]) -> None:
    address = "https://arxiv.org/pdf/2203.02155"
    assert work(address) is work(address)


def test_only_so_many_addresses_are_remembered() -> None:
    for remembered in (address_module._parse, recognition._identify, recognition._canonical):
        assert remembered.cache_info().maxsize == 16_384
