"""Elements of WordprocessingML: what is made or changed in the parts that python-docx keeps as trees.

With docx_markup and docx_style_xml the only module that knows `w:` names.
"""

from __future__ import annotations

from functools import cache

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

from translator.documents.characters import legal
from translator.export.docx_markup import Markup

Element = etree._Element


@cache
def _w(name: str) -> str:
    """The name in the namespace; qn takes it apart anew each time."""
    return str(qn(f"w:{name}"))


def element(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """A `w:` element with attributes (`val=…` becomes `w:val`) and children; None children are left out."""
    node: Element = oxml_parser.makeelement(_w(tag))  # python-docx's own classes
    for name, value in attributes.items():
        node.set(_w(name), str(value) if type(value) is int else legal(str(value)))
    node.extend([child for child in children if child is not None])
    return node


def parsed(markup: Markup) -> list[Element]:
    """The elements of a piece of markup, as python-docx has them."""
    return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{markup}</w:body>"))


def control_numbers(root: Element) -> set[str]:
    """Numbers of the content controls in a part."""
    return {node.get(qn("w:val"), "") for node in root.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")}


def unwrap_controls(body: Element) -> None:
    """Leaves the content of content controls where it is, without the controls."""
    for control in list(body.iter(qn("w:sdt"))):
        for content in control.iterfind(qn("w:sdtContent")):
            for child in list(content):
                control.addprevious(child)
        control.getparent().remove(control)  # type: ignore[union-attr]


def set_hyphenation(settings: Element) -> None:
    """Turns automatic hyphenation on in word/settings.xml, in its place in the sequence."""
    for old in settings.findall(qn("w:autoHyphenation")):
        settings.remove(old)
    behind = {qn(f"w:{t}") for t in _BEFORE_HYPHENATION}
    at = max((i + 1 for i, child in enumerate(settings) if child.tag in behind), default=0)
    settings.insert(at, element("autoHyphenation", val="true"))


def set_compatibility(settings: Element, version: int) -> None:
    """Names the version of Word whose layout is wanted: below 15 tables stick out into the margin."""
    compatibility = settings.find(qn("w:compat"))
    for node in () if compatibility is None else compatibility.findall(qn("w:compatSetting")):
        if node.get(qn("w:name")) == "compatibilityMode":
            node.set(qn("w:val"), str(version))


_BEFORE_HYPHENATION = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
    "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop".split()
)


def number_lines(section: Element, every: int) -> None:
    """Prints a line number in the margin at every so-and-so-manieth line, counted through the whole document."""
    numbering = element("lnNumType", countBy=every, restart="continuous")
    behind = {
        qn(f"w:{t}")
        for t in (
            "headerReference",
            "footerReference",
            "footnotePr",
            "endnotePr",
            "type",
            "pgSz",
            "pgMar",
            "paperSrc",
            "pgBorders",
        )
    }
    at = max((i + 1 for i, child in enumerate(section) if child.tag in behind), default=0)
    section.insert(at, numbering)


def all_text(body: Element) -> str:
    """Text of all paragraphs, a line each, deletions left out: what a hash of the content is taken over."""
    lines = []
    for block in body.iter(qn("w:p")):
        lines.append("".join(t.text or "" for t in block.iter(qn("w:t"))))
    return "\n".join(lines)
