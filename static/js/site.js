/* The little that every page needs beyond HTML. All of it is an extra: pages work without it. */
"use strict";

(function () {
  // A form that comes back with mistakes: its summary takes the focus, so that it is read first.
  function focusSummary(root) {
    var summary = root.querySelector("[data-focus]");
    if (summary) {
      summary.focus();
    }
  }

  // A second press of the same button must not send the form twice.
  function sendOnce(event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) {
      return;
    }
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  }

  // Copy a link: the button says what happened.
  function copy(event) {
    var button = event.target.closest ? event.target.closest("[data-copy]") : null;
    if (!button || !navigator.clipboard) {
      return;
    }
    var field = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(field.value).then(function () {
      button.textContent = button.dataset.copied;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    focusSummary(document);
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
      button.hidden = !navigator.clipboard;
    });
  });
  document.addEventListener("submit", sendOnce);
  document.addEventListener("click", copy);
  // A page that comes back out of the browser's memory may send again.
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-sent]"), function (form) {
      delete form.dataset.sent;
    });
  });
})();
