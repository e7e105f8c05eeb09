"""The forms that services answer in: JSON, XML and small HTML pages."""

import json
from html import escape

from rlhf_linkcheck.simweb.behaviour import HTML, Behaviour
from rlhf_linkcheck.simweb.request import Request

JSON = "application/json"
LONGEST_TARGET = 8190
"""Where the servers of arXiv and doi.org have stopped reading: Apache's LimitRequestLine."""


def in_json(value: object, status: int = 200, content_type: str = JSON) -> Behaviour:
    """An answer in JSON, letters as they are."""
    return Behaviour(
        status=status, body=json.dumps(value, ensure_ascii=False).encode(errors="replace"), content_type=content_type
    )


def in_text(text: str, status: int = 200, content_type: str = HTML) -> Behaviour:
    """An answer in any text."""
    return Behaviour(status=status, body=text.encode(errors="replace"), content_type=content_type)


def page(title: str, body: str, metas: tuple[tuple[str, str], ...] = (), status: int = 200) -> Behaviour:
    """An HTML page; ``body`` is markup already."""
    tags = "".join(f'<meta name="{escape(name)}" content="{escape(content)}"/>\n' for name, content in metas)
    head = f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n{tags}</head>'
    return in_text(f'<!DOCTYPE html>\n<html lang="en">\n{head}\n<body>\n{body}\n</body>\n</html>\n', status)


def pdf() -> Behaviour:
    """The beginning of a PDF, which is all that anybody looks at."""
    return Behaviour(body=b"%PDF-1.5\n%%EOF\n", content_type="application/pdf")


def too_long(request: Request) -> Behaviour | None:
    """The refusal of a target that is too long; None for one that is not."""
    if len(request.path) <= LONGEST_TARGET:
        return None
    return page("414 Request-URI Too Long", "<h1>Request-URI Too Long</h1>", status=414)
