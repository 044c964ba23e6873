"""Each rule on good and bad translations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.checks.chain import run_checks
from translator.checks.model import Severity
from translator.checks.sentence import Sentence
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

BAD = [
    ("numbers", "Er ist 47 Jahre alt.", "He is 74 years old."),
    ("numbers", "Es waren 12 Prozent im Jahr 2019.", "It was 12 percent in 2018."),
    ("numbers", "Die Wand ist 550 Meter hoch.", "The wall is 2,800 feet high."),
    ("currency", "Das kostet 3.000 Rubel.", "That costs 3,000 euros."),
    ("currency", "Sie zahlte 20 Pfund Sterling.", "She paid 20."),
    ("currency", "Es geht um 5 Mio. Franken.", "It is about 5 million."),
    ("currency", "Das sind 300 Dollar.", "That is 300 pounds."),
    ("currency", "Er bekam 10 Yen.", "He received 10."),
    ("currency", "Es kostet 90 Zloty.", "It costs 90 euros."),
    ("negation", "Das ist nicht das erste Mal.", "This is the first time."),
    ("negation", "Es ist unmöglich, aber nicht verboten.", "It is impossible, but allowed."),
    ("negation", "Er kam nie zu spät.", "He came late."),
    ("negation", "Niemand weiß das.", "Everybody knows that."),
    ("negation", "Er kam heute. Sie ist nicht da. Keiner fehlt.", "He came today. She is there. Nobody is missing."),
    ("copies", "Sie haben das Haus gekauft und verkauft.", "Sie haben das Haus gekauft und verkauft."),
    ("copies", "Der Rat tagt heute in Bonn.", "Der Rat tagt heute in Bonn!"),
    ("copies", "Ich weiß es noch nicht.", "Ich weiß es noch nicht."),
    ("copies", "Warum kommt er nicht?", "Warum kommt er nicht?"),
    ("copies", "Wer hat das gesagt, und wann?", "Wer hat das gesagt und wann?"),
    ("copies", "Morgen wird es im Süden regnen.", "Morgen wird es im Süden regnen."),
    ("untranslated", "Er ist nach Hause gegangen.", "He went nach dem house."),
    ("untranslated", "Die Partei wurde verboten.", "The party wurde verboten."),
    ("untranslated", "Das ist eine schöne Stadt.", "This is eine schöne city."),
    ("untranslated", "Die Lage ist angespannt.", "The situation is angespannt."),
    ("untranslated", "Er hat die Rede gehalten.", "He has the speech gehalten."),
    ("repetition", "Er kommt auf 15 Prozent.", "He comes to to 15 percent."),
    ("repetition", "Frieden ist wichtig.", "Peace, peace, peace matters."),
    ("repetition", "Das ist der Hafen.", "That is the the port."),
    ("repetition", "Er sprach mit dem Minister.", "He spoke with the minister with the minister."),
    ("repetition", "Wir sehen uns bald.", "We will see we will see each other soon."),
    ("repetition", "Das ist gut.", "That is very very very very good."),
    ("length", "Die Verhandlungen dauerten bis in die späte Nacht hinein.", "Talks lasted."),
    ("length", "Die Wahl wird wiederholt, weil es Fehler gab.", ""),
    ("length", "Er ging.", "He went away without a word, and nobody knew where he was going."),
    ("length", "Nach langem Streit einigte sich der Rat auf einen neuen Haushalt.", "The council agreed."),
    ("length", "Ja.", "Yes, that is what I would say if I were asked about it."),
    ("length", "Sie arbeitet seit vielen Jahren an einer großen Universität.", "She works there."),
    ("leftovers", "Er kam.", "He came <unk>."),
    ("leftovers", "Er kam.", "He came.</s>"),
    ("leftovers", "Er kam.", "He@@ came."),
    ("leftovers", "Er kam.", "He came\ufffd."),
    ("leftovers", "Über alles.", "Ã\x9cber all."),
    ("leftovers", "Er kam.", "He ⁇ came."),
    ("quotes", "Er nannte es „Unsinn“ und ging.", "He called it “nonsense and left."),
    ("quotes", "Das sogenannte „Abkommen“ gilt.", "The so-called agreement is valid."),
    ("quotes", "Sie [die Chefin] kam.", "She [the boss came."),
    ("quotes", "„Ja“, sagte er.", "“Yes, he said."),
    ("quotes", "Das „Gesetz“ und der „Plan“ gelten.", "The “law” and the “plan apply."),
    ("quotes", "Er sprach.", "He “spoke."),
    ("punctuation", "Wer kommt heute Abend?", "Who is coming tonight."),
    ("punctuation", "Das ist gut!", "That is good"),
    ("punctuation", "Warum nicht?", "Why not!"),
    ("punctuation", "Er ging nach Hause.", "He went home and"),
    ("punctuation", "Ist das wahr?", "This is true."),
    ("punctuation", "Er sprach lange …", "He spoke for long"),
    ("names", "Er traf Emmanuel Macron in Paris.", "He met Emmanuel Florida in Paris."),
    ("names", "Die Festnahmen in Barcelona gehen weiter.", "The arrests in Neckarsulm continue."),
    ("names", "Er sprach mit Thunberg.", "He spoke with Krützkamp."),
    ("names", "Das Unternehmen Lubrizol stellt es her.", "The company Clooney makes it."),
    ("names", "Sie lebt in Eckental.", "She lives in Hollywood."),
    ("names", "Gegen Kavanaugh wird ermittelt.", "There are inquiries into Mladenovic."),
    ("codes", "Er fliegt einen A380.", "He flies an A320."),
    ("codes", "Folgen Sie @tagesschau.", "Follow @news."),
    ("codes", "Unter #Klimastreik wird gesammelt.", "It is collected under #climate."),
    ("codes", "Siehe www.bund.de.", "See the website."),
    ("codes", "Die F-16 flog tief.", "The F-15 flew low."),
    ("codes", "Die Adresse ist a.b@gmx.de.", "The address is a.b@gmail.com."),
    ("sentences", "Er kam. Er sah. Er siegte. Er ging.", "He came, saw, won. He left."),
    ("sentences", "Er kam, sah und siegte am Ende.", "He came. He saw. He won."),
    ("numbers", "Er zahlte 1.234,56 Euro.", "He paid 1,234.65 euros."),
    ("numbers", "Es kamen 3.500 Gäste.", "There were 3.500 guests."),
    ("numbers", "Am 5. Mai kam er.", "He came on 6 May."),
    ("numbers", "Es sind 5 Milliarden.", "There are 5 million."),
    ("numbers", "Um 14.30 Uhr begann es.", "It began at 3.40 pm."),
    ("currency", "Das kostet 50 Euro.", "That costs 50 dollars."),
    ("currency", "Das kostet 50 €.", "That costs 50."),
    ("negation", "Er kommt nicht.", "He is coming."),
    ("negation", "Sie hat keine Zeit.", "She has time."),
    ("negation", "Sie hat Zeit.", "She does not have time."),
    ("copies", "Das ist ein schöner Tag.", "Das ist ein schöner Tag."),
    ("copies", "Wir gehen heute nach Hause.", "Wir gehen heute nach Hause"),
    ("untranslated", "Er wohnt in dem alten Haus.", "He lives und wohnt here."),
    ("untranslated", "Das Treffen wurde verschoben.", "The meeting was verschoben."),
    ("repetition", "Er ging am Abend nach Hause.", "He went home in the evening in the evening."),
    ("repetition", "Er sprach lange.", "He spoke spoke for long."),
    ("length", "Er sprach lange über die Lage im Land und über die Wahl.", "He spoke."),
    ("length", "Er kam.", "He came and then he told us all about it for hours on end."),
    ("leftovers", "Er kam.", "He <trm> came."),
    ("leftovers", "Er kam.", "He▁came."),
    ("quotes", "Er las das Buch „Faust“ gern.", "He liked the book “Faust."),
    ("quotes", "Er (der Chef) kam.", "He (the boss came."),
    ("punctuation", "Kommt er heute?", "He is coming today."),
    ("punctuation", "Er kommt heute.", "He is coming today"),
    ("names", "Gestern sprach Annalena Bärbock mit ihm.", "Yesterday Annalena Kowalczyk spoke with him."),
    ("codes", "Siehe https://example.org/a für mehr.", "See https://example.org/b for more."),
    ("codes", "Schreiben Sie an rat@example.org.", "Write to council@example.org."),
    ("sentences", "Er kam. Er sah. Er ging.", "He came and saw and went."),
]
GOOD = [
    ("Die Wand ist 550 Meter hoch.", "The wall is 1,800 feet high."),
    ("Der Akku erhitzt sich auf 27 Grad.", "The battery heats up to 80.6 degrees."),
    ("Es flossen 2000 Liter Öl aus.", "Some 440 gallons of oil leaked."),
    ("Das Budget liegt bei 1,3 Bio. Dollar.", "The budget is 1.3 trillion dollars."),
    ("Das kostet 3.000 Rubel.", "That costs 3,000 rubles."),
    ("Das kostet 50 €.", "That costs €50."),
    ("Nicht wenige kamen.", "Quite a few came."),
    ("Das Land war nicht ausreichend vorbereitet.", "The country was ill-prepared."),
    ("Das ist nicht mehr gestattet.", "That is now prohibited."),
    ("Er kam. Sie kam nicht. Alle sahen es.", "He came. She did not. Everybody saw it."),
    ("Die Vernissage beginnt um 8.", "The vernissage begins at 8."),
    ("Die Taskforce tagt.", "The taskforce is meeting."),
    ("Das berichtet merkur.de heute.", "This is reported by merkur.de today."),
    ("Bundespräsident Alexander van der Bellen sprach.", "President Alexander van der Bellen spoke."),
    ("Sie verließen den Hafen. Port Rashid ist das Ziel.", "They left the port. Port Rashid is the destination."),
    ("Man schaut ihn nicht an, höchstens heimlich.", "He is not looked at, at most in secret."),
    ("Es stand 15:15.", "It was 15-15."),
    ("Er hatte das gehabt.", "He had had that."),
    ("Der Tanker „Stena Impero“ fährt ab.", "The tanker Stena Impero is leaving."),
    ("Das berichtet das „Handelsblatt“ heute.", "Handelsblatt reports this today."),
    ("Die Koranschule liegt in Bayern.", "The Quran school is in Bavaria."),
    ("Die Niedersachsen spielten gut.", "The side from Lower Saxony played well."),
    ("Auf der Krim war es ruhig.", "It was quiet in Crimea."),
    ("Bundeskanzlerin Angela Merkel kam.", "Then Chancellor Angela Merkel came."),
    ("Am Freitag sprach Imamoglu in Istanbul.", "In Istanbul, Imamoglu spoke on Friday."),
    ("Die F-16 flog tief.", "The F16 flew low."),
    ("Schreiben Sie an rat@example.org.", "Write to rat@example.org."),
    ("Er kam. Er sah. Er siegte. Er ging. Er blieb.", "He came and saw. He won. He left. He stayed."),
    ("Er zahlte 1.234,56 Euro.", "He paid 1,234.56 euros."),
    ("Um 14.30 Uhr begann es.", "It began at 2.30 pm."),
    ("Am 5. Mai 2024 kam er.", "He came on May 5, 2024."),
    ("Es sind 2,3 Mrd. Euro.", "It is 2.3 billion euros."),
    ("Das Spiel endete 84:80.", "The match ended 84-80."),
    ("Im 19. Jahrhundert war das so.", "That was so in the 19th century."),
    ("Es waren 3 Männer.", "There were three men."),
    ("Er kommt nicht.", "He isn't coming."),
    ("Nicht nur er kam.", "He was among those who came."),
    ("Das ist nicht möglich.", "That is impossible."),
    ("Die Süddeutsche Zeitung berichtet.", "The Süddeutsche Zeitung reports."),
    ("Das ist sehr, sehr gut.", "That is very, very good."),
    ("Er las „Faust“ gern.", "He liked reading “Faust”."),
    ("Selenskyj traf Lawrow.", "Zelenskyy met Lavrov."),
    ("Kommt er heute?", "Is he coming today?"),
    ("Siehe www.example.org.", "See www.example.org."),
]


def warnings(sentence: Sentence) -> set[str]:
    return {f.rule for f in run_checks(sentence) if f.severity is Severity.WARNING}


@pytest.mark.parametrize(("rule", "source", "target"), BAD)
def test_errors_are_found(rule: str, source: str, target: str) -> None:
    assert rule in warnings(Sentence(source, target))


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_good_translations_pass(source: str, target: str) -> None:
    assert warnings(Sentence(source, target)) == set()


@pytest.mark.parametrize(("score", "expected"), [(None, set()), (-0.3, set()), (-1.2, set()), (-2.0, {"confidence"})])
def test_low_scores(score: float | None, expected: set[str]) -> None:
    assert warnings(Sentence("Er kam.", "He came.", score=score)) == expected


def test_what_the_glossary_wants_is_no_error() -> None:
    hit = Hit(Entry("Schloss", ("schloss wird",)), 4, 11, Form.EXACT)
    term = TermResult(hit, Outcome.USED, span=(4, 16))
    assert "untranslated" in warnings(Sentence("Das Schloss brennt.", "The schloss wird burns."))
    assert warnings(Sentence("Das Schloss brennt.", "The schloss wird burns.", terms=(term,))) == set()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["de", "fr"]))
def test_no_text_crashes_and_spans_are_inside(source: str, target: str, language: str) -> None:
    for finding in run_checks(Sentence(source, target, language)):
        assert finding.message
        assert finding.span is None or 0 <= finding.span[0] <= finding.span[1] <= len(target)
