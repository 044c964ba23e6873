"""From a file to a document that is ready to be translated: read, detect, segment."""

from __future__ import annotations

from dataclasses import replace

from translator.documents import Document, InputFile, read_document
from translator.errors import InputError
from translator.language import detection, sentences
from translator.language.names import english_name


def prepare(file: InputFile, source: str | None = None) -> Document:
    """Reads a file, finds its language (or takes `source`) and cuts it into segments.

    Paragraphs that are clearly in another language are marked with it, but for a given `source`, which always counts.

    Raises:
        InputError: the file cannot be read, or its language is unsure.
    """
    document = read_document(file)
    texts = [p.text for p in document.paragraphs]
    if source is None:
        found = detection.detect(texts)
        if not found.document.sure or found.document.language is None:
            guess = found.document
            hint = (
                f"perhaps {english_name(guess.language)}, {guess.confidence:.0%}"
                if guess.language
                else "too little text"
            )
            raise InputError(f"{file.path}: the language is unsure ({hint}); say it with --from, such as --from de")
        source = found.document.language
        foreign = [found.foreign(i) for i in range(len(texts))]
        if any(foreign):
            marked = zip(document.paragraphs, foreign, strict=True)
            document = replace(document, paragraphs=tuple(replace(p, language=own) for p, own in marked))
    document = replace(document, language=source)
    return document.with_segments([sentences.split(p.text, p.language or source) for p in document.paragraphs])
