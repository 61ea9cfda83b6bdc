// What is left when the program has stopped: says so, and saves the annotations without the program's help.
(function () {
  "use strict";
  var PREFIX = "glossator:annotation:";

  // The page's choice of light or dark holds before the program is there, so that nothing flashes.
  try {
    var view = JSON.parse(localStorage.getItem("glossator:view") || "{}");
    if (view.theme === "light" || view.theme === "dark") document.documentElement.dataset.theme = view.theme;
  } catch (ignored) { /* Nothing is kept, or it cannot be read: the system's choice holds. */ }

  // The program puts here what it could not keep, by id, in the form in which it is kept.
  window.glossatorUnsaved = window.glossatorUnsaved || {};

  function kept() {
    // Without a prototype, so that any word can be a key.
    var records = Object.create(null);
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (key.indexOf(PREFIX) === 0) records[key.slice(PREFIX.length)] = localStorage.getItem(key);
      });
    } catch (ignored) { /* Storage is blocked: what the page could not keep is all there is. */ }
    Object.assign(records, window.glossatorUnsaved);
    return Object.keys(records).sort().map(function (id) { return records[id]; });
  }

  function rescue() {
    var annotations = [], unreadable = [];
    kept().forEach(function (text) {
      try {
        var record = JSON.parse(text);
        if (!record.deleted) annotations.push(record);
      } catch (ignored) {
        unreadable.push(text);
      }
    });
    var file = {
      format: "glossator", version: 1, exported: new Date().toISOString(), generator: "Glossator (rescue)",
      offsetUnit: "unicode-code-point", codebook: [], documents: [], annotations: annotations
    };
    if (unreadable.length) file.unreadable = unreadable;
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.download = "glossator-rescue-" + new Date().toISOString().slice(0, 10) + ".json";
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  var stopped = false;
  function stop(detail, words) {
    if (stopped) return;
    stopped = true;
    function show() {
      var page = document.getElementById("crash");
      if (!page) return;
      page.hidden = false;
      var app = document.getElementById("app");
      if (app) app.inert = true;
      if (words) {
        document.getElementById("crash-title").textContent = "Glossator could not start";
        document.getElementById("crash-words").textContent = words;
      }
      document.getElementById("crash-detail").textContent = String(detail || "").slice(0, 300);
      page.addEventListener("click", function (event) {
        var button = event.target.closest("button");
        if (!button) return;
        if (button.dataset.action === "rescue") rescue();
        if (button.dataset.action === "reload") location.reload();
      });
      var first = page.querySelector("button");
      if (first) first.focus();
    }
    if (document.body) show(); else document.addEventListener("DOMContentLoaded", show);
  }

  // The program's own last word.
  window.glossatorStopped = function (detail) { stop(detail); };

  function failed(reason) {
    if (reason instanceof WebAssembly.RuntimeError) {
      stop(reason.message);
    } else if (!document.body || !document.body.dataset.ready) {
      stop(reason && reason.message || reason, "This browser could not run the program. What it keeps is unharmed. " +
        "A newer Chromium, Firefox or Safari will do; your annotations can be saved here.");
    }
  }
  if (typeof WebAssembly === "undefined") {
    stop("WebAssembly is missing or turned off", "This browser does not run WebAssembly, which Glossator needs.");
  } else {
    window.addEventListener("error", function (event) { if (event.error) failed(event.error); });
    window.addEventListener("unhandledrejection", function (event) { failed(event.reason); });
  }
})();
