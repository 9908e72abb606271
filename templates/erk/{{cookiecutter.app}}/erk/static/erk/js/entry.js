// Explains the counted minutes while one types; the server counts again.
(() => {
  "use strict";
  const form = document.getElementById("entry");
  if (!form) return;
  const out = document.getElementById("explain");
  const proof = document.getElementById("proof-needed");
  const factor = Number(form.dataset.factor);
  const { katalog, mulai, selesai, volume } = form.elements;
  const minutes = (text) => {
    const found = /^\s*(\d{1,2})(?:[.:,]?(\d{2}))?\s*$/.exec(text);
    return found && +found[1] < 24 && +(found[2] || 0) < 60 ? +found[1] * 60 + +(found[2] || 0) : NaN;
  };
  const explain = () => {
    const option = katalog.selectedOptions[0];
    const worked = minutes(selesai.value) - minutes(mulai.value);
    const amount = Number(volume.value.replace(/\./g, "").replace(",", "."));
    out.hidden = true;
    proof.hidden = !option || option.dataset.proof !== "1";
    if (!option || !option.dataset.norm || !(worked > 0) || !(amount > 0)) return;
    const norm = Math.round(option.dataset.norm * amount);
    const longest = Number(option.dataset.longest);
    const most = option.dataset.free === "1" ? worked : Math.round(factor * (longest || option.dataset.norm) * amount);
    const edge = longest ? `paling lama ${Math.round(longest * amount)}` : norm;
    const words = longest ? `${norm}–${Math.round(longest * amount)}` : norm;
    const low = option.dataset.free !== "1" && worked * 2 < norm;
    out.textContent =
      worked > most
        ? `${worked} menit kerja, dihitung paling banyak ${most} menit (${String(factor).replace(".", ",")} × norma ${edge}).`
        : low
          ? `${worked} menit kerja dihitung penuh. Ini kurang dari setengah norma ${words} menit: volumenya sudah benar?`
          : `${worked} menit kerja dihitung penuh (norma ${words} menit per ${amount} ${option.dataset.unit}).`;
    out.classList.toggle("explain--low", low || worked > most);
    out.hidden = false;
  };
  form.addEventListener("input", explain);
  katalog.addEventListener("change", () => {
    const option = katalog.selectedOptions[0];
    const start = minutes(mulai.value);
    if (option.dataset.norm && !Number.isNaN(start) && !selesai.dataset.typed) {
      const end = Math.min(start + Number(option.dataset.norm), 23 * 60 + 59);
      selesai.value = `${String(Math.floor(end / 60)).padStart(2, "0")}.${String(end % 60).padStart(2, "0")}`;
    }
    explain();
  });
  selesai.addEventListener("input", () => (selesai.dataset.typed = "1"));
  explain();
})();
