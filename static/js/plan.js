/* The budget slider. It fills in the exact amount and says what it buys; the form is sent by itself when the
   thumb rests. Without this script the amount and the button do the same. */
"use strict";

(function () {
  function steps(box) {
    return (box.dataset.steps || "").split("|").filter(Boolean).map(function (pair) {
      var at = pair.indexOf("=");
      return { cents: Number(pair.slice(0, at)), says: pair.slice(at + 1) };
    });
  }

  function set(form) {
    var slider = document.getElementById("budget-slider");
    if (!slider || slider.dataset.ready) {
      return;
    }
    slider.dataset.ready = "yes";
    slider.parentNode.hidden = false;
    var found = steps(slider.parentNode);
    var exact = form.querySelector("[name=budget]");
    var says = document.getElementById("budget-says");
    var symbol = slider.dataset.symbol || "";

    function tell() {
      var amount = Number(slider.value);
      var bought = found.filter(function (step) { return step.cents <= amount * 100; }).pop();
      exact.value = amount.toLocaleString("en-US"); // figures are written alike in both languages
      var words = symbol + exact.value + (bought ? ": " + bought.says : "");
      slider.setAttribute("aria-valuetext", words);
      says.textContent = words;
    }

    slider.addEventListener("input", tell);
    slider.addEventListener("change", function () {
      tell();
      window.clearTimeout(slider.timer);
      slider.timer = window.setTimeout(function () { send(form); }, 700);
    });
  }

  // What the server says about the change stands above the plan, outside of what is replaced.
  function tellNews(page) {
    var old = document.querySelector(".messages");
    var news = page.querySelector(".messages");
    if (old) {
      old.remove();
    }
    if (news) {
      document.getElementById("plan").before(news);
    }
  }

  // Ask the server; the old picture stays until the new one is there.
  function send(form) {
    if (form.dataset.asking) {
      return;
    }
    form.dataset.asking = "yes";
    form.setAttribute("aria-busy", "true");
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var fresh = page.getElementById("plan");
        if (!fresh) {
          form.submit();
          return;
        }
        tellNews(page);
        document.getElementById("plan").replaceWith(fresh);
        if (window.htmx) {
          window.htmx.process(fresh);
        }
        ready();
        var slider = document.getElementById("budget-slider");
        if (slider) {
          slider.focus();
        }
      })
      .catch(function () {
        delete form.dataset.asking;
        form.removeAttribute("aria-busy");
      });
  }

  function ready() {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-budget]"), set);
  }

  // The picture may come later, when a worker has made it.
  document.addEventListener("htmx:afterSwap", ready);

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", ready);
  } else {
    ready();
  }
})();
