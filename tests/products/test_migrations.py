"""The migrations hold all that the models say."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


# On PostgreSQL the command asks the database which migrations it has.
@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except (CommandError, SystemExit):
        pytest.fail(f"make one with manage.py makemigrations:\n{out.getvalue()}", pytrace=False)
