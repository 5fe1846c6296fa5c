"""The words that published products can be found by."""

from __future__ import annotations

from django.db import models


class SearchWord(models.Model):
    """A folded word, and how many published products have it: what a mistyped one is held against.

    Not facts: `products.search_table` keeps it with the texts that it counts.
    """

    word = models.CharField(max_length=100, primary_key=True)
    products = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word
