"""Editors at their desks."""

import pytest
from django.test import Client

from tests.factories import EditorFactory


def at_the_desk(name: str) -> Client:
    client = Client()
    client.force_login(EditorFactory(username=name))
    return client


@pytest.fixture
def ada(db) -> Client:
    return at_the_desk("ada")


@pytest.fixture
def bob(db) -> Client:
    return at_the_desk("bob")
