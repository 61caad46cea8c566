// Asks the first question once more from here, to say how long an answer takes.

export async function time(): Promise<void> {
  const [took, field, query] = ["took", "spec", "query"].map((id) => document.getElementById(id));
  const origin = document.getElementById("origin");
  const base = new URL(".", document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href ?? location.href);
  if (origin) origin.textContent = base.href.replace(/\/$/, "");
  if (!took || !query || !(field instanceof HTMLInputElement)) return;
  const began = performance.now();
  try {
    const reply = await fetch(new URL("graphql", base), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: query.textContent, variables: { spec: field.value } }),
    });
    await reply.json();
    const spent = Math.max(1, Math.round(performance.now() - began));
    took.textContent = document.documentElement.lang === "zh" ? `，${spent} 毫秒内答出` : ` in ${spent} ms`;
  } catch {
    took.textContent = "";
  }
}
