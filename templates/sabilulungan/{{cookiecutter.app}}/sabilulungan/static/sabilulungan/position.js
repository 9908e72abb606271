// The phone's position, if its owner allows it: at once for a field visit, by a button for an organisation's seat.
// Without it both forms work too.
"use strict";
const visited = document.querySelector("[data-position]");
const typed = document.querySelector("[data-position-typed]");

function locate(field, then) {
  navigator.geolocation.getCurrentPosition(
    (found) => {
      field.value = `${found.coords.latitude.toFixed(6)}, ${found.coords.longitude.toFixed(6)}`;
      then();
    },
    () => {},
    { enableHighAccuracy: true, timeout: 20000 },
  );
}

if (visited && navigator.geolocation) {
  locate(visited, () => { document.querySelector("[data-position-told]").hidden = false; });
}
if (typed && navigator.geolocation) {
  document.querySelector("[data-position-offer]").hidden = false;
  document.querySelector("[data-position-ask]").addEventListener("click", () => locate(typed, () => typed.focus()));
}
