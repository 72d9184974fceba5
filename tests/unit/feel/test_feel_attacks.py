"""Nothing an expression says reaches Python, hangs, eats memory or breaks the interpreter."""

import time
import tracemalloc
from contextlib import suppress

import pytest

from service.domain.errors import ExpressionError
from service.feel import compile_expression, feel_text
from service.feel.run import Exceeded

MEBIBYTE = 2**20
SECONDS = 0.75
"""Far above the 0.1 s that we aim for, as a build machine may be busy; a hang is minutes."""

_LONG = (
    '{s0: "aaaaaaaaaa", ' + ", ".join(f"s{n}: s{n - 1} + s{n - 1}" for n in range(1, 40)) + "}.s39"
)
_LISTS = "{l0: [1, 2], " + ", ".join(f"l{n}: [l{n - 1}, l{n - 1}]" for n in range(1, 40))
_DEEP = "{d0: [1], " + ", ".join(f"d{n}: [d{n - 1}]" for n in range(1, 690))
_KEYS = "{c0: {a: 1}, " + ", ".join(f"c{n}: {{x: c{n - 1}, y: c{n - 1}}}" for n in range(1, 40))

REACHING = {
    "dunder class": "s.__class__",
    "dunder of a context": "d.__class__.__base__.__subclasses__()",
    "dunder of a number": "(1).__class__",
    "dunder of a function": "abs.__globals__",
    "dunder of a FEEL function": "(function(a) a).__code__",
    "method of a string": "s.format(1)",
    "method as property": "s.upper",
    "method of a list": "items.append(9)",
    "method of a context": 'd.pop("a")',
    "method of a date": "now().strftime",
    "class attribute of a date": "today().max",
    "internals of a range": "[1..2].low",
    "internals of a duration": 'duration("P1Y").__dict__',
    "import": '__import__("os")',
    "import by name": 'import("os").getpid()',
    "eval": 'eval("1+1")',
    "exec": 'exec("x = 1")',
    "open": 'open("/etc/passwd")',
    "getattr": 'getattr(s, "__class__")',
    "globals": "globals()",
    "builtins": "__builtins__",
    "os system": 'os system("x")',
    "external function": 'function(a) external {java: {class: "java.lang.Math", method: "cos"}}',
    "type constructor": "type(x)",
    "get value with a dunder": 'get value(d, "__class__")',
    "zone as a path": 'time("10:00:00@../../etc/passwd")',
    "zone as an absolute path": 'time("10:00:00@/etc/passwd")',
    "template in a string": '"{0.__class__}"',
    "dunder named argument": "abs(__class__: 1)",
}

REFUSED = {
    "assignment": "x := 1",
    "lambda": "lambda: 1",
    "statement": "while true",
    "two expressions": "1; 2",
    "deep parentheses": "(" * 3000 + "1" + ")" * 3000,
    "deep lists": "[" * 3000 + "]" * 3000,
    "deep contexts": "{a:" * 2400 + "1" + "}" * 2400,
    "deep minus": "-" * 5000 + "1",
    "deep if": "if true then " * 490 + "1" + " else 2" * 490,
    "deep in": "1 in (" * 600 + "1" + ")" * 600,
    "deep in with ranges": "1 in (" * 95 + "1" + "..2)" * 95,
    "deep not": "not(" * 1990 + "x" + ")" * 1990,
    "deep for": "for i in [1] return " * 490 + "1",
    "deep functions": "function(a) " * 800 + "1",
    "deep paths": "x" + ".a" * 4000,
    "deep filters": "x" + "[1]" * 3000,
    "deep types": "x instance of " + "list<" * 1500 + "number" + ">" * 1500,
    "many loops": "for " + ", ".join(f"i{n} in [1]" for n in range(700)) + " return 1",
    "too long": "1+" * 5001 + "1",
    "many nodes": "1+" * 4999 + "1",
    "huge number": "1e999999999",
    "unclosed comments": "1 " + "/*" * 4000,
    "unclosed string": '"' + "\\" * 4001,
    "bad escape": '"\\UFFFFFF"',
    "lone surrogate": '"\\uD800"',
    "mixed brackets": "[1, 2)",
    "null byte": "1 \x00",
}

