"""How pages get at a graph: one small port, the release in process and a SPARQL endpoint behind it, look-ups in rounds.

What a page shows of the answers is in `endpoint.presentation`; the SPARQL protocol that others use, in
`endpoint.sparql`.
"""
