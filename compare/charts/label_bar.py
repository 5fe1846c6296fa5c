"""What a label claims against what its compounds can hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from compare import figures
from compare.charts.axis import Words, hatch, length
from products.rules.units import rounded

TOP, BOTTOM = Decimal("54"), Decimal("40")


@dataclass(frozen=True)
class LabelBar:
    """Points in user units; see `templates/charts/label_bar.html`."""

    width: int
    hold_width: Decimal
    solid_width: Decimal
    over_x: Decimal
    over_width: Decimal
    hatch: str
    hydrate_x: Decimal | None
    texts: tuple[Words, ...]
    label: str = ""


def label_bar(
    claimed_mg: Decimal,
    capacity_mg: Decimal,
    hydrate_mg: Decimal | None = None,
    *,
    is_over: bool,
    width: int = 520,
    label: str = "",
) -> LabelBar:
    """Draw both masses from zero: open what can be held, solid what is claimed, hatched what is over.

    `is_over` is the verdict: a claim that is more by rounding only is drawn as full, not as over.
    """
    scale = Decimal(width) * Decimal("0.86") / max(claimed_mg, capacity_mg)

    def x(mg: Decimal) -> Decimal:
        return rounded(mg * scale, 1)

    capacity, claimed = x(capacity_mg), x(claimed_mg)
    hydrate = x(hydrate_mg) if hydrate_mg is not None and hydrate_mg < capacity_mg else None
    return LabelBar(
        width=width,
        hold_width=capacity,
        solid_width=min(capacity, claimed),
        over_x=capacity,
        over_width=claimed - capacity if is_over else Decimal(0),
        hatch=hatch(capacity, claimed, TOP, BOTTOM, 8) if is_over else "",
        hydrate_x=hydrate,
        texts=tuple(
            _texts(claimed_mg, capacity_mg, hydrate_mg, (capacity, claimed, hydrate), is_over)
        ),
        label=label,
    )


def _texts(
    claimed_mg: Decimal,
    capacity_mg: Decimal,
    hydrate_mg: Decimal | None,
    places: tuple[Decimal, Decimal, Decimal | None],
    is_over: bool,
) -> list[Words]:
    capacity, claimed, hydrate = places
    holds = f"can hold at most {figures.significant(capacity_mg)} mg"
    says = f"label: {figures.significant(claimed_mg)} mg"
    fits = length(holds) < capacity
    texts = [Words(capacity if fits else Decimal(0), 16, holds, "end" if fits else "start")]
    if is_over:
        fits = length(says) < claimed
        end, anchor = (claimed, "end") if fits else (Decimal(0), "start")
        return [*texts, Words(end, 84, says, anchor, "hot-t")]
    texts.append(Words(Decimal(0), 84, says, "start", "strong"))
    if hydrate is not None and hydrate_mg is not None:
        wet = f"{figures.significant(hydrate_mg)} mg with its water"
        if hydrate - length(wet) > length(says) + 12:
            texts.append(Words(hydrate, 84, wet, "end"))
    return texts
