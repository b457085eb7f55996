/* The coverage matrix: show only what has a gap. */
"use strict";
(function () {
  var box = document.getElementById("only-gaps");
  if (!box) return;
  box.closest("[hidden]").hidden = false;
  function apply() {
    document.querySelectorAll("table.matrix tbody tr").forEach(function (row) {
      row.hidden = box.checked && !row.classList.contains("gap");
    });
  }
  box.addEventListener("change", apply);
  apply();
})();
