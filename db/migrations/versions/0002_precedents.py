"""Rows of earlier years' ledgers, from which owners are proposed.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "precedent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("supports", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_precedent"),
    )


def downgrade() -> None:
    op.drop_table("precedent")
