"""The flips of one sign that leave a step right, each with the reason: they are equal, and must be proved equal."""

from __future__ import annotations

EQUAL = {
    "the sign of zero, or of what is multiplied by zero": {
        ("quotient-rule", 1, "(-(d/da 1) · (1 + exp(-a)) - 1 · d/da (1 + exp(-a)))/(1 + exp(-a))^2"),
        ("quotient-rule", 1, "((d/da (-1)) · (1 + exp(-a)) - 1 · d/da (1 + exp(-a)))/(1 + exp(-a))^2"),
        ("quotient-rule", 1, "((d/da 1) · (1 - exp(-a)) - 1 · d/da (1 + exp(-a)))/(1 + exp(-a))^2"),
        ("quotient-rule", 1, "((d/da 1) · (-1 + exp(-a)) - 1 · d/da (1 + exp(-a)))/(1 + exp(-a))^2"),
        ("quotient-rule", 1, "((d/da 1) · (1 + exp(a)) - 1 · d/da (1 + exp(-a)))/(1 + exp(-a))^2"),
        ("quotient-rule", 2, "(-0 - (-exp(-a)))/(1 + exp(-a))^2"),
        ("reciprocal-rule", 4, "-(1 + exp(-x))^(-2) · (-d/dx 1 + d/dx exp(-x))"),
        ("reciprocal-rule", 4, "-(1 + exp(-x))^(-2) · (d/dx (-1) + d/dx exp(-x))"),
        ("reciprocal-rule", 5, "-(1 + exp(-x))^(-2) · (-0 + d/dx exp(-x))"),
        ("reciprocal-rule-from-limits", 1, "lim[h → -0] (1/f(x + h) - 1/f(x))/h"),
        ("reciprocal-rule-from-limits", 2, "lim[h → -0] -(f(x + h) - f(x))/(f(x + h) · f(x) · h)"),
        ("reciprocal-rule-from-limits", 3, "lim[h → -0] -(f(x + h) - f(x))/h · (1/(f(x + h) · f(x)))"),
        ("reciprocal-rule-from-limits", 4, "(lim[h → -0] -(f(x + h) - f(x))/h) · lim[h → 0] 1/(f(x + h) · f(x))"),
        ("reciprocal-rule-from-limits", 4, "(lim[h → 0] -(f(x + h) - f(x))/h) · lim[h → -0] 1/(f(x + h) · f(x))"),
        ("reciprocal-rule-from-limits", 5, "(-d/dx f(x)) · lim[h → -0] 1/(f(x + h) · f(x))"),
        ("network-output-weight", 1, "d/dv ((t - p(v))^2/2) - d/dv R"),
        ("network-output-weight", 1, "d/dv ((t - p(v))^2/2) + d/dv (-R)"),
        ("port-output-rounded-to-one", 1, "(-(1 - 1) · 1 - (1 - y(x)) · y(x))/((1 - y(x)) · y(x))"),
    },
    "the sign of a constant whose derivative is taken": {
        ("quotient-rule", 1, "((d/da 1) · (1 + exp(-a)) - 1 · d/da (-1 + exp(-a)))/(1 + exp(-a))^2"),
        ("chain-rule-example", 1, "[d/du u^4 at u = x^2 + 3 · x + 1] · d/dx (x^2 + 3 · x - 1)"),
        ("chain-rule-example", 2, "[4 · u^3 at u = x^2 + 3 · x + 1] · d/dx (x^2 + 3 · x - 1)"),
        ("power-and-chain-rule", 2, "[d/du u^(-1) at u = 1 + exp(-x)] · d/dx (-1 + exp(-x))"),
        ("power-and-chain-rule", 3, "[-u^(-2) at u = 1 + exp(-x)] · d/dx (-1 + exp(-x))"),
        ("reciprocal-rule", 3, "-(1 + exp(-x))^(-2) · d/dx (-1 + exp(-x))"),
        ("sigmoid-by-reciprocal-rule", 1, "(-d/dx (-1 + exp(-x)))/(1 + exp(-x))^2"),
        ("network-output-weight", 3, "(t - p(v)) · d/dv (-t - p(v))"),
        ("network-output-weight", 5, "(t - p(v)) · (-p(v) · (1 - p(v)) · d/dv (h · v - r))"),
        ("network-hidden-weight", 3, "-δ1(w) · d/dw (v1 · h(w) - s1) - δ2(w) · d/dw (v2 · h(w) + s2)"),
        ("network-hidden-weight", 3, "-δ1(w) · d/dw (v1 · h(w) + s1) - δ2(w) · d/dw (v2 · h(w) - s2)"),
        ("network-hidden-weight", 6, "-(δ1(w) · v1 + δ2(w) · v2) · (h(w) · (1 - h(w)) · d/dw (x · w - r))"),
    },
    "-u^(-2) is even in u": {
        ("exponential-of-minus-x", 2, "[d/du u^(-1) at u = -exp(x)] · d/dx exp(x)"),
        ("exponential-of-minus-x", 3, "[-u^(-2) at u = -exp(x)] · d/dx exp(x)"),
        ("exponential-of-minus-x", 4, "[-u^(-2) at u = -exp(x)] · exp(x)"),
        ("power-and-chain-rule", 2, "[d/du u^(-1) at u = -(1 + exp(-x))] · d/dx (1 + exp(-x))"),
        ("power-and-chain-rule", 3, "[-u^(-2) at u = -(1 + exp(-x))] · d/dx (1 + exp(-x))"),
        ("power-and-chain-rule", 4, "[-u^(-2) at u = -(1 + exp(-x))] · (-exp(-x))"),
    },
    "f is continuous: it does not matter from which side": {
        ("reciprocal-rule-from-limits", 2, "lim[h → 0] -(f(x + h) - f(x))/(f(x - h) · f(x) · h)"),
        ("reciprocal-rule-from-limits", 3, "lim[h → 0] -(f(x + h) - f(x))/h · (1/(f(x - h) · f(x)))"),
        ("reciprocal-rule-from-limits", 4, "(lim[h → 0] -(f(x + h) - f(x))/h) · lim[h → 0] 1/(f(x - h) · f(x))"),
        ("reciprocal-rule-from-limits", 5, "(-d/dx f(x)) · lim[h → 0] 1/(f(x - h) · f(x))"),
    },
}
