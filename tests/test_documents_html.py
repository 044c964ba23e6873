"""Saved web pages: the article and nothing else, with its structure, formatting and metadata."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from translator.documents import html, html_article
from translator.documents.html_blocks import blocks
from translator.documents.model import Document, Format, Kind, Paragraph, Span
from translator.errors import InputError

T, H, P, L, C, F = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_CELL, Kind.CAPTION
TITLE = "Minister beraten in Kopenhagen über Hilfe für die Ukraine"
LEAD = "Die Außenminister der EU kommen heute in Kopenhagen zusammen. Im Mittelpunkt stehen neue Sanktionen gegen Russland."
FIRST = (
    "Die dänische Ratspräsidentschaft hat für das informelle Treffen zwei Tage angesetzt. Ein Beschluss gilt als "
    "unwahrscheinlich, weil Ungarn seine Zustimmung, wie schon im Juni, an Bedingungen knüpft."
)
SECOND = (
    "Nach Angaben aus Brüssel liegen drei Vorschläge auf dem Tisch, darunter Zölle auf russisches Gas, ein Verbot von "
    "Dienstleistungen und eine Liste mit weiteren Schiffen der Schattenflotte."
)
THIRD = (
    "Der ukrainische Außenminister nimmt am zweiten Tag teil. Er will, wie es aus Kiew heißt, vor allem über die "
    "Sicherheitsgarantien sprechen, die im August in Washington vereinbart wurden."
)

Read = Callable[..., Document]


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    return lambda page, name="seite.html": html.read(write(name, page), name)


def shape(paragraphs: Document | list[Paragraph]) -> list[tuple[Kind, int, str]]:
    found = paragraphs.paragraphs if isinstance(paragraphs, Document) else paragraphs
    return [(p.kind, p.level, p.text) for p in found]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=de><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def article(inside: str = "") -> str:
    return f"<article><h1>{TITLE}</h1><p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>"


PLAIN = [(T, 1, TITLE), (P, 1, FIRST), (P, 1, SECOND), (P, 1, THIRD)]

BROADCASTER = page(
    f"""
<div id="sp_message_container_123" class="consent-layer"><div role="dialog"><h2>Ihre Privatsphäre</h2>
  <p>Wir und unsere 182 Partner verwenden Cookies, um Inhalte zu personalisieren und Zugriffe zu analysieren.</p>
  <p>Mit einem Klick auf Zustimmen willigen Sie in die Verarbeitung Ihrer Daten ein, auch außerhalb der EU.</p></div></div>
<header class="header"><a href="/">tagesschau.de</a><nav><ul><li><a href="/inland">Inland</a></li>
  <li><a href="/ausland">Ausland</a></li></ul></nav></header>
<div class="content-wrapper" id="content">
<ol class="breadcrumb"><li><a href="/">Startseite</a></li><li><a href="/ausland">Ausland</a></li></ol>
<article class="container content-wrapper__group">
  <div class="seitenkopf"><h1 class="seitenkopf__headline"><span class="seitenkopf__topline">EU-Treffen</span>
    <span class="seitenkopf__headline--text">{TITLE}</span></h1>
  <p class="metatextline">Stand: 28.08.2025 17:30 Uhr</p>
  <figure><img src="bild.jpg" alt="Flaggen"><figcaption>Flaggen in Kopenhagen | dpa</figcaption></figure></div>
  <p class="m-ten textabsatz"><strong>{LEAD}</strong></p>
  <p class="textabsatz">{FIRST}</p>
  <div class="absatzbild"><div class="teaser-xs related__teaser"><a href="/a">Worum es bei den Garantien geht</a></div></div>
  <h2 class="meldung__subhead">Ungarn stellt Bedingungen</h2>
  <p class="textabsatz">{SECOND} Das <a href="https://www.consilium.europa.eu/de/">bestätigte der Rat</a>.</p>
  <p class="textabsatz">{THIRD}</p>
  <div class="sharing"><p>Artikel teilen:</p><ul><li><a href="https://x.com/share">X</a></li>
    <li><a href="mailto:?subject=x">E-Mail</a></li></ul></div>
  <ul class="taglist"><li><a href="/thema/eu">EU</a></li><li><a href="/thema/ukraine">Ukraine</a></li></ul>
</article>
<section class="comments"><h2>Kommentare (2)</h2><p>Das bringt doch alles nichts, meint Leser Hans aus Bremen dazu.</p></section>
<h3>Mehr zum Thema</h3><ul class="list"><li><a href="/b">Was die Sanktionen bisher gebracht haben</a></li>
  <li><a href="/c">Wie Ungarn sein Veto begründet</a></li></ul>
