"""Run by Alembic: works on the connection it is handed, within that connection's transaction."""

from alembic import context

from kimdesk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
