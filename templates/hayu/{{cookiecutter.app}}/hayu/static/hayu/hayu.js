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
