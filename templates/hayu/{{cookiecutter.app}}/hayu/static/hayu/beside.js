// A document is shown beside the checklist where there is room; elsewhere, or when that fails, its link opens a tab.
(() => {
  "use strict";
  const pane = document.querySelector(".beside__pane");
  if (!pane || !window.matchMedia) return;
  const [heading, failed] = pane.children;
  const wide = window.matchMedia("(min-width: 75rem)");
  let view = null;

  const draw = (blob, words) => {
    const isPdf = blob.type === "application/pdf";
    view = document.createElement(isPdf ? "iframe" : "img");
    view[isPdf ? "title" : "alt"] = words;
    view.src = URL.createObjectURL(blob);
    heading.after(view);
  };

  const clear = () => {
    if (!view) return;
    view.remove();
    URL.revokeObjectURL(view.src);
    view = null;
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-beside]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.dataset.type === "application/pdf" && !navigator.pdfViewerEnabled) return;
    event.preventDefault();
    pane.hidden = false;
    pane.parentElement.classList.add("beside--open");
    document.querySelectorAll("a[data-beside][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    heading.textContent = link.dataset.beside;
    clear();
    const answer = await fetch(link.href).catch(() => null);
    if (heading.textContent !== link.dataset.beside) return; // another one was chosen meanwhile
    failed.hidden = Boolean(answer && answer.ok);
    if (failed.hidden) draw(await answer.blob(), link.dataset.beside);
  });
})();
