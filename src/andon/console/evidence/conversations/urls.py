"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.evidence.conversations.views import cases, compared, notes, papers, reader, readings

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "conversations"
urlpatterns: list[URLPattern] = [
    path("cases/<int:case_id>/", readings.listing, name="list"),
    path("cases/<int:case_id>/search/", cases.search, name="search"),
    path("cases/<int:case_id>/people/", cases.people, name="people"),
    path("cases/<int:case_id>/notes/", cases.listed_notes, name="notes"),
    path("cases/<int:case_id>/notes.csv", cases.notes_table, name="notes_csv"),
    path("cases/<int:case_id>/compare/", compared.compare, name="compare"),
    path("exhibits/<int:exhibit_id>/read/", readings.again, name="again"),
    path("readings/<int:reading_id>/", readings.reading, name="reading"),
    path("readings/<int:reading_id>/progress/", readings.progress, name="progress"),
    path("<int:conversation_id>/", reader.read, name="read"),
    path("<int:conversation_id>/rows/", reader.rows, name="rows"),
    path("<int:conversation_id>/outline/", reader.surroundings, name="outline"),
    path("<int:conversation_id>/find/", reader.find, name="find"),
    path("<int:conversation_id>/moment/", reader.moment, name="moment"),
    path("<int:conversation_id>/record/<int:position>/", reader.record, name="record"),
    path("<int:conversation_id>/picture/<int:position>/<int:number>/", reader.picture, name="picture"),
    path("<int:conversation_id>/mark/", notes.mark, name="mark"),
    path("<int:conversation_id>/transcript/", papers.transcript, name="transcript"),
    path("transcripts/<int:transcript_id>/", papers.paper, name="paper"),
    path("transcripts/<int:transcript_id>/progress/", papers.progress, name="paper_progress"),
    path("transcripts/<int:transcript_id>/file/", papers.download, name="paper_file"),
    path("notes/<int:note_id>/", notes.note, name="note"),
    path("notes/<int:note_id>/correct/", notes.correct, name="correct"),
    path("notes/<int:note_id>/withdraw/", notes.withdraw, name="withdraw"),
    path("comparisons/<int:comparison_id>/", compared.comparison, name="comparison"),
    path("comparisons/<int:comparison_id>/rows/", compared.rows, name="compared_rows"),
    path("comparisons/<int:comparison_id>/outline/", compared.surroundings, name="compared_outline"),
    path("comparisons/<int:comparison_id>/find/", compared.find, name="compared_find"),
    path("comparisons/<int:comparison_id>/progress/", compared.progress, name="compared_progress"),
    path("comparisons/<int:comparison_id>/on/<int:view_id>/<int:position>/", compared.on_phone, name="on_phone"),
    path("comparisons/<int:comparison_id>/moment/", compared.moment, name="compared_moment"),
    path("comparisons/<int:comparison_id>/transcript/", papers.merged_transcript, name="merged_transcript"),
    path("merged-transcripts/<int:merged_transcript_id>/", papers.merged_paper, name="merged_paper"),
    path("merged-transcripts/<int:merged_transcript_id>/progress/", papers.merged_progress, name="merged_progress"),
    path("merged-transcripts/<int:merged_transcript_id>/file/", papers.merged_download, name="merged_file"),
]
