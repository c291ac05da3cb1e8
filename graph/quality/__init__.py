"""How good the sources are: profiles of what each states, findings for their fix lists, evidence grades, metrics.

`profiling` reads the sources into a `profile` and `registers`; `findings` compares; `evidence` grades organisations;
`measures` counts, `history` keeps what was counted before, `stage` puts it together. Typing errors are found where
cells are read, in `graph.model`.
"""
