"""The thirteen tables of the Charity Commission's extract: what is in their columns, and how many rows each has."""

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.sources.source import Source
from tests.support.scale.generate import Recipe, Values, postcode, write

EXTRACT = "2026-11-01 00:00:00.0000000"
NUMBERED = {"date_of_extract": EXTRACT, "organisation_number": "{n}", "registered_charity_number": "{number}"}
LINKED = {**NUMBERED, "linked_charity_number": "{linked}"}
PROSE = "To advance the education of the public in what is invented, and to relieve the need of those who invent it"
YEAR = {
    **NUMBERED,
    "ar_cycle_reference": "AR{short:02}",
    "fin_period_start_date": "{before}-04-01 00:00:00.0000000",
    "fin_period_end_date": "{year}-03-31 00:00:00.0000000",
}
TOTALS = {"total_gross_income": "{income}", "total_gross_expenditure": "{spending}"}
RETURN = {
    **YEAR,
    "latest_fin_period_submitted_ind": "False",
    "fin_period_order_number": "1",
    "ar_due_date": "{after}-01-31 00:00:00.0000000",
    "ar_received_date": "{year}-12-01 00:00:00.0000000",
}
AMOUNTS = (
    "income_donations_and_legacies", "income_other_trading_activities", "income_charitable_activities",
    "income_investments", "income_other", "income_total_income_and_endowments", "expenditure_raising_funds",
    "expenditure_charitable_expenditure", "expenditure_other", "expenditure_total", "reserves", "assets_total_fixed",
    "assets_own_use", "assets_long_term_investment", "assets_total_liabilities", "assets_cash", "funds_unrestricted",
    "funds_restricted", "funds_total",
)  # fmt: skip
CLASSES = [
    ("102", "What", "Education/training"),
    ("105", "What", "The Prevention Or Relief Of Poverty"),
    ("108", "What", "Religious Activities"),
    ("201", "Who", "Children/young People"),
    ("202", "Who", "Elderly/old People"),
    ("207", "Who", "The General Public/mankind"),
    ("302", "How", "Makes Grants To Organisations"),
    ("306", "How", "Provides Services"),
]
POLICIES = ["Risk management", "Complaints handling", "Conflicting interests", "Volunteer management"]
PLACES = ["Surrey", "Hampshire", "Worcestershire", "Cambridgeshire"]
# Rows of each table for each charity or unit, in the part of the extract that is at hand.
RATES = {
    "annual_return_history": 1.30,
    "annual_return_parta": 0.95,
    "annual_return_partb": 0.66,
    "area_of_operation": 0.72,
    "classification": 2.23,
    "event_history": 1.66,
    "other_names": 0.39,
    "other_regulators": 0.06,
    "policy": 1.50,
    "published_report": 0.005,
    "trustee": 2.22,
}


def ccew(charities: int, folder: Path) -> list[Path]:
    """Write all thirteen tables for so many charities and units."""
    source = Source.named("ccew")
    return [write(recipe, source, folder / _file(recipe.table)) for recipe in recipes(charities)]


def _file(table: str) -> str:
    return "publicextract.charity.txt" if table == "charity" else f"publicextract.charity_{table}.txt"


def recipes(charities: int) -> list[Recipe]:
    """All tables for so many charities and units, of which every tenth is a unit of the charity before it."""
    filled = {table: _table(table, charities) for table in RATES}
    return [_charities(charities), *filled.values(), _documents(charities)]


def _charities(number: int) -> Recipe:
    columns = {
        **LINKED,
        "charity_name": "The Invented Charity of {n}",
        "charity_type": "Trust",
        "charity_registration_status": "Registered",
        "date_of_registration": "1990-01-{day:02} 00:00:00.0000000",
        "charity_reporting_status": "Submission Received",
        "latest_acc_fin_period_start_date": "2024-04-01 00:00:00.0000000",
        "latest_acc_fin_period_end_date": "2025-03-31 00:00:00.0000000",
        "latest_income": "{income}",
        "latest_expenditure": "{spending}",
        "charity_contact_postcode": "{postcode}",
        "charity_contact_web": "www.example.org/{n}",
        "charity_insolvent": "False",
        "charity_in_administration": "False",
        "charity_activities": PROSE,
        "charity_gift_aid": "True",
        "charity_has_land": "False",
    }
    return Recipe("charity", number, columns, lambda n: {**_body(n), "postcode": postcode(n * 6 % 2_700_000)})


