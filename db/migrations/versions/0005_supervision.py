"""Supervision: what units report, the moves of tasks, and what persons decide about targets.

Revision: 0005
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW = ("progress", "task_move", "verdict", "year_target")


def upgrade() -> None:
    _create(
        "progress",
        *_strings("task_id", "period", "unit"),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        *_written(),
        *_texts("figures", "text", "issues", "next_steps"),
        *_strings("reported_by"),
        *_texts("evidence"),
        *_strings("source"),
    )
    _create(
        "task_move",
        *_strings("task_id", "name"),
        *_written(),
        *_texts("reason"),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        *_texts("evidence"),
    )
    _create(
        "verdict",
        *_strings("target_id"),
        sa.Column("reached", sa.Boolean(), nullable=False),
        *_strings("person_id", "who"),
        sa.Column("at", sa.DateTime(), nullable=False),
        *_texts("reason"),
    )
    _create(
        "year_target",
        *_strings("target_id"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        *_strings("words"),
    )


def downgrade() -> None:
    for name in NEW:
        op.drop_table(name)


def _create(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        *_strings("id", "report_id"),
        *columns,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=f"fk_{name}_report_id_report",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_report_id", name, ["report_id"])


def _written() -> list[sa.Column[Any]]:
    return [sa.Column("at", sa.DateTime(), nullable=False), *_strings("person_id", "who")]


def _strings(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
