"""A file between the desk's preview of it and an editor's confirmation."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """Held in the database, so that any web node can go on with it. Gone when it is brought in.

    No fact, and so not on the desk; who uploaded it sees it.
    """

    KEPT_FOR = timedelta(days=1)

    name = models.CharField(max_length=255)
    data = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classmethod
    def forget_old(cls) -> None:
        """Delete what nobody confirmed for a day."""
        cls._default_manager.filter(at__lt=timezone.now() - cls.KEPT_FOR).delete()
