// The component's own style; its sheet is adopted, which a strict policy of the host allows.

const CSS = `
:host { display: block; position: relative; color: inherit; font: inherit; column-rule-color: Canvas; }
:host([hidden]) { display: none; }
.stage { overflow: auto hidden; touch-action: pan-x pan-y; border-radius: 8px; }
.stage .zoomed { touch-action: pan-y; }
.stage svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.stage .eg-node { cursor: pointer; }
.stage .eg-dim { opacity: .25; transition: opacity .12s; }
.stage :is(a, .eg-node):focus-visible { outline: 2px solid; outline-offset: 2px; border-radius: 6px; }
.bar { display: flex; gap: 2px; justify-content: flex-end; margin: 4px 0 0; }
button { font: inherit; color: inherit; background: none; border: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  border-radius: 5px; min-width: 2rem; min-height: 2rem; padding: 0 .5rem; cursor: pointer; }
button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
button:focus-visible, a:focus-visible { outline: 2px solid; outline-offset: 2px; }
.tip { position: absolute; z-index: 2; box-sizing: border-box; width: max-content; max-width: min(24rem, 100%); max-height: 22rem; overflow: auto;
  padding: .6rem .8rem; border-radius: 8px; border: 1px solid; font-size: .85rem; line-height: 1.45;
  background: #fff; color: #1f2328; border-color: #d1d9e0; box-shadow: 0 6px 24px rgb(0 0 0 / .14); }
.tip[hidden] { display: none; }
.tip.light { pointer-events: none; }
.tip strong { display: block; margin-bottom: .2rem; }
.tip ul { margin: .2rem 0 .4rem; padding: 0 0 0 1.1rem; }
.tip a { color: #0969da; overflow-wrap: anywhere; }
.tip .acts { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .5rem 0 -.6rem;
  padding: .3rem 0 .6rem; position: sticky; bottom: -.6rem; background: inherit; }
.dark .tip { background: #151b23; color: #f0f6fc; border-color: #3d444d; }
.dark .tip a { color: #4493f8; }
.fault { margin: .5rem 0 0; padding: .2rem .8rem; border-inline-start: 3px solid #cf222e; font-size: .9rem;
  line-height: 1.5; overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.list { font-size: .9rem; line-height: 1.5; margin: .5rem 0 0; padding-left: 1.2rem; }
@media (prefers-reduced-motion: reduce) { .stage .eg-dim { transition: none; } }
@media print { .bar, .tip { display: none; } .stage svg { min-width: 0 !important; } }
`;

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

export const ownSheet = (): CSSStyleSheet => sheetOf(CSS);
