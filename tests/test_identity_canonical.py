import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import README, needs_readme

from rlhf_linkcheck.identity import canonical_address, identify, parse_address

OTHER_FORMS = [
    ("https://arxiv.org/pdf/2203.02155", "https://arxiv.org/abs/2203.02155"),
    ("http://arxiv.org/pdf/2203.02155.pdf", "https://arxiv.org/abs/2203.02155"),
    ("https://arxiv.org/abs/2302.08242.pdf", "https://arxiv.org/abs/2302.08242"),
    ("https://arxiv.org/abs/2401.16635v2", "https://arxiv.org/abs/2401.16635"),
    ("https://arxiv.org/html/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/abs/math/0309136"),
    ("https://www.arxiv.org/abs/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://export.arxiv.org/abs/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://ar5iv.labs.arxiv.org/html/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://www.alphaxiv.org/abs/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://huggingface.co/papers/2401.16635", "https://arxiv.org/abs/2401.16635"),
    ("https://openreview.net/pdf?id=IKC5TfXLuW0", "https://openreview.net/forum?id=IKC5TfXLuW0"),
    ("https://openreview.net/forum?id=IKC5TfXLuW0&referrer=%5Bx%5D", "https://openreview.net/forum?id=IKC5TfXLuW0"),
    ("https://arxiv.org/abs/2401.16635?utm_source=x", "https://arxiv.org/abs/2401.16635"),
    ("https://a.org/P%2Fq?b=%41&utm_source=x&c#top", "https://a.org/P%2Fq?b=%41&c#top"),
    ("HTTP://A.org:80?fbclid=x", "HTTP://A.org:80"),
    ("https://a.org/p?gclid=1&utm_campaign=2#utm_medium=x&utm_term=y", "https://a.org/p"),
    ("https://zenodo.org/record/2630551#.Y_KLJ-yZNhF", "https://zenodo.org/record/2630551"),
    (
        "https://www.youtube.com/watch?v=hhiLw5Q_UFg&feature=youtu.be&t=3",
        "https://www.youtube.com/watch?v=hhiLw5Q_UFg&t=3",
    ),
    ("https://doi.org/10.48550/arXiv.2203.02155?utm_source=x", "https://doi.org/10.48550/arXiv.2203.02155"),
    ("https://github.com/A/B?utm_source=x", "https://github.com/A/B"),
    (" https://arxiv.org/pdf/2203.02155 ", "https://arxiv.org/abs/2203.02155"),
]


@pytest.mark.parametrize(("address", "canonical"), OTHER_FORMS, ids=[address for address, _ in OTHER_FORMS])
def test_another_form_has_its_canonical_one(address: str, canonical: str) -> None:
    assert canonical_address(address) == canonical
    assert identify(canonical) == identify(address)


CANONICAL = [
    "https://arxiv.org/abs/2203.02155",
    "http://arxiv.org/abs/2203.02155",  # the scheme is LNK103's
    "https://arxiv.org/abs/2203.02155/",
    "https://arxiv.org/abs/math/0309136",
    "https://arxiv.org/pdf/2513.99999",
    "https://arxiv.org/list/cs.LG/recent",
    "https://doi.org/10.48550/arXiv.2203.02155",
    "https://openreview.net/forum?id=bxfKIYfHyx",
    "https://openreview.net/forum?id=bxfKIYfHyx&noteId=aBcDeFgHi",
    "https://aclanthology.org/2024.emnlp-main.174.pdf",
    "https://www.aclweb.org/anthology/P18-1001",
    "https://proceedings.neurips.cc/paper_files/paper/2023/file/5fc4-Paper-Conference.pdf",
    "https://cdn.openai.com/papers/gpt-4.pdf",
    "https://github.com/A/B.git",
    "https://github.com/A/B/tree/main/x",
    "https://raw.githubusercontent.com/a/b/main/c",
    "https://hf.co/datasets/a/b",
    "https://cocodataset.org/#home",
    "https://yaofu.notion.site/GPT-3-5-360081d91ec2#cf00f4e11d974187956122ce7d534386",
    "https://a.org/p?ref=x&source=y",
    "https://a.org/p?x=utm_source",
    "https://a.org/p?",
    "https://a.org/#",
    "https://a.org/#.",
    "https://a.org/x)?utm_source=y",  # no address at all
    "",
]


@pytest.mark.parametrize("address", CANONICAL)
def test_what_is_canonical_or_has_no_canonical_form_stays(address: str) -> None:
    assert canonical_address(address) is None


FORMS = [*(address for address, _ in OTHER_FORMS), *CANONICAL]


@given(
    st.lists(st.one_of(st.sampled_from(FORMS), st.text(max_size=5), st.sampled_from("?&#")), max_size=4).map("".join)
)
def test_the_canonical_form_is_an_address_for_the_same_thing_and_has_no_other(address: str) -> None:
    canonical = canonical_address(address)
    if canonical is not None:
        assert identify(canonical) == identify(address)
        assert not hasattr(parse_address(canonical), "problem")
        assert canonical_address(canonical) is None


@needs_readme
def test_the_real_list_has_27_arxiv_links_one_openreview_pdf_and_one_tracking_fragment() -> None:
    addresses = re.findall(r"\]\( *(https?://(?:[^()\s]|\([^()\s]*\))+)", README.read_text(encoding="utf-8"))
    noncanonical = [address for address in addresses if canonical_address(address) is not None]
    hosts = [address.split("/")[2] for address in noncanonical]
    assert (hosts.count("arxiv.org"), hosts.count("openreview.net"), hosts.count("zenodo.org")) == (27, 1, 1)
    assert len(noncanonical) == len(set(noncanonical)) == 29
