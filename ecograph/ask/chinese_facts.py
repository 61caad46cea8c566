"""Questions in Chinese about one thing or two, or about what is in a category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ecograph.ask.facts import Facts, Patterns, Stated, in_cncf
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import Listing, Meaning, Restriction
from ecograph.ask.words import any_of

_ADVERBS = (
    "采用|使用|用|是否|是不是|还|是|被|在|已经|已|处于|有没有|仍然|仍|依然|cncf的|cncf|的|曾经|曾"
)
_DENIED = "(?P<left>.+?(?<!有))(?:还没有?|没有?|尚未|并未|未|不再)"
_IF_GONE = (
    "(?:如果|假如|要是|若)?(?P<x>.+?)(?:停止维护|停止开发|停止|停|终止|消失|没有|没|挂|倒)(?:了|掉)?"
    "(?:的话)?,?"
)
_DAY = "(?P<day>\\d{4}(?:年(?:\\d{1,2}月(?:\\d{1,2}[日号])?)?|[-/.]\\d{1,2}(?:[-/.]\\d{1,2})?)?)"
_SINCE = "(?:以来|之后|以后|起|开始|至今|到现在)"
_CHANGED = (
    "(?:发生了|有|有了|又有|发生过|经历了|经历过)?(?:什么|哪些|啥)(?:发生)?新?"
    "(?:变化|改变|变动|变了|更新|新东西|事|事情)?"
)
_WHEN = "(?:是)?(?:在|从)?(?:什么时候|何时|哪一?年|哪一天|什么时间)(?:开始)?"

ABOUT = (
    "(?P<x>.+?)(?:是什么|是啥|是什么东西|是什么工具|是什么项目|是做什么的|是干什么的|是干嘛的|是谁|指什么|是指什么|有什么用|是什么意思)",
    "(?P<x>.+?)(?:是|属于)(?:什么|哪种|哪一?类|何种)(?:类型|种类|样)?的?(?:工具|项目|东西|软件|事物|产品)",
    "(?P<x>.+?)(?:代表|表示)(?:的是)?(?:什么|啥)(?:意思|含义)?",
    "(?P<x>.+?)(?:是用来(?:做|干)什么的?|是用于什么的?|是干什么用的|(?:的|有什么)(?:作用|用途)(?:是什么)?)",
    "(?:什么是|何为|何谓|谁是|介绍|介绍一下|简单介绍|说明|解释|解释一下|描述|关于)(?P<x>.+?)",
    "(?P<x>.+?)(?:的)?(?:简介|介绍|概述|定义|描述|信息|资料)",
)
DEPENDS = (
    "(?P<a>.+?)(?:是否|是不是|会)?(?:直接|间接)?依赖(?:于|着|了)?(?P<b>.+?)(?:吗|么)",
    "(?P<a>.+?)(?:是否|是不是|会不会)(?:直接|间接)?依赖(?:于|着|了)?(?P<b>.+?)",
)
POSSESSED = (
    "(?P<x>.+?)(?:旗下|名下|下面|手里)?(?:一共|总共|共)?有(?:多少个?|几个)(?:项目|产品|工具)",
)
IN_CNCF = "cncf(?:一共|总共|共)?有(?:多少个?|几个)(?P<np>.+?)"
WAY = (
    "(?P<a>.+?)(?:是)?(?:怎样|怎么|如何|怎么样)(?:才能)?(?:一步步)?(?:到达|通向|走到|连接到|连到|关联到|联系到|调用到?|对接|用到|用上|到)(?:的)?(?P<b>.+?)(?:的)?",
    "(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:之间)?(?:是|有|有着)?(?:什么|怎样的|怎么样的|何|啥)(?:样的)?(?:关系|联系|关联|路径|连接)",
    "(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:之间)?(?:的)?(?:关系|联系|关联|路径|最短路径)(?:是什么|是怎样的)?",
    "(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:是)?(?:怎么|如何|怎样)(?:关联|联系|连接|相连|相关)(?:起来)?(?:的)?",
    "(?:从)?(?P<a>.+?)到(?P<b>.+?)(?:之间)?(?:的|有(?:什么|哪些|怎样的))?(?:最短)?(?:路径|路线|途径)"
    "(?:是什么|有哪些|是怎样的)?",
    "从(?P<a>.+?)(?:怎么|如何|怎样)?到(?P<b>.+)",
)
COMPARED = (
    "(?:比较|对比)(?:一下)?(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)",
    "(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:之间)?(?:有|的)(?:什么|何|哪些|啥)?(?:区别|不同|差异|差别|异同)(?:是什么|在哪里?|有哪些)?",
    "(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:的)?(?:比较|对比)",
    "(?P<a>.+?)(?: ?vs\\.? ?|对比)(?P<b>.+?)",
)
ALTERNATIVES = (
    "(?P<x>.+?)(?:的|有哪些|有什么|有)(?:替代品|替代方案|替代|替代者|替代项目|同类|同类工具|同类项目|同类产品|类似工具|类似项目)(?:有哪些|有什么|是什么|吗)?",
    "(?:什么|哪些工具|哪些项目|哪些)(?:可以|能|能够)(?:代替|替代|取代|替换)(?P<x>.+?)",
    "(?P<x>.+?)(?:可以|能够?)(?:被|用)(?:什么|哪些(?:工具|项目)?)(?:来)?(?:代替|替代|取代|替换)",
    "(?:有没有|有)(?P<x>.+?)的(?:替代品|替代方案|替代|替代者|替代项目|同类|同类工具|同类项目|同类产品)(?:吗|么)?",
    "什么(?:和|与|跟)(?P<x>.+?)属于同一类别",
    "(?:用什么|有什么)(?:可以|能)?(?:代替|替代)(?P<x>.+?)",
    "(?:有没有|有|还有)?(?:哪些|什么)?(?:类似于?|像)(?P<x>.+?)(?:这样|一样|那样)?的(?:工具|项目|东西|软件|产品)(?:有哪些|有什么|吗)?",
    "(?:和|与|跟)(?P<x>.+?)(?:类似|相似|同类|同一类别|属于同一类别)的(?:工具|项目|东西|有哪些|还)*(?:有哪些|有什么)?",
    "除了(?P<x>.+?)(?:还|以外还|之外还)有(?:哪些|什么)(?:同类|类似|可选)?(?:工具|项目|选择|方案)?",
)
HISTORY = (
    "(?P<x>.+?)(?:的)?(?:历史|经历|生平|时间线|大事记|发展历程|来龙去脉)(?:是什么|是怎样的|有哪些)?",
    "(?P<x>.+?)(?:后来)?(?:经历了什么|怎么样了|怎么了|发生了什么|经历了什么|发生过什么|经历过什么|后来如何)",
)
STATUS = (
    "(?P<x>.+?)(?:的)?(?:状态|现状|情况)(?:是什么|如何|怎么样|怎样)?",
    "(?P<x>.+?)(?:处于|是)什么状态",
    "(?P<x>.+?)(?:是否)?(?:还)?(?:存在|在)吗?",
    "(?:还)?有人(?:还)?在?(?:维护|开发)(?P<x>.+?)吗",
    "(?P<x>.+?)(?:还)?(?:有没有|有)人(?:还)?(?:在)?(?:维护|开发)(?:吗|么|的吗)?",
)
MEMBERS = (
    "(?:在)?(?P<x>.+?)(?:这个)?(?:类别|分类|类)?(?:里面|里|中|下面|下|之中|之下|内)(?:都)?(?:有|包含|包括)(?:哪些|什么|多少个?|啥)(?P<np>.*)",
    "(?P<x>.+?)(?:类别|分类|类)?(?:都)?(?:包含|包括|有)(?:哪些|什么|啥|了哪些|了什么)(?P<np>.*)",
    "(?:哪些|哪个|什么)(?P<np>.*?)(?:属于|归类于|归在|归入|在|位于)(?P<x>.+?)(?:这个)?(?:类别|分类|类)?(?:里面|里|中|下|之下|内)?",
    "(?:属于|归类于|归入|在)(?P<x>.+?)(?:这个)?(?:类别|分类|类)?(?:里面|里|中|下|之下|内)?的(?P<np>.*?)(?:有哪些|有什么|是哪些)",
    "(?P<x>.+?)(?:的)?(?:成员|内容)(?:有哪些|有什么|是什么)?",
)
OF_KIND = (
    "(?:有|都有|存在)(?:哪些|什么|哪几种|哪几个)(?P<np>.+?)",
    "(?:有|一共有|总共有|共有)(?P<n>多少个?|几个|多少种)(?P<np>.+?)",
    "(?P<n>多少个?)(?P<np>.+?)",
    "(?P<np>.+?)(?:都)?(?:有哪些|有什么|有谁|是哪些)",
    "(?P<np>.+?)(?:一共|总共|共)?(?P<n>有多少个?|有几个|的数量|数量|有多少种)(?:是多少)?",
    "(?:列出|列举|罗列)(?:所有|全部)?(?:的)?(?P<all>.+?)",
    "(?P<np>.+?)",
)
HAPPENED = (
    f"(?:自|从|自从)?{_DAY}{_SINCE},?(?P<x>.+?){_CHANGED}",
    f"(?P<x>.+?)(?:自|从|自从)?{_DAY}{_SINCE}{_CHANGED}",
)
MATURITY = (
    "(?P<x>.+?)(?:是不是|是否是?|是|属于|在)(?:cncf)(?:的)?(?:项目|托管项目|里|中)?(?:吗|么)?",
    "(?P<x>.+?)(?:在cncf)?(?:的|处于|是)?(?:什么|哪个)?(?:cncf)?(?:成熟度|级别|成熟度级别)(?:是什么|如何)?",
)
CLASSED = "(?P<x>.+?)(?:是不是|是否是|是否为|是|算)(?:一个|一种|一款)?(?P<np>.+?)(?:吗|么)?"
BEHIND = (
    "(?P<x>.+?)(?:的)?背后(?:的(?:公司|组织))?是(?:谁|哪家(?:公司|组织)?)",
    "谁在(?P<x>.+?)(?:的)?背后",
)
TODAY = ("(?P<x>.+?)(?:在)?(?:今天|如今|现在)(?:是什么|叫什么|对应于?(?:什么|哪些)(?:类别|分类)?)",)
DATASET = (
    "(?:这个|这份|该)?(?:数据集|数据|图谱)(?:是什么|有多大|有多新|来自哪里|的来源是什么|的来源|来源|里有什么)"
    "|(?:一共|总共)?有多少(?:个|条)?(?:实体|陈述|来源|事实)"
)
CHANGED = f"(?:自|从|自从)?{_DAY}{_SINCE},?{_CHANGED}"
CHAINS = {
    "Alternatives": ALTERNATIVES,
    "Dependents": (
        "(?:哪些|什么|谁)(?:工具|项目|东西)?(?:会)?依赖(?:于|着)?(?P<x>.+?)",
        "(?:有)?(?:多少个?|几个)(?:工具|项目|东西)?(?:会)?依赖(?:于|着)?(?P<x>.+?)",
        "依赖(?:于)?(?P<x>.+?)的(?:工具|项目|东西)?(?:有哪些|有什么|是什么)?",
        "(?P<x>.+?)被(?:哪些|什么|谁)(?:工具|项目|东西)?(?:所)?依赖",
        f"{_IF_GONE}(?:会|将)?(?:怎么样|怎样|如何|有什么(?:影响|后果))",
        f"{_IF_GONE}(?:什么|谁)会?(?:坏|挂|崩|停)(?:掉|了)?",
        "如果没(?:有|了)(?P<x>.+?),?(?:什么|谁|哪些(?:工具|项目|东西)?)(?:会|将)?(?:受到?影响|坏掉|坏|出问题|不能用|挂掉)",
        f"{_IF_GONE}(?:会|将)?(?:影响|波及)(?:到)?(?:哪些|什么|谁)(?:工具|项目|东西)?",
        f"{_IF_GONE}(?:哪些|什么|谁)(?:工具|项目|东西)?(?:会|将)?(?:受到?影响|坏掉|出问题|不能用)",
    ),
    "Dependencies": (
        "(?P<x>.+?)(?:会)?依赖(?:于|着|了)?(?:哪些|什么|谁)(?:工具|项目|东西|组件)?",
        "(?P<x>.+?)(?:的|有哪些|有什么)依赖(?:项|关系)?(?:有哪些|有什么|是什么|有多少个?)?",
        "(?P<x>.+?)(?:一共|总共|共)?有(?:多少个?|几个)依赖(?:项)?",
        "(?P<x>.+?)(?:会)?依赖(?:于|着|了)?(?:多少个?|几个)(?:工具|项目|东西|组件)?",
    ),
    "LineageOf": (
        "(?P<x>.+?)(?:的)?(?:渊源|前身|由来|来历|血统|谱系)(?:是什么|有哪些)?",
        "(?P<x>.+?)(?:是)?(?:由什么|从什么|从哪里|由谁)(?:演变|发展|衍生|派生)(?:而来|来|出来)?(?:的)?",
    ),
    "OrganizationThings": (
        "(?P<x>.+?)(?:的|有哪些|有什么|旗下有哪些|旗下的)(?:项目|产品|工具)(?:有哪些|有什么)?",
        "(?:哪些|什么)(?:项目|产品|工具)(?:属于|来自)(?P<x>.+?)",
    ),
    "ProcedureSteps": (
        "(?P<x>.+?)(?:的|有哪些|有什么|包括哪些)(?:步骤|过程|流程)(?:有哪些|是什么|是怎样的)?",
    ),
    "Neighborhood": (
        "(?P<x>.+?)(?:的)?(?:周围|周边|附近)(?:都)?(?:有什么|有哪些)?",
        "(?:什么|哪些(?:东西|工具|项目)?)(?:和|与|跟)(?P<x>.+?)(?:有关|相关|有关系|相连)",
    ),
}


CHANGES = (
    "(?:都)?(?:发生了|发生过|有|有了|有过)(?:什么|哪些|啥)(?:新?变化|改变|变动|新?事|事情|更新)?"
)


class ChineseFacts(Facts):
    """Reads questions in Chinese that no relation is in."""

    language = "zh"
    about, way, compared = ABOUT, WAY, COMPARED
    happened, history, status, maturity = HAPPENED, HISTORY, STATUS, MATURITY
    classed, chains, dataset, changed = CLASSED, CHAINS, DATASET, CHANGED
    today, behind, changes, depends = TODAY, BEHIND, CHANGES, DEPENDS
    possessed, in_cncf = POSSESSED, IN_CNCF
    past = ".+曾.+|.+过(?:吗|么|没有|没)?"

    def either(self, state: str) -> Patterns:
        """Harbor 是毕业还是孵化项目"""
        return (
            f"(?P<x>.+?)(?:是|处于)?(?P<s>{state})的?(?:项目)?(?:还是|或者?)(?P<t>{state})(?:的?项目|中)?",
        )

    def asserted(self, text: str) -> Stated:
        """Harbor 毕业了吗"""
        return self._stated(text)

    def events(self, event: str) -> Patterns:
        """Whether or when an event happened to x."""
        return (
            f"(?P<x>.+?){_WHEN}(?:被|才|从|在)?(?:cncf)?(?P<e>{event})(?:的|了)?",
            f"(?P<x>.+?)(?:的)?(?P<e>{event})(?:的)?(?:时间|日期|年份)(?:是)?(?:什么时候|何时|哪一?年|哪一?天|多少)?",
            f"cncf{_WHEN}(?P<e>{event})(?:的|了)?(?P<x>.+?)(?:的)?",
            f"(?P<x>.+?)(?P<e>{event})(?:于|在)(?:什么时候|何时|哪一?年|哪一?天)",
            "(?P<x>.+?)(?:已经)?(?:存在|诞生|发展|有)了?多(?:久|少年|长时间)了?",
            f"(?:什么时候|何时|哪一?年)(?P<e>{event})(?:的|了)?(?P<x>.+?)(?:的)?",
        )

    def happening(self, event: str) -> Patterns:
        """2023 年毕业的项目, 哪些项目改过名, 有“更名”的记录"""
        which = (
            "(?:有)?(?:哪些|哪个|哪几个|什么)(?P<np>.*?)"
            "|(?:一共|总共)?(?:有)?(?:多少个?|几个)(?P<count>.+?)"
        )
        told = f"(?:有|是)?(?:在|从)?(?:被|获|曾|曾经|刚|新|首次)*(?:cncf)?(?P<e>{event})"
        return (
            f"(?:{which}){told}(?:了|过|的)?(?:吗)?",
            f"{told}(?:了|过)?的(?P<np>.*?)(?:都)?(?:有哪些|有什么|是哪些|有谁)?",
            f"{told}(?:了|过)?的(?P<count>.+?)(?:一共|总共|共)?(?:有多少个?|有几个|的数量)",
            f"{told}(?:了|过)?(?:哪些|什么)(?P<np>.+?)",
            f"{told}(?:了|过)?(?:多少个?|几个)(?P<count>.+?)",
            f"哪些(?P<np>.+?)有(?P<e>{event})的?记录",
        )

    def alone(self, word: str) -> Patterns:
        """k3s 通过认证了吗, 哪些仓库通过了认证"""
        said = word[:2] + "了?" + word[2:]
        return (
            f"(?:有)?(?:哪些|哪个|什么)(?P<np>.*?){said}",
            f"{said}的(?P<np>.*?)(?:有哪些|有什么)?",
            f"(?P<x>.+?)(?:是否|有没有)?{said}(?:了|过)?(?:吗|么|没有)?",
        )

    def values(self, words: str) -> Patterns:
        """Which value x has of an attribute."""
        return (
            f"(?P<x>.+?)(?:的)?(?P<a>{words})(?:是什么|是哪个|是哪种|在哪里?|是多少|是哪里|是啥|地址|网址)*",
            f"(?P<x>.+?)(?:使用|采用|用)的(?P<a>{words})是(?:什么|哪种|哪个|哪一种|啥)",
            f"(?P<x>.+?)(?:使用|采用|用|用的是|使用的是|是|遵循|基于)(?:的)?(?:什么|哪种|哪个|何种|啥)(?P<a>{words})(?:授权|发布)?(?:的)?",
        )

    def without_value(self, text: str, words: str) -> str:
        """Harbor 的许可证是 MIT 吗"""
        found = fullmatch(f"(?P<x>.+?)的?(?P<a>{words})是(?P<v>.+?)吗", text)
        if found is None or not self._has_state(found["v"], self._attributes[found["a"]]):
            return text
        return f"{found['x']}的{found['a']}"

    def _stated(self, text: str) -> Stated:
        """What stands before a state at the end of a text, and the state."""
        bare = re.sub("过?(?:吗|么|没有|没)?$", "", text)
        for end in (
            "",
            "了",
            "的",
            "项目",
            "级项目",
            "级",
            "状态",
            "中",
            "的项目",
            "级的",
            "许可证",
            "协议",
            "许可",
            "软件",
            "的软件",
        ):
            if not bare.endswith(end):
                continue
            cut = bare.removesuffix(end) if end else bare
            for word, states in self.lexicon.vocabulary.nouns.all_states("zh").items():
                if cut.endswith(word) and len(cut) > len(word):
                    left = cut.removesuffix(word)
                    meant = states
                    if denied := fullmatch(_DENIED, left):
                        meant = tuple(replace(one, negated=True) for one in states)
                        left = denied["left"]
                    yield re.sub(f"(?:{_ADVERBS})+$", "", left), meant

    def collections(self, text: str) -> Iterator[Meaning]:
        for pattern in MEMBERS:
            if (found := fullmatch(pattern, text)) is None:
                continue
            groups = found.groupdict()
            noun = Restriction() if not groups.get("np") else self.lexicon.noun(groups["np"])
            ids = self.lexicon.vocabulary.nouns.category(found["x"])
            if noun is not None and noun.kind == "Category" and not noun.values:
                yield from self.below(ids, found["x"])
            elif ids and noun is not None and not noun.categories:
                yield Listing(Restriction(noun.kind, ids, noun.values), count="多少" in text)
        levels = self.lexicon.vocabulary.nouns.levels
        found = fullmatch("(?:有)?(?:哪些|哪个|什么)(?P<np>.+?)(?:是|属于)cncf的?(?:项目)?", text)
        noun = self.lexicon.noun(found["np"]) if found else None
        if noun is not None and levels is not None:
            yield Listing(replace(noun, values=(*noun.values, levels)))
        if found := fullmatch(
            f"(?:有)?(?:哪些|哪个|什么)(?P<np>.+?)的(?P<a>{any_of(self._attributes)})(?:都)?是(?P<v>.+)",
            text,
        ):
            noun = self.lexicon.noun(found["np"])
            named = self.lexicon.vocabulary.nouns.states(found["v"], "zh")
            named = tuple(v for v in named if v.attribute == self._attributes[found["a"]])
            if noun is not None and named:
                yield Listing(replace(noun, values=(*noun.values, named[0])))
        for left, meant_by in self._stated(text):
            states = in_cncf(meant_by, text)
            found = fullmatch("(?:有)?(?:哪些|哪个|什么)(?P<np>.+)", left) or fullmatch(
                "(?P<np>.+?)(?:里面|当中|里|中)(?:有)?(?:哪些|哪个|哪几个)", left
            )
            noun = self.lexicon.noun(found["np"]) if found else None
            if noun is not None:
                meant = self.lexicon.vocabulary.nouns.with_states(noun, states)
                if meant is not None:
                    yield Listing(meant)
        for pattern in OF_KIND:
            if (found := fullmatch(pattern, text)) is None:
                continue
            groups = found.groupdict()
            noun = self.lexicon.noun(groups.get("np") or groups["all"])
            if noun is None:
                continue
            said_alone = groups.get("np") == text and not noun.values and not noun.categories
            if noun.bare or (noun.kind and said_alone):
                continue
            yield Listing(noun, count=groups.get("n") is not None)
