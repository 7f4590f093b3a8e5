"""The workspace: models, engine, change capture and log, migrations, search keys."""
