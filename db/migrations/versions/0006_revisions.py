"""Versions of a report, what a revision leaves for a person, corrections of the shown text, places in the file.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("report", "supersedes", sa.String()),
    ("report", "corrections", sa.Text()),
    ("task", "revised", sa.Text()),
    ("tag", "revised", sa.Text()),
)


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(
                sa.Column(name, kind, nullable=False, server_default=""), insert_before="version"
            )
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.alter_column(name, existing_type=kind, server_default=None)
    op.create_table(
        "source_place",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_source_place_report_id_report"),
        sa.PrimaryKeyConstraint("report_id", name="pk_source_place"),
    )


def downgrade() -> None:
    op.drop_table("source_place")
    for table, name, _kind in COLUMNS:
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.drop_column(name)
