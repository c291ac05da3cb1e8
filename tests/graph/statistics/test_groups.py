"""Groups on no register, counted by council."""

from collections import Counter
from pathlib import Path

from pyoxigraph import Store

from graph.model.terms import CIV
from tests.support.statistics.group_counts import listed, rows
from tests.support.statistics.sample_counts import AREA, cells, withheld


def test_groups_are_counted_by_council_from_the_class_and_small_counts_are_withheld(sample_out: Path) -> None:
    councils = {"Fife": "S12000047", "Perth and Kinross": "S12000048"}
    places = {f"DIR-KINGDOM-{row['reference']}": row["area"] for row in rows("directories/kingdom-organisations.csv")}
    counted = Counter(
        councils.get(places.get(name, "Perth and Kinross"), "") for name, number, _, _ in listed() if not number
    )
    assert counted["S12000047"] > 5 > counted["S12000048"] > 0
    store = Store.read_only(str((sample_out / "current").resolve() / "store"))
    whole = counted["S12000047"] + counted["S12000048"]
    assert cells(store, "groups-in-no-register-by-area", (AREA,), CIV.organisations) == {("S92000003",): whole}
    assert withheld(store, "groups-in-no-register-by-area", (AREA,)) == {(code,) for code in councils.values()}
