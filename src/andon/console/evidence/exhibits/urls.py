"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.evidence.exhibits.views import custody, disclosed, files, lists, one, taking

app_name = "exhibits"
_ONE = "<int:case_id>/<int:exhibit_id>/"
urlpatterns = [
    path("", lists.everything, name="all"),
    path("<int:case_id>/", lists.listing, name="list"),
    path("<int:case_id>/new/", taking.take_in, name="take_in"),
    path("<int:case_id>/hand-over/", custody.hand_over, name="hand_over"),
    path("<int:case_id>/packages/<int:package_id>/", custody.package, name="package"),
    path("<int:case_id>/packages/<int:package_id>/file/", custody.package_file, name="package_file"),
    path("<int:case_id>/disclosure/", disclosed.listing, name="disclosures"),
    path("<int:case_id>/disclosure.csv", disclosed.table, name="disclosures_csv"),
    path(_ONE, one.exhibit, name="exhibit"),
    path(f"{_ONE}files/<str:sha256>/", files.fetch, name="file"),
    path(f"{_ONE}progress/", one.progress, name="progress"),
    path(f"{_ONE}again/", taking.again, name="again"),
    path(f"{_ONE}drop/", taking.give_up, name="drop"),
    path(f"{_ONE}verify/", one.verify, name="verify"),
    path(f"{_ONE}decide/", one.decide, name="decide"),
    path(f"{_ONE}disclosure.csv", one.disclosure, name="disclosure"),
    path(f"{_ONE}give/", custody.give, name="give"),
    path(f"{_ONE}give-out/", custody.give_out, name="give_out"),
    path(f"{_ONE}take-back/", custody.take_back, name="take_back"),
    path(f"{_ONE}handing/<int:handing_id>/confirm/", custody.confirm, name="confirm"),
    path(f"{_ONE}handing/<int:handing_id>/leave/", custody.leave, name="leave"),
    path(f"{_ONE}seal/", custody.seal, name="seal"),
    path(f"{_ONE}unseal/", custody.unseal, name="unseal"),
]
