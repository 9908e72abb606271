// What was typed stays in this browser until the server shows it as saved; sent again, it carries the code it had,
// so that it is never entered twice, whether the server never got it or only its answer was lost.
(() => {
  "use strict";
  const KEY = "erk-belum-tersimpan";
  const DAY = 86400000;
  const NAMES = ["katalog", "mulai", "selesai", "volume", "uraian", "tanggal", "kunci"];
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) || "null");
  } catch {
    return; // a browser without storage works too; it only keeps nothing
  }
  const code = (kept && kept.sent && kept.values.kunci) || "";
  if (code && (location.pathname.includes(`/${code}/`) || document.querySelector(`a[href*="/${code}/"]`))) {
    localStorage.removeItem(KEY);
    kept = null;
  }
  const form = document.getElementById("entry");
  if (!form || form.elements.versi.value) return; // an entry the server holds already
  const { uraian, kunci } = form.elements;
  if (kept && kept.who === form.dataset.who && Date.now() - kept.at < DAY && !uraian.value) {
    if (kept.sent) {
      NAMES.forEach((name) => (form.elements[name].value = kept.values[name]));
      document.getElementById("restored").hidden = false;
      form.dispatchEvent(new Event("input"));
    } else {
      uraian.value = kept.values.uraian;
    }
  }
  const keep = (sent) => {
    const values = Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
    localStorage.setItem(KEY, JSON.stringify({ who: form.dataset.who, at: Date.now(), sent, values }));
  };
  form.addEventListener("input", (event) => event.isTrusted && keep(Boolean(kept && kept.sent && kunci.value === code)));
  form.addEventListener("submit", () => keep(true));
})();
