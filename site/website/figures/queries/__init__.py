"""Reads of the page of figures."""

from website.figures.queries.overview import overview, selection
from website.figures.queries.records import FigureRecord, figure_records, figure_rows, records_of_case

__all__ = ["FigureRecord", "figure_records", "figure_rows", "overview", "records_of_case", "selection"]