def _documents(number: int) -> Recipe:
    columns = {**LINKED, "governing_document_description": "TRUST DEED OF {n}", "charitable_objects": PROSE + ".",
               "area_of_benefit": "NATIONAL"}  # fmt: skip
    return Recipe("governing_document", number, columns, _body)


def _body(n: int) -> Values:
    """Charity `n`, or the unit that it is."""
    unit = n % 10 == 9
    money = {"income": n * 37 % 1_000_003, "spending": n * 41 % 1_000_003}
    return {"n": n, "number": 200_000 + n - unit, "linked": int(unit), "day": n % 28 + 1, **money}


def _table(table: str, charities: int) -> Recipe:
    columns, more = _MORE[table]
    mains = charities - charities // 10
    of_charities = table.startswith("annual") or table == "other_regulators"

    def values(row: int) -> Values:
        turn, place = divmod(row, mains if of_charities else charities)
        n = place + place // 9 if of_charities else place  # the tables of charities alone leave out units
        return {**_body(n), "row": row, **more(n, turn)}

    return Recipe(table, int(charities * RATES[table]), columns, values)


def _year(_: int, turn: int) -> Values:
    year = 2025 - turn
    return {"year": year, "before": year - 1, "after": year + 1, "short": year % 100}


def _class(n: int, turn: int) -> Values:
    code, kind, words = CLASSES[(n + turn * 3) % len(CLASSES)]
    return {"code": code, "kind": kind, "words": words}


def _choice(items: list[str]) -> Callable[[int, int], Values]:
    return lambda n, turn: {"item": items[(n + turn) % len(items)]}


def _person(n: int, _: int) -> Values:
    corporate = n % 100 == 0
    return {"name": f"Invented Trustees {n} Limited" if corporate else "", "kind": "O" if corporate else "P"}


_MORE: Mapping[str, tuple[Mapping[str, str], Callable[[int, int], Values]]] = {
    "annual_return_history": (
        {**YEAR, **TOTALS, "reporting_due_date": "{after}-01-31 00:00:00.0000000",
         "date_annual_return_received": "{year}-12-01 00:00:00.0000000", "suppression_ind": "False"},
        _year,
    ),
    "annual_return_parta": (
        {**RETURN, **TOTALS, "charity_raises_funds_from_public": "True", "grant_making_is_main_activity": "False",
         "charity_receives_govt_funding_grants": "True", "count_govt_grants": "2",
         "income_from_government_grants": "{income}", "count_volunteers": "{day}"},
        _year,
    ),
    "annual_return_partb": (
        {**RETURN, **dict.fromkeys(AMOUNTS, "{income}"), "count_employees": "{day}", "charity_only_accounts": "True"},
        _year,
    ),
    "area_of_operation": (
        {**LINKED, "geographic_area_type": "Local Authority", "geographic_area_description": "{item}",
         "welsh_ind": "False"},
        _choice(PLACES),
    ),
    "classification": (
        {**LINKED, "classification_code": "{code}", "classification_type": "{kind}",
         "classification_description": "{words}"},
        _class,
    ),
    "event_history": (
        {**LINKED, "charity_name": "The Invented Charity of {n}", "charity_event_order": "{turn}",
         "event_type": "Standard registration", "date_of_event": "1990-01-{day:02} 00:00:00.0000000"},
        lambda _, turn: {"turn": turn + 1},
    ),
    "other_names": (
        {**LINKED, "charity_name_id": "{row}", "charity_name_type": "Working name", "charity_name": "Invention {n}"},
        lambda _, __: {},
    ),
    "other_regulators": (
        {**NUMBERED, "regulator_order": "1", "regulator_name": "Care Quality Commission",
         "regulator_web_url": "https://www.cqc.org.uk/"},
        lambda _, __: {},
    ),
    "policy": ({**LINKED, "policy_name": "{item}"}, _choice(POLICIES)),
    "published_report": (
        {**LINKED, "report_name": "STATEMENT OF INQUIRY", "report_location": "https://www.example.org/report/{n}",
         "date_published": "2022-04-{day:02} 00:00:00.0000000"},
        lambda _, __: {},
    ),
    "trustee": (
        {**LINKED, "trustee_id": "{row}", "trustee_name": "{name}", "trustee_is_chair": "False",
         "individual_or_organisation": "{kind}"},
        _person,
    ),
}  # fmt: skip
