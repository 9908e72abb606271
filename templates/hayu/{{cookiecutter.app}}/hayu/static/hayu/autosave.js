// A draft with data-autosave is saved while one types: what is right so far, without leaving the page.
(() => {
  "use strict";
  const PAUSE = 1500; // milliseconds after the last key
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const told = form.querySelector("[data-saved]");
    let timer = 0;
    let running = null;
    let stopped = false;
    const say = (text) => { told.hidden = false; told.textContent = text; };
    const save = async () => {
      const body = new FormData(form);
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Simpan-Otomatis": "ya" }, redirect: "error" });
      const said = await answer.json();
      if (answer.ok) form.elements.version.value = said.version;
      else stopped = true; // changed in another window: the button will say so
      say(said.sentence);
    };
    const begin = () => {
      if (stopped || running) return;
      running = save().catch(() => say(told.dataset.offline)).finally(() => { running = null; });
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(begin, PAUSE); });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!running) return;
      event.preventDefault(); // the version on its way back belongs into this form
      const button = event.submitter;
      running.finally(() => form.requestSubmit(button));
    });
  });
})();

// A file of a form with data-upload is stored as soon as it is chosen: a signal that drops later loses none of them.
(() => {
  "use strict";
  document.querySelectorAll("form[data-upload]").forEach((form) => {
    const told = form.querySelector("[data-saved]");
    let line = Promise.resolve();
    let waiting = 0;
    const say = (input, text) => { // beside the file it speaks of
      const field = input.closest(".field");
      const line = field.querySelector("[data-saved]") || field.appendChild(told.cloneNode());
      line.hidden = false;
      line.textContent = text;
    };
    const store = async (input) => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append(input.name, input.files[0]);
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Simpan-Otomatis": "ya" }, redirect: "error" });
      say(input, (await answer.json()).sentence);
      input.dataset.stored = answer.ok ? "ya" : "";
      const missing = input.closest(".field").previousElementSibling;
      if (missing?.matches(".file-now.muted")) missing.hidden = answer.ok;
    };
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "file") return;
      target.dataset.stored = "";
      if (!target.files.length) return;
      waiting += 1;
      say(target, told.dataset.busy);
      line = line.then(() => store(target)).catch(() => say(target, told.dataset.offline)).finally(() => { waiting -= 1; });
    });
    form.addEventListener("submit", (event) => {
      if (waiting) {
        event.preventDefault(); // what is under way arrives first
        const button = event.submitter;
        line.finally(() => form.requestSubmit(button));
        return;
      }
      form.querySelectorAll("input[data-stored=ya]").forEach((input) => { input.disabled = true; }); // it is there already
    });
    addEventListener("pageshow", () => form.querySelectorAll("input[data-stored=ya]").forEach((input) => { input.disabled = false; }));
  });
})();
