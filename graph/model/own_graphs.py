"""The named graphs that a build makes itself, by name and title; no publisher's file is behind them."""

CATALOGUE = "catalogue"
IDENTITY = "identity"
DERIVED = "derived"
EVIDENCE = "evidence"
MEASUREMENTS = "measurements"
QUALITY = "quality"
VOCABULARY = "vocabulary"

OWN_GRAPHS = {
    CATALOGUE: "Catalogue of the sources",
    DERIVED: "Statistics worked out from the sources",
    EVIDENCE: "How well each organisation is attested",
    IDENTITY: "Which identifiers belong to one organisation",
    MEASUREMENTS: "How complete and how fresh the sources are",
    QUALITY: "Problems found in the data",
    VOCABULARY: "Civil society vocabulary and code lists",
}
"""The graphs that no file of a publisher is behind."""
