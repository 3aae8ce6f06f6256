"""What people fill in about a provider."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from andon.console.frame.templatetags.desk import language
from andon.console.measures.common.models import Provider
from andon.console.measures.common.providers import bare
from andon.wording.say import SENTENCES, say

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


def _say(code: str, **data: object) -> str:
    return say(code, language(), **data)


class ProviderForm(forms.ModelForm[Provider]):
    """All that a person says of a provider; lists one a line."""

    code = forms.SlugField(max_length=40)
    languages = forms.CharField(max_length=60)
    hosts = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sources = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        """In the order of the page."""

        model = Provider
        fields = (
            "code", "name", "name_en", "country", "channel", "address", "languages", "answer_days", "terms", "hosts", "sources", "note", "is_active",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        one: Provider | None = kwargs.get("instance")
        if one is not None:
            lists = {"languages": " ".join(one.languages), "hosts": "\n".join(one.hosts), "sources": "\n".join(one.sources)}
            kwargs["initial"] = lists | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if one is not None:
            del self.fields["code"]
        for name, field in self.fields.items():
            field.label = _say(f"measures.provider.{name}")
            hint = f"measures.provider.{name}_hint"
            field.help_text = _say(hint) if hint in SENTENCES else ""
        channels = [(channel, _say(f"provider.channel.{channel}")) for channel in Provider.Channel.values]
        cast("forms.ChoiceField", self.fields["channel"]).choices = channels

    def clean_code(self) -> str:
        """One that nobody has."""
        code = str(self.cleaned_data["code"])
        if Provider.objects.filter(code=code).exists():
            raise ValidationError(_say("measures.provider.code_taken"))
        return code

    def clean_country(self) -> str:
        """In capitals, as ISO 3166 has it."""
        return str(self.cleaned_data["country"]).upper()

    def clean_languages(self) -> list[str]:
        """Codes, best first."""
        return str(self.cleaned_data["languages"]).lower().replace(",", " ").split()

    def clean_hosts(self) -> list[str]:
        """Names of hosts; an address that was pasted whole is cut to its host."""
        given = [one.strip() for one in str(self.cleaned_data["hosts"]).split() if one.strip()]
        hosts = [bare(re.sub(r"^[a-z]+://", "", one.lower()).split("/")[0]) for one in given]
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise ValidationError(_say("measures.provider.host_wrong", name=host))
        return hosts

    def clean_sources(self) -> list[str]:
        """Names of sources."""
        return str(self.cleaned_data["sources"]).split()

    def clean(self) -> dict[str, Any]:
        """An address that fits its channel."""
        data = super().clean() or {}
        channel, address = data.get("channel"), str(data.get("address") or "")
        if channel == Provider.Channel.EMAIL:
            try:
                validate_email(address)
            except ValidationError:
                self.add_error("address", _say("measures.provider.mail_wrong"))
        elif address and not address.startswith("https://"):
            self.add_error("address", _say("measures.provider.url_wrong"))
        return data
