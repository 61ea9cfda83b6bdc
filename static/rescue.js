// What is left when the program has stopped: says so, and saves the annotations without the program's help.
(function () {
  "use strict";
  var KEPT = /^glossator:(annotation:|article:|text:|draft:|aside:|view$)/;
  // Many annotations under one key: lines of key, tab and item.
  var PACK = /^glossator:pack:/;

  // The program puts here what it could not keep, by key, in the form in which it is kept.
  window.glossatorUnsaved = window.glossatorUnsaved || {};

  // Calls `done` once with all [key, value] of the durable copy; with none where there is no copy, or no answer in time.
  function durable(done) {
    var late = setTimeout(function () { finish([]); }, 3000);
    function finish(items) {
      clearTimeout(late);
      var call = done;
      done = function () {};
      call(items);
    }
    try {
      var request = indexedDB.open("glossator");
      // There is none: what only looks must not make one.
      request.onupgradeneeded = function () { request.transaction.abort(); };
      request.onerror = request.onblocked = function () { finish([]); };
      request.onsuccess = function () {
        try {
          var items = [], cursor = request.result.transaction("items").objectStore("items").openCursor();
          cursor.onerror = function () { finish(items); };
          cursor.onsuccess = function () {
            if (!cursor.result) return finish(items);
            var key = String(cursor.result.key);
            if (KEPT.test(key)) items.push([key, String(cursor.result.value)]);
            if (PACK.test(key)) String(cursor.result.value).split("\n").forEach(function (line) {
              var tab = line.indexOf("\t");
              if (tab > 0) items.push([line.slice(0, tab), line.slice(tab + 1)]);
            });
            cursor.result.continue();
          };
        } catch (ignored) { finish([]); }
      };
    } catch (ignored) { finish([]); }
  }

  // What the page could not keep, and what localStorage has.
  function near() {
    var items = Object.keys(window.glossatorUnsaved).map(function (key) {
      return [key, window.glossatorUnsaved[key]];
    });
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (KEPT.test(key)) items.push([key, localStorage.getItem(key)]);
      });
      var draft = sessionStorage.getItem("glossator:draft");
      if (draft) items.push(["glossator:draft:" + (sessionStorage.getItem("glossator:tab") || "here"), draft]);
    } catch (ignored) { /* Storage is blocked: what the page could not keep is all there is. */ }
    return items;
  }

  // Writes a backup of all places as they are: reading it, the program takes the later version of each annotation.
  function rescue() {
    durable(function (far) {
      var now = new Date().toISOString();
      var head = { format: "glossator-backup", version: 1, created: now, generator: "Glossator (rescue)" };
      var items = near().concat(far).map(function (item) { return "    " + JSON.stringify(item); });
      var text = JSON.stringify(head).slice(0, -1) + ',\n  "items": [\n' + items.join(",\n") + "\n  ]\n}\n";
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = "glossator-backup-" + now.slice(0, 10) + ".json";
      document.body.appendChild(link);
      link.click();
      link.remove();
    });
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
