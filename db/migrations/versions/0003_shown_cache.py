"""A report's shown text as last derived, so that opening it need not tidy it again.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_cache",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_shown_cache_report_id_report"),
        sa.PrimaryKeyConstraint("report_id", name="pk_shown_cache"),
    )


def downgrade() -> None:
    op.drop_table("shown_cache")
