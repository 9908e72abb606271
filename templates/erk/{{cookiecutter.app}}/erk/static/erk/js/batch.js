// Says how many rows are ticked.
(() => {
  "use strict";
  const form = document.getElementById("batch");
  const label = document.getElementById("batch-label");
  if (!form || !label) return;
  const plain = label.textContent;
  const count = () => {
    const ticked = form.querySelectorAll("input[name=pilih]:checked").length;
    label.textContent = ticked ? label.dataset.text.replace("{n}", ticked) : plain;
  };
  form.addEventListener("change", count);
  count();
})();
