"""Where on the web a rule's page is to be read."""

_PAGES = "https://github.com/opendilab/rlhf-linkcheck/blob/main/docs/rules"


def address_of_page(code: str) -> str:
    """The address of a rule's page, by its code."""
    return f"{_PAGES}/{code}.md"
