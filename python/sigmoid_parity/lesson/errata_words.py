"""The words around the mistakes in the documents, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sigmoid_parity.cases.texts import Texts

WORDS: Final[Mapping[str, Texts]] = {
    "refuting": {"en": "refuting {id}", "ja": "{id} を反証中", "zh": "正在证伪 {id}"},
    "document": {
        "en": "{key}  {title} ({language}, {kind})",
        "ja": "{key}  {title}（{language}、{kind}）",
        "zh": "{key}  {title}（{language}，{kind}）",
    },
    "place": {"en": "{source}, {where}", "ja": "{source}、{where}", "zh": "{source}，{where}"},
    # Verdicts.
    "refuted": {"en": "REFUTED", "ja": "反証済み", "zh": "已证伪"},
    "stands": {"en": "STANDS", "ja": "反証できず", "zh": "未能证伪"},
    "noted": {"en": "NOTED", "ja": "指摘のみ", "zh": "仅指出"},
    "not-all": {
        "en": ": {count} of {all} mistakes that can be run",
        "ja": "：{all} 件の誤りのうち {count} 件",
        "zh": "：{all} 处错误中的 {count} 处",
    },
    "all": {
        "en": ": all {all} mistakes that can be run; what is right is proved, or runs",
        "ja": "：{all} 件の誤りを、いずれも実行して反証した。正しい形は、証明するか実行して確かめた",
        "zh": "：{all} 处错误，均已通过运行证伪；正确的形式已经证明，或已运行验证",
    },
    "also-noted": {
        "en": ": {count} of wording, which nothing can run",
        "ja": "：文言の誤り {count} 件。実行して示せるものではない",
        "zh": "：{count} 处文字错误，无法通过运行来说明",
    },
    # Witnesses.
    "said": {"en": "said to be  {formula}", "ja": "文書の式    {formula}", "zh": "文档写作    {formula}"},
    "is": {"en": "but is      {formula}", "ja": "正しい式    {formula}", "zh": "实际应为    {formula}"},
    "values": {
        "en": "at {at}: the document's formula gives {says}; the true value is {right}",
        "ja": "{at} のとき、文書の式の値は {says}、真の値は {right}",
        "zh": "{at} 时，文档的公式得 {says}，真值为 {right}",
    },
    "raises": {
        "en": "raises {type}: ... {message}; mended:",
        "ja": "例外 {type}: ... {message} を送出する。直したもの：",
        "zh": "抛出异常 {type}: ... {message}。改正后：",
    },
    "text-says": {"en": "the document says: {text}", "ja": "文書の記述：{text}", "zh": "文档写作：{text}"},
    "text-right": {"en": "right is: {text}", "ja": "正しくは：{text}", "zh": "应为：{text}"},
    # Languages and kinds of documents.
    "en": {"en": "English", "ja": "英語", "zh": "英语"},
    "ja": {"en": "Japanese", "ja": "日本語", "zh": "日语"},
    "zh": {"en": "Chinese", "ja": "中国語", "zh": "中文"},
    "article": {"en": "article", "ja": "記事", "zh": "文章"},
    "notebook": {"en": "notebook", "ja": "ノートブック", "zh": "笔记本"},
    "translation": {"en": "translation", "ja": "翻訳", "zh": "译文"},
    # What speaks against a witness, by its kind.
    "says-is-proved": {
        "en": "SymPy proves that {of} is {says}, which is called wrong",
        "ja": "誤りとされている {says} が {of} に等しいことを、SymPy が証明する",
        "zh": "{says} 被称为错误，SymPy 却证明它等于 {of}",
    },
    "says-is-equal": {
        "en": "at {at}, {says} is called wrong and is right: {value}",
        "ja": "{at} では、誤りとされている {says} が正しい値 {value} になる",
        "zh": "在 {at} 处，被称为错误的 {says} 得到正确的值 {value}",
    },
    "no-value": {
        "en": "at {at} a formula has no value: {why}",
        "ja": "{at} では、式が値をもたない：{why}",
        "zh": "在 {at} 处，有公式没有值：{why}",
    },
    "other-digits": {
        "en": "at {at} the file has {written} for '{field}', and the value is {value}",
        "ja": "{at} で、ファイルの '{field}' は {written} だが、値は {value} である",
        "zh": "在 {at} 处，文件中 '{field}' 为 {written}，而值为 {value}",
    },
    "right-unproved": {
        "en": "SymPy finds no proof that {of} is {right}, which is called right",
        "ja": "正しいとされている {right} が {of} に等しいことを、SymPy は証明できない",
        "zh": "{right} 被称为正确，SymPy 却无法证明它等于 {of}",
    },
    "right-differs": {
        "en": "{right} is called right; at {at} it is {value}, and the true value is {true}",
        "ja": "{right} は正しいとされているが、{at} での値は {value}、真の値は {true} である",
        "zh": "{right} 被称为正确，但在 {at} 处它为 {value}，真值为 {true}",
    },
    "wrong-runs": {
        "en": "the wrong program runs; the file says that it raises {type}: ... {message}",
        "ja": "誤ったプログラムが最後まで動く。ファイルによれば、例外 {type}: ... {message} を送出するはずである",
        "zh": "错误的程序正常运行；文件称它抛出 {type}: ... {message}",
    },
    "raises-another": {
        "en": "the wrong program raises {found}; the file says {type}: ... {message}",
        "ja": "誤ったプログラムが送出する例外は {found} である。ファイルには {type}: ... {message} とある",
        "zh": "错误的程序抛出 {found}；文件写的是 {type}: ... {message}",
    },
    "right-fails": {
        "en": "the mended program fails: {found}",
        "ja": "直したプログラムが失敗する：{found}",
        "zh": "改正后的程序失败：{found}",
    },
}
"""Each phrase by its name, with what is filled in between braces."""


def say(name: str, language: str, /, **values: object) -> str:
    """Say a phrase in a language, with its values filled in."""
    return WORDS[name][language].format(**values)
