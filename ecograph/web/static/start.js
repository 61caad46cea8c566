// Asks the page's question again, for any specification, and fills the same table that the server filled.
"use strict";
const known = JSON.parse(document.getElementById("known").textContent);
const [form, field, state, rows] = ["ask", "spec", "state", "answer"].map((id) => document.getElementById(id));

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function inBoth(value, labels) {
  const label = labels[value] ?? { en: value, zh: "" };
  return [label.en, " ", make("span", { lang: "zh" }, label.zh)];
}

function toRow({ since, strength, evidence, node }) {
  const about = new URLSearchParams({ operation: "About", variables: JSON.stringify({ name: node.id }) });
  const tool = make("th", { scope: "row" }, make("a", { href: `graphiql?${about}` }, node.name));
  if (node.status && node.status !== "ACTIVE") tool.append(make("small", {}, ...inBoth(node.status, known.status)));
  const sources = evidence.map(({ source, locator }) => {
    const item = make("li", {}, make("a", { href: source.url }, source.title));
    if (locator) item.append(make("small", {}, locator));
    return item;
  });
  return make("tr", {}, tool,
    make("td", {}, since ?? "–"),
    make("td", {}, ...(strength ? inBoth(strength, known.strength) : ["–"])),
    make("td", {}, make("ul", {}, ...sources)));
}

function sayWhy(error) {
  const meant = error.extensions?.suggestions ?? [];
  const choices = meant.map(({ name }) => make("button", { type: "button", onclick: () => ask(name) }, name));
  state.replaceChildren(error.message, ...choices);
  rows.replaceChildren();
}

async function ask(spec) {
  field.value = spec;
  const began = performance.now();
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: known.query, variables: { spec } }),
    });
    const { data, errors } = await response.json();
    const took = Math.max(1, Math.round(performance.now() - began));
    document.getElementById("asked").textContent = data?.specification?.name ?? spec;
    document.getElementById("asked-zh").textContent = data?.specification?.label ?? spec;
    if (errors) return sayWhy(errors[0]);
    const { totalCount, edges } = data.specification.implementedBy;
    rows.replaceChildren(...edges.map(toRow));
    state.replaceChildren(`${totalCount} in ${took} ms · `, make("span", { lang: "zh" }, `${took} 毫秒内答出 ${totalCount} 项`));
  } catch (error) {
    state.textContent = `No answer: ${error.message}`;
  }
}

document.getElementById("origin").textContent = new URL(".", location.href).href.replace(/\/$/, "");
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?${new URLSearchParams({ spec: field.value })}`);
  ask(field.value);
});
ask(new URLSearchParams(location.search).get("spec") ?? field.value);
