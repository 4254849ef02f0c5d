"""What every command says: help that teaches, and one clear error to bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sigmoid_parity.cli.commands import COMMANDS
from sigmoid_parity.implementations.dotnet import find
from tests.cli.running import hide, run

ONE = ("--runtime", find()[0].name)


@pytest.mark.parametrize(
    "command", [(name,) for name in COMMANDS if name != "fixtures"] + [("fixtures", "check"), ("fixtures", "write")]
)
def test_help_teaches(command: tuple[str, ...]) -> None:
    """Each command says what it does, then its options, examples and exit codes, in lines of 80 columns."""
    done = run(*command, "--help")
    assert done.returncode == 0
    usage, doing, *_ = done.stdout.split("\n\n")
    assert usage.startswith(f"Usage: sigmoid-parity {' '.join(command)} ")
    assert re.fullmatch(r"  [A-Z].*\.", doing, re.DOTALL)
    assert re.search(r"^Options:$", done.stdout, re.MULTILINE)
    assert re.search(rf"\nExamples:\n  sigmoid-parity {' '.join(command)}[ \n]", done.stdout)
    assert re.search(r"\nExit codes:\n  0  +\w.*\n", done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_list_of_commands() -> None:
    """The top's help has every command with a whole sentence, and the exit codes; so has a call without a command."""
    done = run("--help")
    assert "0 agree, 1 differ, 2 could not run" in done.stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[A-Z].*[^.]\.$", done.stdout, re.MULTILINE)
    alone = run()
    assert (alone.returncode, alone.stderr) == (2, done.stdout)


def test_choices_in_capitals() -> None:
    """A choice is taken in small and in capital letters."""
    assert run("derive", "--language", "EN").stdout == run("derive").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("verify", "--assembly", "none.dll"), "error: there is no C# assembly at none.dll"),
        (("verify", "--fixtures", "none", *ONE), "error: limits.yaml: cannot be read: No such file"),
        (("verify", "--json", "none/r.json", "--function", "d_activation"), "error: cannot write none/r.json"),
        (("verify", "--function", "tanh"), "error: Invalid value for '--function': 'tanh' is not one of 'activation'"),
        (("verify", "--timeout", "0"), "error: Invalid value for '--timeout': it must be a finite number of at least"),
        (("verify", "--timeout", "nan"), "error: Invalid value for '--timeout'"),
        (("build", "--compiler", "csc"), "error: Invalid value for '--compiler': 'csc' is not one of 'dotnet', 'mcs'"),
        (("build", "--project", "none"), "error: there are no C# sources in none"),
        (("fixtures", "check", "--fixtures", "none"), "error: there is no folder none"),
        (("nonsense",), "error: No such command 'nonsense'"),
        (("train", "--fixture", "tanh"), "error: there is no training 'tanh' in network.yaml; there is d4, xor, deep-"),
        (("train", "--learning-rate", "0"), "it must be a finite number above 0, not 0.0"),
        (("train", "--learning-rate", "nan"), "it must be a finite number above 0, not nan"),
        (("train", "--epochs", "0"), "error: Invalid value for '--epochs'"),
        (("train", "--mistake", "none"), "error: Invalid value for '--mistake'"),
        (("train", "--json", "none/r.json"), "error: cannot write none/r.json: there is no folder none"),
        (("train", "--plot", "none/r.png"), "error: cannot write none/r.png: there is no folder none"),
        (("train", "--plot", "r.gif"), "error: cannot write r.gif: its ending must be one of png, svg, pdf"),
        (("train", "--runtime", "silverlight"), "error: there is no .NET runtime 'silverlight' here"),
        (("train", "--fixtures", "none"), "error: network.yaml: cannot be read: No such file"),
        (("derive", "quotient-rul"), "there is no derivation 'quotient-rul'; did you mean quotient-rule?"),
        (("derive", "nope"), "there is no derivation 'nope'; there are: exponential-from-limits, "),
        (("derive", "power-rule"), "; type: sigmoid-parity derive power-and-chain-rule"),
        (("derive", "--language", "de"), "error: Invalid value for '--language'"),
        (("derive", "--fixtures", "none"), "error: rules.yaml: cannot be read"),
        (("derive", "--html", "none/page.html"), "error: cannot write none/page.html"),
        (("derive", "--notebook", "none/lesson.ipynb"), "error: cannot write none/lesson.ipynb"),
        (("errata", "--fixtures", "none"), "error: documents.yaml: cannot be read"),
        (("plot", "sigmod"), "error: there is no graph 'sigmod'; did you mean sigmoid?"),
        (("plot", "--output", "a.gif"), "error: cannot write a.gif: its ending must be one of png, svg, pdf"),
        (("plot", "sigmoid", "--output", "none/a.png"), "error: cannot write none/a.png"),
    ],
)
def test_bad_input_is_one_clear_error(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, nothing on standard output; one line names the thing, and at most one more says what to type."""
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    error, *hints = done.stderr.splitlines()
    assert error.startswith("error: ")
    assert hints in ([], [f"hint: sigmoid-parity {arguments[0]} --help"], ["hint: sigmoid-parity --help"])


@pytest.mark.parametrize(
    ("package", "arguments", "extra"),
    [
        ("nbformat", ("derive", "--notebook", "-"), "derive"),
        ("matplotlib", ("plot",), "plot"),
        ("matplotlib", ("train", "--plot", "loss.png"), "plot"),
    ],
)
def test_a_missing_package_is_named_with_its_extra(
    package: str, arguments: tuple[str, ...], extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, the package with its extra, and the command that installs it."""
    hide(package, monkeypatch)
    done = run(*arguments)
    assert done.returncode == 2
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"error: {package} is not installed, and ")
    assert error.endswith(f"(extra {extra})")
    assert hint.endswith(f"-m pip install {package}")
