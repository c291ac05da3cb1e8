"""Weighing links: which are acted on, which identifiers become one body, and why the others do not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.identity.links import Link, Ties
from graph.identity.rules import Pair, Rules, identifier, rank, register
from graph.model.problems import Parameters, parameters
from graph.model.terms import Iri
from graph.model.vocabulary.rules import Outcome, rule

Cluster = tuple[str, ...]
"""The identifiers of one body as IRIs; the first stands for it."""


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """A link that is not acted on."""

    link: Link
    rule: str
    parameters: Parameters = ()

    @property
    def reason(self) -> str:
        """Why, in words."""
        return rule(self.rule).fault(dict(self.parameters), Outcome.REMARK)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The bodies of more than one identifier, and the links that were refused; both in order."""

    clusters: tuple[Cluster, ...]
    refused: tuple[Refused, ...]


def weigh(ties: Ties, rules: Rules) -> Weighed:
    """Refuse what the rules refuse, and cluster the rest.

    First come the registers' own statements. Lists that others compiled are then added, and at last what directories
    and funders say, one source after the other; but never so that they break what is accepted: where they would, it is
    they that are refused.
    """
    bench, kept = _Bench(rules, ties.successions), list[Link]()
    accepted = bench.without_refused(ties.links)
    for turn in sorted({link.turn for link in accepted}):
        kept += bench.tier([link for link in accepted if link.turn == turn], kept)
    clusters = [cluster for cluster in _components(kept) if len(cluster) > 1]
    return Weighed(tuple(sorted(clusters)), tuple(sorted(bench.refused)))


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where links are weighed; `refused` fills up."""

    rules: Rules
    successions: Mapping[Pair, Iri]
    refused: list[Refused] = field(default_factory=list[Refused])

    def without_refused(self, links: Iterable[Link]) -> list[Link]:
        """The links that pass on their own."""
        kept: list[Link] = []
        for link in links:
            if fault := self._fault_of(link):
                self.refused.append(Refused(link, *fault))
            else:
                kept.append(link)
        return kept

    def tier(self, links: Sequence[Link], grounds: Sequence[Link]) -> list[Link]:
        """The links that make no impossible body together with those already accepted."""
        by_cluster = {member: cluster for cluster in _components([*grounds, *links]) for member in cluster}
        faults = {cluster: self._fault_in(cluster) for cluster in set(by_cluster.values())}
        kept: list[Link] = []
        for link in links:
            if fault := faults[by_cluster[link.first]]:
                self.refused.append(Refused(link, *fault))
            else:
                kept.append(link)
        return kept

    def _fault_of(self, link: Link) -> tuple[str, Parameters] | None:
        rules = self.rules
        if link.pair in rules.rejected:
            return "link-rejected", parameters(reason=rules.rejected[link.pair])
        if rules.kinds and link.kind not in rules.kinds:
            return "link-kind-unused", parameters(kind=link.kind)
        if link.confidence < rules.threshold:
            return "link-unsure", parameters(confidence=link.confidence, threshold=rules.threshold)
        if found := self.successions.get(link.pair):
            return "link-contradicted", parameters(event=found.value)
        return None

    def _fault_in(self, cluster: Cluster) -> tuple[str, Parameters] | None:
        """Why these identifiers cannot be of one body."""
        names = [identifier(member) for member in cluster]
        by_register: dict[str, list[str]] = defaultdict(list)
        for name in names:
            by_register[register(name)].append(name)
        for twice in (each for each in by_register.values() if len(each) > 1):
            return "link-of-one-register", parameters(identifiers=" and ".join(twice[:3]))
        if len(names) > self.rules.cap:
            return "link-of-too-many", parameters(count=len(names), cap=self.rules.cap)
        for pair in combinations(names, 2):
            if found := self.successions.get(frozenset(pair)):
                return "link-of-successors", parameters(identifiers=" and ".join(pair), event=found.value)
        return None


def _components(links: Iterable[Link]) -> list[Cluster]:
    """What hangs together, each cluster with the identifier first that stands for it (union-find)."""
    parent: dict[str, str] = {}

    def root(member: str) -> str:
        parent.setdefault(member, member)
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for link in links:
        parent[root(link.first)] = root(link.second)
    members: dict[str, list[str]] = defaultdict(list)
    for member in parent:
        members[root(member)].append(member)
    return [tuple(sorted(cluster, key=rank)) for cluster in members.values()]
