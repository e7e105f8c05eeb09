import pytest

from rlhf_linkcheck.matching.printed_list import read_list, read_lists


@pytest.mark.parametrize(
    ("items", "persons", "bodies", "cut"),
    [
        (["Wei Guo", "Jie Li"], [(0, "Wei Guo"), (1, "Jie Li")], [], False),
        (["Wei Guo", "", "-", "Jie Li"], [(0, "Wei Guo"), (3, "Jie Li")], [], False),
        (["Wei Guo and Jie Li"], [(0, "Wei Guo"), (0, "Jie Li")], [], False),
        (["Wei Guo", "and Jie Li"], [(0, "Wei Guo"), (1, "Jie Li")], [], False),
        (["Wei Guo & Jie Li"], [(0, "Wei Guo"), (0, "Jie Li")], [], False),
        (["Guo, Wei; Li, Jie"], [(0, "Guo, Wei"), (0, "Li, Jie")], [], False),
        (["Guo, Wei and Li, Jie"], [(0, "Guo, Wei"), (0, "Li, Jie")], [], False),
        (["Yan Zheng,Yujing Hu"], [(0, "Yan Zheng"), (0, "Yujing Hu")], [], False),
        (["Yan Zheng，Yujing Hu"], [(0, "Yan Zheng"), (0, "Yujing Hu")], [], False),
        (["王小明，李雷"], [(0, "王小明"), (0, "李雷")], [], False),
        (["王小明、李雷、张三、李四"], [(0, "王小明"), (0, "李雷"), (0, "张三"), (0, "李四")], [], False),
        (["Smith,John A."], [(0, "Smith,John A.")], [], False),
        (["Kianté,Brantley"], [(0, "Kianté Brantley")], [], False),
        (["Ethayarajh, Kawin"], [(0, "Ethayarajh, Kawin")], [], False),
        (["van der Schaar, Mihaela Anna"], [(0, "van der Schaar, Mihaela Anna")], [], False),
        (["Downey, Robert, Jr."], [(0, "Downey, Robert, Jr.")], [], False),
        (["Guo, Wei, Li, Jie"], [(0, "Guo, Wei"), (0, "Li, Jie")], [], False),
        (["Wei Guo, Jie Li, Na Wu"], [(0, "Wei Guo"), (0, "Jie Li"), (0, "Na Wu")], [], False),
        (["Yihao Feng*"], [(0, "Yihao Feng")], [], False),
        (["Wei Guo", "et al."], [(0, "Wei Guo")], [], True),
        (["Wei Guo, et al."], [(0, "Wei Guo")], [], True),
        (["Wei Guo et.al"], [(0, "Wei Guo")], [], True),
        (["Wei Guo and others"], [(0, "Wei Guo")], [], True),
        (["Wei Guo…"], [(0, "Wei Guo…")], [], False),
        (["Wei Guo …"], [(0, "Wei Guo")], [], True),
        (["Wei Guo and 31 other authors"], [(0, "Wei Guo")], [], True),
        (["Ilan Others"], [(0, "Ilan")], [], True),
        (["Sam Brothers"], [(0, "Sam Brothers")], [], False),
        (["Metal Hook"], [(0, "Metal Hook")], [], False),
        (["OpenAI"], [], ["openai"], False),
        (["OpenAI: Josh Achiam"], [(0, "Josh Achiam")], ["openai"], False),
        (["ByteDance Seed MLSys Team & HKU:", "Wei Guo"], [(1, "Wei Guo")], ["bytedanceseedmlsyshku"], False),
        (["Somebody Else:"], [], ["somebody else"], False),
        (["Josh Achiam and OpenAI"], [(0, "Josh Achiam")], ["openai"], False),
    ],
)
def test_items_into_persons_and_bodies(
    items: list[str], persons: list[tuple[int, str]], bodies: list[str], cut: bool
) -> None:
    read = read_list(items)
    assert [(person.item, person.printed) for person in read.persons] == persons
    assert list(read.bodies) == bodies
    assert read.cut is cut


def test_where_a_comma_may_be_read_in_two_ways_the_other_list_tells() -> None:
    two, one = ["Ana Fernández García, Luis Soler Vidal"], ["Fernández García, Ana Belén"]
    assert len(read_lists(two, ["Luis Soler Vidal", "Ana Fernández García"])[0].persons) == 2
    assert len(read_lists(two, ["Somebody Else"])[0].persons) == 1
    assert len(read_lists(one, ["Ana Belén Fernández García"])[0].persons) == 1
    assert len(read_lists(["Luis Soler Vidal", "Ana Fernández García"], two)[1].persons) == 2
