"""Tests of policies and news: what is read from files, and what is advised."""
