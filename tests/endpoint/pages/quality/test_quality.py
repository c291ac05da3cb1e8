"""The pages on quality: every problem with its remedy, by rule."""

import codecs
import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.support.endpoint.pages import page, release
from tests.support.endpoint.serving import Server


def test_quality_lists_every_problem_with_its_remedy(site: Server, sample_out: Path) -> None:
    read = page(site, "/quality?source=oscr")
    rows = (release(sample_out) / "problems" / "oscr.csv").read_text().splitlines()[1:]
    assert "http" in read.text
    assert f"{len(rows)} CSV" in re.sub(r" \d+ CSV", f" {len(rows)} CSV", read.text)
    answer = site.client.get("/problems/oscr.csv")
    assert answer.content.startswith(codecs.BOM_UTF8)
    assert answer.text.splitlines()[1:] == rows
    assert site.client.get("/problems/..%2Frelease.json").status_code == 404
    page(site, "/quality?source=nothing", 404)


def test_quality_can_be_narrowed_to_a_rule_that_is_explained(site: Server) -> None:
    links = [link for link in page(site, "/quality").links if "rule=" in link]
    assert links
    for link in links:
        narrowed = page(site, link)
        assert "Show all" in narrowed.text
        (rule,) = [to for to in narrowed.links if to.startswith("/def/problem-rule/")]
        assert rule.rsplit("/", 1)[1] == parse_qs(urlsplit(link).query)["rule"][0]
    assert "Not a date" in page(site, "/def/problem-rule/date-invalid").text


def test_problems_of_a_rule_are_counted_whatever_their_column_is(site: Server, sample_out: Path) -> None:
    lists = (release(sample_out) / "problems").glob("*.csv")
    rules = [row["rule"] for file in lists for row in csv.DictReader(file.read_text("utf-8-sig").splitlines())]
    read = page(site, "/quality?rule=date-invalid")
    counted = re.findall(r"Not a date (\d+) ", read.text)
    assert sum(map(int, counted)) == rules.count("date-invalid") > 1


def test_old_links_and_odd_rules_do_no_harm(site: Server) -> None:
    everything = page(site, "/quality").text
    assert page(site, "/quality?fault=is+no+date").text == everything
    assert "No problem of this kind was found" in page(site, "/quality?rule=%22%3E%3Cscript+x").text
