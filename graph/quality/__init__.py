"""What the merged graph tells of the quality of its sources: findings for their fix lists, and measurements.

`said.py` and `registers.py` hold what sources and registers say of organisations, `telling.py` reads it. The kinds of
findings are in `entries.py`, `names.py`, `doubles.py` and `postcodes.py`; `measures.py` counts, `history.py` keeps what
was counted before, `stage.py` puts it together.
"""
