"""The words around a derivation, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sigmoid_parity.cases.texts import Texts

WORDS: Final[Mapping[str, Texts]] = {
    "title": {
        "en": "The derivative of the sigmoid, step by step",
        "ja": "シグモイド関数の微分を一歩ずつ",
        "zh": "逐步推导 sigmoid 函数的导数",
    },
    "introduction": {
        "en": "Each step equals the one before it: proved by SymPy as an expression, and found equal by mpmath to "
        "50 digits at seeded points. What changed is an instance of the rule that the step names.",
        "ja": "各ステップが直前の式に等しいことを、SymPy が式として証明し、mpmath が、乱数シードを固定して選んだ点で "
        "50 桁まで確かめた。変わった部分は、そのステップに示した規則の適用になっている。",
        "zh": "每一步都等于前一步：SymPy 作符号证明，mpmath 在固定随机种子选出的点上核对到 50 位有效数字。"
        "改变的部分正是该步所写法则的应用。",
    },
    "contents": {"en": "Contents", "ja": "目次", "zh": "目录"},
    "source": {"en": "source", "ja": "出典", "zh": "来源"},
    "where": {"en": "where", "ja": "ただし", "zh": "其中"},
    "conditions": {"en": "condition", "ja": "条件", "zh": "条件"},
    "colon": {"en": ": ", "ja": "：", "zh": "："},
    "proved": {
        "en": "proved by SymPy, the same to 50 digits, and an instance of the rule",
        "ja": "SymPy で証明済み、50 桁の数値も一致、規則どおり",
        "zh": "SymPy 已作符号证明，核对到 50 位有效数字，且符合所写法则",
    },
    "wrong": {"en": "wrong", "ja": "誤り", "zh": "错误"},
    "unproved": {"en": "not proved", "ja": "未証明", "zh": "未证明"},
    "steps": {"en": "steps", "ja": "ステップ", "zh": "步"},
    "step": {"en": "step", "ja": "ステップ", "zh": "步"},
    "pictures": {"en": "The pictures", "ja": "グラフ", "zh": "图像"},
    "check": {
        "en": "Run this cell to check the steps.",
        "ja": "このセルを実行すると各ステップを検証する。",
        "zh": "运行此单元格以检验各步。",
    },
}
"""Each phrase by its name."""


def steps(count: int, language: str) -> str:
    """Say how many steps there are: ``1 step``, ``2 steps``."""
    return f"{count:,} {WORDS['step' if count == 1 else 'steps'][language]}"
