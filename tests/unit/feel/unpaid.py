"""Attacks on work that was once not paid for: each is one cheap call that does much, repeated."""


def _grown(text: str, times: int) -> str:
    """The beginning of a context whose ``s`` is ``text`` so many times."""
    return f'{{s: string join(for i in 1..{times} return "{text}"), '


_LONG = _grown("aaaaaaaaaaaaaaaa", 6000)
_FLAGS = "{l: for i in 1..10000 return "
_MOMENTS = '{l: for i in 1..2000 return now() - @"PT7S" * i, '
_MANY = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 9000))
_ZONED = '{a: @"99999-01-01T00:00:00@Europe/Amsterdam", b: @"99999-01-01T00:00:00@Europe/Paris", '
_WIDE = ",".join(f"a{n}: 1" for n in range(300))
_FIELDS = ",".join(f"a{n}: Any" for n in range(300))
_ONES = ", ".join(f"b{n} in [1]" for n in range(10))

PATTERNS = {
    "refused patterns": 'for i in 1..20000 return matches("a", string(i) + "satisfies{1,999}")',
    "patterns refused at once": "for i in 1..20000 return "
    'matches("a", string(i) + "+atisfies{1,s99}")',
    "patterns of odd characters": 'for i in 0..20000 return matches("abs", string(i) + "'
    + "\\u0011" * 200
    + '(")',
    "patterns in turn": "for i in 1..200, j in 1..400 return "
    'matches("a", string(j) + "b{1,9}(c|d)")',
    "patterns refused late": 'for i in 1..20000 return matches("a", "(((b{1,99}){1,9})" + string(i)'
    ' + "s{1,999}")',
    "alternatives refused at the last": 'for i in 1..20000 return matches("a", string(i) + "'
    + "|a" * 200
    + '|b{1999}")',
    "wide class and other characters each time": f'matches("{_MANY}", "['
    + "".join(chr(0x100 + 2 * n) for n in range(240))
    + ']x")',
    "class of many escapes": f'matches("{_MANY}", "[' + "\\\\w\\\\d\\\\i" * 40 + '&]x")',
    "long replacement": _LONG + 'r: for i in 1..20000 return replace("a", "a", s)}',
    "replacement of empty groups": 'replace("' + "b" * 4000 + '", "(a)?b", "' + "$1" * 2000 + '")',
    "many replacements": _LONG + 'r: replace(s, "a", "b")}',
    "many pieces": _LONG + 'r: split(s, "a")}',
}

TEXTS = {
    "search that nearly succeeds": _grown("aaaaaaaaaaaaaaaa", 1800)
    + "n: substring(s, 1, 48), r: for i in 1..20000 return "
    'contains(s, n + "b" + n)}',
    "search for half of the text": _grown("aaaaaaaaaaaaaaaa", 140)
    + 'm: substring(s, 1, 960) + "b", r: for i in 1..20000 return substring before(s, m)}',
    "huge length": '{n: 10**6144, r: for i in 1..20000 return substring("abc", 1, n)}',
    "joined empty texts": _FLAGS + '"", r: for i in 1..20000 return string join(l)}',
    "joined nulls": _FLAGS + "null, r: for i in 1..20000 return string join(l)}",
    "long unknown name": "for i in 1..20000 return " + "x" * 9000,
    "long text that is no date": 'for i in 1..20000 return @"' + "x" * 9000 + '"',
    "range of sums": '{s: "[' + "1+" * 1400 + '1..2]", r: for i in 1..20000 return range(s)}',
    "range of parentheses": '{s: "['
    + "(" * 90
    + "1"
    + ")" * 90
    + '..2]", r: for i in 1..20000 return range(s)}',
    "Java format of signs": _grown("%n%n%n%n%n%n%n%n", 6000)
    + 'f: function(a, b) external {java: {class: "java.lang.String", '
    'method signature: "format(java.lang.String,[Ljava.lang.Object;)"}}, '
    "r: for i in 1..20000 return f(s, 1)}",
    "Java class with a long name": _LONG + "r: for i in 1..20000 return function(a) external "
    '{java: {class: s, method signature: "a()"}}}',
}

