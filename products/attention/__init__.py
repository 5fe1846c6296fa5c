"""What needs an editor: the checks run over the catalogue, their remarks kept, and what is left to do."""

from products.attention.looking import (
    MODELS,
    doi_answer,
    failed_errors,
    in_the_way,
    kind_of,
    look_again,
    look_at,
    look_at_everything,
    medians,
    note,
    note_by_file,
    remarks_of,
)

__all__ = [
    "MODELS",
    "doi_answer",
    "failed_errors",
    "in_the_way",
    "kind_of",
    "look_again",
    "look_at",
    "look_at_everything",
    "medians",
    "note",
    "note_by_file",
    "remarks_of",
]
