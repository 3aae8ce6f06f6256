"""An exhibit and its custody as CASE/UCO JSON-LD (ontology 1.3 to 1.5), for who takes the package over.

Shapes: `uco-observable:File` with FileFacet and ContentDataFacet (hash), `case-investigation:ProvenanceRecord` per exhibit,
`case-investigation:InvestigativeAction` per act with performer, instrument (this program with version), object, result, time and place. Written from
the published ontology; no receiving system was at hand to try it on.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.evidence.custody.store import ExhibitFile, Manifest

_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_PARTS = ("action", "configuration", "core", "identity", "location", "observable", "tool", "types", "vocabulary")
_CONTEXT = {
    "kb": "http://example.org/kb/", "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{part}": f"{_UCO}{part}/" for part in _PARTS},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # that of STIX for ids made of content: the same content gives the same id

Node = dict[str, Any]


def case_of(manifest: Manifest, lines: Iterable[dict[str, Any]]) -> Node:
    """The document: one graph of the exhibit's files, its provenance record, derived items and every act of the custody log."""
    graph: dict[str, Node] = {}
    files = [_file(graph, manifest, one) for one in manifest.files]
    record = _node(
        graph, "provenance-record", manifest.id, {
            "@type": "case-investigation:ProvenanceRecord", "case-investigation:exhibitNumber": manifest.number or manifest.id,
            "uco-core:description": manifest.title, "uco-core:object": [_ref(one) for one in files],
        },
    )  # fmt: skip
    for line in lines:
        _action(graph, manifest, line, record)
    return {"@context": _CONTEXT, "@graph": list(graph.values())}


def _file(graph: dict[str, Node], manifest: Manifest, one: ExhibitFile) -> Node:
    facet = {
        "@type": "uco-observable:FileFacet", "uco-observable:fileName": one.name.rpartition("/")[2], "uco-observable:filePath": one.name,
        "uco-observable:sizeInBytes": one.size, "uco-observable:modifiedTime": _time(one.modified),
    }  # fmt: skip
    return _node(graph, "file", f"{manifest.id}/{one.name}", _observable(facet, one.sha256, one.size))


def _observable(facet: Node, sha256: str, size: int) -> Node:
    content = {
        "@type": "uco-observable:ContentDataFacet", "uco-observable:sizeInBytes": size,
        "uco-observable:hash": [{
            "@type": "uco-types:Hash", "uco-types:hashMethod": {"@type": "uco-vocabulary:HashNameVocab", "@value": "SHA256"},
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256},
        }],
    }  # fmt: skip
    return {"@type": "uco-observable:File", "uco-core:hasFacet": [facet, content]}


def _action(graph: dict[str, Node], manifest: Manifest, line: dict[str, Any], record: Node) -> None:
    facts = line["facts"]
    action: Node = {
        "@type": "case-investigation:InvestigativeAction", "uco-core:name": line["event"], "uco-action:startTime": _time(line["at"]),
        "uco-action:endTime": _time(line["at"]), "uco-action:performer": _ref(_person(graph, line["by"])),
        "uco-action:instrument": _ref(_tool(graph, line["tool"])), "uco-action:object": _ref(record),
    }  # fmt: skip
    if line["how"]:
        action["uco-core:description"] = line["how"]
    if line["place"]:
        action["uco-action:location"] = _ref(
            _node(graph, "location", line["place"], {"@type": "uco-location:Location", "uco-core:name": line["place"]})
        )
    if line["event"] == "taken":
        action["uco-action:result"] = _ref(record)
    elif line["event"] == "derived":
        facet = {"@type": "uco-observable:FileFacet", "uco-observable:fileName": facts["name"], "uco-observable:sizeInBytes": facts["bytes"]}
        action["uco-action:instrument"] = _ref(_tool(graph, facts["made_by"], facts["parameters"]))
        action["uco-action:result"] = _ref(
            _node(graph, "file", f"{manifest.id}/{facts['sha256']}", _observable(facet, facts["sha256"], facts["bytes"]))
        )
    elif line["event"] == "transferred":
        action["uco-action:participant"] = _ref(_person(graph, facts["to"]))
    _node(graph, "investigative-action", line["hash"], action)


def _person(graph: dict[str, Node], name: str) -> Node:
    return _node(graph, "person", name, {"@type": "uco-identity:Person", "uco-core:name": name})


def _tool(graph: dict[str, Node], tool: dict[str, str], parameters: dict[str, Any] | None = None) -> Node:
    """The program; with what it was set to, when that is told (`uco-tool:ConfiguredTool`)."""
    node: Node = {"@type": "uco-tool:Tool", "uco-core:name": tool["name"], "uco-tool:version": tool["version"]}
    if parameters:
        settings = [
            {"@type": "uco-configuration:ConfigurationEntry", "uco-configuration:itemName": name, "uco-configuration:itemValue": str(value)}
            for name, value in sorted(parameters.items())
        ]
        configuration = {"@type": "uco-configuration:Configuration", "uco-configuration:configurationEntry": settings}
        node |= {"@type": "uco-tool:ConfiguredTool", "uco-configuration:usesConfiguration": configuration}
    return _node(graph, "tool", f"{sorted(tool.items())}{sorted((parameters or {}).items())!r}", node)


def _node(graph: dict[str, Node], kind: str, key: str, values: Node) -> Node:
    """A node with an id made of what it is; the same thing named twice is one node."""
    name = f"kb:{kind}-{uuid.uuid5(_NAMESPACE, f'{kind} {key}')}"
    return graph.setdefault(name, {"@id": name} | values)


def _ref(node: Node) -> Node:
    return {"@id": node["@id"]}


def _time(value: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": value}
