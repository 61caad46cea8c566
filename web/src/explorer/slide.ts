// The slider over months beside the field for the day of the question.

import { addressOf, visit } from "./visit";

const FIRST = 2000;

export function listen(slider: HTMLInputElement): void {
  const form = slider.form;
  const field = form?.querySelector<HTMLInputElement>("input[type=date]");
  const last = slider.dataset["last"] ?? "";
  if (!form || !field || !last) return;
  const months = (day: string): number => (Number(day.slice(0, 4)) - FIRST) * 12 + Number(day.slice(5, 7)) - 1;
  const dayOf = (month: number): string => {
    // The last day of the month, but none after the dataset's own.
    const end = new Date(Date.UTC(FIRST, month + 1, 0)).toISOString().slice(0, 10);
    return end > last ? last : end;
  };
  slider.max = String(months(last));
  slider.value = String(months(field.value));
  slider.setAttribute("aria-valuetext", field.value);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    field.value = dayOf(Number(slider.value));
    slider.setAttribute("aria-valuetext", field.value);
  });
  slider.addEventListener("change", () => go(form, field, last, true));
  field.addEventListener("change", () => field.validity.valid && go(form, field, last, false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(form, field, last, false);
  });
}

function go(form: HTMLFormElement, field: HTMLInputElement, last: string, replace: boolean): void {
  const url = addressOf(form);
  if (field.value === last) url.searchParams.delete("asof");
  void visit(url, { stay: true, replace });
}
