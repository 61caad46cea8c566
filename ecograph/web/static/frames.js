// For pages that embed: gives each frame of this server the height that it tells.
const origin = new URL(document.currentScript.src).origin;
addEventListener("message", (event) => {
  if (event.origin !== origin || event.data?.type !== "ecograph:height") return;
  const height = Math.min(Math.max(Number(event.data.height) || 0, 80), 8000);
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === event.source) frame.height = height;
  }
});
