// The error page: when the program has crashed, it says so and offers a backup. Plain script that does not need the program.
(function () {
  "use strict";
  var STORED = /^glossator:(annotation:|tag:|article:|text:|draft:|aside:|view$|done$)/;
  // Packs hold many annotations under one key: lines of key, tab and value.
  var PACK = /^glossator:pack:/;

  // The program puts items here that it could not store, by key and in their stored form.
  window.glossatorUnsaved = window.glossatorUnsaved || {};

  // Calls `done` once with all [key, value] of the durable copy, or with none if there is no copy or no answer in time.
  function readDurable(done) {
    var timeout = setTimeout(function () { finish([]); }, 3000);
    function finish(items) {
      clearTimeout(timeout);
      var call = done;
      done = function () {};
      call(items);
    }
    try {
      var request = indexedDB.open("glossator");
      // There is no database, and reading must not create one.
      request.onupgradeneeded = function () { request.transaction.abort(); };
      request.onerror = request.onblocked = function () { finish([]); };
      request.onsuccess = function () {
        try {
          var items = [], cursor = request.result.transaction("items").objectStore("items").openCursor();
          cursor.onerror = function () { finish(items); };
          cursor.onsuccess = function () {
            if (!cursor.result) return finish(items);
            var key = String(cursor.result.key);
            if (STORED.test(key)) items.push([key, String(cursor.result.value)]);
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

  // The items that the page could not store, and those in localStorage.
  function readLocal() {
    var items = Object.keys(window.glossatorUnsaved).map(function (key) {
      return [key, window.glossatorUnsaved[key]];
    });
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (STORED.test(key)) items.push([key, localStorage.getItem(key)]);
      });
      var draft = sessionStorage.getItem("glossator:draft");
      if (draft) items.push(["glossator:draft:" + (sessionStorage.getItem("glossator:tab") || "here"), draft]);
    } catch (ignored) { /* Storage is blocked: only the items that the page could not store are available. */ }
    return items;
  }

  // Downloads a backup with the items of all copies. On import, the later version of each annotation counts.
  function downloadBackup() {
    readDurable(function (durable) {
      var now = new Date().toISOString();
      var head = { format: "glossator-backup", version: 1, created: now, generator: "Glossator (rescue)" };
      var items = readLocal().concat(durable).map(function (item) { return "    " + JSON.stringify(item); });
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
  // Shows the error page.
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
        if (button.dataset.action === "rescue") downloadBackup();
        if (button.dataset.action === "reload") location.reload();
      });
      var first = page.querySelector("button");
      if (first) first.focus();
    }
    if (document.body) show(); else document.addEventListener("DOMContentLoaded", show);
  }

  // The program calls this when it panics.
  window.glossatorStopped = function (detail) { stop(detail); };

  function failed(reason) {
    if (reason instanceof WebAssembly.RuntimeError) {
      stop(reason.message);
    } else if (!document.body || !document.body.dataset.ready) {
      stop(reason && reason.message || reason, "This browser could not run the program. The data stored in it is unharmed. " +
        "Use a newer Chromium, Firefox or Safari. You can save your annotations here.");
    }
  }
  if (typeof WebAssembly === "undefined") {
    stop("WebAssembly is missing or turned off", "This browser does not run WebAssembly, which Glossator needs.");
  } else {
    window.addEventListener("error", function (event) { if (event.error) failed(event.error); });
    window.addEventListener("unhandledrejection", function (event) { failed(event.reason); });
  }
})();
