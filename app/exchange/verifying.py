"""Chains of records side by side: whether two copies of a chain are one, and what one has that the other lacks."""

from collections.abc import Mapping, Sequence

from app.domain.chains import Link

Chains = Mapping[str, Sequence[Link]]
"""The entries of each chain in order, by its id."""


def head(links: Sequence[Link]) -> str:
    """The hash that stands for a whole chain."""
    return links[-1].hash if links else ""


def against(ours: Chains, theirs: Chains) -> list[str]:
    """Where the chains of a package do not lie on ours, a Chinese sentence each: a cut tail, a fork, what is concealed."""
    found: list[str] = []
    for chain, links in theirs.items():
        mine = ours.get(chain, ())
        fork = fork_position(mine, links)
        if fork:
            found.append(f"记录链{chain[:8]}从第{fork}条起与交接包里的不同：这里或包里的记录被改写过。")
        elif len(mine) < len(links):
            found.append(
                f"记录链{chain[:8]}在交接包里有{len(links)}条，这里只有{len(mine)}条："
                "这里末尾的记录被删去，或这个交接包还没有合并过。"
            )
        elif hidden := unseen(mine, links):
            found.append(
                f"记录链{chain[:8]}有{len(hidden)}条在交接包里有内容、这里只有校验值："
                "这里的内容被隐去，或这个交接包还没有合并过。"
            )
    return found


def fork_position(ours: Sequence[Link], theirs: Sequence[Link]) -> int:
    """The first position where two copies of a chain differ; 0 where one is the beginning of the other.

    The hashes stand for what they are made of, so that only they are compared.
    """
    pairs = zip(ours, theirs, strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a.hash != b.hash), 0)


def unseen(ours: Sequence[Link], theirs: Sequence[Link]) -> list[Link]:
    """The entries of their copy that ours lacks, or has only as hashes."""
    known = [link.body is not None for link in ours]
    return [
        link for n, link in enumerate(theirs) if n >= len(known) or (link.body is not None and not known[n])
    ]
