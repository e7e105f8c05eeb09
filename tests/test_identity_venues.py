"""From a venue's PDF to its page: real addresses of papers, each pair as lists of papers print it."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.identity.venues import abstract_page

HASH = "4d4a3b6a34332d80349137bcc98164a5"
NEURIPS = "https://proceedings.neurips.cc"

PAGES = [
    # PMLR
    ("https://proceedings.mlr.press/v202/liu23e/liu23e.pdf", "https://proceedings.mlr.press/v202/liu23e.html"),
    ("http://proceedings.mlr.press/v28/sutskever13.pdf", "https://proceedings.mlr.press/v28/sutskever13.html"),
    (
        "http://www.jmlr.org/proceedings/papers/v28/bergstra13.pdf",
        "https://proceedings.mlr.press/v28/bergstra13.html",
    ),
    ("http://proceedings.mlr.press/v9/glorot10a/glorot10a.pdf", "https://proceedings.mlr.press/v9/glorot10a.html"),
    ("https://proceedings.mlr.press/v80/o-donoghue18a/o-donoghue18a.pdf#page=2", "…/v80/o-donoghue18a.html"),
    (
        "https://raw.githubusercontent.com/mlresearch/v235/main/assets/liu24bn/liu24bn.pdf",
        "https://proceedings.mlr.press/v235/liu24bn.html",
    ),
    # JMLR
    ("https://jmlr.org/papers/volume25/23-0488/23-0488.pdf", "https://jmlr.org/papers/v25/23-0488.html"),
    ("http://www.jmlr.org/papers/volume3/blei03a/blei03a.pdf", "https://jmlr.org/papers/v3/blei03a.html"),
    # CVF, one form of each time
    (
        "https://openaccess.thecvf.com/content/CVPR2024/papers/Yu_RLHF-V_Towards_CVPR_2024_paper.pdf",
        "https://openaccess.thecvf.com/content/CVPR2024/html/Yu_RLHF-V_Towards_CVPR_2024_paper.html",
    ),
    (
        "https://openaccess.thecvf.com/content/ICCV2021W/AIM/papers/Liang_SwinIR_Image_ICCVW_2021_paper.pdf",
        "https://openaccess.thecvf.com/content/ICCV2021W/AIM/html/Liang_SwinIR_Image_ICCVW_2021_paper.html",
    ),
    (
        "http://openaccess.thecvf.com/content_ICCVW_2019/papers/AIM/Nazeri_EdgeConnect_ICCVW_2019_paper.pdf",
        "https://openaccess.thecvf.com/content_ICCVW_2019/html/AIM/Nazeri_EdgeConnect_ICCVW_2019_paper.html",
    ),
    (
        "https://openaccess.thecvf.com/content_cvpr_2016_workshops/w24/papers/Hou_Deeply_CVPR_2016_paper.pdf",
        "https://openaccess.thecvf.com/content_cvpr_2016_workshops/w24/html/Hou_Deeply_CVPR_2016_paper.html",
    ),
    (
        "http://www.cv-foundation.org/openaccess/content_cvpr_2015/papers/Long_Fully_2015_CVPR_paper.pdf",
        "https://openaccess.thecvf.com/content_cvpr_2015/html/Long_Fully_2015_CVPR_paper.html",
    ),
    # NeurIPS and who use its software
    (
        f"{NEURIPS}/paper_files/paper/2023/file/{HASH}-Paper-Conference.pdf",
        f"{NEURIPS}/paper_files/paper/2023/hash/{HASH}-Abstract-Conference.html",
    ),
    (f"{NEURIPS}/paper/2020/file/{HASH}-Paper.pdf", f"{NEURIPS}/paper/2020/hash/{HASH}-Abstract.html"),
    (
        f"{NEURIPS}/paper_files/paper/2024/file/{HASH}-Paper-Datasets_and_Benchmarks_Track.pdf",
        f"{NEURIPS}/paper_files/paper/2024/hash/{HASH}-Abstract-Datasets_and_Benchmarks_Track.html",
    ),
    (
        f"https://datasets-benchmarks-proceedings.neurips.cc/paper/2021/file/{HASH}-Paper-round1.pdf",
        f"https://datasets-benchmarks-proceedings.neurips.cc/paper/2021/hash/{HASH}-Abstract-round1.html",
    ),
    (
        f"https://papers.nips.cc/paper_files/paper/2022/file/{HASH}-Paper-Conference.pdf",
        f"https://papers.nips.cc/paper_files/paper/2022/hash/{HASH}-Abstract-Conference.html",
    ),
    (
        f"https://proceedings.iclr.cc/paper_files/paper/2024/file/{HASH}-Paper-Conference.pdf",
        f"https://proceedings.iclr.cc/paper_files/paper/2024/hash/{HASH}-Abstract-Conference.html",
    ),
    (
        f"https://proceedings.mlsys.org/paper_files/paper/2023/file/{HASH}-Paper-mlsys2023.pdf",
        f"https://proceedings.mlsys.org/paper_files/paper/2023/hash/{HASH}-Abstract-mlsys2023.html",
    ),
    (
        f"https://proceedings.mlsys.org/paper/2020/file/{HASH}-Paper.pdf",
        f"https://proceedings.mlsys.org/paper/2020/hash/{HASH}-Abstract.html",
    ),
    (
        "http://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf",
        "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
    ),
    # others
    ("https://www.ijcai.org/proceedings/2025/0042.pdf", "https://www.ijcai.org/proceedings/2025/42"),
    ("https://www.ijcai.org/proceedings/2024/1000.pdf", "https://www.ijcai.org/proceedings/2024/1000"),
    (
        "https://ojs.aaai.org/index.php/AAAI/article/download/36958/40920",
        "https://ojs.aaai.org/index.php/AAAI/article/view/36958",
    ),
    (
        "https://ojs.aaai.org/index.php/AAAI/article/view/11188/11047",
        "https://ojs.aaai.org/index.php/AAAI/article/view/11188",
    ),
    ("https://aclanthology.org/2024.emnlp-main.174.pdf", "https://aclanthology.org/2024.emnlp-main.174/"),
    ("https://www.aclweb.org/anthology/P18-1238.pdf", "https://aclanthology.org/P18-1238/"),
    ("https://aclanthology.org/P18-1238v2.pdf", "https://aclanthology.org/P18-1238/"),
    (
        "https://www.biorxiv.org/content/10.1101/2020.03.22.002386v1.full.pdf",
        "https://www.biorxiv.org/content/10.1101/2020.03.22.002386v1",
    ),
    (
        "https://www.medrxiv.org/content/10.1101/2020.03.22.002386v1.full.pdf+html",
        "https://www.medrxiv.org/content/10.1101/2020.03.22.002386v1",
    ),
    (
        "https://www.biorxiv.org/content/biorxiv/early/2020/01/28/2020.01.28.923011.full.pdf",
        "https://www.biorxiv.org/content/10.1101/2020.01.28.923011",
    ),
    (
        "https://link.springer.com/content/pdf/10.1007/s10902-022-00526-1.pdf",
        "https://link.springer.com/article/10.1007/s10902-022-00526-1",
    ),
    (
        "https://link.springer.com/content/pdf/10.1007%2Fs00253-007-1246-8.pdf",
        "https://link.springer.com/article/10.1007/s00253-007-1246-8",
    ),
    (
        "https://link.springer.com/content/pdf/10.1007/978-3-319-49409-8_75.pdf?pdf=inline",
        "https://link.springer.com/chapter/10.1007/978-3-319-49409-8_75",
    ),
    (
        "https://www.nature.com/articles/s41586-021-03819-2.pdf",
        "https://www.nature.com/articles/s41586-021-03819-2",
    ),
    ("https://www.nature.com/articles/nbt.2149.pdf", "https://www.nature.com/articles/nbt.2149"),
    (
        "https://www.usenix.org/system/files/osdi22-yu.pdf",
        "https://www.usenix.org/conference/osdi22/presentation/yu",
    ),
    (
        "https://www.usenix.org/system/files/sec21-carlini-extracting.pdf",
        "https://www.usenix.org/conference/usenixsecurity21/presentation/carlini-extracting",
    ),
    (
        "https://roboticsproceedings.org/rss19/p026.pdf",
        "https://www.roboticsproceedings.org/rss19/p026.html",
    ),
    # how addresses are written
    ("HTTPS://WWW.Proceedings.MLR.Press.:443/v202/liu23e/liu23e.pdf", "…/v202/liu23e.html"),
]


@pytest.mark.parametrize(("address", "page"), PAGES, ids=[address for address, _ in PAGES])
def test_a_venues_pdf_leads_to_its_page(address: str, page: str) -> None:
    assert abstract_page(address) == page.replace("…", "https://proceedings.mlr.press")


@pytest.mark.parametrize("page", [page.replace("…", "https://proceedings.mlr.press") for _, page in PAGES])
def test_a_page_leads_nowhere_else(page: str) -> None:
    assert abstract_page(page) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no address",
        "https://a.org/paper.pdf",
        "https://arxiv.org/pdf/2203.02155.pdf",
        "https://openreview.net/pdf?id=IKC5TfXLuW0",
        "https://cdn.openai.com/papers/gpt-4.pdf",
        "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922",
        "https://evil.example/proceedings.mlr.press/v202/liu23e/liu23e.pdf",
        "https://proceedings.mlr.press.evil.example/v202/liu23e/liu23e.pdf",
        "https://proceedings.mlr.press:8080/v202/liu23e/liu23e.pdf",
        "ftp://proceedings.mlr.press/v202/liu23e/liu23e.pdf",
        # neither a supplement, a whole volume nor another's file is the paper
        "https://proceedings.mlr.press/v202/liu23e/liu23e-supp.pdf",
        "https://proceedings.mlr.press/v202/liu23e/li23e.pdf",
        "https://proceedings.mlr.press/v28/sutskever13-supp.pdf",
        "https://raw.githubusercontent.com/a/v235/main/assets/liu24bn/liu24bn.pdf",
        "https://openaccess.thecvf.com/content/CVPR2024/supplemental/Yu_RLHF-V_Towards_CVPR_2024_supplemental.pdf",
        f"{NEURIPS}/paper_files/paper/2023/file/{HASH}-Supplemental-Conference.pdf",
        f"{NEURIPS}/paper_files/paper/2023/file/4d4a-Paper-Conference.pdf",
        "https://www.ijcai.org/proceedings/2025/preface.pdf",
        "https://www.ijcai.org/proceedings/2025/0000.pdf",
        "https://www.ijcai.org/Proceedings/16/Papers/001.pdf",
        "https://link.springer.com/content/pdf/10.1007/978-3-319-49409-8.pdf",
        "https://www.usenix.org/system/files/sec22fall_tang.pdf",
        "https://aclanthology.org/volumes/2024.acl-long.pdf",
    ],
)
def test_what_is_no_known_venues_paper_leads_nowhere(address: str) -> None:
    assert abstract_page(address) is None


@given(st.text(), st.sampled_from([address for address, _ in PAGES]), st.integers(0, 100))
def test_no_text_raises(text: str, address: str, place: int) -> None:
    for tried in (text, f"https://proceedings.mlr.press/{text}", address[:place] + text + address[place:]):
        page = abstract_page(tried)
        assert page is None or page.startswith("https://")


@pytest.mark.parametrize(
    "address",
    [
        "https://proceedings.mlr.press/v1/" + "a1" * 50_000,
        "https://openaccess.thecvf.com/content" + "/papers" * 20_000,
        "https://openaccess.thecvf.com/content" + "a" * 100_000,
        "https://www.biorxiv.org/content/10.1101/" + ".full" * 20_000,
        "https://www.nature.com/articles/" + "." * 100_000,
        f"{NEURIPS}/paper/2020/file/{HASH}-Paper" + "-Paper" * 20_000,
    ],
)
def test_a_hostile_address_takes_no_time(address: str) -> None:
    began = perf_counter()
    assert abstract_page(address) is None
    assert perf_counter() - began < 1
