"""What is wrong with a file, said so that the person with the spreadsheet can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `row` is the one that a spreadsheet shows: the header is row 1."""

    file: str
    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(self.column)
        return f"{', '.join(place)}: {self.message}"


class Refused(Exception):
    """Nothing was brought in, for these reasons."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem], files: Iterable[str]) -> list[Problem]:
    """Problems as one meets them: file after file, from the top down."""
    place = {file: number for number, file in enumerate(files)}
    return sorted(problems, key=lambda p: (place.get(p.file, len(place)), p.row or 0))
