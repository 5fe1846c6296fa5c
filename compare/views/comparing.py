"""Products and forms side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compare import exports, search
from compare.basis import Basis
from compare.comparison import (
    MOST_FORMS,
    MOST_PRODUCTS,
    Comparison,
    Row,
    Selection,
    Shown,
    as_dict,
    build,
    form_rows,
    names,
    product_rows,
    suggestions,
)
from compare.comparison.change import Change, changes
from compare.comparison.matrix import Line
from compare.links import Option, Query
from compare.notes import Ignored, Note
from compare.reading.side_by_side import sides
from compare.references import References
from compare.safety.reader import Reader
from compare.safety.strip import Strips
from compare.views.safety import private
from products.models import Authority, MagnesiumForm, Product

FOUND_AT_MOST = 12
FORMATS = ("csv", "json", *exports.CITATION_FORMATS)
SHOWN_WORDS = {Shown.ALL: "All", Shown.DIFFERING: "Differing", Shown.SAME: "Same or not known"}


@dataclass(frozen=True)
class Kind:
    """What there is to know of the things that can be compared."""

    things: Callable[[], Any]
    most: int
    rows: Callable[[Sequence[Any], Basis], Sequence[Row[Any]]]
    names: Callable[[Sequence[Any]], list[str]]
    listed: Callable[[Sequence[str]], str]
    matching: Callable[[str], Q]
    suggestions: Callable[[], list[suggestions.Suggestion]]
    list_name: str
    key_show: str


PRODUCTS = Kind(
    things=lambda: Product.objects.published(),
    most=MOST_PRODUCTS,
    rows=product_rows.rows_for,
    names=names.of_products,
    listed=names.listed,
    matching=search.matching_products,
    suggestions=suggestions.of_products,
    list_name="products",
    key_show="dose confidence laxative differs empties",
)
FORMS = Kind(
    things=lambda: MagnesiumForm.objects.published(),
    most=MOST_FORMS,
    rows=form_rows.rows_for,
    names=names.of_forms,
    listed=names.forms_listed,
    matching=search.matching_forms,
    suggestions=suggestions.of_forms,
    list_name="forms",
    key_show="confidence laxative differs empties",
)


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Two to five products, each figure at one dose."""
    return _compare(request, PRODUCTS)


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Up to eight magnesium forms."""
    return _compare(request, FORMS)


def _compare(request: HttpRequest, kind: Kind) -> HttpResponse:
    query = Query.read(request.GET.lists())
    basis = Basis.read(query)
    given = request.GET.getlist("item")
    selection = Selection.read(query, kind.things().for_comparison(), kind.most, given)
    chosen = selection.subjects
    rows = kind.rows(chosen, basis) if chosen else ()
    table = Table.of(selection, rows, basis, kind)
    measured = _measured(chosen if kind is FORMS else (), table.comparison)
    if (other := _other_format(query.get("format"), table.comparison, measured)) is not None:
        return other
    reader = Reader.read(request.session, timezone.now())
    context = {
        **_context(request, table),
        **measured,
        **_for_you(request, chosen if kind is PRODUCTS else (), basis, reader),
        "notes": (*selection.notes, *basis.notes, *_format_note(query)),
        "adding": query.get("add"),
        "found": _found(query.get("add"), selection, kind),
        "suggestions": [] if chosen else kind.suggestions(),
        "key_show": kind.key_show,
        "list_url": reverse(kind.list_name),
        "trail": [(kind.list_name.capitalize(), reverse(kind.list_name)), ("Compare", "")],
    }
    return private(render(request, f"comparing/{kind.list_name}.html", context), reader)


def _measured(forms: Sequence[MagnesiumForm], comparison: Comparison) -> dict[str, Any]:
    """The findings below a comparison of forms, and its sources with theirs after them. No query."""
    references = References()
    references.numbers(reference.source for reference in comparison.references)
    found = sides(forms)
    for side in found:
        references.numbers(side.sources)
    return {"sides": found, "references": references}


def _for_you(
    request: HttpRequest, products: Sequence[Product], basis: Basis, reader: Reader
) -> dict[str, Any]:
    """What a reader's answers say of each product; without answers, the way to the page of answers."""
    if not products:
        return {}
    back = Query((("next", request.get_full_path()),))
    strips = Strips.load(basis, reader) if reader.is_known else None
    return {
        "strips": [strips.of(product) for product in products] if strips else [],
        "you_url": f"{reverse('safety_you')}{back}",
    }


@dataclass(frozen=True)
class Column:
    """One thing at the head of its column, with the links that move it and take it away."""

    subject: Any
    name: str
    place: int
    is_base: bool
    left: Query | None
    right: Query | None
    remove: Query


