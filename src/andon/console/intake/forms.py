"""What a person chooses for files: whose export it is, from which level on posts are kept, which column holds what."""

from __future__ import annotations

from typing import Any

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import LEVEL_RANK
from andon.detection.records.batches import AUTO
from andon.detection.sources.generic import mapped
from andon.detection.sources.registry import all_sources
from andon.domain.errors import SourceError
from andon.wording.say import say, say_error


class ChoicesForm(forms.Form):
    """The choices for one upload. Everything has a default, so that dropping a file is enough."""

    source = forms.ChoiceField(required=False)
    level = forms.ChoiceField(required=False)
    columns = forms.CharField(required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        spoken = language()
        for name in ("source", "level", "columns"):
            self.fields[name].label = say(f"intake.choice.{name}", spoken)
        sources = [(one.name, one.en if spoken == "en" else one.ja) for one in all_sources()]
        self._choose("source", [(AUTO, say("intake.source.auto", spoken)), *sources], AUTO)
        self._choose("level", [(name, say(f"intake.level.{name}", spoken)) for name in LEVEL_RANK], "medium")
        self.fields["columns"].widget.attrs.update(placeholder="text=本文 id=番号", spellcheck="false", autocomplete="off")
        self.fields["columns"].help_text = say("intake.choice.columns_hint", spoken)

    def _choose(self, name: str, choices: list[tuple[str, str]], initial: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices, field.initial = choices, initial

    def clean_source(self) -> str:
        """The source, told from the content where none was chosen."""
        return self.cleaned_data["source"] or AUTO

    def clean_level(self) -> str:
        """The lowest level that is kept."""
        return self.cleaned_data["level"] or "medium"

    def clean_columns(self) -> dict[str, str]:
        """`field=column` pairs, parted by spaces."""
        pairs = [part.partition("=") for part in str(self.cleaned_data["columns"]).split()]
        if any(not (field and mark and name) for field, mark, name in pairs):
            raise forms.ValidationError(say("intake.choice.columns_wrong", language()))
        columns = {field.lower(): name for field, _, name in pairs}
        try:
            if columns:
                mapped(columns)
        except SourceError as error:
            raise forms.ValidationError(say_error(error, language())) from error
        return columns

    def choices(self) -> dict[str, Any]:
        """What was chosen, for `submit`. After `is_valid`."""
        return {name: self.cleaned_data[name] for name in ("source", "level", "columns")}