NUMBERS = {
    "duration times a huge number": '{n: 10**6144, d: @"P1D", r: for i in 1..20000 return d * n}',
    "months times a huge number": '{n: 10**6144, d: @"P1M", r: for i in 1..20000 return d * n}',
    "months by a tiny number": '{n: 10**-6143, d: @"P1M", r: for i in 1..20000 return d / n}',
    "broken powers": "for i in 1..20000 return (1 + 1 / i) ** (i + 0.5)",
    "logarithms": "{n: 10**6000 / 7, r: for i in 1..20000 return log(n)}",
    "powers of e": "for i in 1..20000 return exp(-2020 - i / 3)",
}

MOMENTS = {
    "distinct moments": 'distinct values(for i in 1..420 return now() + @"PT1S" * i)',
    "duplicate moments": 'duplicate values(for i in 1..400 return now() + @"PT1S" * i)',
    "greatest moment": _MOMENTS + "r: for i in 1..20 return max(l)}",
    "index of a moment": _MOMENTS + "r: for i in 1..20 return index of(l, now())}",
    "moment in a list": _MOMENTS + "r: for i in 1..20 return now() in l}",
    "sorted times": 'sort(for i in 1..7000 return time("10:00:00") - @"PT7S" * i)',
    "compared far moments": _ZONED + "r: for i in 1..20000 return a < b}",
    "subtracted far moments": _ZONED + "r: for i in 1..20000 return a - b}",
    "unknown zones": 'for i in 1..20000 return time("10:00:00@Europe/X" + string(i))',
    "moments from texts": "for i in 1..20000 return "
    'date and time("2026-01-01T10:00:00.123456789@Europe/Amsterdam")',
    "working days of many years": "for i in 1..20000 return "
    'is_werkdag(date("1900-01-01") + @"P365D" * i)',
    "working days of the same years in turn": "for j in 1..200, i in 1..70 return "
    'is_werkdag(date("1950-01-01") + @"P366D" * i)',
    "later working days of many years": "for i in 1..20000 return "
    'werkdagen_na(date("1900-01-01") + @"P365D" * i, 5)',
    "next times of many years": "for i in 1..20000 return "
    'volgende_keer(date("1900-01-01"), "P11M", date("1900-01-01") + @"P365D" * i)',
    "working hours of many years": "for i in 1..20000 return "
    'werkuren_na(date("1900-01-01") + @"P365D" * i, 20)',
}

CONTAINERS = {
    "one list many times": "{a: for i in 1..9000 return i, r: concatenate("
    + ",".join(["a"] * 1400)
    + ")}",
    "union of one list": "{a: for i in 1..9000 return i, r: union(" + ",".join(["a"] * 1400) + ")}",
    "all of many": _FLAGS + "true, r: for i in 1..20000 return all(l)}",
    "any of many": _FLAGS + "false, r: for i in 1..20000 return any(l)}",
    "instance of a very wide context": f"{{c: {{{_WIDE}}}, r: (for i in 1..20000 return c) "
    f"instance of list<context<{_FIELDS}>>}}",
    "sorted long texts": _grown("aaaaaaaaaaaaaaaa", 2000)
    + "l: for i in 1..12 return s + string(i), m: concatenate(l, l, l, l, l, l, l, l, l, l), "
    "n: concatenate(m, m, m, m, m, m, m, m, m, m), r: sort(concatenate(n, n, n, n, n))}",
    "property that no item has": "{l: for i in 1..8000 return 1, r: for i in 1..20000 return l.a}",
    "functions that are kept": "for i in 1..20000 return function(a, b) function(c) i",
    "name from far away": "".join(f"for a{n} in [1] return " for n in range(90))
    + "for z in 1..20000 return "
    + "+".join(["a0"] * 300),
    "name from very far away": f"for {_ONES} return " * 60
    + "for z in 1..20000 return "
    + "+".join(["x"] * 30),
}

UNPAID = PATTERNS | TEXTS | NUMBERS | MOMENTS | CONTAINERS
