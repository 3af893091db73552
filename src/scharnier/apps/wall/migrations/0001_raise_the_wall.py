# SPDX-License-Identifier: EUPL-1.2
"""Raise the wall: policies that keep the rows of one network from those who work in another.

On PostgreSQL only. Locks each table for a moment. A new table is one more line of OWN or CHILDREN, with the
migration that makes it among the dependencies. FORCE also holds back the role that owns the tables.
"""

from django.db import migrations

NETWORK = "(SELECT nullif(current_setting('scharnier.network', true), ''))"  # once a query, not once a row
USER = "(SELECT nullif(current_setting('scharnier.user', true), '')::bigint)"
HELD = "(SELECT nullif(current_setting('scharnier.pass', true), ''))"

CHILD = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {column})"
WITH_ACCOUNT = "id IN (SELECT network_id FROM people_account WHERE user_id = {user})"

OWN = (  # tables that say of which network a row is
    "audit_auditevent",
    "audit_audithead",
    "emergency_attempt",
    "emergency_review",
    "members_handover",
    "members_invitation",
    "members_joinrequest",
    "open311_key",
    "open311_offer",
    "open311_passage",
    "open311_report",
    "open311_system",
    "notes_note",
    "people_account",
    "people_area",
    "people_cardcheck",
    "people_community",
    "people_importdraft",
    "people_location",
    "people_membership",
    "people_organization",
    "people_outcome",
    "people_person",
    "people_residentgroup",
    "people_service",
    "people_tie",
    "people_topic",
    "referral_answertime",
    "referral_event",
    "referral_feedback",
    "referral_introduction",
    "referral_link",
    "referral_referral",
    "referral_remark",
    "referral_turn",
    "rights_datarequest",
    "rights_notice",
    "sharing_sharing",
    "tombstones_tombstone",
    "webhooks_delivery",
    "webhooks_webhook",
    "digest_terms",
    "digest_feed",
    "digest_sending",
)
CHILDREN = {  # tables whose rows go with a row of another: that table, and the column that names it
    "members_handoverstep": ("members_handover", "hand_over_id"),
    "people_consent": ("people_person", "person_id"),
}
WALLS = {
    **dict.fromkeys(OWN, f"network_id = {NETWORK}"),
    **{table: CHILD.format(parent=parent, column=column) for table, (parent, column) in CHILDREN.items()},
    "people_network": f"id = {NETWORK}",
    "mail_message": f"{HELD} = 'mail'",  # of no network; only who writes or sends mail holds that pass
}
DOORS = {  # what may be read besides, and by whom
    ("people_account", "wall_own"): f"user_id = {USER}",
    ("people_network", "wall_own"): WITH_ACCOUNT.format(user=USER),
    ("people_network", "wall_networks"): f"{HELD} = 'networks'",
    ("members_invitation", "wall_invitation"): f"'invitation:' || token_digest = {HELD}",
    ("referral_link", "wall_link"): f"'link:' || token_digest = {HELD}",
    ("audit_auditevent", "wall_log"): f"{HELD} = 'log'",
    ("audit_audithead", "wall_log"): f"{HELD} = 'log'",
}

FORWARDS = (
    *(f"CREATE POLICY wall ON {table} USING ({condition})" for table, condition in WALLS.items()),
    *(
        f"CREATE POLICY {name} ON {table} FOR SELECT USING ({condition})"
        for (table, name), condition in DOORS.items()
    ),
    *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY" for table in WALLS),
)
BACKWARDS = (
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY" for table in WALLS),
    *(f"DROP POLICY {name} ON {table}" for table, name in DOORS),
    *(f"DROP POLICY wall ON {table}" for table in WALLS),
)


def forwards(_apps, schema_editor):
    for statement in FORWARDS if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


def backwards(_apps, schema_editor):
    for statement in BACKWARDS if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_events_are_append_only"),
        ("emergency", "0001_initial"),
        ("mail", "0001_initial"),
        ("members", "0001_initial"),
        ("open311", "0002_systems_of_organizations"),
        ("notes", "0001_initial"),
        ("people", "0004_import_draft"),
        ("referral", "0002_links"),
        ("rights", "0001_initial"),
        ("sharing", "0001_initial"),
        ("tombstones", "0001_initial"),
        ("webhooks", "0001_initial"),
        ("digest", "0001_initial"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
