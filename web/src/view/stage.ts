// Pan and zoom of what is drawn; title, legend and foot of the picture stay where they are.

const SVG = "http://www.w3.org/2000/svg";
const MOST = 8;
/** Of its own size, how small a picture may be shown: below that it scrolls sideways. */
const READABLE = 0.8;

export class Stage {
  readonly content: SVGGElement;
  private readonly window: SVGRectElement;
  private readonly below: SVGGElement;
  private readonly start: { x: number; y: number };
  private high = 0;
  private scale = 1;
  private x = 0;
  private y = 0;

  constructor(readonly svg: SVGSVGElement) {
    const content = svg.querySelector<SVGGElement>(".eg-content");
    if (!content) throw new Error("the picture has no content");
    this.content = content;
    const { e, f } = content.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
    this.start = { x: e, y: f };
    this.below = make("g");
    while (content.nextSibling) this.below.append(content.nextSibling);
    const clip = make("clipPath");
    clip.id = `eg-window-${Math.random().toString(36).slice(2, 8)}`;
    this.window = make("rect");
    clip.append(this.window);
    const framed = make("g");
    framed.setAttribute("clip-path", `url(#${clip.id})`);
    content.replaceWith(clip, framed, this.below);
    framed.append(content);
    this.size();
  }

  /** Gives the window its size if there was none when it was made. */
  measure(): void {
    if (!this.high) this.size();
  }

  /** The window is as wide as the picture and as high as its content. */
  private size(): void {
    const box = this.content.getBBox();
    const { width } = this.svg.viewBox.baseVal;
    this.svg.style.minWidth = `${Math.round(width * READABLE)}px`;
    this.high = box.height;
    set(this.window, { x: 0, y: this.start.y + box.y - 8, width, height: box.height + 16 });
  }

  /** Puts a drawing below the others; the picture becomes that much higher. */
  grow(part: SVGGElement, gap: number): void {
    const box = this.content.getBBox();
    this.content.append(part);
    const size = part.getBBox();
    part.setAttribute("transform", `translate(${-size.x} ${box.y + box.height + gap - size.y})`);
    const more = size.height + gap;
    const view = this.svg.viewBox.baseVal;
    const wide = Math.max(view.width, size.width + 2 * this.start.x);
    this.svg.setAttribute("viewBox", `0 0 ${wide} ${view.height + more}`);
    set(this.svg, { width: wide, height: view.height });
    const moved = Number(this.below.dataset["by"] ?? 0) + more;
    this.below.dataset["by"] = String(moved);
    this.below.setAttribute("transform", `translate(0 ${moved})`);
    this.reset();
    this.size();
  }

  get zoomed(): boolean {
    return this.scale !== 1 || this.x !== 0 || this.y !== 0;
  }

  reset(): void {
    [this.scale, this.x, this.y] = [1, 0, 0];
    this.show();
  }

  /** Zooms about a point of the screen: unless said, the middle of what is in sight. */
  zoom(by: number, at?: { x: number; y: number }): void {
    const point = this.toPicture(at ?? this.middle());
    const scale = Math.min(MOST, Math.max(0.5, this.scale * by));
    const ratio = scale / this.scale;
    this.x = point.x - (point.x - this.x) * ratio;
    this.y = point.y - (point.y - this.y) * ratio;
    this.scale = scale;
    if (Math.abs(scale - 1) < 0.01) this.reset();
    this.show();
  }

  /** Moves by pixels of the screen. */
  pan(dx: number, dy: number): void {
    const ratio = this.svg.viewBox.baseVal.width / this.svg.getBoundingClientRect().width;
    this.x += dx * ratio;
    this.y += dy * ratio;
    this.show();
  }

  /** Moves so that an element is in the window. */
  reveal(element: Element): void {
    if (!this.zoomed) return;
    const [seen, frame] = [element.getBoundingClientRect(), this.frame()];
    const off = (low: number, high: number, from: number, to: number): number =>
      low < from ? from - low + 12 : high > to ? to - high - 12 : 0;
    this.pan(off(seen.left, seen.right, frame.left, frame.right), off(seen.top, seen.bottom, frame.top, frame.bottom));
  }

  /** Where the window is on the screen; a part of a clip has no box of its own. */
  private frame(): DOMRect {
    const [{ x, y, width, height }, to] = [this.window, this.svg.getScreenCTM() ?? new DOMMatrix()];
    const [far, near] = [
      new DOMPoint(x.baseVal.value + width.baseVal.value, y.baseVal.value + height.baseVal.value),
      new DOMPoint(x.baseVal.value, y.baseVal.value),
    ].map((corner) => corner.matrixTransform(to)) as [DOMPoint, DOMPoint];
    return new DOMRect(near.x, near.y, far.x - near.x, far.y - near.y);
  }

  private middle(): { x: number; y: number } {
    const [frame, place] = [this.frame(), this.svg.parentElement?.getBoundingClientRect() ?? this.frame()];
    const between = (low: number, high: number): number => (low + high) / 2;
    return {
      x: between(Math.max(frame.left, place.left, 0), Math.min(frame.right, place.right, innerWidth)),
      y: between(Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)),
    };
  }

  private toPicture(at: { x: number; y: number }): { x: number; y: number } {
    const matrix = this.svg.getScreenCTM();
    return matrix ? new DOMPoint(at.x, at.y).matrixTransform(matrix.inverse()) : { x: 0, y: 0 };
  }

  private show(): void {
    const { scale, x, y, start } = this;
    this.svg.classList.toggle("zoomed", this.zoomed);
    this.content.setAttribute(
      "transform",
      `translate(${x} ${y}) scale(${scale}) translate(${start.x} ${start.y})`,
    );
  }
}

export function make<K extends keyof SVGElementTagNameMap>(name: K): SVGElementTagNameMap[K] {
  return document.createElementNS(SVG, name);
}

function set(element: Element, numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) element.setAttribute(name, String(value));
}
