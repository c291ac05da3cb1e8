"""Every field of the 360Giving Data Standard 1.4 and the term that stands for it: `fields.toml`, read."""

from pathlib import Path

from graph.standards.field import forms

FORMS = forms(Path(__file__).with_name("fields.toml"))
