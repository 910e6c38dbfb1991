/* What the browser keeps of answers that have not reached the server: one entry an answer, by the address it goes to. */
"use strict";

window.keptAnswers = function (prefix) {
  var works = true;

  // What a question's fields say, as a form would send it.
  function values(box) {
    var found = {};
    Array.prototype.forEach.call(box.querySelectorAll("input, textarea"), function (field) {
      if (!field.name || ((field.type === "radio" || field.type === "checkbox") && !field.checked)) {
        return;
      }
      found[field.name] = field.value;
    });
    return found;
  }

  // An answer can be sent; a note or a guess alone waits for its answer.
  function complete(entry) {
    return entry.key + "-choice" in entry.values;
  }

  function blank(entry) {
    return ["choice", "guess", "note", "reason"].every(function (name) {
      return !entry.values[entry.key + "-" + name];
    });
  }

  function keep(box) {
    var entry = { key: box.dataset.key, page: location.pathname, values: values(box) };
    if (blank(entry)) {
      forget(box.dataset.save);
      return;
    }
    try {
      localStorage.setItem(prefix + box.dataset.save, JSON.stringify(entry));
      works = true;
    } catch (error) {
      works = false;
    }
  }

  function forget(url) {
    try {
      localStorage.removeItem(prefix + url);
    } catch (error) {
      works = false;
    }
  }

  function all() {
    var found = {};
    try {
      for (var at = 0; at < localStorage.length; at += 1) {
        var name = localStorage.key(at);
        if (name.indexOf(prefix) === 0) {
          found[name.slice(prefix.length)] = JSON.parse(localStorage.getItem(name));
        }
      }
    } catch (error) {
      works = false;
    }
    return found;
  }

  function restore(box, entry) {
    Array.prototype.forEach.call(box.querySelectorAll("input, textarea"), function (field) {
      if (!field.name) {
        return;
      }
      var value = entry.values[field.name];
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = value === field.value;
      } else if (value !== undefined) {
        field.value = value;
      }
    });
    Array.prototype.forEach.call(box.querySelectorAll("details"), function (part) {
      var note = part.querySelector("textarea");
      part.open = part.open || Boolean(note && note.value);
    });
  }

  return {
    all: all,
    blank: blank,
    complete: complete,
    forget: forget,
    keep: keep,
    restore: restore,
    values: values,
    works: function () {
      return works;
    },
  };
};
