/* A fact with a value of its own asks for the value only where somebody says that there is one. Without this file both
   fields always stand side by side, and a value alone counts. */
"use strict";

(function () {
  function show(pair) {
    var said = pair.querySelector("select");
    var value = pair.querySelector("input");
    var wanted = said.value === "some" || value.getAttribute("aria-invalid") === "true";
    value.closest(".field").hidden = !wanted;
    value.disabled = !wanted; // what nobody sees is not sent
  }

  Array.prototype.forEach.call(document.querySelectorAll(".with-value"), function (pair) {
    show(pair);
    pair.querySelector("select").addEventListener("change", function () {
      show(pair);
    });
  });
})();
