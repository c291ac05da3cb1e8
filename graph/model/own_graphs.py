"""The named graphs that a build makes itself, with their titles. What is in each, and who writes it, is elsewhere."""

CATALOGUE = "catalogue"
DERIVED = "derived"
EVIDENCE = "evidence"
IDENTITY = "identity"
MEASUREMENTS = "measurements"
QUALITY = "quality"
VOCABULARY = "vocabulary"

TITLES = {
    CATALOGUE: "Catalogue of the sources",
    DERIVED: "Statistics worked out from the sources",
    EVIDENCE: "How well each organisation is attested",
    IDENTITY: "Which identifiers belong to one organisation",
    MEASUREMENTS: "How complete and how fresh the sources are",
    QUALITY: "Problems found in the data",
    VOCABULARY: "Civil society vocabulary and code lists",
}
"""By name; no file of a publisher is behind these, so no source may have such a name."""
