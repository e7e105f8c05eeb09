"""What is kept in repositories, and the videos of YouTube: every form of an address is one thing, and leads back."""

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rlhf_linkcheck.identity import Identity, Kind, address_of, identify, identify_at, parse_address
from rlhf_linkcheck.identity.address import Malformed
from rlhf_linkcheck.identity.kinds import has_source

NUMBER = "6bff0fecd65950898eba1bb321cfbd81"
VIDEO = "hhiLw5Q_UFg"
SERVER = "git.example.edu"

SAME = [
    # a person or an organisation, a release by its tag (which may have slashes), a file of a release
    ("https://github.com/OpenAI", "github:openai"),
    ("https://github.com/openai/", "github:openai"),
    ("https://github.com/A/B/releases/tag/v1.0", "github:a/b/releases/tag/v1.0"),
    ("https://github.com/A/B/releases/tag/Release/2024%2F01", "github:a/b/releases/tag/Release/2024/01"),
    ("https://github.com/A/B/releases/download/v1/data.zip", "github:a/b/releases/download/v1/data.zip"),
    # a place, also below a branch that is named in full
    ("https://github.com/A/B/tree/refs/tags/v1", "github:a/b:v1"),
    ("https://github.com/A/B.GIT/blob/main/x", "github:a/b:main/x"),
    ("https://raw.github.com/A/B/main/x", "github:a/b:main/x"),
    # gists, with and without their owner
    (f"https://gist.github.com/someone/{NUMBER}", f"gist:{NUMBER}"),
    ("https://gist.github.com/1234567", "gist:1234567"),
    # Hugging Face
    (
        "https://huggingface.co/collections/HuggingFaceH4/zephyr-7b-6538c6d6",
        "hf:collections/HuggingFaceH4/zephyr-7b-6538c6d6",
    ),
    ("https://huggingface.co/a/b/blob/main", "hf:models/a/b"),
    ("https://huggingface.co/datasets/a/b/tree/refs/heads/main", "hf:datasets/a/b"),
    ("https://huggingface.co/datasets/a/b/tree/main/data", "hf:datasets/a/b:main/data"),
    # GitLab: groups in groups, views behind the dash, and as they were before it
    ("https://gitlab.com/Group/Sub/Deeper/Name.git", "gitlab:group/sub/deeper/name"),
    ("https://gitlab.com/group/name/-/blob/main/Read%20me.md?ref_type=heads", "gitlab:group/name:main/Read me.md"),
    ("https://gitlab.com/group/sub/name/-/tree/feature/x", "gitlab:group/sub/name:feature/x"),
    ("https://gitlab.com/group/name/blob/main/x.py", "gitlab:group/name:main/x.py"),
    ("https://gitlab.com/group/name/raw/main/-/x.py", "gitlab:group/name:main/-/x.py"),
    ("https://gitlab.com/group/sub/name/tree/main/x", "gitlab:group/sub/name:main/x"),
    ("https://gitlab.com/group/name/-", "gitlab:group/name"),
    # Zenodo, by today's address and by the old one
    ("https://zenodo.org/record/2630551#.Y_KLJ-yZNhF", "zenodo:2630551"),
    ("https://www.zenodo.org/records/2630551?preview=1", "zenodo:2630551"),
    ("https://zenodo.org/record/2630551/files/data%20set.zip?download=1", "zenodo:2630551:data set.zip"),
    ("https://zenodo.org/records/2630551/files", "zenodo:2630551"),
    # YouTube
    (f"https://youtu.be/{VIDEO}?si=abc", f"youtube:{VIDEO}"),
    (f"https://www.youtube.com/watch?v={VIDEO}&t=42s", f"youtube:{VIDEO}"),
    (f"https://m.youtube.com/watch?feature=share&v={VIDEO}", f"youtube:{VIDEO}"),
    (f"https://www.youtube.com/embed/{VIDEO}?start=1", f"youtube:{VIDEO}"),
    (f"https://www.youtube.com/shorts/{VIDEO}", f"youtube:{VIDEO}"),
    (f"https://youtube.com/live/{VIDEO}", f"youtube:{VIDEO}"),
    (f"https://www.youtube-nocookie.com/v/{VIDEO}", f"youtube:{VIDEO}"),
]


@pytest.mark.parametrize(("address", "identity"), SAME, ids=[address for address, _ in SAME])
def test_an_address_is_known_by_what_is_kept_there(address: str, identity: str) -> None:
    assert str(identify(address)) == identity