</div>
<aside><h3>Meistgelesen</h3><p>Bahn streicht Züge zwischen Hamburg und Berlin für mehrere Monate wegen Bauarbeiten.</p></aside>
<footer><p>© ARD-aktuell / tagesschau.de – alle Rechte vorbehalten. Impressum, Datenschutz, Barrierefreiheit.</p></footer>
<script>var text = "Die Minister beraten.";</script>""",
    f"""<title>EU-Treffen: {TITLE} | tagesschau.de</title>
<meta property="og:title" content="{TITLE} | tagesschau.de"><meta property="og:site_name" content="tagesschau.de">
<meta name="date" content="2025-08-28T17:30:00"><meta name="author" content="tagesschau.de">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "2025-08-28T17:30:12.345+02:00", "author": [{{"@type": "Person", "name": "Anna Muster"}},
{{"@type": "Person", "name": "Jan Beispiel"}}]}}</script>""",
)

AGENCY = page(
    f"""
<div id="kopf"><a href="index.html"><img src="logo.gif" alt="Zeitung"></a></div>
<div id="menue"><ul><li><a href="politik.html">Politik</a></li><li><a href="sport.html">Sport</a></li></ul></div>
<div id="inhalt">
  <h1>{TITLE}</h1>
  <p class="autor">Von Max Muster</p>
  <p>Kopenhagen (dpa) - {FIRST}</p>
  <p>{SECOND}</p>
  <div class="anzeige"><p>Anzeige: Jetzt die Zeitung vier Wochen lang testen, frei Haus und ohne jede Verpflichtung.</p></div>
  <p>&bdquo;Wir sind bereit&ldquo;, sagte sie. {THIRD}</p>
  <p>© dpa-infocom, dpa:250828-930-973456/1</p>
  <p><a href="politik.html">Zur&uuml;ck zur &Uuml;bersicht</a></p>
</div>
<div id="fuss"><p><a href="impressum.html">Impressum</a> | <a href="agb.html">AGB</a></p></div>""",
    f"<title>{TITLE} - Musterzeitung</title><meta name='DC.date.issued' content='2025-08-28'>",
)

BLOG = page(
    f"""
<div id="page" class="site has-cookie-notice">
<header id="masthead" class="site-header"><p class="site-title"><a href="https://blog.example/">Mein Blog</a></p></header>
<div id="primary" class="content-area"><main id="main">
<article id="post-12" class="post-12 post type-post hentry category-politik tag-newsletter comments-open">
  <header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
    <div class="entry-meta">Posted on <time class="entry-date" datetime="2025-08-28T09:00:00+02:00">28. August 2025</time>
    by <a rel="author" href="https://blog.example/author/max">Max Muster</a></div></header>
  <div class="entry-content">
    <p>{FIRST}</p>
    <blockquote><p>Wir <em>werden</em> nicht nachgeben.</p></blockquote>
    <h3>Was beschlossen wurde</h3>
    <ol><li>Zölle auf Gas</li><li>Eine Liste von Schiffen<ul><li>Tanker</li></ul></li></ol>
    <p>{SECOND}</p>
    <table><tr><th>Land</th><th>Beitrag</th></tr><tr><td>Dänemark</td><td>5 Mrd.</td></tr></table>
    <p>{THIRD}</p>
    <div class="sharedaddy"><h3 class="sd-title">Teilen mit:</h3><ul><li><a href="#">Twitter</a></li></ul></div>
    <div id="jp-relatedposts"><h3>Ähnliche Beiträge</h3><p>Ein anderer Beitrag, der mit diesem nichts zu tun hat, gar nichts.</p></div>
  </div>
  <footer class="entry-footer">Veröffentlicht in <a href="/politik">Politik</a></footer>
