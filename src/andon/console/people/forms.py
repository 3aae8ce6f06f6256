"""What people type: signing in, second factors, own settings, others' accounts."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

import unicodedata
from typing import Any, cast

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.people.codes import claim, locked
from andon.console.people.prefectures import PREFECTURES
from andon.console.staff.models import Person, Unit
from andon.console.staff.ranks import Rank
from andon.console.staff.rights import SCOPE_RIGHTS, Role, Scope
from andon.wording.say import say

_DAYS = (30, 90, 180, 365)


class Worded:
    """Labels and hints in our own words, by the field's name (`staff.field.*`, `staff.hint.*`)."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"staff.field.{name}", language())
            hint = say(f"staff.hint.{name}", language())
            field.help_text = "" if hint.startswith("staff.hint.") else hint
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"class": "code-field", "inputmode": "numeric", "autofocus": True, "maxlength": 12}


class SignInForm(Worded, LoginForm):  # type: ignore[misc]  # no stubs
    """A name typed with a Japanese keyboard is the same name."""

    def clean_login(self) -> str:
        """One width, no spaces around."""
        return unicodedata.normalize("NFKC", self.cleaned_data["login"]).strip()


class NewPasswordForm(Worded, ChangePasswordForm):  # type: ignore[misc]  # no stubs
    """A new password is another one."""

    def clean_password1(self) -> str:
        """Not the old one again: somebody else may have seen that."""
        new = str(self.cleaned_data["password1"])
        if self.user.check_password(new):
            raise forms.ValidationError(say("signin_error.same_password", language()))
        return new


class _OnceOnly:
    """A code opens once, whichever process of the server it comes to; after some wrong ones none opens for a while."""

    def clean_code(self) -> str:
        """The code, claimed."""
        person = cast("Person", self.user)  # type: ignore[attr-defined]  # of allauth's form
        if locked(person):
            raise forms.ValidationError(say("signin_error.too_many_codes", language()))
        code = str(super().clean_code())  # type: ignore[misc]  # of allauth's form
        if not claim(self.authenticator, code):  # type: ignore[attr-defined]  # of allauth's form
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Worded, _OnceOnly, AuthenticateForm):  # type: ignore[misc]  # no stubs
    """The second factor at signing in."""


class CodeAgainForm(Worded, _OnceOnly, ReauthenticateForm):  # type: ignore[misc]  # no stubs
    """The same before a grave act."""


class PasswordAgainForm(Worded, PasswordForm):  # type: ignore[misc]  # no stubs
    """The password before a grave act."""


class AppForm(Worded, ActivateTOTPForm):  # type: ignore[misc]  # no stubs
    """The first code of an authenticator app."""


class PasskeyForm(Worded, AddWebAuthnForm):  # type: ignore[misc]  # no stubs
    """A new passkey, good for signing in by itself unless one says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class PasskeyNameForm(Worded, EditWebAuthnForm):  # type: ignore[misc]  # no stubs
    """Another name for a passkey."""


class SettingsForm(Worded, forms.ModelForm[Person]):
    """One's own settings."""

    class Meta:
        """Three likes."""

        model = Person
        fields = ("language", "appearance", "calm_media")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = [(look, say(f"frame.appearance.{look}", language())) for look in Person.Appearance.values]
        cast("forms.ChoiceField", self.fields["appearance"]).choices = looks


class UnitForm(Worded, forms.ModelForm[Unit]):
    """A unit."""

    prefecture = forms.ChoiceField(choices=[("", "—"), *((name, name) for name in PREFECTURES)], required=False)

    class Meta:
        """All of it."""

        model = Unit
        fields = ("name", "kind", "prefecture")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind, say(f"unit.kind.{kind}", language())) for kind in Unit.Kind.values]


class PersonForm(Worded, forms.ModelForm[Person]):
    """Somebody's name, unit, roles and rank."""

    rank = forms.ChoiceField(required=False)
    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        """What an administrator changes later."""

        model = Person
        fields = ("name", "unit", "rank", "roles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["roles"]).choices = [(role, say(f"role.{role}", language())) for role in Role.values]
        ranks = [("", say("rank.none", language())), *((rank, say(f"rank.{rank}", language())) for rank in Rank.values)]
        cast("forms.ChoiceField", self.fields["rank"]).choices = ranks
        units = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        units.queryset, units.empty_label = Unit.objects.order_by("name"), "—"

    def clean_name(self) -> str:
        """Without spaces around."""
        return str(self.cleaned_data["name"]).strip()


class NewPersonForm(PersonForm):
    """The same for somebody new, with the name to sign in with."""

    class Meta(PersonForm.Meta):
        """What is set once, too."""

        fields = ("username", "name", "unit", "rank", "roles", "language")  # type: ignore[assignment]  # more than the other form

    def clean_username(self) -> str:
        """One width; nobody else's, whatever the case."""
        name = Person.normalize_username(str(self.cleaned_data["username"]).strip())
        if Person.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(say("people.name_taken", language()))
        return name


class TokenForm(Worded, forms.Form):
    """A key for another program: only scopes that the person has the right to."""

    label = forms.CharField(max_length=60)
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(coerce=int, initial=90)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = [scope for scope in Scope if person.may(SCOPE_RIGHTS[scope])]
        cast("forms.MultipleChoiceField", self.fields["scopes"]).choices = [(str(scope), say(f"scope.{scope}", language())) for scope in open_to]
        cast("forms.TypedChoiceField", self.fields["days"]).choices = [(days, say("tokens.days", language(), days=days)) for days in _DAYS]
