"""The closed table of Java methods: what is in it, and that nothing else is reached."""

from decimal import Decimal

import pytest

from service.feel import compile_expression


def external(where, signature, parameters):
    return (
        f'{{f: function({parameters}) external {{java: {{class: "{where}", '
        f'method signature: "{signature}"}}}}, r: f('
    )


def java(feel, where, signature, *arguments):
    names = [f"a{n}" for n in range(len(arguments))]
    source = external(where, signature, ", ".join(names)) + ", ".join(arguments) + ")}.r"
    return feel(source)


MATH, TEXT = "java.lang.Math", "java.lang.String"


@pytest.mark.parametrize(
    ("where", "signature", "arguments", "value"),
    [
        (MATH, "max(int, int)", ("3", "5"), 5),
        (MATH, "min(double,double)", ("1.5", "2"), Decimal("1.5")),
        (MATH, "abs(long)", ("-7",), 7),
        (MATH, "round(double)", ("2.5",), 3),
        (MATH, "rint(double)", ("2.5",), 2),
        (MATH, "floor(double)", ("-1.5",), -2),
        (MATH, "ceil(double)", ("1.2",), 2),
        (MATH, "pow(double,double)", ("2", "10"), 1024),
        (MATH, "floorMod(int,int)", ("-7", "3"), 2),
        (MATH, "signum(double)", ("-3",), -1),
        ("java.lang.StrictMath", "sqrt(double)", ("9",), 3),
        ("java.lang.Integer", "parseInt(java.lang.String)", ('"-12"',), -12),
        ("java.lang.Long", "valueOf(java.lang.String)", ('"9000000000"',), 9_000_000_000),
        ("java.lang.Float", "valueOf(java.lang.String)", ('"1234.56"',), Decimal("1234.56")),
        ("java.lang.Boolean", "valueOf(java.lang.String)", ('"TRUE"',), True),
        (TEXT, "valueOf(char)", ('"a"',), "a"),
        (TEXT, "valueOf(boolean)", ("true",), "true"),
        (TEXT, "valueOf(java.lang.Object)", ("[1, 2]",), "[1, 2]"),
        (TEXT, "format(java.lang.String, [Ljava.lang.Object;)", ('"%s=%d"', '"a"', "2"), "a=2"),
        (TEXT, "format(java.lang.String,[Ljava.lang.Object;)", ('"%.2f%%"', "2.345"), "2.35%"),
    ],
)
def test_a_method_of_the_table_gives(feel, where, signature, arguments, value):
    found = java(feel, where, signature, *arguments)
    assert found == value
    assert type(found) is (Decimal if type(value) is int else type(value))


@pytest.mark.parametrize(
    ("where", "signature", "arguments"),
    [
        (MATH, "foo(double)", ("1",)),
        (MATH, "max(java.lang.String,java.lang.String)", ('"a"', '"b"')),
        (MATH, "max(int,int)", ("1.5", "2")),
        (MATH, "max(int,int)", ("3000000000", "2")),
        (MATH, "log(double)", ("-1",)),
        (MATH, "sqrt(double)", ("-1",)),
        (MATH, "pow(double,double)", ("10", "400")),
        (MATH, "floorDiv(int,int)", ("1", "0")),
        (MATH, "floor(double)", ("10**400",)),
        (TEXT, "valueOf(char)", ('"abc"',)),
        (TEXT, "format(java.lang.String,[Ljava.lang.Object;)", ('"%x"', "2")),
        (TEXT, "format(java.lang.String,[Ljava.lang.Object;)", ('"%s%s"', "2")),
        ("java.lang.Byte", "valueOf(byte)", ("128",)),
        ("java.lang.Integer", "valueOf(java.lang.String)", ('"1_0"',)),
        ("java.lang.Runtime", "exec(java.lang.String)", ('"ls"',)),
        ("java.lang.System", "exit(int)", ("0",)),
        ("os", "system(java.lang.String)", ('"ls"',)),
        ("builtins", "eval(java.lang.String)", ('"1"',)),
    ],
)
def test_anything_else_is_null_with_a_reason(env, where, signature, arguments):
    names = ", ".join(f"a{n}" for n in range(len(arguments)))
    source = external(where, signature, names) + ", ".join(arguments) + ")}.r"
    outcome = compile_expression(source).evaluate({}, env)
    assert outcome.value is None
    assert outcome.diagnoses


def test_a_method_needs_all_its_arguments(feel):
    assert java(feel, MATH, "max(int,int)", "1") is None
