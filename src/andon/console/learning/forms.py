"""What people type here."""

from __future__ import annotations

from django import forms

from andon.console.learning.actions.promote import NOTE_LENGTH


class PromoteForm(forms.Form):
    """Why a candidate is put to use, and which model was in use when the person looked."""

    note = forms.CharField(max_length=NOTE_LENGTH, strip=True)
    in_use = forms.IntegerField(min_value=1)


class RollBackForm(forms.Form):
    """Which model is gone back from."""

    note = forms.CharField(max_length=NOTE_LENGTH, strip=True, required=False)
    in_use = forms.IntegerField(min_value=1)
