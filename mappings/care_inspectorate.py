"""Care services of Scotland: each is a service; its provider is described only if it is a voluntary body or a council.

Left out on purpose: private providers, who may be people, and childminders. See docs/sources/care_inspectorate.md.
"""

import re
from collections.abc import Container, Iterator, Sequence

from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, ROV, SCHEMA, SKOS, Iri
from graph.model.values.names import whole
from graph.model.values.persons import is_person
from graph.model.values.register_numbers import company_number

DAY = "%d/%m/%Y"
SERVICE, PROVIDER = re.compile(r"CS\d{10}"), re.compile(r"SP\d{10}")
BODIES = {"voluntary", "local-authority"}
WHOLE = re.compile(r"(\d+)(?:\.0)?")
COMPANY = re.compile(r"(?:SC|SO)\d{6}")
# "BASIC, a Scottish Charitable Incorporated Organisation", "Phoenix House Trading as Phoenix Futures"
NAME = re.compile(
    r"(?P<name>.+?)"
    r"(?:,?\s+\(?(?:an? )?(?P<form>(?:Scottish )?Charitable Incorporated (?:Organisation|Association)|SCIO|CIO"
    r"|company limited by guarantee|(?<=an )(?:unincorporated )?association|body incorporated by Royal Charter)\)?)?"
    r"(?:,?\s+(?:trading as|t/a|known as)\s+(?P<known>.+))?",
    re.IGNORECASE,
)
FORMS = {
    "scottish charitable incorporated organisation": "scio",
    "scottish charitable incorporated association": "scio",
    "scio": "scio",
    "charitable incorporated organisation": "cio",
    "cio": "cio",
    "company limited by guarantee": "company-limited-by-guarantee",
    "unincorporated association": "unincorporated-association",
    "association": "unincorporated-association",
    "body incorporated by royal charter": "royal-charter-body",
}
# The register's names of the councils, as `whole` folds them, and their codes in the register of councils.
COUNCILS = {
    "aberdeen city council": "ABE",
    "aberdeenshire council": "ABD",
    "angus council": "ANS",
    "argyll and bute council": "AGB",
    "city of edinburgh council": "EDH",
    "clackmannanshire council": "CLK",
    "comhairle nan eilean siar": "ELS",
    "dumfries and galloway council": "DGY",
    "dundee city council": "DND",
    "east ayrshire council": "EAY",
    "east dunbartonshire council": "EDU",
    "east lothian council": "ELN",
    "east renfrewshire council": "ERW",
    "falkirk council": "FAL",
    "fife council": "FIF",
    "glasgow city council": "GLG",
    "highland council": "HLD",
    "inverclyde council": "IVC",
    "midlothian council": "MLN",
    "moray council": "MRY",
    "north ayrshire council": "NAY",
    "north lanarkshire council": "NLK",
    "orkney islands council": "ORK",
    "perth and kinross council": "PKN",
    "renfrewshire council": "RFW",
    "scottish borders council": "SCB",
    "shetland islands council": "ZET",
    "south ayrshire council": "SAY",
    "south lanarkshire council": "SLK",
    "stirling council": "STG",
    "west dunbartonshire council": "WDU",
    "west lothian council": "WLN",
}


def nodes(row: Row) -> Iterator[Node]:
    """The service first, then its postcode, and its provider if that is a body of civil society or a council."""
    row.need("CareService")
    kind = row.choice("CareService", "care-service")
    if kind is None or kind == iri.concept("care-service", "child-minding"):
        return  # a person at home, or perhaps one
    number = row.need("CSNumber", SERVICE)
    service = Node(iri.service("GB-CIS", number), SCHEMA.Service)
    service.add(SKOS.notation, number)
    service.add(SKOS.prefLabel, row.need("ServiceName"))
    service.add(SCHEMA.serviceType, kind)
    service.add(SCHEMA.serviceType, row.choice("Subtype", "care-service"))
    service.add_all(SCHEMA.serviceType, row.choices("AdditionalSubtypes", "care-service", split=semicolons))
    service.add(CIV.clientGroup, row.choice("Client_group", "care-client-group"))
    service.add(CIV.serviceStatus, row.choice("ServiceStatus", "registration-status"))
    figures(row, service)
    provided_by = row.choice("ServiceType", "care-provider-type")
    service.add(CIV.providerType, provided_by)
    parts = [*place(row, service), *provider(row, service, provided_by)]
    yield service
    yield from parts


