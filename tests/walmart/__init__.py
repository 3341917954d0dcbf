"""Tests of the door to Walmart."""
