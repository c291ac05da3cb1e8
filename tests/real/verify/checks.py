"""What each source must say: sums of money and people, numbers of things, and the distinct keys of its rows."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.questions import answers_aliss, answers_services
from tests.real.verify.files import CONSENT, RawSource, Row
from tests.support.raw.grants import grants


@dataclass(frozen=True)
class Check:
    """What a source must say, as a number or as a set of texts, and the query that gives what it says.

    Of a source that tells only of what others mention, `mentioned` asks what that is: no more than that is expected.
    """

    what: str
    expected: Decimal | frozenset[str]
    query: str
    mentioned: str = ""


Checks = Callable[[RawSource], Iterator[Check]]

NUMBERS = "SELECT ?n { GRAPH ?source { ?r a civ:Registration ; civ:register id:register\\/%s ; skos:notation ?n } }"


def keys(what: str, found: Iterable[str], query: str) -> Check:
    """All that the query gives are these keys, each once or more, none missing."""
    return Check(f"distinct {what}", frozenset(key for key in found if key), query)


def total(what: str, amounts: Iterable[str | Decimal | int], pattern: str, *, of: str = "a") -> Check:
    """The sum over the pattern, in the graph of the source, is that of these cells; empty ones are none."""
    summed = sum((Decimal(amount) for amount in amounts if amount != ""), Decimal())
    return Check(f"sum of {what}", summed, f"SELECT (SUM(?{of}) AS ?sum) {{ GRAPH ?source {{ {pattern} }} }}")


def number(what: str, count: int, pattern: str) -> Check:
    """So many solutions of the pattern, in the graph of the source, are there."""
    return Check(f"number of {what}", Decimal(count), f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?source {{ {pattern} }} }}")


def oscr(raw: RawSource) -> Iterator[Check]:
    charities = {row["Charity Number"]: row for row in raw.rows}
    yield keys("charity numbers", charities, NUMBERS % "GB-SC")
    with_year = [row for row in charities.values() if row["Year End"]]
    for column, term in (("income", "income"), ("expenditure", "expenditure")):
        yield total(column, (row[f"Most recent year {column}"] for row in with_year),
                    f"?r a civ:AnnualReturn ; civ:{term} ?a")  # fmt: skip


def ccni(raw: RawSource) -> Iterator[Check]:
    yield keys("charity numbers", (row["Reg charity number"] for row in raw.rows), NUMBERS % "GB-NIC")
    told = [row for row in raw.rows if {row["Total income"], row["Total spending"]} - {"", "0"}]
    yield total("income", (row["Total income"] for row in told), "?r a civ:AnnualReturn ; civ:income ?a")
    yield total("expenditure", (row["Total spending"] for row in told), "?r a civ:AnnualReturn ; civ:expenditure ?a")


def ccew(raw: RawSource) -> Iterator[Check]:
    charities = raw.having("charity_registration_status")
    yield keys("charity and unit numbers", map(_ccew_number, charities), NUMBERS % "GB-CHC")
    years = raw.having("total_gross_income", "fin_period_end_date")
    latest = [row for row in charities if row["latest_acc_fin_period_end_date"]]
    for flow, last in (("income", "latest_income"), ("expenditure", "latest_expenditure")):
        amounts = {(_ccew_number(row), row["latest_acc_fin_period_end_date"]): row[last] for row in latest if row[last]}
        amounts |= {(row["registered_charity_number"], row["fin_period_end_date"]): row[f"total_gross_{flow}"]
                    for row in years if row[f"total_gross_{flow}"]}  # fmt: skip
        yield total(flow, amounts.values(), f"?r a civ:AnnualReturn ; civ:{flow} ?a")
    yield total("trustees", [len(raw.having("trustee_id"))], "?c civ:trusteeCount ?a")
    classes = {(_ccew_number(row), row["classification_code"]) for row in raw.having("classification_code")}
    yield number("classes", len(classes), "?c civ:purpose|civ:beneficiaryGroup|civ:activity ?class")
    names = {(_ccew_number(row), " ".join(row["charity_name"].split())) for row in raw.having("charity_name_id")}
    yield number("other names", len(names), "?c skos:altLabel ?name")


def _ccew_number(row: Row) -> str:
    linked = row["linked_charity_number"]
    return row["registered_charity_number"] + ("" if linked in ("0", "") else f"-{linked}")


def companies_house(raw: RawSource) -> Iterator[Check]:
    always = ("Community Interest Company", "Registered Society", "Industrial and Provident Society", "Royal Charter")
    listed = [row["CompanyNumber"] for row in raw.rows if row["CompanyCategory"].startswith(always)]
    forms = ("community-interest-company", "registered-society", "royal-charter-body")
    codes = ", ".join(f"def:legal-form\\/{form}" for form in forms)
    found = "?c rov:orgType ?f ; rov:registration ?r . ?r civ:register id:register\\/GB-COH ; skos:notation ?n"
    query = f"SELECT ?n {{ GRAPH ?source {{ {found} }} FILTER(?f IN ({codes})) }}"
    yield keys("numbers of companies of civil society", listed, query)


def care_inspectorate(raw: RawSource) -> Iterator[Check]:
    services = [row for row in raw.rows if row["CareService"] not in ("", "Child Minding")]
    yield keys("service numbers", (row["CSNumber"] for row in services),
               "SELECT ?n { GRAPH ?source { ?s a schema:Service ; skos:notation ?n } }")  # fmt: skip
    yield total("registered places", (row["Registered_Places"] for row in services), "?s civ:registeredPlaces ?a")
    civil = [row for row in services if row["ServiceType"] in ("Voluntary or Not for Profit", "Local Authority")]
    bodies = {row["SP_number"] for row in civil if "[individual]" not in row["ServiceProvider"]}
    yield keys("providers of civil society", bodies, NUMBERS % "GB-CIS")


def casc(raw: RawSource) -> Iterator[Check]:
    yield keys("entries", (row["id"].removeprefix("GB-CASC-") for row in raw.having("id")), NUMBERS % "GB-CASC")
    pairs = {(row["casc_orgid"], row["ch_orgid"]) for row in raw.having("casc_orgid")}
    yield number("namesakes", len(pairs), "?l a civ:Hint ; owl:annotatedSource ?a ; owl:annotatedTarget ?b")


def cooperatives(raw: RawSource) -> Iterator[Check]:
    yield keys("numbers", (row["Identifier"] for row in raw.rows), NUMBERS % "GB-COOPUK")


def social_landlords(raw: RawSource) -> Iterator[Check]:
    yield keys("numbers", (row["registration_number"] for row in raw.rows), NUMBERS % "GB-SHPE")


def local_authorities(raw: RawSource) -> Iterator[Check]:
    for part, code in (("-eng-", "GB-LAE"), ("-nir-", "GB-LANI"), ("-sct-", "GB-LAS"), ("principal", "GB-PLA"),
                       ("government", "GB-GOR")):  # fmt: skip
        yield keys(f"bodies of {code}", (row["key"] for row in raw.named(part)), NUMBERS % code)


def crosswalks(raw: RawSource) -> Iterator[Check]:
    kinds = {
        "dual-registration": "Charity Registered in Scotland and England & Wales",
        "charity-company": "Company Numbers for Charities",
        "mutual-company": "Mutual companies",
    }
    for kind, words in kinds.items():
        pairs = {(row["org_id_a"], row["org_id_b"]) for row in raw.having("source") if row["source"] == words}
        yield number(f"links: {kind}", len(pairs), f"?l a civ:IdentityLink ; civ:linkKind def:link-kind\\/{kind}")
    parents = {(row["org_id_a"], row["org_id_b"]) for row in raw.having("source") if row["relationship"] == "parent"}
    yield number("possible parents", len({(a, b) for a, b in parents if a != b}), "?l a civ:Hint")


def ukcat(raw: RawSource) -> Iterator[Check]:
    of_list = "SELECT ?n {{ GRAPH ?source {{ ?c skos:inScheme def:{} ; skos:notation ?n }} }}"
    yield keys("tags", (row["Code"] for row in raw.having("Code")), of_list.format("ukcat"))
    headings = (row["Sub-group"] or row["Group"] or row["Section"] for row in raw.having("Section"))
    yield keys("headings", headings, of_list.format("icnptso"))
    assigned = {(row["org_id"], row["icnptso_code"]) for row in raw.having("org_id")}
    yield number("classifications", len(assigned), "?c civ:classified ?charity ; civ:classifiedAs ?code")


def readacross(raw: RawSource) -> Iterator[Check]:
    whole = [row for row in raw.rows if not row["oscr-label"].endswith('"')]  # a stray quote makes a label unknown
    pairs = {(row["ccew-classno"], row["oscr-group"], row["oscr-label"]) for row in whole}
    yield number("pairs", len(pairs), "?c skos:closeMatch|skos:relatedMatch ?other")


def aliss(raw: RawSource) -> Iterator[Check]:
    answers = [json.loads(file.path.read_text("utf-8")) for file in raw.files]
    services = {str(each["id"]): each for answer in answers for each in answers_aliss.services_in(answer)}
    yield keys("service numbers", services,
               "SELECT ?n { GRAPH ?source { ?s a schema:Service ; skos:notation ?n } }")  # fmt: skip
    codes = [len(answers_aliss.members(each, "categories")) for each in services.values()]
    yield number("categories of services", sum(codes), "?s a schema:Service ; schema:serviceType ?category")
    areas = [len(answers_aliss.members(each, "service_areas")) for each in services.values()]
    yield number("areas of services", sum(areas), "?s a schema:Service ; schema:areaServed ?area")


def bristol(raw: RawSource) -> Iterator[Check]:
    services = {str(each["id"]): each for each in answers_services.services(*(file.path for file in raw.files))}
    yield keys("service numbers", services,
               "SELECT ?n { GRAPH ?source { ?s a schema:Service ; skos:notation ?n } }")  # fmt: skip
    providers = {(key, str(answers_services.inside(each, "organization")["id"])) for key, each in services.items()}
    yield number("providers", len(providers), "?s schema:provider/civ:listing ?entry")
    areas = {(key, area) for key, each in services.items() for area in answers_services.area_names(each)}
    yield number("areas of services", len(areas), "?s civ:serviceArea/skos:prefLabel ?area")


def threesixty(_: RawSource) -> Iterator[Check]:
    """By the reading of the questions, as the files have six forms."""
    yield keys("identifiers of grants", (grant.number for grant in grants()),
               "SELECT ?n { GRAPH ?source { ?g a civ:Grant ; skos:notation ?n } }")  # fmt: skip
    for currency in ("GBP", "USD"):
        yield total(f"awards in {currency}", (grant.amount for grant in grants() if grant.currency == currency),
                    f'?g a civ:Grant ; civ:amountAwarded ?a ; schema:currency "{currency}"')  # fmt: skip


def directory(raw: RawSource) -> Iterator[Check]:
    rows = [*raw.having("title", "tsi_name"), *raw.having("name", "charity_number", "checked_by")]
    published = [row for row in rows if row.get(CONSENT, "true") == "true"]
    yield keys("references of organisations", (row.get("Id") or row["reference"] for row in published),
               "SELECT ?n { GRAPH ?source { ?e a civ:Listing ; skos:notation ?n } }")  # fmt: skip
    yield number("numbers of charities", sum(bool(row["charity_number"]) for row in published),
                 "?l a civ:IdentityLink ; owl:annotatedTarget ?number")  # fmt: skip
    yield keys("references of services", (row["reference"] for row in raw.having("reference", "cost")),
               "SELECT ?n { GRAPH ?source { ?s a schema:Service ; skos:notation ?n } }")  # fmt: skip


CHECKS: dict[str, Checks] = {
    "aliss": aliss,
    "bristol": bristol,
    "threesixty": threesixty,
    "forth_milo": directory,
    "tay_directory": directory,
    "ukcat": ukcat,
    "readacross": readacross,
    "oscr": oscr,
    "oscr_former": oscr,
    "ccew": ccew,
    "ccni": ccni,
    "ccni_2020": ccni,
    "companies_house": companies_house,
    "care_inspectorate": care_inspectorate,
    "casc": casc,
    "cooperatives": cooperatives,
    "social_landlords": social_landlords,
    "local_authorities": local_authorities,
    "crosswalks": crosswalks,
}
