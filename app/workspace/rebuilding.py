"""Reviewed layers brought up to what a merge, or a person's choice, has made of their bases and decisions."""

from collections.abc import Collection

from sqlalchemy import Connection

from app.workspace import reviewing
from db import changes, reports
from db.log import Author

LABEL = "按交接的标注和裁决重建复核稿"


def build_again(connection: Connection, author: Author, report_id: str, touched: Collection[str]) -> None:
    """Write the reviewed layers that these layers make, or that are among them: a logged change for each.

    A final one too: what is decided elsewhere is decided, and everybody is to read the same. The record tells.
    """
    for layer in reports.layers(connection, report_id):
        if layer.is_reviewed and not {layer.id, *layer.base_ids}.isdisjoint(touched):
            merging = reviewing.read(connection, layer).merging()
            if merging is not None:
                changes.apply(connection, merging._replace(label=LABEL), author)
