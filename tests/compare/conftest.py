"""Both ways of counting, for the tests that must hold in each."""

import pytest

from compare.facets.keeping import keeper


@pytest.fixture(params=["sql", "bitmaps"])
def way(request, settings, tmp_path):
    """What counts: the database, or the index in memory, which begins empty as in a new process."""
    settings.FACETS = request.param
    settings.FACETS_DIR = tmp_path
    keeper.forget()
    yield request.param
    keeper.forget()
