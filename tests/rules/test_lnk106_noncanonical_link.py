from builders import at, document, entry, link

from rlhf_linkcheck.finding import Edit, Severity, Suggestion
from rlhf_linkcheck.model import Link, Role
from rlhf_linkcheck.rules.lnk106_noncanonical_link import NoncanonicalLink


def test_every_link_in_another_form_gets_its_canonical_one() -> None:
    code = link("https://openreview.net/pdf?id=IKC5TfXLuW0", 7, role=Role.OTHER, field="links[0].url")
    badge = Link("https://a.org/badge?utm_source=x", Role.OTHER, at(30))
    listed = document(entry("a", " https://arxiv.org/pdf/2409.19256v2", links=(code,)), links=(badge,))
    main, other, outside = NoncanonicalLink().check_document(listed, {})
    assert (main.entry, main.field, main.url) == ("a", "url", "https://arxiv.org/pdf/2409.19256v2")
    assert (main.severity, main.message) == (Severity.INFO, "another form of https://arxiv.org/abs/2409.19256")
    assert main.suggestion == Suggestion((Edit("url", "https://arxiv.org/abs/2409.19256"),), safe=True)
    assert (other.field, other.position) == ("links[0].url", code.position)
    assert other.suggestion == Suggestion((Edit("links[0].url", "https://openreview.net/forum?id=IKC5TfXLuW0"),))
    assert (outside.entry, outside.field, outside.position) == (None, None, at(30))
    assert outside.suggestion == Suggestion((Edit("", "https://a.org/badge"),))


def test_canonical_addresses_venues_pdfs_and_what_is_no_address_are_left_alone() -> None:
    urls = ("https://arxiv.org/abs/2409.19256", "https://aclanthology.org/2024.emnlp-main.174.pdf", "TODO", "")
    assert list(NoncanonicalLink().check_document(document(*(entry("a", url) for url in urls)), {})) == []
