"""The words around a derivation, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sigmoid_parity.fixtures.texts import Texts

WORDS: Final[Mapping[str, Texts]] = {
    "title": {
        "en": "The derivative of the sigmoid, step by step",
        "ja": "シグモイド関数の微分、一歩ずつ",
        "zh": "逐步推导 sigmoid 函数的导数",
    },
    "introduction": {
        "en": "Each step equals the one before it: proved by SymPy as an expression, and found equal by mpmath to "
        "50 digits at seeded points.",
        "ja": "各段階が直前の式に等しいことを、SymPy が式として証明し、mpmath が固定した乱数の種で選んだ点において"
        "50 桁まで数値で確かめる。",
        "zh": "每一步都等于前一步：SymPy 以表达式证明，mpmath 在固定随机种子选出的点上以 50 位数字核对。",
    },
    "contents": {"en": "Contents", "ja": "目次", "zh": "目录"},
    "source": {"en": "source", "ja": "出典", "zh": "来源"},
    "where": {"en": "where", "ja": "ただし", "zh": "其中"},
    "proved": {
        "en": "proved by SymPy, and at 50 digits",
        "ja": "SymPy と 50 桁の数値で確認済み",
        "zh": "已由 SymPy 证明，并以 50 位数字核对",
    },
    "wrong": {"en": "wrong", "ja": "誤り", "zh": "错误"},
    "unproved": {"en": "not proved", "ja": "未証明", "zh": "未证明"},
    "steps": {"en": "steps", "ja": "段階", "zh": "步"},
    "pictures": {"en": "The pictures", "ja": "グラフ", "zh": "图像"},
    "check": {
        "en": "Run this cell to check the steps.",
        "ja": "このセルを実行すると各段階を検証する。",
        "zh": "运行此单元格以检验各步。",
    },
}
"""Each phrase by its name."""
