"""What is installed here as wheels again, so that an environment can be made without an index."""

import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def build_wheelhouse(folder: Path, *names: str) -> None:
    """A wheel of each distribution named and of all that they need, by what is installed."""
    folder.mkdir()
    for found in _with_what_they_need(names):
        _repack(found, folder)


def _with_what_they_need(names: tuple[str, ...]) -> Iterator[Distribution]:
    seen: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        key = wanted.name.lower().replace("_", "-")
        if key in seen:
            continue
        seen.add(key)
        found = distribution(wanted.name)
        yield found
        waiting += [need for text in found.requires or () if _applies(need := Requirement(text))]


def _applies(need: Requirement) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": ""})


def _repack(found: Distribution, folder: Path) -> None:
    """A wheel is what the installer's record lists of it, but for scripts and what installing added."""
    lines = (found.read_text("WHEEL") or "").splitlines()
    tags = [line.removeprefix("Tag: ") for line in lines if line.startswith("Tag: ")]
    name = found.metadata["Name"].replace("-", "_").replace(".", "_")
    record = f"{name}-{found.version}.dist-info/RECORD"
    with zipfile.ZipFile(folder / f"{name}-{found.version}-{tags[-1]}.whl", "w", zipfile.ZIP_STORED) as wheel:
        inside: list[str] = []
        for file in found.files or ():
            path = file.as_posix()
            if ".." in file.parts or path.endswith(".pyc") or file.name in ("RECORD", "INSTALLER", "REQUESTED"):
                continue
            wheel.write(str(file.locate()), path)
            inside.append(path)
            record = f"{path.split('/')[0]}/RECORD" if path.endswith(".dist-info/METADATA") else record
        wheel.writestr(record, "".join(f"{path},,\n" for path in (*inside, record)))