PLAIN_WEB = [
    "https://github.com/a/b/releases",
    "https://github.com/a/b/releases/tag",
    "https://github.com/a/b/releases/download/v1",
    "https://github.com/a/b/releases/tag/v:1",  # no name in git has a colon in it
    "https://github.com/-a",
    "https://raw.githubusercontent.com/a/b",
    "https://gist.github.com/",
    "https://huggingface.co/collections/a",
    "https://huggingface.co/collections/a/b/c",
    # Dots lead to another address than the one that it reads as: its page tells.
    "https://github.com/o/r/blob/main/docs/../README.md",
    "https://github.com/o/r/blob/main/docs/%2E%2e/README.md",
    "https://github.com/o/r/blob/main/./README.md",
    "https://raw.githubusercontent.com/o/r/main/a/../b",
    "https://gitlab.com/group/name/-/blob/main/../b",
    "https://gitlab.com/group",
    "https://gitlab.com/explore/projects",
    "https://gitlab.com/group/name/-/issues",
    "https://gitlab.com/group/name/issues/1/x/-/y",
    "https://gitlab.com/group/.git",
    "https://gitlab.com/a%20b/c",
    "https://zenodo.org/record/abc",
    "https://zenodo.org/communities/x",
    "https://www.youtube.com/@someone",
    "https://www.youtube.com/playlist?list=PL123",
    "https://www.youtube.com/watch",
    "https://www.youtube.com/watch?v=tooshort",
    "https://www.youtube.com/embed/videoseries?list=PL123",
    f"https://youtube.example.org/watch?v={VIDEO}",
    "https://youtu.be/",
]


@pytest.mark.parametrize("address", PLAIN_WEB)
def test_what_is_no_repository_and_no_video_is_the_web(address: str) -> None:
    assert identify(address).kind is Kind.WEB


@pytest.mark.parametrize(
    ("address", "whole", "place", "name"),
    [
        ("https://github.com/A/B", "github:a/b", "", "a/b"),
        ("https://github.com/A/B/tree/main/x", "github:a/b", "main/x", "a/b"),
        ("https://github.com/A/B/releases/tag/v/1", "github:a/b", "", "a/b"),
        ("https://github.com/A", "github:a", "", "a"),
        (f"https://gist.github.com/{NUMBER}", f"gist:{NUMBER}", "", NUMBER),
        ("https://huggingface.co/datasets/A/b/blob/main/x", "hf:datasets/A/b", "main/x", "A/b"),
        ("https://huggingface.co/gpt2", "hf:models/gpt2", "", "gpt2"),
        ("https://gitlab.com/a/b/c/-/raw/main/x", "gitlab:a/b/c", "main/x", "a/b/c"),
        ("https://zenodo.org/records/1", "zenodo:1", "", "1"),
        ("https://zenodo.org/records/1/files/a/b.csv", "zenodo:1", "a/b.csv", "1"),
        ("https://arxiv.org/abs/2203.02155", "arxiv:2203.02155", "", "2203.02155"),
        ("https://a.org:80/x", "web:https://a.org:80/x", "", "https://a.org:80/x"),
    ],
)
def test_a_place_and_a_release_lie_in_a_repository_and_all_else_is_whole(
    address: str, whole: str, place: str, name: str
) -> None:
    identity = identify(address)
    assert (str(identity.whole), identity.place, identity.name) == (whole, place, name)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://github.com/A/B/releases/tag/v/1", "https://github.com/a/b/releases/tag/v/1"),
        ("https://github.com/A", "https://github.com/a"),
        ("https://gitlab.com/A/b/blob/main/x%20y", "https://gitlab.com/a/b/-/tree/main/x%20y"),
        ("https://gitlab.com/A/b", "https://gitlab.com/a/b"),
        ("https://zenodo.org/record/1", "https://zenodo.org/records/1"),
        ("https://zenodo.org/record/1/files/a%20b", "https://zenodo.org/records/1/files/a%20b"),
        (f"https://youtu.be/{VIDEO}", f"https://www.youtube.com/watch?v={VIDEO}"),
        ("https://hf.co/collections/a/b", "https://huggingface.co/collections/a/b"),
    ],
)
def test_the_way_back_is_the_canonical_address(address: str, canonical: str) -> None:
    assert address_of(identify(address)) == canonical


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/Group/Name", "group/name"),
        ("/group/name/blob/main/x", "group/name:main/x"),
        ("/group/name/releases/tag/v1", "group/name/releases/tag/v1"),
        ("/group", "group"),
    ],
)
def test_a_github_at_a_host_of_its_own_is_known_by_its_server(path: str, key: str) -> None:
    address = parse_address(f"https://{SERVER.upper()}{path}")
    assert not isinstance(address, Malformed)
    identity = identify_at(SERVER, address)
    assert identity == Identity(Kind.GITHUB, key, server=SERVER)
    assert str(identity) == f"github:{SERVER}/{key}"
    assert identity != Identity(Kind.GITHUB, key)
    assert identity.whole.server == SERVER


