"""The service: APScheduler as the clock of named jobs, each of which asks the database what is due."""
