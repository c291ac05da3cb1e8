"""Tests of `graph`, room by room."""
