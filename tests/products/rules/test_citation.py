"""Citations: parts in their order, each closed once."""

from products.rules.citation import cite, link_text

SLUTSKY = {
    "authors": "Slutsky I, Abumaria N, Wu LJ, et al.",
    "year": 2010,
    "title": "Enhancement of learning and memory by elevating brain magnesium",
    "published_in": "Neuron",
}


def test_each_part_closes_with_one_stop() -> None:
    cited = cite(**SLUTSKY, doi="10.1016/j.neuron.2009.12.026", pmid="20152124")
    assert cited.authors == "Slutsky I, Abumaria N, Wu LJ, et al."
    assert cited.year == "2010."
    assert cited.title.endswith("brain magnesium.")
    assert cited.published_in == "Neuron."
    assert cited.link == "https://doi.org/10.1016/j.neuron.2009.12.026"
    assert cited.link_text == "doi:10.1016/j.neuron.2009.12.026"


def test_a_question_needs_no_stop() -> None:
    assert cite(authors="", year=None, title="Does it help?", published_in="").title.endswith("p?")


def test_what_is_blank_is_left_out_of_the_line() -> None:
    cited = cite(
        authors=" ", year=None, title="A label", published_in="", url="https://a.example/x"
    )
    assert str(cited) == "A label. https://a.example/x"
    assert cited.link_text == "a.example"


def test_the_line_holds_all_parts_in_order() -> None:
    assert str(cite(**SLUTSKY)) == (
        "Slutsky I, Abumaria N, Wu LJ, et al. 2010. "
        "Enhancement of learning and memory by elevating brain magnesium. Neuron."
    )


def test_a_site_is_named_without_the_port_that_its_address_holds() -> None:
    url = "https://ch.oddb.org:443/de/fachinfo"
    assert link_text(doi="", pmid="", url=url) == "ch.oddb.org"
