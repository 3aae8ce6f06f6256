"""The form field for a time of day in Japan."""

from __future__ import annotations

from django import forms

_MINUTES, _SECONDS = "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"


def moment(*, exact: bool = False, required: bool = True) -> forms.DateTimeField:
    """A time as people in Japan read it (the desk's time zone), to the minute.

    `exact` shows seconds: for what happened, where the order within a minute decides whether it was inside an authority.
    """
    attrs = {"type": "datetime-local", **({"step": "1"} if exact else {})}
    widget = forms.DateTimeInput(attrs=attrs, format=_SECONDS if exact else _MINUTES)
    return forms.DateTimeField(widget=widget, required=required, input_formats=[_MINUTES, _SECONDS])
