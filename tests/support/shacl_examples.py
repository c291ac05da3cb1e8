"""Small shapes, and charities that break each of them: what the tests of validation share."""

from pathlib import Path

from graph.validation.inputs import merged
from graph.validation.reference import reference
from graph.validation.results.report import Report
from graph.validation.results.result import in_order
from graph.validation.results.rows import RowIndex
from graph.validation.run import Constraints, validate_files
from graph.validation.shapes import Shapes

PREFIXES = """
@prefix : <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = f"""{PREFIXES}
:Charity-shape a sh:NodeShape ; sh:targetClass :Charity ;
    sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path :name ; sh:minCount 1 ; sh:maxCount 2 ; sh:uniqueLang true ] ,
        [ sh:path :motto ; sh:languageIn ( "en" "gd" ) ] ,
        [ sh:path :registered ; sh:datatype xsd:date ; sh:message "This is no date."@en ] ,
        [ sh:path :number ; sh:pattern "^SC[0-9]{{6}}$" ] ,
        [ sh:path :homepage ; sh:nodeKind sh:IRI ] ,
        [ sh:path :income ; sh:minInclusive 0 ; sh:maxInclusive 1000000 ] ,
        [ sh:path :note ; sh:maxLength 5 ; sh:severity sh:Warning ] ,
        [ sh:path :status ; sh:in ( :active :removed ) ] ,
        [ sh:path :office ; sh:class :Place ] ,
        [ sh:path :opened ; sh:lessThan :closed ] , [ sh:path :closed ] ,
        [ sh:path :contact ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:string ] ) ] ,
        [ sh:path [ sh:inversePath :owns ] ; sh:maxCount 1 ] .
:Return-shape a sh:NodeShape ; sh:targetSubjectsOf :yearEnd ; sh:not [ sh:property [ sh:path :void ; sh:minCount 1 ] ] .
:Place-shape a sh:NodeShape ; sh:targetObjectsOf :office ; sh:property [ sh:path :label ; sh:minCount 1 ] .
"""
GOOD = ':c1 a :Charity ; :name "A" ; :office :edinburgh . :edinburgh a :Place ; :label "Edinburgh" .'
# Each breaks one constraint of SHAPES: what a charity says, the component, and the value reported.
FAULTS = {
    "required is missing": ("", "MinCount"),
    "too many": (':name "A" , "B" , "C"', "MaxCount"),
    "two of one language": (':name "A"@en , "B"@en', "UniqueLang"),
    "foreign language": (':name "A" ; :motto "Vivat"@la', "LanguageIn"),
    "no language": (':name "A" ; :motto "Long live"', "LanguageIn"),
    "wrong datatype": (':name "A" ; :registered "2020-02-28"', "Datatype"),
    "date that is none": (':name "A" ; :registered "2020-02-31"^^xsd:date', "Datatype"),
    "pattern": (':name "A" ; :number "SC1"', "Pattern"),
    "text for a thing": (':name "A" ; :homepage "example.org"', "NodeKind"),
    "below the range": (':name "A" ; :income -0.5', "MinInclusive"),
    "above the range": (':name "A" ; :income "1000000.01"^^xsd:decimal', "MaxInclusive"),
    "incomparable with the range": (':name "A" ; :income "much"', "MinInclusive MaxInclusive"),
    "too long": (':name "A" ; :note "much too long"', "MaxLength"),
    "outside the list": (':name "A" ; :status :dormant', "In"),
    "wrong class": (':name "A" ; :office :c1', "Class MinCount"),
    "order of two dates": (':name "A" ; :opened "2020-01-02"^^xsd:date ; :closed "2020-01-01"^^xsd:date', "LessThan"),
    "neither of two": (':name "A" ; :contact 12', "Or"),
    "unknown property": (':name "A" ; :colour "red"', "Closed"),
    "two point to it": (':name "A" . :a :owns :bad . :b :owns :bad', "MaxCount"),
    "what must not be": (':name "A" . :bad-return :yearEnd "2020" ; :void true', "Not"),
}


def turtle(folder: Path, text: str) -> Path:
    file = folder / "data.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def with_fault(fault: str) -> str:
    return f"{GOOD} :bad a :Charity ; {fault} ."


def all_faults(folder: Path) -> Path:
    bad = (fault.replace(":bad", f":bad{number}") for number, (fault, _) in enumerate(FAULTS.values()))
    return turtle(folder, GOOD + "".join(f" :bad{number} a :Charity ; {text} ." for number, text in enumerate(bad)))


def report_on(files: list[Path], shapes: str = SHAPES, rows: RowIndex | None = None, **queries: str) -> Report:
    """What validation with these shapes reports of the files."""
    return validate_files(files, Constraints(Shapes.parse(shapes), queries), rows=rows)


def reference_report_on(file: Path) -> Report:
    """What the reference engine reports of the whole file."""
    with merged([file]) as graph:
        results = reference((line for line, *_ in graph.lines()), Shapes.parse(SHAPES).ntriples)
        return Report(in_order(results), "pyshacl", graph.triples)