@pytest.mark.parametrize(
    "url", ["https://other.example.edu/group/name", f"https://{SERVER}/", f"https://{SERVER}/login"]
)
def test_other_hosts_and_a_servers_own_pages_are_none_of_its_repositories(url: str) -> None:
    address = parse_address(url)
    assert not isinstance(address, Malformed)
    assert identify_at(SERVER, address) is None


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("https://github.com/a/b/tree/main", True),
        (f"https://gist.github.com/{NUMBER}", True),
        ("https://huggingface.co/a/b", True),
        ("https://gitlab.com/a/b", True),
        ("https://zenodo.org/records/1", True),
        (f"https://youtu.be/{VIDEO}", True),
        ("https://arxiv.org/abs/2203.02155", True),
        ("https://github.com/a", False),
        ("https://a.org/", False),
    ],
)
def test_somebody_answers_for_all_but_plain_pages_and_people(address: str, *, known: bool) -> None:
    assert has_source(identify(address)) is known


OWNERS = st.sampled_from(("a", "OpenRLHF", "some-one", "A_b", "releases", "blob", "main", "tree"))
NAMES = st.sampled_from(
    ("b", "OpenRLHF", "x.y", "a.git", "b.GIT", "c.git.git", ".git", "-", "blob", "releases", "tree")
)
PIECES = st.sampled_from(
    (
        "main",
        "blob",
        "tree",
        "-",
        "x y",
        "é",
        "%20",
        "%2F",
        "%FF",
        "a:b",
        ":",
        "refs",
        "heads",
        "tags",
        "%3A",
        "..",
        "a#",
    )
)
VIEWS = st.sampled_from(
    ("blob", "tree", "raw", "resolve", "-/blob", "-/tree", "releases/tag", "releases/download", "-")
)
HOSTS = st.sampled_from(
    (
        "github.com",
        "raw.githubusercontent.com",
        "gist.github.com",
        "huggingface.co",
        "huggingface.co/datasets",
        "huggingface.co/spaces",
        "huggingface.co/collections",
        "gitlab.com",
        "gitlab.com/group",
        "zenodo.org/records",
        "www.youtube.com/embed",
    )
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Addresses of places, as odd as the homes' own words allow."""
    inside = "/".join((draw(VIEWS), *draw(st.lists(PIECES, max_size=5)))) if draw(st.booleans()) else ""
    owner = draw(OWNERS | st.sampled_from((VIDEO, "123", NUMBER)))
    return f"https://{draw(HOSTS)}/{owner}/{draw(NAMES)}/{inside}".removesuffix("/")


@given(addresses())
@example("https://github.com/a/b/blob/main/%2F%2Fx/")
@example("https://github.com/a/b/tree/refs/heads/refs/heads/x")
@example("https://github.com/a/b/tree/refs%2Fheads%2F")
@example("https://github.com/a/b/releases/tag/a%3Ab")
@example("https://huggingface.co/a/b/blob/main")
@example("https://gitlab.com/a/b/blob/x/-")
@example("https://github.com/a/b.GIT")
def test_whatever_is_kept_there_the_way_back_leads_to_the_same_thing(address: str) -> None:
    identity = identify(address)
    assert identify(address_of(identity)) == identity
    assert identify(address_of(identity.whole)) == identity.whole


@given(addresses())
def test_a_repository_is_whole_and_a_place_in_it_has_the_same_whole(address: str) -> None:
    whole = identify(address).whole
    assert (whole.whole, whole.place) == (whole, "")


@given(addresses().map(lambda address: address.replace("github.com", SERVER, 1)))
def test_an_address_at_a_server_leads_back_to_the_same_thing(url: str) -> None:
    address = parse_address(url)
    identity = None if isinstance(address, Malformed) else identify_at(SERVER, address)
    if identity is not None:
        back = parse_address(address_of(identity))
        assert not isinstance(back, Malformed)
        assert identify_at(SERVER, back) == identity


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/a/b" + ".git" * 100_000,
        "https://gitlab.com/" + "a/" * 200_000 + "-/tree/x",
        "https://github.com/a/b/tree/" + "refs/heads/" * 50_000,
        "https://huggingface.co/" + "datasets/" * 50_000,
        "https://www.youtube.com/watch?" + "v=&" * 50_000,
    ],
    ids=lambda address: address[:30],
)
@pytest.mark.unmeasured
def test_a_hostile_address_takes_no_time(address: str) -> None:
    started = process_time()
    identify(address)
    assert process_time() - started < 1
