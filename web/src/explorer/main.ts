// What script adds to the explorer's pages, which are whole without it.

import { listen as listenToFinding } from "./find";
import { time } from "./first";
import { listen as listenToSlider } from "./slide";
import { addressOf, listen, visit } from "./visit";

function start(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-find]")) listenToFinding(field);
  for (const slider of document.querySelectorAll<HTMLInputElement>(".asof input[type=range]")) listenToSlider(slider);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(button.parentElement?.querySelector("code")?.textContent ?? "");
    });
  }
  // What is set is shown at once.
  const settings = document.querySelector<HTMLFormElement>("form.settings");
  settings?.addEventListener("change", () => void visit(addressOf(settings), { stay: true, replace: true }));
  if (document.readyState === "complete") void time();
  else addEventListener("load", () => setTimeout(() => void time(), 250), { once: true });
}

listen();
document.addEventListener("page", start);
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("search")?.focus();
});
start();
