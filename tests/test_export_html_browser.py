"""The page in a real browser: marks, keys, hints, switches and columns, with the page's own security policy in force."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_export_html import bilingual

from translator.export import html as exporter
from translator.export.settings import ExportSettings, Layout

BROWSER = next(filter(None, map(shutil.which, ("/usr/bin/chromium", "chromium", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here: the page's script and style are not run")

# What the hooks below share. The first part stands in the head, so that it sees what the policy blocks.
EARLY = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.violatedDirective));
"""
COMMON = """
const result = {};
const $ = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const s = (n) => $(`.source [data-number="${n}"]`), t = (n) => $(`.target [data-number="${n}"]`);
const press = (key, more) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more}));
const point = (node) => node.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
const where = () => { const a = document.activeElement.closest(".sentence");
  return a && (a.closest(".source") ? "s" : "t") + (a.dataset.number || 0); };
const having = (name) => all(".sentence." + name).map(
  (n) => (n.closest(".source") ? "s" : "t") + (n.dataset.number || 0));
const shown = (node) => node.checkVisibility();
const choose = (id) => { const box = $(id); box.click(); };
const box = (node) => node.getBoundingClientRect();
const report = () => { const pre = document.createElement("pre"); pre.id = "result";
  pre.textContent = JSON.stringify(result); document.body.append(pre); };
"""


def run(tmp_path: Path, script: str, *, layout: Layout = Layout.TABLE, width: int = 1280, options: str = "") -> Any:
    """What a script put into `result` after the page ran; the policy of the copy allows the hooks by their hashes."""
    late = f"{COMMON}{script}\nresult.blocked = blocked;\nreport();"
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(hook.encode()).digest()).decode()}'" for hook in (EARLY, late)
    )
    text = exporter.build(bilingual(), ExportSettings(layout=layout))
    text = text.replace("script-src ", f"script-src {hashes} ").replace(
        "<style>", f"<script>{EARLY}</script><style>", 1
    )
    page = tmp_path / "page.html"
    page.write_text(text.replace("</body>", f"<script>{late}</script></body>"), encoding="utf-8")
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
        "--hide-scrollbars", f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900", *options.split(),
        "--virtual-time-budget=2000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.S)
    assert found, done.stderr[-2000:]
    result = json.loads(html.unescape(found[1]))
    assert result.pop("blocked") == [], "the page's own style and script pass its policy"
    return result


def test_wide_page(tmp_path: Path) -> None:
    result = run(tmp_path, """
        point(s(1).querySelector(".text"));
        result.hover = having("lit");
        point($("footer"));
        result.left = having("lit");

        result.stops = all(".sentence").filter((n) => n.tabIndex === 0).length;
        s(1).focus(); result.focus = having("lit");
        press("j"); result.j = where();
        press("ArrowDown"); result.down = where();
        press("ArrowUp"); result.up = where();
        press("k"); press("k"); result.k = where();
        press("ArrowUp"); result.top = where();
        press("ArrowDown"); press("ArrowRight"); result.right = where();
        press("ArrowLeft"); result.back = where();
        press("j", {ctrlKey: true}); result.control = where();
        press("Enter"); press("j"); result.kept = having("kept"); result.lit = having("lit");
        result.said = $("#status").textContent;
        press("k"); press("Enter"); result.released = having("kept");

        const term = s(1).querySelector(".term");
        term.focus(); result.hint = $("#hint").innerText; result.hintShown = shown($("#hint"));
        result.below = box($("#hint")).top >= box(term).bottom;
        result.inTerm = having("lit");
        press("Enter"); result.enterOnTerm = having("kept");
        press("Escape"); result.escaped = shown($("#hint"));
        point(t(1).querySelector(".term")); result.hintOnHover = shown($("#hint"));
        point($("#hint")); result.hintStays = shown($("#hint"));
        press("Escape"); point(s(2).querySelector(".term")); result.missed = $("#hint").innerText;

        result.columns = box(s(1)).right < box(t(1)).left && Math.abs(box(s(1)).top - box(t(1)).top) < 4;
        result.running = getComputedStyle(s(2)).display;
        result.note = shown($(".note")); choose("#show-notes"); result.noNote = shown($(".note"));
        result.tools = all(".keys, .tools").map(shown);
        choose("#show-source"); result.onlySource = [shown(s(1)), shown(t(1)), shown($("h1"))];
        choose("#show-target"); result.onlyTarget = [shown(s(1)), shown(t(1)), shown($("h1"))];
        result.stop = all(".sentence").filter((n) => n.tabIndex === 0).map((n) => shown(n));
        choose("#show-both"); result.both = [shown(s(1)), shown(t(1))];
        result.requests = performance.getEntriesByType("resource").length;
    """)  # fmt: skip
    assert result == {
        "hover": ["s1", "t1"], "left": [], "stops": 1, "focus": ["s1", "t1"], "j": "s2", "down": "s3", "up": "s2",
        "k": "s0", "top": "s0", "right": "t1", "back": "s1", "control": "s1", "kept": ["s1", "t1"], "lit": ["s2", "t2"],
        "said": "The sentence stays marked", "released": [],
        "hint": "Waffenruhe → truce / cease-fire\n\nshort <b>note</b>", "hintShown": True, "below": True,
        "inTerm": ["s1", "t1"], "enterOnTerm": [], "escaped": False, "hintOnHover": True, "hintStays": True,
        "missed": "Bundestag → Bundestag\n\n! not in the translation: please check",
        "columns": True, "running": "inline", "note": True, "noNote": False, "tools": [True, True],
        "onlySource": [True, False, True], "onlyTarget": [False, True, False], "stop": [True], "both": [True, True],
        "requests": 0,
    }  # fmt: skip


def test_narrow_page_goes_sentence_by_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, """
        result.order = all(".sentence").filter((n) => n.dataset.number && n.dataset.number < 4)
          .sort((a, b) => box(a).top - box(b).top)
          .map((n) => (n.closest(".source") ? "s" : "t") + n.dataset.number);
        result.fits = document.documentElement.scrollWidth <= innerWidth;
        choose("#show-target"); result.running = getComputedStyle(t(2)).display;
    """, width=520)  # fmt: skip
    assert result == {"order": ["s1", "t1", "s2", "t2", "s3", "t3"], "fits": True, "running": "inline"}


def test_worksheet_and_dark_scheme(tmp_path: Path) -> None:
    result = run(tmp_path, """
        result.dark = matchMedia("(prefers-color-scheme: dark)").matches;
        result.ground = getComputedStyle(document.body).backgroundColor;
        const answers = all(".answer"), button = $("#all-answers");
        result.hidden = all(".target .sentence").some(shown);
        s(2).focus(); press("ArrowRight"); result.noWayIn = where(); result.stop = s(2).tabIndex;
        answers[2].querySelector("summary").click(); result.one = all(".target .sentence").filter(shown).length;
        press("ArrowRight"); result.wayIn = where();
        button.click(); result.all = answers.every((a) => a.open); result.label = button.textContent;
        button.click(); result.none = answers.some((a) => a.open);
    """, layout=Layout.WORKSHEET, options="--blink-settings=preferredColorScheme=0")  # fmt: skip
    assert result == {
        "dark": True, "ground": "rgb(23, 24, 26)", "hidden": False, "noWayIn": "s2", "stop": 0, "one": 1, "wayIn": "t2",
        "all": True, "label": "Hide all translations", "none": False,
    }  # fmt: skip
