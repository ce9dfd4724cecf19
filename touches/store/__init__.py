"""The only place that knows SQLModel, SQLAlchemy and SQL. Outside, there are values and units of work."""
