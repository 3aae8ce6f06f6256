"""What people type: wordings, accounts, why a warning is taken back."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.measures.kinds.warning.actions.accounts import NewAccount
from andon.console.measures.kinds.warning.actions.withdrawing import REASONS
from andon.console.measures.kinds.warning.actions.wordings import Proposal
from andon.console.measures.kinds.warning.models import Account, Wording
from andon.console.measures.kinds.warning.pictures import clean
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.texts import checked
from andon.domain.errors import Refused
from andon.wording.say import say, say_error

_MOST_UPLOAD = 8 * 2**20


class Worded(forms.Form):
    """Labels and hints in our own words, by the field's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"warning.field.{name}", language())
            hint = say(f"warning.hint.{name}", language())
            field.help_text = "" if hint.startswith("warning.hint.") else hint

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The choices of a field, in the person's language."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class WordingForm(Worded):
    """A wording as it is proposed. Its text is checked against the rules before anybody else sees it."""

    title = forms.CharField(max_length=80, strip=True)
    purpose = forms.ChoiceField()
    language = forms.ChoiceField(choices=[("ja", "日本語"), ("en", "English")])
    text = forms.CharField(max_length=1000, strip=True, widget=forms.Textarea(attrs={"rows": 5}))
    picture = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}))
    alt = forms.CharField(required=False, max_length=1000, strip=True, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("purpose", [(one, say(f"warning.purpose.{one}", language())) for one in Wording.Purpose.values])

    def clean(self) -> dict[str, Any]:
        """The rules; and a picture with words for who cannot see it."""
        given = super().clean() or self.cleaned_data
        for one in checked(given.get("text", ""), given.get("purpose", "")) if given.get("text") else ():
            self.add_error("text", say(f"warning.rule.{one.code}", language(), words=one.words))
        upload = given.get("picture")
        if upload:
            given["clean_picture"] = self._picture(upload)
            if not given.get("alt"):
                self.add_error("alt", say("refused.warning_alt", language()))
        return given

    def _picture(self, upload: Any) -> Any:
        try:
            if upload.size > _MOST_UPLOAD:
                raise Refused(reason="warning_picture", name="")
            return clean(upload.read())
        except Refused as error:
            self.add_error("picture", say_error(error, language()))
            return None

    def proposal(self) -> Proposal:
        """As the verb takes it."""
        given = self.cleaned_data
        return Proposal(given["title"], given["purpose"], given["language"], given["text"], given.get("clean_picture"), given["alt"])


class _WithPage(Worded):
    """The page that names the account."""

    name = forms.CharField(max_length=60, strip=True)
    verify_url = forms.CharField(required=False, max_length=300, strip=True, widget=forms.URLInput())

    def clean_verify_url(self) -> str:
        """An address over HTTPS, or none."""
        url = str(self.cleaned_data["verify_url"])
        if url and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
            raise forms.ValidationError(say("warning.url_wrong", language()))
        return url


def _key_field(*, rows: int = 2) -> forms.CharField:
    """A key is typed once and never shown again; on lines of its own, since X has four."""
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(required=False, max_length=4000, strip=True, widget=widget)


class AccountForm(_WithPage):
    """A new account."""

    service = forms.ChoiceField()
    server = forms.CharField(required=False, max_length=200, strip=True, widget=forms.URLInput())
    handle = forms.CharField(max_length=200, strip=True)
    token = _key_field()
    field_order = ("service", "server", "handle", "name", "verify_url", "token")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("service", [(one, say(f"channel.{one}", language())) for one in (*SERVICES, "copy")])

    def clean(self) -> dict[str, Any]:
        """A server where the service has none of its own."""
        given = super().clean() or self.cleaned_data
        service = SERVICES.get(given.get("service", ""))
        server = given.get("server", "")
        if service and not service.usual_server and not server:
            self.add_error("server", say("warning.server_needed", language()))
        if server and (urlsplit(server).scheme not in ("https", "http") or not urlsplit(server).hostname or urlsplit(server).path not in ("", "/")):
            self.add_error("server", say("warning.server_wrong", language()))
        return given

    def new(self) -> NewAccount:
        """As the verb takes it."""
        given = self.cleaned_data
        return NewAccount(given["service"], given["handle"], given["name"], given["server"], given["verify_url"], given["token"])


class ChangeForm(_WithPage):
    """An account's name, page or key."""

    new_token = _key_field()


class BadgeForm(Worded):
    """How people can tell that the account is ours."""

    badge = forms.ChoiceField()
    badge_note = forms.CharField(required=False, max_length=300, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("badge", [(one, say(f"warning.badge.{one}", language())) for one in Account.Badge.values])


class WithdrawForm(Worded):
    """Why a warning is taken back, and with which apology."""

    reason = forms.ChoiceField()
    wording = forms.ChoiceField()
    note = forms.CharField(required=False, max_length=1000, strip=True, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, wordings: list[Wording], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("reason", [(one, say(f"warning.reason.{one}", language())) for one in REASONS])
        self.choose("wording", [(str(one.pk), one.title) for one in wordings])