</article>
<nav class="post-navigation"><a href="/vorher">Vorheriger Beitrag</a></nav>
<div id="comments" class="comments-area"><h2>3 Gedanken zu „{TITLE}“</h2><ol class="comment-list">
{"<li><article class='comment-body'><p>Sehr guter Beitrag, den ich gerne gelesen habe, obwohl ich anderer Meinung bin.</p></article></li>" * 20}
</ol><div id="respond"><form action="/"><label>Name</label><textarea>Kommentar</textarea></form></div></div>
</main></div>
<aside class="widget-area"><section><h2>Neueste Beiträge</h2><ul><li><a href="/x">Sommer</a></li></ul></section></aside>
</div>""",
    f"""<title>{TITLE} – Mein Blog</title><script type='application/ld+json'>
{{"@context": "https://schema.org", "@graph": [{{"@type": "Organization", "name": "Mein Blog"}},
{{"@type": ["Article", "BlogPosting"], "headline": "{TITLE}", "author": {{"@id": "#max"}}, "datePublished": "2025-08-28"}},
{{"@type": "Person", "@id": "#max", "name": "Max M&uuml;ster"}}]}}</script>""",
)

TABLES = f"""<HTML><HEAD><TITLE>Zeitung: {TITLE}</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1"></HEAD>
<BODY BGCOLOR=#FFFFFF><TABLE WIDTH=800 BORDER=0><TR><TD COLSPAN=2><IMG SRC=banner.gif ALT="Zeitung">
<TR><TD WIDTH=120 VALIGN=top><A HREF=index.htm>Start</A><BR><A HREF=politik.htm>Politik</A><BR><A HREF=sport.htm>Sport</A><BR>
<TD VALIGN=top><FONT FACE=Arial SIZE=5><B>{TITLE}</B></FONT><BR><BR>
<FONT FACE=Arial>{FIRST}<BR>
<BR>{SECOND}
<BR>&nbsp;<BR><TABLE BORDER=1><TR><TD>Land<TD>Beitrag<TR><TD>Dänemark<TD>5 Mrd. €</TABLE>
<P>{THIRD}</FONT>
</TABLE></BODY></HTML>"""


@pytest.mark.parametrize(
    ("source", "expected", "date", "author"),
    [
        (
            BROADCASTER,
            [
                (T, 1, TITLE),
                (F, 1, "Flaggen in Kopenhagen | dpa"),
                (P, 1, LEAD),
                (P, 1, FIRST),
                (H, 2, "Ungarn stellt Bedingungen"),
                (P, 1, f"{SECOND} Das bestätigte der Rat."),
                (P, 1, THIRD),
            ],
            "2025-08-28",
            "Anna Muster, Jan Beispiel",
        ),
        (
            AGENCY,
            [
                (T, 1, TITLE),
                (P, 1, f"Kopenhagen (dpa) - {FIRST}"),
                (P, 1, SECOND),
                (P, 1, f"„Wir sind bereit“, sagte sie. {THIRD}"),
                (P, 1, "© dpa-infocom, dpa:250828-930-973456/1"),
            ],
            "2025-08-28",
            None,
        ),
        (
            BLOG,
            [
                (T, 1, TITLE),
                (P, 1, FIRST),
                (P, 1, "Wir werden nicht nachgeben."),
                (H, 3, "Was beschlossen wurde"),
                (L, 1, "1. Zölle auf Gas"),
                (L, 1, "2. Eine Liste von Schiffen"),
                (L, 2, "Tanker"),
                (P, 1, SECOND),
                (C, 1, "Land"),
                (C, 1, "Beitrag"),
                (C, 1, "Dänemark"),
                (C, 1, "5 Mrd."),
                (P, 1, THIRD),
            ],
            "2025-08-28",
            "Max Müster",
        ),
        (
            TABLES.encode("cp1252"),
            [
                (T, 1, f"Zeitung: {TITLE}"),
                (P, 1, FIRST),
                (P, 1, SECOND),
                (C, 1, "Land"),
                (C, 1, "Beitrag"),
                (C, 1, "Dänemark"),
                (C, 1, "5 Mrd. €"),
                (P, 1, THIRD),
            ],
            None,
            None,
        ),
    ],
    ids=["broadcaster", "agency", "blog", "tables"],
)
def test_the_article_is_read_and_nothing_else(
    read: Read, source: str | bytes, expected: list[tuple[Kind, int, str]], date: str | None, author: str | None
) -> None:
    document = read(source)
    assert shape(document) == expected
    assert (document.date, document.author) == (date, author)


@pytest.mark.parametrize(
    "around",
    [
        "<nav><ul><li><a href='/'>Start</a></li></ul></nav>{}",
        "{}<footer><p>Impressum und Datenschutz: Alle Rechte vorbehalten, auch die der Übersetzung und des Nachdrucks.</p></footer>",
        "{}<aside><p>Lesen Sie auch, was die Bahn für den Sommer plant und welche Strecken deshalb gesperrt sind.</p></aside>",
        "<form action='/suche'><p>Suche in allen Artikeln seit 1990, auch in denen der Sonntagsausgabe:</p><input></form>{}",
        "{}<div style='color:red; display : none'><p>Dieser Absatz wird nicht angezeigt, auch wenn er sehr lang ist, wie hier.</p></div>",
        "{}<p hidden>Dieser Absatz wird nicht angezeigt, auch wenn er sehr lang ist, wie hier in diesem Beispiel.</p>",
        "<noscript><p>Bitte schalten Sie JavaScript ein, damit diese Seite mit allen Inhalten angezeigt wird.</p></noscript>{}",
        "<template><p>Ein Muster für Kommentare, das auf dieser Seite mehr als einmal gebraucht werden könnte.</p></template>{}",
        "<style>p { content: 'Hallo' }</style>{}<script>var p = '<p>Hallo, ich bin kein Text, sondern ein Programm.</p>';</script>",
        "<div class='modal-open'><div class='CookieBanner'><p>Wir verwenden Cookies, um die Nutzung zu messen.</p></div>{}</div>",
        "<div id='usercentrics-root'>"
        + "<p>Wir verwenden Cookies, um die Nutzung dieser Seite zu messen, mehr nicht.</p>" * 30
        + "</div>{}",
        "<form id='aspnetForm'>{}</form>",
        "{}<section id='kommentare'>"
        + "<p>Meine Meinung dazu ist, dass man das auch anders sehen kann, oder nicht?</p>" * 30
        + "</section>",
        "{}<div class='related-articles'><p>Warum Dänemark den Vorsitz hat und was es damit in den nächsten Monaten vorhat.</p></div>",
        "{}<ul><li><a href='/1'>Warum Dänemark den Vorsitz hat</a></li><li><a href='/2'>Was Kiew hofft</a></li></ul>",
        "<div role='navigation'>Politik Wirtschaft Sport Kultur Wissen Reise Auto Regional Video Podcast Spiele</div>{}",
    ],
    ids=(
        "nav footer aside form style hidden noscript template script cookies consent aspnet comments related links role"
    ).split(),
)
def test_what_is_around_an_article_is_left_out(read: Read, around: str) -> None:
    assert shape(read(page(around.replace("{}", article())))) == PLAIN


def test_advertisement_and_share_buttons_inside_the_article_are_left_out(read: Read) -> None:
    inside = (
        "<div class='ad-slot'><p>Anzeige</p></div><div class='social-bar'><a href='#'>Teilen</a></div>"
        "<p><a href='https://example.org/x'>Lesen Sie auch: Was Ungarn will und warum es niemand versteht</a></p>"
    )
    assert shape(read(page(article(inside)))) == PLAIN


@pytest.mark.parametrize(
    "name", ["has-ads", "section--has-ads", "tag-newsletter-politik", "responsive", "adapter", "node-promoted"]
)
def test_classes_that_only_look_like_advertising_are_kept(read: Read, name: str) -> None:
    inside = f"<section class='{name}'><p>Auch dieser Absatz gehört zum Artikel, wie man leicht sieht.</p></section>"
    assert (P, 1, "Auch dieser Absatz gehört zum Artikel, wie man leicht sieht.") in shape(read(page(article(inside))))


def test_lead_above_the_article_is_read(read: Read) -> None:
    body = f"<div><h1>{TITLE}</h1><div class=vorspann><p>{LEAD}</p></div></div><div class=text>"
    text = "".join(f"<p>{p}</p>" for p in (FIRST, SECOND, THIRD))
    assert shape(read(page(f"{body}{text}</div>"))) == [PLAIN[0], (P, 1, LEAD), *PLAIN[1:]]


def test_lists_and_tables_that_readability_drops_are_kept(read: Read) -> None:
    items = "".join(f"<li>{i}</li>" for i in ("Gas", "Öl", "Schiffe"))
    body = f"<div class=text><h1>{TITLE}</h1><p>{FIRST}</p><ul>{items}</ul><p>{SECOND}<br>Ende.</p><p>{THIRD}</p></div>"
    assert shape(read(page(body))) == [
        *PLAIN[:2],
        (L, 1, "Gas"),
        (L, 1, "Öl"),
        (L, 1, "Schiffe"),
        (P, 1, f"{SECOND} Ende."),
        PLAIN[3],
    ]


def test_page_that_readability_cannot_handle_is_read_whole(
    read: Read, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: object) -> None:
        raise RecursionError("zu tief")

    monkeypatch.setattr(html_article.readability.Document, "remove_unlikely_candidates", fail)
    body = f"<h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in (FIRST, SECOND, THIRD))
    with caplog.at_level(logging.WARNING):
        assert shape(read(page(body))) == PLAIN
    assert not caplog.records


@pytest.mark.parametrize("short", ["<p>Hallo Welt.</p>", "Hallo Welt.", "<td>Hallo Welt.", "<b>Hallo <i>Welt.</b>"])
def test_a_very_short_page_is_read_whole(read: Read, short: str) -> None:
    assert [p.text for p in read(short).paragraphs] == ["Hallo Welt."]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Ein Titel</title>", "", "Ein Titel"),
        ("<title>Ein Titel | Zeitung</title>", "", "Ein Titel | Zeitung"),
        ("<title>Ein Titel | Zeitung</title>", "<h1>Ein Titel</h1>", "Ein Titel"),
        ("<title>Ein Titel - Politik - SZ.de</title>", "<h1>Ein Titel</h1>", "Ein Titel"),
        ("<title>Krieg – was nun? – tagesschau.de</title><meta property=og:title content='Krieg – was nun? – tagesschau.de'>",
         "<h1>Krieg – was nun?</h1>", "Krieg – was nun?"),
        ("<meta property=og:title content='Ein Titel - Zeitung'><meta property=og:site_name content=Zeitung>", "", "Ein Titel"),
        ("<meta property=og:title content='Ein Titel &amp; &quot;mehr&quot;'><title>x</title>", "", 'Ein Titel & "mehr"'),
        ("<meta property=og:title content=''><title>Ein\n Titel</title>", "", "Ein Titel"),
        ("<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Ein &quot;Titel&quot;\"}</script>", "",
         'Ein "Titel"'),
        ("<title>Titel</title>", "<h1>Ein <em>Titel</em><br>mit&shy;ein&shy;ander</h1>", "Ein Titel miteinander"),
        ("<title>Meine Zeitung » Ein Titel</title>", "<h1><a href='https://zeitung.example/'>Meine Zeitung</a></h1>",
         "Ein Titel"),
    ],
)  # fmt: skip
def test_title(read: Read, head: str, body: str, expected: str) -> None:
    document = read(page(f"{body}<p>{FIRST}</p>", head))
    assert shape(document) == [(T, 1, expected), (P, 1, FIRST)]


def test_headline_with_a_kicker_is_not_repeated(read: Read) -> None:
    body = (
        f"<article><p>Startseite</p><h1>EU-Treffen: {TITLE}</h1><p>{FIRST}</p><h2>{TITLE}</h2><p>{SECOND}</p></article>"
    )
    document = read(page(body, f"<meta property=og:title content='{TITLE}'>"))
    assert shape(document) == PLAIN[:3]


@pytest.mark.parametrize(
    ("head", "body", "author", "date"),
    [
        ("<meta name=author content='Max Muster'><meta name=date content='2025-08-28'>", "", "Max Muster", "2025-08-28"),
        ("<meta property=article:author content='https://facebook.com/max'>", "<a rel=author>von Max Muster</a>",
         "Max Muster", None),
        ("<meta property=article:author content='Max Muster'>", "", "Max Muster", None),
        ("<meta name=dcterms.date content='28.08.2025'>", "<p class='byline'>Von Max Muster</p>", "Max Muster", "2025-08-28"),
        ("<meta property=article:published_time content='2025-08-28T22:00:00Z'>", "", None, "2025-08-28"),
        ("<meta name=date content=gestern>", "<time datetime='2025-08-28 10:00'>heute</time>", None, "2025-08-28"),
        ("", "<time datetime='2025-02-30'>heute</time>", None, None),
    ],
)  # fmt: skip
def test_author_and_date(read: Read, head: str, body: str, author: str | None, date: str | None) -> None:
    document = read(page(f"{body}<h1>{TITLE}</h1><p>{FIRST}</p>", head))
    assert (document.author, document.date) == (author, date)


@pytest.mark.parametrize(
    ("data", "author", "date"),
    [
        ('{"@type": "NewsArticle", "author": "Max Muster", "datePublished": "2025-08-28"}', "Max Muster", "2025-08-28"),
        ('[1, {"@type": "WebPage"}, {"@type": "Article", "author": ["A", {"name": "B"}, null, 3]}]', "A, B", None),
        ('{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "author": {"name": "A"}}}', "A", None),
        ('{"@type": "Article", "author": {"@id": ["x"], "name": null}, "datePublished": {"a": 1}}', None, None),
        ('{"headline": 7, "author": {}, "datePublished": 20250828}', None, None),
        ('{"@type": "Article", "author": "Max\nMuster"}', "Max Muster", None),
        ('{"@type": "Article", "author": "Max', None, None),
        ("{'@type': 'Article'}", None, None),
        ("[" * 100_000, None, None),
        ('{"a": ' * 5000, None, None),
        ("null", None, None),
        ("", None, None),
        ("[" + '{"@graph": [1, {"@type": 5}]},' * 20_000 + "1]", None, None),
    ],
    ids="simple list entity wrong-types numbers newline cut quotes deep-list deep-object null empty huge".split(),
)
def test_linked_data_of_any_shape(read: Read, data: str, author: str | None, date: str | None) -> None:
    script = f"<script type='application/ld+json'>{data}</script>"
    document = read(page(f"<h1>{TITLE}</h1><p>{FIRST}</p>", script))
    assert (document.author, document.date) == (author, date)
    assert shape(document) == PLAIN[:2]


UMLAUTS = "<p>Größere Flächen für „Öl“ – 5 €</p>"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (UMLAUTS.encode(), "utf-8"),
        (UMLAUTS.encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF8 + b"<meta charset=latin1>" + UMLAUTS.encode(), "utf-8-sig"),
        (("<meta charset=utf-8>" + UMLAUTS).encode("utf-16"), "utf-16"),
        (("<meta charset=utf-8>" + UMLAUTS).encode("utf-16-le"), "utf-16-le"),
        (b"<meta charset=utf-8>" + UMLAUTS.encode(), "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=\"windows-1252\">" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=iso-8859-15>" + UMLAUTS.replace("„", "'").replace("“", "'").replace("–", "-").encode("iso8859-15"),
         "iso8859-15"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><html>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=iso-8859-1>" + UMLAUTS.encode(), "utf-8"),
        (b"<meta charset=utf-8>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=utf-16>" + UMLAUTS.encode(), "utf-8"),
        (b"<meta charset=utf-7>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=hex>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=klingonisch>" + UMLAUTS.encode("cp1252"), "cp1252"),
        (b"<meta charset=utf-8>" + UMLAUTS.encode() * 20 + b"<!-- \xe2\x80 -->", "utf-8"),
    ],
)  # fmt: skip
def test_character_sets(read: Read, data: bytes, encoding: str) -> None:
    document = read(data)
    assert document.encoding == encoding
    expected = "Größere Flächen für 'Öl' - 5 €" if encoding == "iso8859-15" else "Größere Flächen für „Öl“ – 5 €"
    assert document.paragraphs[0].text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Eins<p>Zwei<div>Drei</p>Vier", ["Eins", "Zwei", "DreiVier"]),
        ("<b><p>Eins</b><i>Zwei</p></i>Drei", ["EinsZwei", "Drei"]),
        ("</body></html><p>Eins", ["Eins"]),
        ("Eins &amp; Zwei &auml;&#228;&#xe4;&nbsp;&hellip; &unbekannt; A&B", ["Eins & Zwei äää … &unbekannt; A&B"]),
        ("<p>Eins<!-- <p>Zwei -->Drei</p>", ["EinsDrei"]),
        ("<p {x}=1 <=2 a:b=3>Eins</p>", ["Eins"]),
        ("<p class='&#1;x' id='&#0;'>Eins\x01</p>".replace("\x01", "&#1;"), ["Eins"]),
        ("<html hidden><body style='display:none'><p>Eins</p>", ["Eins"]),
    ],
)
def test_broken_pages_are_read_as_far_as_possible(read: Read, source: str, expected: list[str]) -> None:
    assert [p.text for p in read(source).paragraphs] == expected


@pytest.mark.parametrize(
    "source",
    [
        "<html><body></body></html>",
        "<title>Nur ein Titel</title>",
        "<!-- nichts -->",
        "<script>alert(1)</script>",
        "<nav><a href='/'>Start</a></nav>",
        "<p>***</p>",
        "<img src=a.png alt='Ein Bild'>",
    ],
)
def test_page_without_text_is_refused(write: Callable[..., Path], source: str) -> None:
    path = write("a.html", source)
    with pytest.raises(InputError) as caught:
        html.read(path, "a.html")
    assert str(caught.value) == f"{path}: no text in it"


def test_entities_of_a_page_are_not_expanded_and_no_file_is_opened(read: Read, write: Callable[..., Path]) -> None:
    secret = write("geheim.txt", "Geheim")
    bomb = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    document = read(
        f'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY l0 "lol">{bomb}<!ENTITY x SYSTEM "file://{secret}">]>'
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p title='&l12;'>Eins &l12; &x;</p><iframe src='geheim.txt'/></body></html>"
    )
    assert document.text == "Eins &l12; &x;"


def test_deeply_nested_elements_are_read(read: Read) -> None:
    document = read(page("<div>" * 2000 + f"<p>{FIRST}</p>" + "</div>" * 2000 + f"<p>{SECOND}</p>"))
    assert shape(document) == [(P, 1, FIRST), (P, 1, SECOND)]


# ---------------------------------------------------------------------------------------------------------------------
# The blocks, which EPUB chapters share.


def read_blocks(source: str) -> list[Paragraph]:
    return blocks(lxml.html.document_fromstring(f"<body>{source}</body>"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>Eins</h1><h4>Vier</h4><h6>Sechs</h6>", [(H, 1, "Eins"), (H, 4, "Vier"), (H, 6, "Sechs")]),
        ("Text<p>Absatz</p>danach<div>Kasten</div>Ende",
         [(P, 1, "Text"), (P, 1, "Absatz"), (P, 1, "danach"), (P, 1, "Kasten"), (P, 1, "Ende")]),
        ("<blockquote>Wir <br> sind bereit.</blockquote>", [(P, 1, "Wir sind bereit.")]),
        ("<p>Eins<br>Zwei</p>", [(P, 1, "Eins Zwei")]),
        ("<p>Eins<br><br>Zwei<br> &nbsp; <br/><br>Drei</p>", [(P, 1, "Eins"), (P, 1, "Zwei"), (P, 1, "Drei")]),
        ("<p>Eins<br><b>Zwei</b><br>Drei</p>", [(P, 1, "Eins Zwei Drei")]),
        ("<ul><li>Hilfe<ul><li>Munition<ul><li>Artillerie</ul></ul>mit Zusatz<li><p>Zölle</p></ul>",
         [(L, 1, "Hilfe"), (L, 2, "Munition"), (L, 3, "Artillerie"), (L, 1, "mit Zusatz"), (L, 1, "Zölle")]),
        ("<ol><li>Eins<li><p>Zwei</p><p>weiter</p><li></ol><ol start=24><li>Februar<li value=30>April<li>Mai</ol>",
         [(L, 1, "1. Eins"), (L, 1, "2. Zwei"), (L, 1, "weiter"), (L, 1, "24. Februar"), (L, 1, "30. April"), (L, 1, "31. Mai")]),
        ("<ol start=viele><li>Eins</ol><ol><li><ul><li>Punkt</ul></ol><li>allein", [(L, 1, "1. Eins"), (L, 2, "Punkt"), (L, 1, "allein")]),
        ("<table><caption>Beiträge</caption><tr><th>Land<th>Beitrag<tr><td>Dänemark<td>5 Mrd.<tr><td>Polen<td></table>",
         [(F, 1, "Beiträge"), (C, 1, "Land"), (C, 1, "Beitrag"), (C, 1, "Dänemark"), (C, 1, "5 Mrd."), (C, 1, "Polen")]),
        ("<table><tr><td>A<td>–</table>", [(C, 1, "A"), (C, 1, "–")]),
        ("<table><tr><td><table><tr><td>A<td>B</table><td>C</table>", [(C, 1, "A"), (C, 1, "B"), (P, 1, "C")]),
        ("<table><tr><td>Kasten</table>", [(P, 1, "Kasten")]),
        ("<table role=presentation><tr><td>A<td>B</table>", [(P, 1, "A"), (P, 1, "B")]),
        ("<table><tr><td><h2>Titel</h2><p>Text<td>B</table>", [(H, 2, "Titel"), (P, 1, "Text"), (P, 1, "B")]),
        ("<table><tr><th>A<td><p>B<p>C</table>", [(C, 1, "A"), (C, 1, "B"), (C, 1, "C")]),
        ("<figure><img src=a alt=Bild><figcaption>Die <b>Minister</b></figcaption></figure>", [(F, 1, "Die Minister")]),
        ("<pre>print(1)</pre><p>Der Befehl <code>ls</code> hilft.</p>", [(P, 1, "Der Befehl ls hilft.")]),
        ("<p>Er sagte <q>ja</q>.</p>", [(P, 1, 'Er sagte "ja".')]),
        ("<p>Wett&shy;be\u00adwerb, bei<wbr>spiel</p>", [(P, 1, "Wettbewerb, beispiel")]),
        ("<p>10<sup>6</sup> m<sup>2</sup> CO<sub>2</sub> am 1<sup>ten</sup></p>", [(P, 1, "10⁶ m² CO2 am 1ten")]),
        ("<p>Text</p><p>* * *</p><hr><p>&nbsp;</p><p>–</p>", [(P, 1, "Text")]),
        ("<p>Das <del>alte</del><ins>neue</ins> Wort <button>Kopieren</button></p>", [(P, 1, "Das neue Wort")]),
        ("<dl><dt>Kiew<dd>Hauptstadt</dl>", [(P, 1, "Kiew"), (P, 1, "Hauptstadt")]),
        ("<p>1. <a href='#fnref1'>↩</a> Quelle: dpa <a href='#top'>nach oben</a></p>", [(P, 1, "1. Quelle: dpa nach oben")]),
    ],
)  # fmt: skip
def test_blocks(source: str, expected: list[tuple[Kind, int, str]]) -> None:
    assert shape(read_blocks(source)) == expected


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        ("<b>Die</b> Minister", "Die Minister", [Span(0, 3, Format.BOLD)]),
        ("<strong>Die <em>neuen</em></strong> Minister", "Die neuen Minister",
         [Span(0, 9, Format.BOLD), Span(4, 9, Format.ITALIC)]),
        ("<b>Die <strong>neuen</strong> Minister</b> da", "Die neuen Minister da", [Span(0, 18, Format.BOLD)]),
        ("in <cite>Zeit</cite> und <i>Welt</i>", "in Zeit und Welt", [Span(3, 7, Format.ITALIC), Span(12, 16, Format.ITALIC)]),
        ("<b>Alles fett</b>", "Alles fett", []),
        ("die <a href=' https://example.org/a\nb '>Rede</a>", "die Rede", [Span(4, 8, Format.LINK, "https://example.org/ab")]),
        ("<a href='mailto:a@b.de'>Post</a> da", "Post da", [Span(0, 4, Format.LINK, "mailto:a@b.de")]),
        ("<a href='/x'>Rede</a> <a href='javascript:x()'>da</a> <a name=x>hier</a>", "Rede da hier", []),
        ("Hilfe<sup><a href='#fn1'>1</a></sup> kommt<sup>[<a href='https://x.de/s#cite-2'>2</a>]</sup>.", "Hilfe kommt.",
         [Span(5, 5, Format.NOTE, "1"), Span(11, 11, Format.NOTE, "2")]),
        ("Hilfe<a href='#fn1'><sup>12</sup></a> kommt", "Hilfe kommt", [Span(5, 5, Format.NOTE, "12")]),
        ("Hilfe<sup><a href='#fn1'>siehe</a></sup>", "Hilfesiehe", []),
        ("<b>Müller &amp;</b> Söhne", "Müller & Söhne", [Span(0, 8, Format.BOLD)]),
    ],
)  # fmt: skip
def test_inline_formatting(source: str, text: str, spans: list[Span]) -> None:
    (paragraph,) = read_blocks(f"<p>{source}</p>")
    assert paragraph.text == text
    assert list(paragraph.spans) == spans


def test_numbered_item_keeps_its_formatting_in_place() -> None:
    (paragraph,) = read_blocks("<ol start=9><li>Die <b>neuen</b> Minister</ol>")
    assert paragraph.text == "9. Die neuen Minister"
    assert paragraph.spans == (Span(7, 12, Format.BOLD),)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
@example(b"<meta charset=utf-8>\x00\xff")
@example(b"<p>\xed\xa0\x80</p>")
def test_any_bytes_are_a_document_or_refused(tmp_path: Path, data: bytes) -> None:
    check_any(tmp_path / "a.html", data)


TAGS = "a b p div td table ul ol li h1 br sup article main form nav svg title script template x:y {z} !--".split()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
            st.sampled_from(
                [FIRST, "Hallo", "&#1;", "&amp", "<p {x}='1' class='&#2;share'>", "<!DOCTYPE [", "<a href='#1'>", "]>"]
            ),
            st.text(max_size=8),
        ),
        max_size=40,
    )
)
def test_any_soup_of_tags_is_a_document_or_refused(tmp_path: Path, parts: list[str]) -> None:
    check_any(tmp_path / "a.html", "".join(parts).encode("utf-8", "surrogatepass"))


def check_any(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        document = html.read(path, path.name)
    except InputError as error:
        assert str(path) in str(error) and "\n" not in str(error)
    else:
        assert document.paragraphs
        assert all(p.text == " ".join(p.text.split()) != "" for p in document.paragraphs)
        assert all(0 <= s.start <= s.end <= len(p.text) for p in document.paragraphs for s in p.spans)
