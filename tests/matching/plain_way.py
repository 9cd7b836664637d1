"""The same rules the plain and slow way: each word of each rule is one regular expression over the whole text."""

import re
import unicodedata

import regex  # type: ignore[import-untyped]  # has no stubs

from actors.store.nouns.catalog import Matching, MatchRule

ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3005-\u3007\u30fc\U00020000-\U0003ffff"
JOINED = rf"[[\p{{L}}\p{{M}}\p{{N}}_]--[{ALONE}]]"


def fits(rule: MatchRule, text: str) -> bool:
    """Tell whether a rule of words fits a text."""
    if rule.matching is Matching.EXACT:
        terms = [rule.pattern]
    else:
        terms = [phrase.strip() or word.strip('",;') for phrase, word in re.findall(r'"([^"]+)"|(\S+)', rule.pattern)]
    wanted = [brought(term, rule.case_sensitive) for term in terms]
    found = [occurs(term, text, rule.case_sensitive) for term in wanted if term]
    return any(found) if rule.matching is Matching.ANY else all(found) and bool(found)


def occurs(term: str, text: str, case_sensitive: bool) -> bool:
    """Tell whether a text has a term, also as a word that was broken."""
    texts = [text, *(regex.sub("[-\u2010]\\s*", "", broken) for broken in broken_words(text))]
    before = f"(?<!{JOINED})" if regex.match(JOINED, term[0], regex.V1) else ""
    after = f"(?!{JOINED})" if regex.match(JOINED, term[-1], regex.V1) else ""
    expression = regex.compile(before + regex.escape(term) + after, regex.V1)
    return any(expression.search(brought(one, case_sensitive)) for one in texts)


def broken_words(text: str) -> list[str]:
    """List the words of a text that a hyphen breaks at the end of a line."""
    plain = regex.sub("\u00ad\\s*", "", unicodedata.normalize("NFKC", text))
    found = regex.finditer(rf"(?:[{ALONE}]|{JOINED}+)[-\u2010][ \t]*\r?\n\s*(?:[{ALONE}]|{JOINED}+)", plain, regex.V1, overlapped=True)
    whole = [match.group() for match in found if not regex.match(JOINED, plain[match.start() - 1 : match.start()], regex.V1)]
    return [broken for broken in whole if re.split(r"\s", broken)[-1][0].islower()]


def brought(text: str, case_sensitive: bool) -> str:
    """Bring text into the form that is compared."""
    text = regex.sub("\u00ad\\s*", "", unicodedata.normalize("NFKC", text))
    if not case_sensitive:
        text = regex.sub("[Iıİ]|i\u0307", "i", text)
        text = unicodedata.normalize("NFKC", text.casefold()).replace("i\u0307", "i")
    return " ".join(text.split())
