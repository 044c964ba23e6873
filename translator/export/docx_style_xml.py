"""The elements of WordprocessingML that styles are made of, each put in its place in the order of the schema."""

from __future__ import annotations

from docx.oxml.ns import qn

from translator.export.docx_markup import style_id
from translator.export.docx_xml import Element, element


def table_style(name: str, line: str) -> Element:
    """A table style with thin lines of a colour around and between columns, and some air in the cells."""
    sides = [
        element(side, val="single", sz=4, space=0, color=line) for side in ("top", "left", "bottom", "right", "insideV")
    ]
    margins = element("tblCellMar", element("left", w=100, type="dxa"), element("right", w=100, type="dxa"))
    return element(
        "style",
        element("name", val=name),
        element("basedOn", val="TableNormal"),
        element("uiPriority", val=59),
        element("tblPr", element("tblBorders", *sides), margins),
        type="table",
        customStyle=1,
        styleId=style_id(name),
    )


def language(code: str) -> Element:
    """The proofing language of a style or run."""
    return element("lang", val=code, eastAsia=code, bidi=code)


def set_style_language(style: Element, code: str) -> None:
    """Sets the proofing language on a style element, in its place at the end of `w:rPr`."""
    properties = style.find(qn("w:rPr"))
    if properties is None:
        properties = element("rPr")
        style.append(properties)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language(code))


def set_complex_scripts(style: Element) -> None:
    """Gives Hebrew, Arabic and the like the weight, slant and size that the style has, which are settings of their own."""
    look = style.get_or_add_rPr()  # type: ignore[attr-defined]
    for name in ("b", "i", "sz"):
        node, old = look.find(qn(f"w:{name}")), look.find(qn(f"w:{name}Cs"))
        if old is not None:
            look.remove(old)
        if node is not None:
            node.addnext(element(f"{name}Cs", **{"val": node.get(qn("w:val"))} if node.get(qn("w:val")) else {}))


def set_right_to_left(style: Element) -> None:
    """Makes a style of text that runs from right to left.

    That its letters do so Word wants to know from each run (docx_xml.run), and takes no word of a style for it.
    """
    form = style.get_or_add_pPr()  # type: ignore[attr-defined]
    if form.find(qn("w:bidi")) is None:
        form.insert_element_before(element("bidi"), *_BEHIND_BIDI)


_BEHIND_BIDI = tuple(
    f"w:{name}"
    for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split()
)


def skip_line_numbers(style: Element) -> None:
    """Leaves paragraphs of a style out of the numbering of lines."""
    form = style.get_or_add_pPr()  # type: ignore[attr-defined]
    if form.find(qn("w:suppressLineNumbers")) is None:
        before_bidi = (
            "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN"
        )
        behind = (*(f"w:{name}" for name in before_bidi.split()), "w:bidi", *_BEHIND_BIDI)
        form.insert_element_before(element("suppressLineNumbers"), *behind)


def set_outline(style: Element, level: int) -> None:
    """Makes paragraphs of a style headings of a level (0 is the highest) for navigation and PDF bookmarks."""
    properties = style.find(qn("w:pPr"))
    if properties is None:
        properties = element("pPr")
        before = style.find(qn("w:rPr"))
        style.insert(len(style) if before is None else style.index(before), properties)
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    properties.append(element("outlineLvl", val=level))


def set_font(style: Element, name: str) -> None:
    """Sets one font for all scripts on a style element, in place of the theme's."""
    properties = style.find(qn("w:rPr"))
    if properties is None:
        properties = element("rPr")
        style.append(properties)
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    at = 1 if properties.find(qn("w:rStyle")) is not None else 0
    properties.insert(at, element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name))