def semicolons(text: str) -> Sequence[str]:
    """The items of a list that semicolons part."""
    return tuple(filter(None, (item.strip() for item in text.split(";"))))


def figures(row: Row, service: Node) -> None:
    """Places, grades and days."""
    service.add(CIV.registeredPlaces, number_in(row, "Registered_Places"))
    service.add(CIV.lowestGrade, number_in(row, "MinGrade", range(1, 7)))
    service.add(CIV.highestGrade, number_in(row, "MaxGrade", range(1, 7)))
    service.add(CIV.serviceRegisteredOn, row.date("DateReg", DAY))
    service.add(CIV.gradesPublishedOn, row.date("Publication_of_Latest_Grading", DAY))
    service.add(CIV.lastInspectedOn, row.date("Last_inspection_Date", DAY))


def number_in(row: Row, column: str, allowed: Container[int] = range(100_000)) -> int | None:
    """A whole number of those allowed, which the file writes as 4.0."""
    typed = row.cell(column)
    if not typed:
        return None
    found = WHOLE.fullmatch(typed)
    if found and int(found[1]) in allowed:
        return int(found[1])
    row.problem(column, "care-number-invalid")
    return None


def place(row: Row, service: Node) -> Iterator[Node]:
    """Where the service is, as the register says: data zone, council and postcode."""
    if zone := row.text("Datazone"):
        if re.fullmatch(r"S01\d{6}", zone):
            service.add(CIV.within, iri.area(zone))
        else:
            row.problem("Datazone", "data-zone-invalid")
    service.add(CIV.within, row.choice("Council_Area_Name", "council"))
    if code := row.postcode("Service_Postcode"):
        address = Node(iri.postcode(code), CIV.Postcode)
        address.add(SKOS.notation, code)
        service.add(CIV.postcode, address.iri)
        yield address


def provider(row: Row, service: Node, kind: Iri | None) -> Iterator[Node]:
    """A voluntary body or a council; a person makes nobody, whether named or not."""
    published = row.text("ServiceProvider") or ""
    slug = iri.last_segment(kind) if kind else ""
    if slug not in BODIES or (slug == "voluntary" and is_person(published)):
        return
    number = row.need("SP_number", PROVIDER)
    body = Node(iri.organisation("GB-CIS", number), CIV.Organisation)
    service.add(SCHEMA.provider, body.iri)
    entry = Node(iri.registration("GB-CIS", number), CIV.Registration)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-CIS"))
    body.add(ROV.registration, entry.iri)
    named(body, published)
    if slug == "local-authority":
        body.is_a(CIV.PublicBody)
        body.is_a(CIV.LocalAuthority)
    yield from (body, entry)
    yield from same(row, body, published, slug)


def named(body: Node, published: str) -> None:
    """The name without the legal form and the trading name that the register writes behind it."""
    if COMPANY.fullmatch(published):
        return  # a number where the name should be: its register has the name of the company
    if parts := NAME.fullmatch(published):
        body.add(SKOS.prefLabel, parts["name"])
        body.add(SKOS.altLabel, parts["known"])
        if form := FORMS.get((parts["form"] or "").casefold()):
            body.add(ROV.orgType, iri.concept("legal-form", form))


def same(row: Row, body: Node, published: str, kind: str) -> Iterator[Node]:
    """The council or the company that the provider is, where its name leaves no doubt."""
    if kind == "local-authority":
        if key := COUNCILS.get(whole(published).removeprefix("the ")):
            council = iri.organisation("GB-LAS", key)
            yield same_body(body.iri, council, "council-name", "0.98", f"Service provider: {published}")
        else:
            row.problem("ServiceProvider", "council-unknown")
    elif COMPANY.fullmatch(published) and (number := company_number(published)):
        company = iri.organisation("GB-COH", number)
        yield same_body(body.iri, company, "company-number", "0.95", f"Service provider: {published}")
