"""Spreadsheet in, spreadsheet out: rows, edits, columns, reading, damage, result sheets."""
