// Shows only the rows that hold what is typed, and the groups that have any.
const field = document.querySelector("input");
field.addEventListener("input", () => {
  const words = field.value.trim().toLowerCase();
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(words);
  for (const part of document.querySelectorAll("section")) part.hidden = !part.querySelector("tbody tr:not([hidden])");
});
