// Small conveniences; every page works without them.
(() => {
  "use strict";
  const all = (selector, run) => document.querySelectorAll(selector).forEach(run);

  // How many characters are left in a text.
  const count = (text) => {
    const out = document.getElementById(`${text.id}_counter`);
    if (out) out.textContent = out.dataset.text.replace("{n}", Math.max(0, text.maxLength - text.value.length).toLocaleString("id"));
  };
  all("textarea[maxlength]", count);

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[maxlength]")) count(event.target);
  });

  // Choosing a kecamatan fetches its kelurahan and desa.
  document.addEventListener("change", async (event) => {
    const parent = event.target.closest("select[data-places]");
    if (!parent) return;
    const child = document.getElementById(parent.dataset.places);
    child.length = 1;
    child.dispatchEvent(new Event("change", { bubbles: true }));
    if (!parent.value) return;
    const answer = await fetch(`${parent.dataset.url}?induk=${encodeURIComponent(parent.value)}`);
    if (answer.ok) child.insertAdjacentHTML("beforeend", await answer.text());
  });

  // The file field in our own words; without this script the browser's own stays.
  const named = (input) => {
    const words = input.nextElementSibling.querySelector("[data-none]");
    words.textContent = [...input.files].map((file) => file.name).join(", ") || words.dataset.none;
  };
  all(".file > input", (input) => {
    input.classList.add("visually-hidden");
    input.nextElementSibling.hidden = false;
    input.addEventListener("change", () => named(input));
    named(input);
  });

  // A form is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  window.addEventListener("pageshow", () =>
    all("form[data-sent]", (form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    }));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    all("details.band__menu[open]", (menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  all("[data-print]", (button) => button.removeAttribute("hidden"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.band__menu[open]", (menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  const summary = document.querySelector(".summary");
  if (summary) summary.focus();
})();
