// What the component says, in both languages.

export type Lang = "en" | "zh";

const TEXTS = {
  zoomIn: ["Zoom in", "放大"],
  zoomOut: ["Zoom out", "缩小"],
  fit: ["Whole picture", "显示全图"],
  list: ["As a list", "以列表显示"],
  expand: ["Show what is around it", "展开其周围"],
  expanded: ["Added what is around {0}.", "已加入 {0} 周围的内容。"],
  open: ["Open", "打开"],
  close: ["Close", "关闭"],
  tools: ["Picture", "图形工具"],
  sources: ["Who says so", "出处"],
  none: ["No answer from {0}", "{0} 没有回应。"],
  fault: ["No picture: ", "无法显示图形："],
  src: ["The attribute “src” is no address of a server: {0}", "属性 src 不是服务器地址：{0}"],
  ask: ["The attribute “question” names no question.", "属性 question 没有写明问题。"],
  keys: [
    "Arrow keys move between things, Enter tells more, plus and minus zoom.",
    "方向键在事物之间移动，回车键显示详情，加减号缩放。",
  ],
} as const;

export function say(lang: Lang, key: keyof typeof TEXTS, ...parts: string[]): string {
  return TEXTS[key][lang === "zh" ? 1 : 0].replace(/\{(\d)\}/g, (_, n: string) => parts[Number(n)] ?? "");
}
