"""The tables of steering: bundled findings, who did what with them, and figures that were given out."""

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text

from kimdesk.kreis.base import SERIAL, metadata

# Several findings taken as one. Lists are codes separated by blanks.
cluster: Final = Table(
    "registry_cluster",
    metadata,
    Column("id", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("kind", Text, nullable=False),  # finding_kind
    Column("life_domain", Text, nullable=False),  # life_domain
    Column("agencies", Text, nullable=False),
    Column("services", Text, nullable=False),
    Column("regimes", Text, nullable=False),  # "from to", codes of legal_regime, or ""
    Column("chain_steps", Text, nullable=False),  # template:link
    Column("state", Text, nullable=False),  # finding_state
    Column("since", Text, nullable=False),  # the day it came to that state
    Column("group_name", Text, nullable=False),
    Column("meets_on", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("released_at", Text, nullable=False),  # "" while the answer is a draft
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
)

# Where a finding stands: in a bundle, or in none (""); ``first_on``: the day it came to the Kreis.
finding_place: Final = Table(
    "registry_finding_place",
    metadata,
    Column("finding_id", Text, primary_key=True),
    Column("cluster_id", Text, nullable=False),
    Column("first_on", Text, nullable=False),
    Column("joined_at", Text, nullable=False),
    Index("registry_finding_place_cluster", "cluster_id"),
)

# Findings that a person has left apart, the lower identity first: they are never proposed together again.
apart: Final = Table(
    "registry_finding_apart",
    metadata,
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
)

# Municipalities that take over a good practice.
adoption: Final = Table(
    "registry_adoption",
    metadata,
    Column("cluster_id", Text, primary_key=True),
    Column("ags", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
)

# What was done with a bundle, when and by whom.
cluster_step: Final = Table(
    "registry_cluster_step",
    metadata,
    Column("number", SERIAL, primary_key=True),
    Column("cluster_id", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("state", Text, nullable=False),  # the state it had afterwards
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Index("registry_cluster_step_cluster", "cluster_id"),
)

# Figures that were given out, with the proof that nobody can be found in them.
release: Final = Table(
    "registry_release",
    metadata,
    Column("number", SERIAL, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),  # of the report
    Column("template", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("municipality", Text, nullable=False),  # AGS, "" for the whole Kreis
    Column("body", Text, nullable=False),  # JSON: protected tables with their proof, by group
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
)
STEERING: Final = (cluster, finding_place, apart, adoption, cluster_step, release)
