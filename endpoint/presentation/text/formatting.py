"""Dates, money and numbers as English text writes them."""

from datetime import date
from decimal import Decimal

__all__ = ["english_date", "money", "per_thousand", "plural", "pounds", "sentence_case", "short_pounds"]


def english_date(day: date) -> str:
    """A date in words.

    >>> english_date(date(2020, 7, 6))
    '6 July 2020'
    """
    return f"{day.day} {day:%B} {day.year}"


def per_thousand(rate: Decimal) -> str:
    """How many there are for every 1,000 people; never nothing where there are some.

    >>> per_thousand(Decimal("1.5")), per_thousand(Decimal("0.004"))
    ('1.50', 'under 0.01')
    """
    return f"{rate:.2f}" if rate >= Decimal("0.005") else "under 0.01"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "organisation"), plural(1200, "entry", "entries")
    ('1 organisation', '1,200 entries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def pounds(amount: Decimal) -> str:
    """An amount in pounds sterling; pence only where there are some.

    >>> pounds(Decimal("1234")), pounds(Decimal("-0.5"))
    ('£1,234', '−£0.50')
    """
    sign = "−" if amount < 0 else ""
    whole = amount == amount.to_integral_value()
    return f"{sign}£{abs(amount):,.0f}" if whole else f"{sign}£{abs(amount):,.2f}"


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency: pounds by their sign, others by their code; bare where no currency is stated.

    >>> money(Decimal("1234.5"), "GBP"), money(Decimal("900"), "USD"), money(Decimal("5"), "")
    ('£1,234.50', 'USD 900', '5')
    """
    return pounds(amount) if currency == "GBP" else f"{currency} {pounds(amount).replace('£', '')}".strip()


def short_pounds(amount: Decimal) -> str:
    """An amount in at most three figures, for where there is little room.

    >>> short_pounds(Decimal(48216930)), short_pounds(Decimal(999600)), short_pounds(Decimal(-950))
    ('£48.2m', '£1m', '−£950')
    """
    size = abs(amount)
    for unit, letter in ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(1000), "k")):
        if size >= unit * Decimal("0.9995"):
            count = size / unit
            digits = max(0, 3 - len(f"{count:.0f}"))
            text = f"{count:.{digits}f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return f"{'−' if amount < 0 else ''}£{text}{letter}"
    return pounds(amount.quantize(Decimal(1)))


def sentence_case(text: str) -> str:
    """The first letter large, the rest as it is.

    >>> sentence_case("legal form")
    'Legal form'
    """
    return text[:1].upper() + text[1:]
