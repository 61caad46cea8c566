// The IDE: GraphiQL over this server, with the named operations as its examples.
// ?operation=Name opens one of them; ?query=...&variables=... opens any; &variables= goes with both.
"use strict";
const operations = JSON.parse(document.getElementById("operations").textContent);
const asked = new URLSearchParams(location.search);

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
  if (query === undefined) return {};
  return { query, variables: indent(asked.get("variables") ?? JSON.stringify(operation?.variables ?? {})) };
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
  editor("editor-tool").setValue(JSON.stringify(variables, null, 2));
}

document.getElementById("examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(operations[link.dataset.operation]);
  markCurrent(link.dataset.operation);
  history.replaceState(null, "", link.href);
});

const opened = readAddress();
const [first] = Object.values(operations);
const start = operations.Implementers ?? first;
if (asked.has("operation") && !asked.has("query")) markCurrent(asked.get("operation"));
if (window.matchMedia("(max-width: 50rem)").matches) document.querySelector("details").open = false;

ReactDOM.createRoot(document.getElementById("ide")).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      ...opened,
      defaultQuery: start?.query,
      ...(opened.query === undefined && start && {
        defaultTabs: [{ query: start.query, variables: JSON.stringify(start.variables, null, 2) }],
      }),
      defaultEditorToolsVisibility: "variables",
      isHeadersEditorEnabled: false,
      shouldPersistHeaders: false,
    },
    React.createElement(GraphiQL.Logo, null, ""),
  ),
);
