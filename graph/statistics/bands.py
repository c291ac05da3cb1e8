"""Income bands: those of SCVO, which the Scottish sector knows; the code list is `def/size-band`."""

from decimal import Decimal

from graph.statistics.organisations import NOT_KNOWN

UPPER: tuple[tuple[int, str], ...] = (
    (12_500, "to-12500"),
    (25_000, "to-25000"),
    (50_000, "to-50000"),
    (100_000, "to-100000"),
    (500_000, "to-500000"),
    (1_000_000, "to-1000000"),
)
"""The largest income of each band in whole pounds, and its code (SCVO taxonomy 'Income size', January 2021)."""
ABOVE = "over-1000000"


def band(income: Decimal | None) -> str:
    """The band of an income.

    >>> band(Decimal("12500")), band(Decimal("12500.01")), band(Decimal(2000000)), band(None)
    ('size-band/to-12500', 'size-band/to-25000', 'size-band/over-1000000', 'special-value/not-known')
    """
    if income is None:
        return NOT_KNOWN
    return "size-band/" + next((code for most, code in UPPER if income <= most), ABOVE)
