"""Whole numbers of rows as bitmaps, one for each binary digit: ranges, and places in an order.

A bit-sliced index answers `value <= n` in one pass over the digits, exactly, and finds the k-th row
of an order by halving: at each digit, the rows with a 0 come before those with a 1. Neither looks at
rows one by one, so that the 5,000th page costs what the first does. After P. O'Neil and D. Quass,
"Improved query performance with variant indexes", SIGMOD 1997; the bitmaps are Roaring (D. Lemire et
al., "Roaring bitmaps: implementation of an optimized software library", Software: Practice and
Experience 48, 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

Digit = tuple[BitMap, bool]
"""One digit of an order: the rows that have a 1 there, and whether they come first."""
FEW = 64
"""So few rows are put in order one by one."""


@dataclass(frozen=True)
class Slices:
    """A number for each row of `known`. `bits[i]` holds the rows whose number has the digit 2**i.

    No bitmap is ever changed: a change gives a new `Slices` that shares what stayed the same.
    """

    known: BitMap = field(default_factory=BitMap)
    bits: tuple[BitMap, ...] = ()

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> Slices:
        """From numbers (none below 0) by row."""
        return cls().replaced(BitMap(), numbers)

    def replaced(self, rows: BitMap, numbers: Mapping[int, int]) -> Slices:
        """With other numbers for some rows; rows without one among them are no longer known."""
        items = list(numbers.items())
        length = max(len(self.bits), max(numbers.values(), default=0).bit_length())
        bits = []
        for digit in range(length):
            weight = 1 << digit
            new = BitMap([row for row, number in items if number & weight])
            old = self.bits[digit] if digit < len(self.bits) else BitMap()
            bits.append(changed(old, rows, new))
        return Slices(changed(self.known, rows, BitMap(list(numbers))), tuple(bits))

    def number(self, row: int) -> int | None:
        if row not in self.known:
            return None
        return sum(1 << digit for digit, bitmap in enumerate(self.bits) if row in bitmap)

    def at_most(self, number: int) -> BitMap:
        """Rows whose number is known and no larger."""
        if number < 0:
            return BitMap()
        if number.bit_length() > len(self.bits):
            return self.known
        below, equal = BitMap(), self.known
        for digit in range(len(self.bits) - 1, -1, -1):
            bitmap = self.bits[digit]
            if number >> digit & 1:
                below |= equal - bitmap
                equal = equal & bitmap
            else:
                equal = equal - bitmap
        return below | equal

    def at_least(self, number: int) -> BitMap:
        """Rows whose number is known and no smaller."""
        return self.known - self.at_most(number - 1)

    def digits(self, *, descending: bool = False) -> list[Digit]:
        """For an order by these numbers; only `known` rows may be put in it."""
        return [(bitmap, descending) for bitmap in reversed(self.bits) if bitmap]


def changed(old: BitMap, without: BitMap, new: BitMap) -> BitMap:
    """A set with some rows taken out and others put in; the set itself when nothing differs."""
    if not new and not old.intersect(without):
        return old
    return (old - without) | new


def page(rows: BitMap, digits: Sequence[Digit], start: int, stop: int) -> list[int]:
    """The rows from place `start` up to, not including, `stop`, by these digits and then by key."""
    for at, (ones, ones_first) in enumerate(digits):
        if len(rows) <= FEW:
            return _in_order(rows, digits[at:])[start:stop]
        first = rows & ones if ones_first else rows - ones
        there = len(first)
        if stop <= there:
            rows = first
        elif start >= there:
            rows, start, stop = rows - first, start - there, stop - there
        else:
            rest = digits[at + 1 :]
            return page(first, rest, start, there) + page(rows - first, rest, 0, stop - there)
    return list(rows[start:stop])


def _in_order(rows: Iterable[int], digits: Sequence[Digit]) -> list[int]:
    rows = BitMap(rows)
    places = dict.fromkeys(rows, 0)
    weight = 1 << len(digits)
    for ones, ones_first in digits:
        weight >>= 1
        for row in rows - ones if ones_first else rows & ones:
            places[row] += weight
    return sorted(places, key=places.__getitem__)
