"""Some papers by their DOIs for tests, and where they are asked for."""

TWO = """
papers:
  - {doi: 10.1000/One, title: First & foremost, authors: [Long Ouyang, OpenAI], venue: Some Journal, year: 2022}
  - {doi: 10.1000/two, title: Second, authors: [Jeff Wu Jr.], year: 2023}
  - {doi: 10.5281/zenodo.3, registrar: datacite, title: Third, authors: [Ana de la Cruz, Some Team], year: 2024}
"""
ONE, SECOND, THIRD = (f"https://doi.org/{doi}" for doi in ("10.1000/One", "10.1000/two", "10.5281/zenodo.3"))
WORKS = "/works?filter={}&rows={}&select=DOI,title,subtitle,author,container-title,updated-by"
CROSSREF, DATACITE, HANDLES_HOST = "api.crossref.org", "api.datacite.org", "doi.org"
UNKNOWN = "https://doi.org/10.1000/unknown"
