"""The first tables: people, cadences, touches, the ledger, what people owe, and the engine's own.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from touches.store.types import Instant, Json

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("phase", sa.Text(), server_default="", nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("touch_id", "number", name=op.f("uq_attempt_touch_id_number")),
    )
    op.create_table(
        "company",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("timezone", sa.Text(), server_default="", nullable=False),
        sa.Column("frozen", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("key", name=op.f("uq_company_key")),
    )
    op.create_table(
        "daemon",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), server_default="", nullable=False),
        sa.Column("pid", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("beat_at", Instant(), nullable=False),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_daemon")),
    )
    op.create_table(
        "decision",
        sa.Column(
            "touch_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("because", Json(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("touch_id", name=op.f("pk_decision")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("enrollment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("because", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("data", Json(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_lead_id", ["lead_id", "id"], unique=False)
        batch_op.create_index("ix_event_touch_id", ["touch_id", "id"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("news_class", sa.Text(), server_default="", nullable=False),
        sa.Column("news", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status = 'reserved' OR status = 'told' OR status = 'released'", name=op.f("ck_ledger_status_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_news_class", ["news_class"], unique=False)
        batch_op.create_index(
            "ix_ledger_released",
            ["lead_id", "news_class"],
            unique=False,
            sqlite_where=sa.text("status = 'released'"),
            postgresql_where=sa.text("status = 'released'"),
        )
        batch_op.create_index("ix_ledger_touch_id", ["touch_id"], unique=False)
        batch_op.create_index(
            "uq_ledger_told",
            ["lead_id", "news_class"],
            unique=True,
            sqlite_where=sa.text("status IN ('reserved', 'told')"),
            postgresql_where=sa.text("status IN ('reserved', 'told')"),
        )

    op.create_table(
        "news",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("news_class", sa.Text(), server_default="", nullable=False),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
    )
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_news_class"), ["news_class"], unique=False)

    op.create_table(
        "policy_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("policy", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("places", Json(), server_default="{}", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("policy", "number", name=op.f("uq_policy_version_policy_number")),
    )
    with op.batch_alter_table("policy_version", schema=None) as batch_op:
        batch_op.create_index(
            "uq_policy_version_current",
            ["policy"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "sign",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_sign_kind_key")),
    )
    with op.batch_alter_table("sign", schema=None) as batch_op:
        batch_op.create_index("ix_sign_kind_at", ["kind", "at"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("address_hash", "channel", name=op.f("uq_suppression_address_hash_channel")),
    )
    op.create_table(
        "touch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("enrollment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("policy", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("news", sa.Text(), server_default="", nullable=False),
        sa.Column("news_class", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("latest_at", Instant(), nullable=True),
        sa.Column("local_time", sa.Text(), server_default="", nullable=False),
        sa.Column("zone", sa.Text(), server_default="", nullable=False),
        sa.Column("rank", sa.Integer(), server_default="2050", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("variant", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("handed_over_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('touch', 'notice')", name=op.f("ck_touch_kind_known")),
        sa.CheckConstraint(
            "state = 'planned' OR state = 'ready' OR state = 'claimed' OR state = 'prepared' OR state = 'offering' OR state = 'committing' OR state = 'sent' OR state = 'delivered' OR state = 'bounced' OR state = 'returned' OR state = 'in_doubt' OR state = 'failed' OR state = 'held' OR state = 'expired' OR state = 'cancelled' OR state = 'quarantined'",
            name=op.f("ck_touch_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('claimed', 'prepared', 'committing') OR lease_owner <> ''",
            name=op.f("ck_touch_in_hand_has_an_owner"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('planned', 'ready') OR due_at IS NOT NULL", name=op.f("ck_touch_waiting_has_a_time")
        ),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'delivered') OR handed_over_at IS NOT NULL", name=op.f("ck_touch_sent_has_a_time")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
        sa.UniqueConstraint("enrollment_id", "step", "round", name=op.f("uq_touch_enrollment_id_step_round")),
    )
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_touch_due",
            ["channel", "rank", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('planned', 'ready')"),
            postgresql_where=sa.text("state IN ('planned', 'ready')"),
        )
        batch_op.create_index(
            "ix_touch_handed_over_at",
            ["handed_over_at"],
            unique=False,
            sqlite_where=sa.text("handed_over_at IS NOT NULL"),
            postgresql_where=sa.text("handed_over_at IS NOT NULL"),
        )
        batch_op.create_index("ix_touch_lead_id", ["lead_id", "id"], unique=False)
        batch_op.create_index(
            "ix_touch_open",
            ["state", "lease_owner"],
            unique=False,
            sqlite_where=sa.text(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
            postgresql_where=sa.text(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
        )

    op.create_table(
        "web_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_web_user")),
    )
    op.create_table(
        "lead",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), server_default="", nullable=False),
        sa.Column("last_name", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("segment", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("preferred_channel", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("attributes", Json(), server_default="{}", nullable=False),
        sa.Column("concerns", Json(), server_default="[]", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("bought_at", Instant(), nullable=True),
        sa.Column("lost_at", Instant(), nullable=True),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("dead", sa.Text(), server_default="", nullable=False),
        sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("triggered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_lead_company_id_company")),
        sa.ForeignKeyConstraint(["merged_into"], ["lead.id"], name=op.f("fk_lead_merged_into_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("external_id", name=op.f("uq_lead_external_id")),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            "ix_lead_merged_into",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_lead_owner"), ["owner"], unique=False)
        batch_op.create_index("ix_lead_segment_id", ["segment", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_triggered_at"), ["triggered_at"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("in_reply_to", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["touch_id"], ["touch.id"], name=op.f("fk_notice_touch_id_touch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_touch_id"), ["touch_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("apart", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_activity_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("lead_id", "kind", "at", "apart", name=op.f("uq_activity_lead_id_kind_at_apart")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_kind_lead_id_at", ["kind", "lead_id", "at"], unique=False)
        batch_op.create_index(
            "ix_activity_unseen",
            ["id"],
            unique=False,
            sqlite_where=sa.text("seen = 0"),
            postgresql_where=sa.text("seen = 0"),
        )

    op.create_table(
        "complaint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("cause", sa.Text(), server_default="", nullable=False),
        sa.Column("harm", sa.Text(), server_default="", nullable=False),
        sa.Column("reaction", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("step_by", Instant(), nullable=True),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("compensation", sa.Text(), server_default="", nullable=False),
        sa.Column("solution", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("solved_at", Instant(), nullable=True),
        sa.Column("cool_until", Instant(), nullable=True),
        sa.Column("escalated_at", Instant(), nullable=True),
        sa.Column("steps", Json(), server_default="[]", nullable=False),
        sa.CheckConstraint(
            "state = 'open' OR state = 'kept' OR state = 'broken' OR state = 'solved' OR state = 'closed'",
            name=op.f("ck_complaint_state_known"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_complaint_company_id_company")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_complaint_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_lead_id", ["lead_id"], unique=False)

    op.create_table(
        "contact_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("address_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="", nullable=False),
        sa.Column("broken", sa.Text(), server_default="", nullable=False),
        sa.Column("broken_at", Instant(), nullable=True),
        sa.Column("soft_bounces", sa.Integer(), server_default="0", nullable=False),
        sa.Column("soft_since", Instant(), nullable=True),
        sa.Column("consent", sa.Text(), server_default="", nullable=False),
        sa.Column("consent_source", sa.Text(), server_default="", nullable=False),
        sa.Column("consent_evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("consent_at", Instant(), nullable=True),
        sa.Column("consent_until", Instant(), nullable=True),
        sa.CheckConstraint(
            "kind = 'email' OR kind = 'phone' OR kind = 'postal' OR kind = 'fax'",
            name=op.f("ck_contact_point_kind_known"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_contact_point_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("kind", "address", "lead_id", name=op.f("uq_contact_point_kind_address_lead_id")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_point_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("because", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("stalled_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("noted", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state = 'open' OR state = 'kept' OR state = 'broken' OR state = 'solved' OR state = 'closed'",
            name=op.f("ck_conversation_state_known"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_conversation_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index("ix_conversation_lead_id", ["lead_id"], unique=False)

    op.create_table(
        "enrollment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("policy", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("phase", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("trigger", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="50", nullable=False),
        sa.Column("shift", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("phase = 'steps' OR phase = 'then'", name=op.f("ck_enrollment_phase_known")),
        sa.CheckConstraint(
            "state = 'active' OR state = 'paused' OR state = 'finished' OR state = 'stopped'",
            name=op.f("ck_enrollment_state_known"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_enrollment_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint("lead_id", "policy", "occurrence", name=op.f("uq_enrollment_lead_id_policy_occurrence")),
    )
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrollment_paused",
            ["paused_until"],
            unique=False,
            sqlite_where=sa.text("state = 'paused'"),
            postgresql_where=sa.text("state = 'paused'"),
        )
        batch_op.create_index("ix_enrollment_policy_state", ["policy", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_enrollment_running",
            ["lead_id", "policy"],
            unique=True,
            sqlite_where=sa.text("state IN ('active', 'paused')"),
            postgresql_where=sa.text("state IN ('active', 'paused')"),
        )

    op.create_table(
        "inbound",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_id", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("because", sa.Text(), server_default="", nullable=False),
        sa.Column("handled", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("reviewed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_inbound_lead_id_lead")),
        sa.ForeignKeyConstraint(["touch_id"], ["touch.id"], name=op.f("fk_inbound_touch_id_touch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_inbound_source_source_id")),
    )
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "interaction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("direction", sa.Text(), server_default="", nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.Column("agreed", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("news", sa.Text(), server_default="", nullable=False),
        sa.Column("concern", sa.Text(), server_default="", nullable=False),
        sa.Column("content_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("previous", sa.Text(), server_default="", nullable=False),
        sa.Column("hash", sa.Text(), server_default="", nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_interaction_lead_id_lead")),
        sa.ForeignKeyConstraint(["touch_id"], ["touch.id"], name=op.f("fk_interaction_touch_id_touch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("hash", name=op.f("uq_interaction_hash")),
    )
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.create_index("ix_interaction_at", ["at"], unique=False)
        batch_op.create_index("ix_interaction_lead_id_at", ["lead_id", "at"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("touch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("by", Instant(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("renewals", sa.Integer(), server_default="0", nullable=False),
        sa.Column("missed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("renewal_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("kept_at", Instant(), nullable=True),
        sa.Column("warned_at", Instant(), nullable=True),
        sa.Column("interim_at", Instant(), nullable=True),
        sa.Column("escalated_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state = 'open' OR state = 'kept' OR state = 'broken' OR state = 'solved' OR state = 'closed'",
            name=op.f("ck_promise_state_known"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_promise_lead_id_lead")),
        sa.ForeignKeyConstraint(["parent_id"], ["promise.id"], name=op.f("fk_promise_parent_id_promise")),
        sa.ForeignKeyConstraint(["touch_id"], ["touch.id"], name=op.f("fk_promise_touch_id_touch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index("ix_promise_lead_id", ["lead_id"], unique=False)
        batch_op.create_index("ix_promise_state_by", ["state", "by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_state_by")
        batch_op.drop_index("ix_promise_lead_id")

    op.drop_table("promise")
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.drop_index("ix_interaction_lead_id_at")
        batch_op.drop_index("ix_interaction_at")

    op.drop_table("interaction")
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_lead_id"))

    op.drop_table("inbound")
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrollment_running",
            sqlite_where=sa.text("state IN ('active', 'paused')"),
            postgresql_where=sa.text("state IN ('active', 'paused')"),
        )
        batch_op.drop_index("ix_enrollment_policy_state")
        batch_op.drop_index(
            "ix_enrollment_paused",
            sqlite_where=sa.text("state = 'paused'"),
            postgresql_where=sa.text("state = 'paused'"),
        )

    op.drop_table("enrollment")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index("ix_conversation_lead_id")

    op.drop_table("conversation")
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_point_lead_id"))

    op.drop_table("contact_point")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_lead_id")

    op.drop_table("complaint")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_activity_unseen", sqlite_where=sa.text("seen = 0"), postgresql_where=sa.text("seen = 0")
        )
        batch_op.drop_index("ix_activity_kind_lead_id_at")

    op.drop_table("activity")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_touch_id"))

    op.drop_table("notice")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_triggered_at"))
        batch_op.drop_index("ix_lead_segment_id")
        batch_op.drop_index(batch_op.f("ix_lead_owner"))
        batch_op.drop_index(
            "ix_lead_merged_into",
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_lead_company_id"))

    op.drop_table("lead")
    op.drop_table("web_user")
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_touch_open",
            sqlite_where=sa.text(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
            postgresql_where=sa.text(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
        )
        batch_op.drop_index("ix_touch_lead_id")
        batch_op.drop_index(
            "ix_touch_handed_over_at",
            sqlite_where=sa.text("handed_over_at IS NOT NULL"),
            postgresql_where=sa.text("handed_over_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_touch_due",
            sqlite_where=sa.text("state IN ('planned', 'ready')"),
            postgresql_where=sa.text("state IN ('planned', 'ready')"),
        )

    op.drop_table("touch")
    op.drop_table("suppression")
    with op.batch_alter_table("sign", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_kind_at")

    op.drop_table("sign")
    op.drop_table("setting")
    with op.batch_alter_table("policy_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_policy_version_current", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
        )

    op.drop_table("policy_version")
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_news_class"))

    op.drop_table("news")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ledger_told",
            sqlite_where=sa.text("status IN ('reserved', 'told')"),
            postgresql_where=sa.text("status IN ('reserved', 'told')"),
        )
        batch_op.drop_index("ix_ledger_touch_id")
        batch_op.drop_index(
            "ix_ledger_released",
            sqlite_where=sa.text("status = 'released'"),
            postgresql_where=sa.text("status = 'released'"),
        )
        batch_op.drop_index("ix_ledger_news_class")

    op.drop_table("ledger")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_touch_id")
        batch_op.drop_index("ix_event_lead_id")

    op.drop_table("event")
    op.drop_table("decision")
    op.drop_table("daemon")
    op.drop_table("company")
    op.drop_table("attempt")
