// The things of a picture as places that the keyboard goes to, and what the picture says of each.

export interface Thing {
  readonly id: string;
  readonly node: SVGGElement;
  /** What takes the focus: the link around the node, or the node itself. */
  readonly place: SVGElement;
  readonly label: string;
  /** The drawing that it stands in, of those that a picture was grown by. */
  readonly drawing: Element | null;
}

export function thingsIn(root: ParentNode): Thing[] {
  return [...root.querySelectorAll<SVGGElement>(".eg-node[data-id]")].map((node) => {
    const link = node.closest<SVGAElement>("a[href]");
    const label = node.querySelector("title")?.textContent ?? node.dataset["id"] ?? "";
    const place = link ?? node;
    place.setAttribute("tabindex", "-1");
    if (link) node.removeAttribute("tabindex");
    else node.setAttribute("role", "button");
    // What one reads in the box, and then what the picture's title adds, as the kind.
    const texts = [...node.querySelectorAll("text")];
    // Lines would run together where a label is read off them.
    for (const text of texts) if (!text.textContent?.endsWith(" ")) text.append(" ");
    const seen = texts.map((text) => text.textContent).join("").trim();
    const kind = label.match(/\(([^()]*)\)/)?.[1];
    place.setAttribute("aria-label", kind ? `${seen} (${kind})` : seen || label);
    return { id: node.dataset["id"] ?? "", node, place, label, drawing: node.closest(".eg-content") };
  });
}

/** The thing that is next in a direction: near, and more ahead than aside. */
export function next(things: readonly Thing[], from: Thing, key: string): Thing | undefined {
  if (key === "Home") return things[0];
  if (key === "End") return things.at(-1);
  const [across, sign] = [key === "ArrowLeft" || key === "ArrowRight", key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1];
  const here = middle(from.node);
  let [best, least] = [undefined as Thing | undefined, Infinity];
  for (const thing of things) {
    if (thing === from) continue;
    const there = middle(thing.node);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const [ahead, aside] = across ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    const cost = ahead + 2.5 * aside;
    if (ahead > 2 && cost < least) [best, least] = [thing, cost];
  }
  return best;
}

export function middle(element: Element): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export interface Sentence {
  /** The same for one statement in several drawings. */
  readonly key: string;
  readonly statement: string;
  readonly text: string;
  readonly ends: readonly string[];
}

/** Every statement of a picture in words, once. */
export function sentencesIn(root: ParentNode): Sentence[] {
  const told = new Map<string, Sentence>();
  for (const edge of root.querySelectorAll<SVGGElement>(".eg-edge")) {
    const { from = "", to = "", statement = "", relation = "" } = edge.dataset;
    const text = edge.querySelector("title")?.textContent || `${from} ${relation} ${to}`;
    const key = statement || text;
    told.set(key, { key, statement, text, ends: [from, to] });
  }
  return [...told.values()];
}
