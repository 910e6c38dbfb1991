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
    var button = event.submitter;
    var target = (button && button.getAttribute("formtarget")) || form.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) {
      return;
    }
    if (target && target !== "_self") {
      return; // it opens in another window, and this page stays to be sent
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

  // Times stand where the server is; the reader's own clock may be another one. Days stay as they are.
  function ownClock(root) {
    Array.prototype.forEach.call(root.querySelectorAll("time[data-clock]"), function (shown) {
      var moment = new Date(shown.dateTime);
      if (/^\d\d:\d\d/.test(shown.textContent) && !isNaN(moment)) {
        var seconds = shown.dataset.clock === "seconds" ? [moment.getSeconds()] : [];
        shown.textContent = [moment.getHours(), moment.getMinutes()].concat(seconds).map(function (part) {
          return String(part).padStart(2, "0");
        }).join(":");
      }
    });
  }

  // What was said stays in sight where the page opened (site.css); who scrolls on from there has read it.
  function letGo() {
    var said = document.querySelector(".messages");
    var opened = 0;
    if (!said || !window.location.hash) {
      return;
    }
    function moved() {
      if (Math.abs(window.scrollY - opened) > window.innerHeight / 2) {
        said.classList.add("read");
        window.removeEventListener("scroll", moved);
      }
    }
    window.addEventListener("load", function () {
      window.setTimeout(function () { // after the browser's own way to the place
        opened = window.scrollY;
        window.addEventListener("scroll", moved, {passive: true});
      }, 300);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    letGo();
    focusSummary(document);
    ownClock(document);
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
      button.hidden = !navigator.clipboard;
    });
  });
  document.addEventListener("htmx:afterSwap", function () {
    ownClock(document);
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