@dataclass(frozen=True)
class Table:
    """A comparison with its names and the links around it."""

    selection: Selection
    comparison: Comparison
    names: Sequence[str]
    title: str

    @classmethod
    def of(cls, selection: Selection, rows: Sequence[Any], basis: Basis, kind: Kind) -> Table:
        comparison = build(
            selection.subjects,
            rows,
            basis,
            at=timezone.now().date(),
            base=selection.base,
            shown=selection.shown,
        )
        own = kind.names(selection.subjects)
        return cls(selection, comparison, own, kind.listed(own))

    @cached_property
    def columns(self) -> list[Column]:
        at = self.selection
        return [
            Column(
                subject=subject,
                name=name,
                place=place + 1,
                is_base=place == at.base,
                left=at.moved(place, -1),
                right=at.moved(place, 1),
                remove=at.without_item(subject.slug),
            )
            for place, (subject, name) in enumerate(zip(at.subjects, self.names, strict=True))
        ]

    @property
    def pairs(self) -> list[tuple[Column, Column | None]]:
        """Two columns at a time: as many as a phone shows."""
        some = self.columns
        return [
            (a, some[i + 1] if i + 1 < len(some) else None)
            for i, a in enumerate(some)
            if i % 2 == 0
        ]

    @property
    def shown_options(self) -> list[Option]:
        counts = {
            Shown.ALL: self.comparison.total,
            Shown.DIFFERING: self.comparison.differing,
            Shown.SAME: self.comparison.same,
        }
        query = self.selection.query.without("add")
        return [
            Option(
                f"{words} {counts[shown]}",
                str(query.replace("rows", shown.value)),
                shown is self.comparison.shown,
            )
            for shown, words in SHOWN_WORDS.items()
        ]

    @property
    def without_best(self) -> list[tuple[Line, list[str]]]:
        """Rows in which a best was looked for and not found, with those that are to blame."""
        return [
            (line, [self.names[place] for place in line.verdict.because_of])
            for line in self.comparison.lines
            if line.lacks_best
        ]

    @property
    def changes(self) -> list[tuple[Change, str, str]]:
        """What would change a best: the names of those it is about, and of those in doubt besides."""
        return [
            (
                change,
                names.listed([self.names[place] for place in change.places]),
                names.listed([self.names[place] for place in change.doubtful]),
            )
            for change in changes(self.comparison.lines)
        ]


def _context(request: HttpRequest, table: Table) -> dict[str, Any]:
    selection, basis = table.selection, table.comparison.basis
    plain = selection.query.without("add", "format")
    items = selection.query.only("item")
    return {
        "section": "compare",
        "table": table,
        "comparison": table.comparison,
        "selection": selection,
        "basis": basis,
        "dose_options": basis.options(plain),
        "keep": plain.without("dose").pairs,
        "keep_for_settings": plain.without("base", "authority").pairs,
        "keep_for_adding": plain.pairs,
        "authorities": Authority.choices,
        "csv_url": str(plain.replace("format", "csv")),
        "bibtex_url": str(plain.replace("format", "bibtex")),
        "csl_url": str(plain.replace("format", "csl")),
        "canonical_url": request.build_absolute_uri(f"{request.path}{items if items else ''}"),
    }


def _found(text: str, selection: Selection, kind: Kind) -> list[tuple[Any, Query]]:
    """What a search would add, each with the address that adds it. No query without a word."""
    if not search.words(text) or not selection.has_room:
        return []
    matching = kind.things().filter(kind.matching(text)).exclude(slug__in=selection.slugs)
    found = matching.for_list()[:FOUND_AT_MOST]
    return [(thing, selection.with_item(thing.slug)) for thing in found]


def _other_format(
    format_: str, comparison: Comparison, measured: Mapping[str, Any]
) -> HttpResponse | None:
    """The same rows for a spreadsheet or a program; `None` for a page."""
    if format_ == "csv":
        basis = comparison.basis
        name = f"elemental-comparison-dose-{basis.code}-authority-{basis.authority.value}.csv"
        return exports.comparison_csv(comparison, name)
    if format_ == "json":
        return JsonResponse(as_dict(comparison))
    sources = [reference.source for reference in measured["references"]]
    return exports.citations(format_, sources, "elemental-comparison-references")


def _format_note(query: Query) -> list[Note]:
    wanted = query.get("format")
    return (
        [Note(Ignored.UNKNOWN_VALUE, "format", wanted)] if wanted and wanted not in FORMATS else []
    )