EXHAUSTING = {
    "power tower": "9**9**9",
    "power of powers": "99999999 ** 99999999",
    "many powers": "for i in 1..20000 return (1.0000001 ** (i + 0.5)) ** 0.3",
    "many exponents": "for i in 1..20000 return exp(1 / i)",
    "long sum": "+".join(["1"] * 2000),
    "sum of a huge range": "sum(for i in 1..10000000000 return i)",
    "huge range": "for i in 1..1000000000000 return i",
    "huge date range": 'for i in @"0001-01-01"..@"9999-12-31" return i',
    "huge backward range": "for i in 10**30..1 return i",
    "range of huge numbers": "for i in 10**6000..10**6001 return i",
    "nested loops": "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
    "nested for": "for a in 1..1000 return for b in 1..1000 return for c in 1..1000 return 1",
    "empty inner loop": "for a in 1..1000000, b in [] return 1",
    "nested some": "some a in 1..10000 satisfies some b in 1..10000 satisfies a = -b",
    "every": "every a in 1..1000000000 satisfies a > 0",
    "string doubling": _LONG,
    "list doubling": _LISTS + "}",
    "list doubling, flattened": _LISTS + ", f: flatten(l39)}",
    "list doubling, as text": _LISTS + ", f: string(l39)}",
    "list doubling, compared": _LISTS + ", f: l39 = l38, g: l39 = l39}",
    "list doubling, read": _LISTS + ", f: l39.a}",
    "list doubling, typed": _LISTS
    + ", f: l39 instance of list<list<list<list<list<list<number>>>>>>}",
    "context doubling": _KEYS + "}",
    "context doubling, as text": _KEYS + ", f: string(c39)}",
    "context doubling, compared": _KEYS + ", f: c39 = c39}",
    "deep value": _DEEP + "}.d689",
    "deep value, as text": _DEEP + ", f: string(d689)}.f",
    "deep value, compared": _DEEP + ", f: d689 = d689}.f",
    "deep value, read": _DEEP + ", f: d689.x}.f",
    "deep value, flattened": _DEEP + ", f: flatten(d689)}.f",
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "self application": "(function(f) f(f))(function(f) f(f))",
    "mutual recursion": "{f: function(g, n) g(g, n) + g(g, n), r: f(f, 1)}.r",
    "recursion through sort": "{f: function(a, b) sort([1, 2], f) = a, r: sort([1, 2], f)}.r",
    "tree recursion": "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), r: f(40)}.r",
    "partial grows": "for i in 1..20000 return partial",
    "partial within partial": "for i in 1..2000 return for j in 1..2000 return [partial, partial]",
    "sort with a slow order": "sort(for i in 1..9000 return -i, function(a, b) a < b)",
    "distinct lists": "distinct values(for i in 1..15000 return [i])",
    "duplicate values": "duplicate values(for i in 1..15000 return i)",
    "many lists": "for i in 1..20000 return for j in 1..100 return {a: i, b: j}",
    "many strings": '{s: string join(for i in 1..5000 return "aaaaaaaaaaaaaaaa"),'
    " r: for i in 1..20000 return substring(s, 1)}",
    "many searches": '{s: string join(for i in 1..5000 return "aaaaaaaaaaaaaaaa"),'
    ' r: for i in 1..20000 return contains(s, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")}',
    "many comparisons of text": '{s: string join(for i in 1..5000 return "aaaaaaaaaaaaaaaa"),'
    ' t: s + "", r: for i in 1..20000 return s = t}',
    "replace amplification": '{s: string join(for i in 1..900 return "a"),'
    ' r: replace(replace(s, "a", s), "a", s)}.r',
    "replace doubling groups": 'replace("aaaaaaaaaaaaaaaaaaaa", "(a)", "' + "$1" * 1000 + '")',
    "concatenate amplification": "{a: for i in 1..9000 return i, r: concatenate(a, a, a)}.r",
    "append many": "for i in 1..20000 return append(partial, partial)",
    "backtracking": 'matches("' + "a" * 40 + '!", "(a+)+$")',
    "backtracking alternatives": 'matches("' + "a" * 5000 + '!", "(a|a|aa)*$")',
    "backtracking optionals": 'matches("' + "a" * 60 + '", "' + "a?" * 60 + "a" * 60 + '")',
    "polynomial pattern": 'matches("' + "a" * 5000 + '", "' + "a*" * 100 + 'b")',
    "nested counts": 'matches("aaaa", "((((a{1,100}){1,100}){1,100}){1,100})")',
    "huge count": 'matches("aaaa", "a{9999}")',
    "deep pattern": 'matches("a", "' + "(" * 240 + "a" + ")" * 240 + '")',
    "many groups": 'replace("a", "' + "(a)" * 150 + '", "$1")',
    "empty alternatives": 'matches("' + "b" * 5000 + '", "(' + "|" * 400 + ")*a" + '")',
    "long split": 'split("' + "a," * 4000 + '", ",")',
    "round to a huge scale": "for i in 1..20000 return decimal(10**6000 / 3, 6000)",
    "text of huge numbers": "for i in 1..20000 return string(10**6000)",
    "number from a long text": 'number("' + "9" * 9000 + '")',
    "year out of range": 'date("999999999-01-01") + duration("P999999999999Y")',
    "days out of range": '@"9999-12-31T23:59:59Z" + @"P999999999D" * 10**9',
    "far working days": 'werkdagen_na(date and time("9999-12-31T00:00:00"), 9999)',
    "many working days": "for i in 1..20000 return werkdagen_na(now(), 1000)",
    "many working hours": "for i in 1..20000 return werkuren_na(now(), 4000)",
    "huge norm": 'na_normtijd(now(), "9999wd")',
    "impossible norm": 'na_normtijd(now(), "P9999D")',
    "range from a hostile text": 'range("' + "(" * 3000 + '")',
    "huge index": "[1, 2, 3][10**6000]",
    "huge substring": 'substring("abc", 1, 10**6000)',
    "huge sublist": "sublist([1, 2, 3], 1, 10**6000)",
    "many diagnoses": "for i in 1..20000 return null + 1",
    "many unknown names": "for i in 1..20000 return onbekend",
    "filter in filter": "{a: for i in 1..500 return i, r: a[count(a[item > 1]) > 1]}.r",
    "huge context": "context(for i in 1..20000 return {key: string(i), value: i})",
    "context merge": "context merge(for i in 1..20000 return {a: i})",
    "median of many": "median(for i in 1..20000 return -i)",
}


