"""The style of a picture: its colours as variables, by theme, and the rules that use them."""

from __future__ import annotations

from typing import Literal

from ecograph.view.palette import DARK, LIGHT, Theme

ThemeName = Literal["auto", "light", "dark", "page"]
"""`page`: the `color-scheme` of what the picture stands in; that of a reader if it is a file."""
THEMES: tuple[ThemeName, ...] = ("auto", "light", "dark")
FONTS = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','PingFang SC',"
    "'Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
)


def style_of(prefix: str, theme: ThemeName) -> str:
    """The style of a picture: its variables by theme, and the rules that use them."""
    root = f".{prefix}"
    light, dark = _variables(LIGHT), _variables(DARK)
    shown = {
        "auto": f"{root}{{{light}}}@media(prefers-color-scheme:dark){{{root}{{{dark}}}}}",
        "light": f"{root}{{{light}}}",
        "dark": f"{root}{{{dark}}}",
        "page": f"{root}{{{_both()}}}{root}:root{{color-scheme:light dark}}",
    }[theme]
    # A page may turn a picture's theme at any time.
    turned = f"{root}[data-theme=light]{{{light}}}{root}[data-theme=dark]{{{dark}}}"
    colors = [name for name in LIGHT if f"{name}-f" in LIGHT]
    rules = [
        f"{root} text{{fill:var(--fg)}}",
        f"{root} .eg-m{{fill:var(--mu)}}",
        f"{root} .eg-bg{{fill:var(--bg)}}",
        f"{root} .eg-p{{fill:var(--pn);stroke:var(--ln)}}",
        f"{root} .eg-q{{fill:var(--bg);stroke:var(--ln)}}",
        f"{root} a{{text-decoration:none}}",
    ]
    if theme == "page":
        rules.append(f"{root}{{max-width:100%;height:auto}}")
    for c in colors:
        rules.append(f"{root} .eg-b-{c}{{fill:var(--{c}-f);stroke:var(--{c})}}")
        rules.append(f"{root} .eg-i-{c}{{stroke:var(--{c})}}")
        rules.append(f"{root} .eg-l-{c}{{stroke:var(--{c})}}{root} .eg-h-{c}{{fill:var(--{c})}}")
        rules.append(f"{root} text.eg-t-{c}{{fill:var(--{c})}}")
    rules.append(
        f"{root} a:hover .eg-box,{root} a:focus-visible .eg-box,{root} .eg-node:focus-visible "
        f".eg-box{{stroke-width:3}}{root} .eg-node:focus,{root} a:focus-visible{{outline:none}}"
    )
    # Where one value for both is not known, the flat colours stand.
    needed = "color:light-dark(red,red)" if theme == "page" else "color:var(--a)"
    return f"@supports({needed}){{{shown}{turned}{''.join(rules)}}}"


def _variables(theme: Theme) -> str:
    return "".join(f"--{name}:{value};" for name, value in theme.items())


def _both() -> str:
    return "".join(f"--{name}:light-dark({value},{DARK[name]});" for name, value in LIGHT.items())
