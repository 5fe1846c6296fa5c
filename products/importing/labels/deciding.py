"""An editor's decisions: which forms a wording names, and whose word stands on a field.

All of them are made inside an open recording.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from products.importing.labels import facts
from products.importing.labels.planning import Known
from products.importing.labels.taking import put, read_again
from products.models import ImportedLabel, UnplacedWording


@dataclass(frozen=True)
class Open:
    """A field on which product and record differ, and nobody has decided."""

    name: str
    holds: facts.Value
    says: facts.Value


def open_conflicts(label: ImportedLabel) -> list[Open]:
    """What is still to be decided; what an editor has brought into line meanwhile is not."""
    if label.product is None:
        return []
    holds = facts.held(label.product)
    found = (Open(name, holds[name], label.said.get(name)) for name in label.conflicting)
    return [one for one in found if one.holds != one.says]


def settle(label: ImportedLabel, take: Collection[str], keep: Collection[str]) -> None:
    """Put some fields of a record on its product, and leave others as they are for good.

    Kept fields are asked about again when the record says something new of them.
    """
    if label.product is None:
        return
    known = Known()
    taken = [one for one in open_conflicts(label) if one.name in take]
    for one in taken:
        put(label.product, one.name, one.says, known)
    if taken:
        label.product.full_clean(exclude=["brand", "source", "current_offer"])
        label.product.save()
    decided = {*take, *keep}
    label.as_read |= {name: label.said[name] for name in label.conflicting if name in decided}
    label.conflicting = [name for name in label.conflicting if name not in decided]
    if not label.conflicting:
        label.state = ImportedLabel.State.TAKEN
    label.save()


def placed(wording: UnplacedWording, by: Any) -> int:
    """Read every label anew that has a wording which was just placed; gives how many there are."""
    wording.decided_by, wording.decided_at = by, timezone.now()
    wording.save()
    labels = list(wording.labels.all())
    read_again(labels)
    return len(labels)