def scope():
    return {"x": 5, "s": "abc", "items": [1, 2, 3], "d": {"a": 1, "b": {"c": 2}}, "when": "2026"}


def run(source, env):
    """The outcome of compiling and evaluating, within bounds of time."""
    began = time.process_time()
    try:
        outcome = compile_expression(source).evaluate(scope(), env)
    except ExpressionError as error:
        outcome = error
    assert time.process_time() - began < SECONDS
    return outcome


@pytest.mark.parametrize("attack", REACHING)
def test_python_cannot_be_reached(env, attack):
    value = run(REACHING[attack], env).value
    assert value is None or value == "{0.__class__}"


@pytest.mark.parametrize("attack", REFUSED)
def test_what_is_no_expression_is_refused(env, attack):
    assert isinstance(run(REFUSED[attack], env), ExpressionError)


@pytest.mark.parametrize("attack", EXHAUSTING)
def test_nothing_hangs(env, attack):
    outcome = run(EXHAUSTING[attack], env)
    assert outcome.value is not None or outcome.diagnoses


@pytest.mark.parametrize("attack", EXHAUSTING)
def test_nothing_eats_memory(env, attack):
    tracemalloc.start()
    try:
        compile_expression(EXHAUSTING[attack]).evaluate(scope(), env)
        assert tracemalloc.get_traced_memory()[1] < 64 * MEBIBYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("attack", [*REACHING, *EXHAUSTING])
def test_what_comes_out_can_be_written_down(env, attack):
    value = run((REACHING | EXHAUSTING)[attack], env).value
    with suppress(Exceeded):
        assert feel_text(value)


def test_a_hostile_scope_is_bounded_too(env):
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    wide = [[0] * 1_000] * 1_000
    for value in (deep, wide, [0] * 1_000_000, "a" * 1_000_000, 10**7000):
        outcome = compile_expression("x").evaluate({"x": value}, env)
        assert outcome.value is None
        assert outcome.diagnoses


def test_recursion_never_surfaces_however_deep_the_caller_is(env):
    source = "(" * 99 + "1" + ")" * 99
    evaluating = compile_expression("{f: function(n) f(n + 1), r: f(1)}.r")

    def deeper(levels):
        if levels:
            deeper(levels - 1)
            return
        with suppress(ExpressionError):
            compile_expression(source + " // diep")
        assert evaluating.evaluate({}, env).value is None

    for levels in (100, 300, 500, 700):
        deeper(levels)
