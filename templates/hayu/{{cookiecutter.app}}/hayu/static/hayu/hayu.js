// Take the phone's position into the form's two fields; the form works without it.
(() => {
  "use strict";
  if (!navigator.geolocation) return;
  document.querySelectorAll("[data-position]").forEach((box) => {
    const form = box.closest("form");
    const out = box.querySelector("[role=status]");
    const isText = form.elements.latitude.type === "text";
    const shown = (degrees) => (isText ? degrees.toFixed(6).replace(".", ",") : degrees.toFixed(6));
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.latitude.value = shown(coords.latitude);
          form.elements.longitude.value = shown(coords.longitude);
          out.textContent = out.dataset.got;
        },
        () => { out.textContent = out.dataset.failed; },
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
      );
    });
  });
})();

// A form with data-keep keeps what was typed on this device until it was sent: the signal may drop at the place.
(() => {
  "use strict";
  const kept = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "file"].includes(field.type));
  const named = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name); // boxes may share a name
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const family = `hayu:${form.dataset.keep}:`;
    const key = family + form.elements.version.value; // after it was sent the version differs: what was kept is stale
    Object.keys(localStorage).filter((name) => name.startsWith(family) && name !== key).forEach((name) => localStorage.removeItem(name));
    let stored = {};
    try { stored = JSON.parse(localStorage.getItem(key) || "{}"); } catch { return; }
    kept(form).forEach((field) => {
      const was = stored[named(field)];
      if (was === undefined || form.querySelector(".summary")) return;
      if (field.type === "radio") field.checked = field.value === was;
      else if (field.type === "checkbox") field.checked = was;
      else if (!field.value) field.value = was;
    });
    form.addEventListener("input", () => {
      const now = {};
      kept(form).forEach((field) => {
        if (field.type === "radio") { if (field.checked) now[field.name] = field.value; }
        else now[named(field)] = field.type === "checkbox" ? field.checked : field.value;
      });
      localStorage.setItem(key, JSON.stringify(now));
    });
    const offline = form.querySelector("[data-offline]");
    form.addEventListener("submit", (event) => {
      if (!offline || navigator.onLine) return;
      event.preventDefault(); // photos cannot be kept for another day: the page stays until there is a signal
      offline.hidden = false;
      offline.scrollIntoView({ block: "center" });
    });
    addEventListener("online", () => { if (offline) offline.hidden = true; });
  });
})();
