/* Saves each answer as it is given. htmx sends and swaps; kept.js keeps what has not reached the server.

   An answer stands in localStorage from the moment it is given until the server says in a header that it has it; it
   survives a reload, a full queue of failures, the end of the session. Without this file the page's Save button does
   the same. All words come from <template> elements of the page. */
"use strict";

(function () {
  var HEADER = "TechPlan-Answer";
  var REVISION = "TechPlan-Revision";
  var FIRST_WAIT = 2000;
  var LONGEST_WAIT = 60000;
  var TYPING_PAUSE = 1500;
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.htmx || !window.keptAnswers || !document.getElementById("words-kept")) {
    return;
  }
  window.htmx.config.timeout = 15000;
  var store = window.keptAnswers("techplan:answer:" + form.dataset.person + ":");
  var keep = store.keep;
  var forget = store.forget;
  var kept = store.all;
  var values = store.values;
  var complete = store.complete;
  var sent = {}; // by key: what is under way, as text
  var held = {}; // by key: refused by the server, so no use to send again by itself
  var refused = {}; // by address: the same for questions of other pages
  var slow = {};
  var typing = {};
  var failures = 0;
  var timer = null;

  form.classList.add("live");

  function words(name) {
    return document.getElementById("words-" + name).content.cloneNode(true);
  }

  function fieldset(key) {
    return document.getElementById("q-" + key);
  }

  function state(key) {
    return document.getElementById("state-" + key);
  }

  function show(key, name) {
    var place = state(key);
    if (place) {
      place.replaceChildren(words(name));
      place.dataset.shows = name;
      var link = place.querySelector('a[href*="?next="]');
      if (link) {
        link.href += encodeURIComponent("#q-" + key); // back to this question after signing in
      }
    }
  }

  function withoutRevision(found, key) {
    var copy = Object.assign({}, found);
    delete copy[key + "-revision"];
    return JSON.stringify(copy);
  }

  function boxFor(url) {
    return form.querySelector('fieldset.question[data-save="' + url + '"]');
  }

  function choice(box) {
    return box.querySelector('input[type="radio"]:checked');
  }

  function chosen(box) {
    return Boolean(choice(box));
  }

  // Say that a note without an answer is not on its way, or that nothing waits any more.
  function tellWaiting(box) {
    var key = box.dataset.key;
    var place = state(key);
    if (chosen(box)) {
      return;
    }
    if (store.blank({ key: key, values: values(box) })) {
      place.replaceChildren();
      delete place.dataset.shows;
    } else if (place.dataset.shows !== "waiting") {
      show(key, "waiting");
    }
  }

  // The button that had the focus goes away with the question about two answers; its answer takes the focus.
  function focusChoice(key) {
    var box = fieldset(key);
    if (box && chosen(box)) {
      choice(box).focus();
    }
  }

  // ---- Sending

  function send(box) {
    window.htmx.trigger(box, "retry");
  }

  function tellHowMany() {
    var waiting = kept();
    var unsent = 0;
    var needy = null;
    Object.keys(waiting).forEach(function (url) {
      var entry = waiting[url];
      if (boxFor(url)) {
        unsent += complete(entry) && !sent[entry.key] && !held[entry.key] ? 1 : 0;
      } else if (refused[url] || !complete(entry)) {
        needy = entry;
      } else {
        unsent += 1;
      }
    });
    var place = document.getElementById("unsent");
    if (needy) {
      place.replaceChildren(words("elsewhere"));
      place.querySelector("a").href = needy.page + "#q-" + needy.key;
    } else {
      place.replaceChildren(unsent ? words(unsent === 1 ? "unsent-one" : "unsent-many") : "");
    }
  }

  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(again, Math.min(LONGEST_WAIT, FIRST_WAIT * Math.pow(2, Math.max(0, failures - 1))));
  }

  function again() {
    window.clearTimeout(timer);
    var waiting = kept();
    Object.keys(waiting).forEach(function (url) {
      var box = boxFor(url);
      if (!box) {
        if (complete(waiting[url]) && !refused[url]) {
          sendElsewhere(url, waiting[url]);
        }
      } else if (!sent[waiting[url].key] && !held[waiting[url].key] && chosen(box)) {
        send(box);
      }
    });
    if (!store.works()) {
      Array.prototype.forEach.call(form.querySelectorAll("fieldset[data-unsent]"), send);
    }
  }

  function sendElsewhere(url, entry) {
    var headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
    headers["HX-Request"] = "true";
    fetch(url, { method: "POST", headers: headers, body: new URLSearchParams(entry.values), credentials: "same-origin" })
      .then(function (response) {
        var became = response.headers.get(HEADER);
        if (became === "saved") {
          forget(url);
          tellHowMany();
        } else if (became) {
          refused[url] = true;
          tellHowMany();
        } else {
          failures += 1;
          later();
        }
      })
      .catch(function () {
        failures += 1;
        later();
      });
  }

  function failed(box, status) {
    var key = box.dataset.key;
    box.dataset.unsent = "yes";
    if (status === 401) {
      show(key, "signed-out");
    } else if (status === 403) {
      show(key, "expired");
    } else {
      show(key, store.works() ? "kept" : "lost");
    }
    failures += 1;
    later();
    tellHowMany();
  }

  function reached(box, xhr) {
    var key = box.dataset.key;
    var became = xhr.getResponseHeader(HEADER);
    failures = 0;
    held[key] = became !== "saved";
    delete state(key).dataset.shows;
    if (became === "saved") {
      delete box.dataset.unsent;
      box.querySelector('input[name="' + key + '-revision"]').value = xhr.getResponseHeader(REVISION);
      if (withoutRevision(values(box), key) === sent[key]) {
        forget(box.dataset.save);
      } else {
        keep(box);
      }
      later();
    }
    tellHowMany();
  }

  // Who asked; an event about the swap itself names the place that is swapped.
  function boxOf(event) {
    var detail = event.detail || {};
    var box = detail.requestConfig ? detail.requestConfig.elt : detail.elt;
    return box && box.matches && box.matches("fieldset.question") ? box : null;
  }

  document.body.addEventListener("htmx:beforeRequest", function (event) {
    var box = boxOf(event);
    if (!box) {
      return;
    }
    var key = box.dataset.key;
    if (!chosen(box)) {
      event.preventDefault(); // a note without an answer waits for the answer
      return;
    }
    window.clearTimeout(typing[key]);
    keep(box);
    sent[key] = withoutRevision(values(box), key);
    slow[key] = window.setTimeout(function () {
      show(key, "saving");
    }, 1000);
  });

  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if (boxOf(event)) {
      event.detail.shouldSwap = Boolean(event.detail.xhr.getResponseHeader(HEADER));
      event.detail.isError = false;
    }
  });

  document.body.addEventListener("htmx:afterRequest", function (event) {
    var box = boxOf(event);
    if (!box) {
      return;
    }
    var key = box.dataset.key;
    var xhr = event.detail.xhr;
    window.clearTimeout(slow[key]);
    if (xhr && xhr.status && xhr.getResponseHeader(HEADER)) {
      reached(box, xhr);
    } else {
      failed(box, xhr ? xhr.status : 0);
    }
    delete sent[key];
    tellHowMany();
  });

  // ---- What the person does

  form.addEventListener("change", function (event) {
    var box = event.target.closest("fieldset.question");
    if (box) {
      held[box.dataset.key] = false;
      keep(box);
      tellWaiting(box);
    }
  }, true);

  form.addEventListener("input", function (event) {
    var box = event.target.closest("fieldset.question");
    if (!box || (event.target.tagName !== "TEXTAREA" && event.target.type !== "text")) {
      return;
    }
    keep(box);
    tellWaiting(box);
    window.clearTimeout(typing[box.dataset.key]);
    typing[box.dataset.key] = window.setTimeout(function () {
      send(box);
    }, TYPING_PAUSE);
  });

  form.addEventListener("click", function (event) {
    var box = event.target.closest("fieldset.question");
    var button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (box && button.hasAttribute("data-again")) {
      failures = 0;
      send(box);
    } else if (box && button.dataset.keep === "this") {
      event.preventDefault();
      box.querySelector('input[name="' + box.dataset.key + '-revision"]').value = button.value;
      held[box.dataset.key] = false;
      focusChoice(box.dataset.key);
      send(box);
    } else if (box && button.dataset.keep === "other") {
      event.preventDefault();
      forget(box.dataset.save);
      held[box.dataset.key] = false;
      window.htmx
        .ajax("GET", box.dataset.card, { target: "#asked-" + box.dataset.key, swap: "outerHTML" })
        .then(function () {
          focusChoice(box.dataset.key);
        });
      tellHowMany();
    } else if (button.value === "next" && button.name === "then") {
      event.preventDefault();
      goOn();
    }
  });

  form.addEventListener("submit", function (event) {
    // Enter in a text field: the answer is sent by itself.
    if (!event.submitter || event.submitter.value === "next") {
      event.preventDefault();
    }
  });

  // Wait a moment for what is under way, then go; what is still unsent goes from the next page.
  function goOn() {
    again();
    var until = Date.now() + 3000;
    (function look() {
      if (Object.keys(sent).length && Date.now() < until) {
        window.setTimeout(look, 50);
      } else {
        leave();
      }
    })();
  }

  // Where the button leads: after the last answer it is another place.
  function onward() {
    return document.getElementById("onward").dataset.next;
  }

  // Without a connection the browser would show its own page of errors in place of this one.
  function leave() {
    if (navigator.onLine && !failures) {
      location.assign(onward());
      return;
    }
    fetch(onward(), { method: "HEAD", credentials: "same-origin" })
      .then(function (response) {
        return response.status < 500;
      })
      .catch(function () {
        return false;
      })
      .then(function (there) {
        if (there) {
          location.assign(onward());
        } else {
          document.getElementById("unsent").replaceChildren(words("no-connection"));
        }
      });
  }

  window.addEventListener("online", function () {
    failures = 0;
    again();
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      again();
    }
  });

  // ---- What an earlier page could not send

  var waiting = kept();
  Object.keys(waiting).forEach(function (url) {
    var box = boxFor(url);
    if (box && !box.disabled) {
      store.restore(box, waiting[url]);
      if (complete(waiting[url])) {
        box.dataset.unsent = "yes";
        show(waiting[url].key, "kept");
      } else {
        tellWaiting(box);
      }
    }
  });
  if (Object.keys(waiting).length) {
    tellHowMany();
    window.setTimeout(again, 100);
  }
})();
