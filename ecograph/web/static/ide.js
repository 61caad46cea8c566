// The IDE: GraphiQL over this server, with the named operations as its examples.
// ?operation=Name opens one of them; ?query=...&variables=... opens any; &variables= goes with both.
// Without any of these it goes on with the last question, or begins with the first example.
"use strict";
const operations = JSON.parse(document.getElementById("operations").textContent);
const asked = new URLSearchParams(location.search);
const LONGEST = 6000;
const LAST = "ecograph:last";

function find(name) {
  const key = Object.keys(operations).find((known) => known.toLowerCase() === name.toLowerCase());
  return operations[key] ?? { query: `# There is no operation ${JSON.stringify(name)}.\n`, variables: {} };
}

function indent(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function readAddress() {
  const operation = asked.has("operation") ? find(asked.get("operation")) : null;
  const query = asked.get("query") ?? operation?.query;
  if (query === undefined) return readLast();
  return { query, variables: indent(asked.get("variables") ?? JSON.stringify(operation?.variables ?? {})) };
}

function nameOf(query) {
  return Object.keys(operations).find((name) => operations[name].query.trim() === query.trim());
}

// GraphiQL writes down what it shows half a second late and reads variables back only beside a query.
function readLast() {
  const last = JSON.parse(localStorage.getItem(LAST) ?? "null");
  if (last?.query.trim()) return last;
  const example = operations.Implementers ?? Object.values(operations)[0];
  return example ? { query: example.query, variables: JSON.stringify(example.variables, null, 2) } : {};
}

// The address follows the editors, so that it can be reloaded and shared.
let waiting;
function follow(edited) {
  Object.assign(shown, edited);
  localStorage.setItem(LAST, JSON.stringify(shown));
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const name = nameOf(shown.query);
    const address = new URLSearchParams(name ? { operation: name } : { query: shown.query });
    const example = JSON.stringify(operations[name]?.variables ?? {});
    if (shown.variables.trim() && squeeze(shown.variables) !== example) address.set("variables", squeeze(shown.variables));
    // What is too long for an address is still the last question.
    history.replaceState(null, "", address.toString().length < LONGEST ? `?${address}` : location.pathname);
    markCurrent(name);
  }, 100);
}

function squeeze(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

async function fetcher(parameters) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

function markCurrent(name) {
  for (const link of document.querySelectorAll("#examples a")) {
    if (link.dataset.operation === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// The editors are CodeMirror's, which keeps itself on its element; GraphiQL follows their changes.
function show({ query, variables }) {
  const editor = (name) => document.querySelector(`.graphiql-${name} .CodeMirror`).CodeMirror;
  editor("query-editor").setValue(query);
  editor("editor-tool").setValue(variables);
  follow({ query, variables });
}

document.getElementById("examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { query, variables } = operations[link.dataset.operation];
  show({ query, variables: JSON.stringify(variables, null, 2) });
  markCurrent(link.dataset.operation);
  history.replaceState(null, "", link.href);
});

const opened = readAddress();
const shown = { query: "", variables: "", ...opened };
markCurrent(nameOf(shown.query));
if (window.matchMedia("(max-width: 50rem)").matches) document.querySelector("details").open = false;

ReactDOM.createRoot(document.getElementById("ide")).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      ...opened,
      onEditQuery: (query) => follow({ query }),
      onEditVariables: (variables) => follow({ variables }),
      defaultEditorToolsVisibility: "variables",
      isHeadersEditorEnabled: false,
      shouldPersistHeaders: false,
    },
    React.createElement(GraphiQL.Logo, null, ""),
  ),
);
