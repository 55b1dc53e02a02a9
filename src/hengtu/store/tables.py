"""Tables as migrations make them where Django's own way is too wide."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class CreateNarrowTable(migrations.CreateModel):
    """Create a table that is one b-tree by its composite primary key.

    SQLite keeps such a table twice, by row number and by key, unless it is made without row numbers. An
    operation that alters the table on SQLite makes it anew, with row numbers: make it again instead.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the table, without row numbers on SQLite, and its indexes."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        sql, parameters = schema_editor.table_sql(model)
        schema_editor.execute(f"{sql} WITHOUT ROWID", parameters or None)
        for index in model._meta.indexes:
            schema_editor.add_index(model, index)
