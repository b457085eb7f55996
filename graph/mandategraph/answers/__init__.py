"""Answers as values, and how they are written for people and programs."""
