"""*scale*: many links over many hosts that ask for nothing and answer at once."""

from collections import defaultdict
from collections.abc import Sequence

from race.world import Truth, World

TIMEOUT = 20.0
PORT = 8080
"""Neither http's nor https's: at port 80 ours asks for each page by https too, which is not what is raced here."""
DEAD_EVERY = 100
USUAL_LINKS = 10_000


def scale_world(links: int, hosts: int) -> World:
    """The world; of each hundred links one is not there, and they go to the hosts in turn."""
    every = {f"http://h{number % hosts}.simweb:{PORT}/paper/{number}": Truth.ALIVE for number in range(links)}
    pages: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number in range(0, links, DEAD_EVERY):
        host, path = f"h{number % hosts}.simweb:{PORT}", f"/paper/{number}"
        every[f"http://{host}{path}"] = Truth.DEAD
        pages[host][path] = 404
    scenario = {"default": 200, "hosts": dict(pages)}
    return World(
        name="scale" if links == USUAL_LINKS else f"scale-{links}",
        scenario=scenario,
        links=every,
        timeout=TIMEOUT,
        paced=False,
        entries=_entries(list(every)),
    )


def _entries(links: Sequence[str]) -> str:
    """The list as ours takes it: entries of two links each, the last perhaps of one."""
    return "".join(
        f"- id: entry-{start}\n  category: dataset\n  title: Dataset {start}\n  url: {links[start]}\n"
        + "".join(f"  links:\n  - {{role: other, label: More, url: {url}}}\n" for url in links[start + 1 : start + 2])
        for start in range(0, len(links), 2)
    )
