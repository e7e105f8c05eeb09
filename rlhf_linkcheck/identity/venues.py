"""From the address of a paper's PDF to the page about it, at venues whose pages carry citation_* tags."""

import re
from dataclasses import dataclass

from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.identity.kinds import Kind
from rlhf_linkcheck.identity.papers import identify_paper, paper_address

_WEB_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True)
class _Venue:
    """The hosts of the PDFs, without ``www.``, what their paths look like, and the page's address by the path's groups.

    ``path`` is a verbose pattern, compiled when its host is first met. ``{host}`` in ``page`` is that host.
    """

    hosts: str
    path: str
    page: str

    def page_at(self, host: str, path: str) -> str | None:
        """The page about the paper whose PDF has this path."""
        found = re.fullmatch(self.path, path, re.VERBOSE | re.ASCII) if host in self.hosts.split() else None
        return None if found is None else found.expand(self.page.replace("{host}", host))


_PMLR_KEY = r"(?P<key> [A-Za-z0-9_-]{1,80}? [0-9]{2} [a-z]{0,3} )"
_PMLR_PAGE = r"https://proceedings.mlr.press/v\g<volume>/\g<key>.html"
_HASH = "(?P<hash> [0-9a-f]{32} )"

_VENUES = (
    # PMLR (ICML, AISTATS, CoRL …): mlresearch/mlresearch.github.io, _includes/paper_google_scholar.html; the
    # .bib files of its papers have both addresses, since volume 235 with the PDF at GitHub.
    _Venue(
        "proceedings.mlr.press",
        rf"/v (?P<volume> [0-9]{{1,3}} ) / {_PMLR_KEY} (?: / (?P=key) )? \.pdf",
        _PMLR_PAGE,
    ),
    _Venue(
        "jmlr.org jmlr.csail.mit.edu",
        rf"/proceedings/papers/v (?P<volume> [0-9]{{1,3}} ) / {_PMLR_KEY} (?: / (?P=key) )? \.pdf",
        _PMLR_PAGE,
    ),
    _Venue(
        "raw.githubusercontent.com",
        rf"/mlresearch/v (?P<volume> [0-9]{{1,3}} ) /main/assets/ {_PMLR_KEY} / (?P=key) \.pdf",
        _PMLR_PAGE,
    ),
    # JMLR: GjjvdBurg/paper2remarkable, providers/jmlr.py, which reads the pages' citation_* tags.
    _Venue(
        "jmlr.org jmlr.csail.mit.edu",
        r"/papers/volume (?P<volume> [0-9]{1,3} ) / (?P<key> [\w-]{1,60} ) / (?P=key) \.pdf",
        r"https://jmlr.org/papers/v\g<volume>/\g<key>.html",
    ),
    # CVPR, ICCV, WACV and their workshops: vict0rsch/PaperMemory, sources/cvf.js; PDFs used to be at cv-foundation.org.
    _Venue(
        "openaccess.thecvf.com cv-foundation.org",
        r"""(?:/openaccess)? (?P<event> /content[\w-]{0,60} (?: /[\w.-]{1,60} ){0,3} )
        /papers/ (?P<name> (?: [\w.-]{1,60}/ )? [^/]{1,300} ) \.pdf""",
        r"https://openaccess.thecvf.com\g<event>/html/\g<name>.html",
    ),
    # NeurIPS, ICLR and MLSys run one software: GjjvdBurg/paper2remarkable, providers/neurips.py; PDFs and pages of
    # every track stand side by side in lists of papers («-Paper-Conference.pdf», «-Abstract-Conference.html»).
    _Venue(
        "proceedings.neurips.cc papers.nips.cc papers.neurips.cc proceedings.nips.cc proceedings.iclr.cc"
        " proceedings.mlsys.org datasets-benchmarks-proceedings.neurips.cc",
        rf"(?P<year> /(?:paper_files/)?paper/[0-9]{{4}} )/file/ {_HASH} -Paper (?P<track> (?: -\w{{1,60}} )? ) \.pdf",
        r"https://{host}\g<year>/hash/\g<hash>-Abstract\g<track>.html",
    ),
    # The numbers that NeurIPS gave until 2019: the same source.
    _Venue(
        "papers.nips.cc papers.neurips.cc",
        r"(?P<paper> /paper/[0-9]{1,5}-[\w-]{1,300} ) \.pdf",
        r"https://{host}\g<paper>",
    ),
    # IJCAI since 2017: the pages' citation_pdf_url is /proceedings/2025/0001.pdf, their DOI 10.24963/ijcai.2025/1.
    _Venue(
        "ijcai.org",
        r"/proceedings/ (?P<year> 20(?:1[7-9]|[2-9][0-9]) ) / 0{0,4} (?P<number> [1-9][0-9]{0,4} ) \.pdf",
        r"https://www.ijcai.org/proceedings/\g<year>/\g<number>",
    ),
    # AAAI: the pages' citation_pdf_url is /index.php/AAAI/article/download/36958/40920.
    _Venue(
        "ojs.aaai.org",
        r"""(?P<journal> /index\.php/[\w-]{1,40} ) /article/(?:download|view)/ (?P<number> [0-9]{1,9} )
        (?: /[0-9]{1,9} ){1,2} /?""",
        r"https://ojs.aaai.org\g<journal>/article/view/\g<number>",
    ),
    # bioRxiv and medRxiv: the pages have citation_public_url and, as citation_pdf_url, the early form.
    _Venue(
        "biorxiv.org medrxiv.org",
        r"/content/ (?P<doi> 10\.[0-9]{4,9}/[\w.]{1,60}? ) \.full (?: -text )? \.pdf (?: \+html )?",
        r"https://www.{host}/content/\g<doi>",
    ),
    _Venue(
        "biorxiv.org medrxiv.org",
        r"/content/(?:(?:bio|med)rxiv/)?early/[0-9]{4}/[0-9]{2}/[0-9]{2}/ (?P<key> [0-9.]{5,40} ) \.full\.pdf",
        r"https://www.{host}/content/10.1101/\g<key>",
    ),
    # Springer: articles and chapters print citation_pdf_url /content/pdf/DOI.pdf; which of them it is the DOI shows.
    _Venue(
        "link.springer.com",
        r"/content/pdf/ (?P<prefix> 10\.[0-9]{4,9} ) (?:/|%2[Ff]) (?P<suffix> s[0-9]{3,6}-[0-9]{3}-[\w-]{1,40} ) \.pdf",
        r"https://link.springer.com/article/\g<prefix>/\g<suffix>",
    ),
    _Venue(
        "link.springer.com",
        r"""/content/pdf/ (?P<prefix> 10\.[0-9]{4,9} ) (?:/|%2[Ff])
        (?P<suffix> 97[89]-[0-9-]{10,20} _[0-9]{1,4} ) \.pdf""",
        r"https://link.springer.com/chapter/\g<prefix>/\g<suffix>",
    ),
    # Nature's journals: the pages' citation_pdf_url is /articles/s41586-021-03819-2.pdf.
    _Venue(
        "nature.com",
        r"/articles/ (?P<key> [a-z0-9.-]{1,60} ) (?: _reference )? \.pdf",
        r"https://www.nature.com/articles/\g<key>",
    ),
    # USENIX: the pages' citation_pdf_url is /system/files/nsdi25-du.pdf; osdi22-yu.bib has both addresses.
    _Venue(
        "usenix.org",
        r"/system/files/ (?P<event> (?:atc|fast|nsdi|osdi|usenixsecurity)[0-9]{2} ) - (?P<key> [a-z-]{1,80} ) \.pdf",
        r"https://www.usenix.org/conference/\g<event>/presentation/\g<key>",
    ),
    _Venue(
        "usenix.org",
        r"/system/files/sec (?P<year> [0-9]{2} ) - (?P<key> [a-z-]{1,80} ) \.pdf",
        r"https://www.usenix.org/conference/usenixsecurity\g<year>/presentation/\g<key>",
    ),
    # Robotics: Science and Systems: p001.pdf stands beside p001.html, whose head has the tags.
    _Venue(
        "roboticsproceedings.org",
        r"/rss (?P<volume> [0-9]{2} ) / (?P<key> p[0-9]{2,3} ) \.pdf",
        r"https://www.roboticsproceedings.org/rss\g<volume>/\g<key>.html",
    ),
)


def abstract_page(address: str) -> str | None:
    """The page about the paper whose PDF is at this address; None for a page itself, and where no scheme is known.

    >>> abstract_page("https://proceedings.mlr.press/v202/liu23e/liu23e.pdf")
    'https://proceedings.mlr.press/v202/liu23e.html'
    """
    parsed = parse_address(address)
    if not isinstance(parsed, Address) or parsed.port not in _WEB_PORTS:
        return None
    host = parsed.host.lower().removesuffix(".").removeprefix("www.")
    pages = (venue.page_at(host, parsed.path) for venue in _VENUES)
    return next((page for page in pages if page), None) or _acl(parsed)


def _acl(address: Address) -> str | None:
    """The ACL Anthology's page: its layout, hugo/layouts/papers/single.html in acl-org/acl-anthology, has the tags."""
    paper = identify_paper(address) if address.path.endswith(".pdf") else None
    return paper_address(paper) if paper is not None and paper.kind is Kind.ACL else None
