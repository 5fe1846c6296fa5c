"""The index as a file: loaded instead of read from the database when a process starts.

A header, a directory in JSON, then bitmaps in Roaring's portable format and plain arrays; nothing in
it is code. A file that is cut off, damaged, of another format, another layout of the facets or
another byte order is not a file of ours: `load` gives `None`, and the index is made again. A file is
never changed: a new one takes its place, and who has the old one open goes on reading that.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any

from pyroaring import BitMap

from compare.facets import reading
from compare.facets.index import Index, State
from compare.facets.lexicon import Lexicon
from compare.facets.names import Names
from compare.facets.reading import Words
from compare.facets.registry import PRODUCT_FACETS, RangeFacet
from compare.facets.slices import Slices
from compare.filters import DIETS
from products.search_table import FIELDS

FORMAT = 2
MAGIC = b"ELEMENTALFACETS\n"
HEADER = struct.Struct("<16s I 8s 16s 16s Q Q Q")
"""Magic, format, byte order, layout, checksum of all that follows the header, its length, length of
the directory, version of the catalogue."""
DIGEST = 16


def layout() -> bytes:
    """Changes whenever what the index holds of a product does."""
    edges = [(facet.key, facet.edges) for facet in PRODUCT_FACETS if isinstance(facet, RangeFacet)]
    held = (
        reading.COLUMNS,
        reading.NUMBERS,
        reading.BARRED,
        reading.SCALE,
        list(DIETS),
        edges,
        FIELDS,
    )
    return blake2b(repr(held).encode(), digest_size=DIGEST).digest()


def save(index: Index, path: Path) -> int:
    """Write an index in the place of the file that is there; gives its size in bytes.

    Raises `OSError`; then the old file is as it was.
    """
    parts: list[bytes] = []
    places = count()

    def put(data: bytes) -> int:
        parts.append(data)
        return next(places)

    directory = _directory(index, put)
    directory["lengths"] = [len(part) for part in parts]
    head = json.dumps(directory).encode()
    checksum = blake2b(head, digest_size=DIGEST)
    for part in parts:
        checksum.update(part)
    length = len(head) + sum(map(len, parts))
    header = HEADER.pack(
        MAGIC, FORMAT, sys.byteorder.encode(), layout(), checksum.digest(), length, len(head),
        index.state.version,
    )  # fmt: skip
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([header, head, *parts])
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return HEADER.size + length


def load(path: Path, words: Callable[[], Words]) -> Index | None:
    """Read an index from a file, `None` when there is none that can be used.

    Bitmaps are copied into memory; names and the words of a search stay in the file. `words` are not
    in it: they are read when all else is found to be in order.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # no file, or an empty one
        return None
    data = memoryview(mapped)
    if (head := _checked(data)) is None:
        return None
    directory = json.loads(bytes(data[HEADER.size : HEADER.size + head]))
    index = _index(directory, _views(data[HEADER.size + head :], directory["lengths"]), words())
    if hasattr(mapped, "madvise"):
        # The check has read the whole file. What stays in use of it is read again when needed.
        mapped.madvise(mmap.MADV_DONTNEED)
    return index


def _checked(data: memoryview) -> int | None:
    """The length of the directory of a file of ours, `None` for any other."""
    if len(data) < HEADER.size:
        return None
    magic, format_, order, made_for, checksum, length, head, _ = HEADER.unpack_from(data)
    order = order.rstrip(b"\0")
    if (magic, format_, order) != (MAGIC, FORMAT, sys.byteorder.encode()) or made_for != layout():
        return None
    body = data[HEADER.size :]
    if len(body) != length or blake2b(body, digest_size=DIGEST).digest() != checksum:
        return None
    return int(head)


def _directory(index: Index, put: Callable[[bytes], int]) -> dict[str, Any]:
    def bitmap(rows: BitMap) -> int:
        return put(rows.serialize())

    def slices(held: Slices) -> dict[str, Any]:
        return {"known": bitmap(held.known), "bits": [bitmap(rows) for rows in held.bits]}

    names, words = Names.of(dict(index.names)), index.lexicon
    return {
        "version": index.state.version,
        "stamp": index.state.stamp,
        "everything": bitmap(index.everything),
        "families": {
            family: {value: bitmap(rows) for value, rows in by_value.items()}
            for family, by_value in index.families.items()
        },
        "numbers": {column: slices(held) for column, held in index.numbers.items()},
        "name_order": slices(index.name_order),
        "brands": dict(index.brands),
        "brand_order": slices(index.brand_order),
        "lexicon": [
            put(part.tobytes()) for part in (words.text, words.ends, words.rows, words.row_ends)
        ],
        "names": [put(part.tobytes()) for part in (names.rows, names.ends, names.text)],
    }


def _index(directory: dict[str, Any], views: list[memoryview], words: Words) -> Index:
    def bitmap(place: int) -> BitMap:
        return BitMap.deserialize(bytes(views[place]))

    def slices(held: dict[str, Any]) -> Slices:
        return Slices(bitmap(held["known"]), tuple(bitmap(place) for place in held["bits"]))

    words_text, word_ends, word_rows, row_ends = (views[place] for place in directory["lexicon"])
    rows, ends, text = (views[place] for place in directory["names"])
    return Index(
        state=State(directory["version"], directory["stamp"]),
        everything=bitmap(directory["everything"]),
        families={
            family: {value: bitmap(place) for value, place in by_value.items()}
            for family, by_value in directory["families"].items()
        },
        numbers={column: slices(held) for column, held in directory["numbers"].items()},
        names=Names(_numbers(rows), _numbers(ends), text),
        name_order=slices(directory["name_order"]),
        brands=directory["brands"],
        brand_order=slices(directory["brand_order"]),
        lexicon=Lexicon(words_text, _numbers(word_ends), word_rows, _numbers(row_ends)),
        words=words,
    )


def _numbers(view: memoryview) -> memoryview:
    return view.cast("Q") if len(view) else memoryview(array("Q"))


def _views(body: memoryview, lengths: list[int]) -> list[memoryview]:
    return list(_cut(body, lengths))


def _cut(body: memoryview, lengths: list[int]) -> Iterator[memoryview]:
    start = 0
    for length in lengths:
        yield body[start : start + length]
        start += length
