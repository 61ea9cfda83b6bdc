//! A static host like any other: it serves the built page below a sub-path, on a port (so a storage) of its own.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use tiny_http::{Header, Request, Response};

/// Not the root: an address that the page got wrong shows as a missing file.
const FOLDER: &str = "/some/where/";

/// What the requests are answered from, and what was asked for.
#[derive(Default)]
struct Shelf {
    root: PathBuf,
    injected: Mutex<Option<String>>,
    missing: Mutex<BTreeSet<String>>,
}

/// A server on the loopback that ends when dropped.
pub(super) struct Server {
    http: Arc<tiny_http::Server>,
    shelf: Arc<Shelf>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the files of `root`.
    pub(super) fn start(root: PathBuf) -> Self {
        let http = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a free port on the loopback"));
        let shelf = Arc::new(Shelf { root, ..Shelf::default() });
        let thread = thread::spawn({
            let (http, shelf) = (Arc::clone(&http), Arc::clone(&shelf));
            move || {
                for request in http.incoming_requests() {
                    shelf.answer(request);
                }
            }
        });
        Self { http, shelf, thread: Some(thread) }
    }

    /// Where the page is.
    pub(super) fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.http.server_addr())
    }

    /// From now on the page is served with this script as the first thing that it runs; `None` is the page as built.
    pub(super) fn inject(&self, script: Option<String>) {
        *self.shelf.injected.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }

    /// What was asked for and was not there, or was outside the folder.
    pub(super) fn missing(&self) -> Vec<String> {
        self.shelf.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
        if let Some(thread) = self.thread.take() {
            // A panic of the serving thread has shown itself already as a page that does not load.
            let _ = thread.join();
        }
    }
}

impl Shelf {
    fn answer(&self, request: Request) {
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        let found = path.strip_prefix(FOLDER).and_then(|name| self.read(name));
        let answered = if let Some((bytes, kind)) = found {
            let mut response = Response::from_data(bytes);
            response.add_header(header("Content-Type", kind));
            // The same address is served with and without an injected script.
            response.add_header(header("Cache-Control", "no-store"));
            request.respond(response)
        } else {
            // Browsers ask for this one of their own accord, at the root of every host.
            if path != "/favicon.ico" {
                self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
            }
            request.respond(Response::from_string("not here").with_status_code(404))
        };
        // A browser that has gone meanwhile is no failure of the server.
        drop(answered);
    }

    fn read(&self, name: &str) -> Option<(Vec<u8>, &'static str)> {
        let injected = self.injected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match (name, injected) {
            ("injected.js", Some(script)) => return Some((script.into_bytes(), kind("js"))),
            ("axe.min.js", _) => return Some((fs::read(axe()).ok()?, kind("js"))),
            _ => {}
        }
        let name = if name.is_empty() { "index.html" } else { name };
        if name.split('/').any(|part| part == "..") {
            return None;
        }
        let path = self.root.join(name);
        let mut bytes = fs::read(&path).ok()?;
        if name == "index.html" && self.injected.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            let page = String::from_utf8(bytes).ok()?;
            let head =
                page.find("<head").and_then(|at| page[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
            bytes = format!("{}<script src=\"injected.js\"></script>{}", &page[..head], &page[head..])
                .into_bytes();
        }
        Some((bytes, kind(path.extension()?.to_str()?)))
    }
}

/// The built page.
pub(super) fn dist() -> PathBuf {
    let dist = std::env::var_os("GLOSSATOR_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "no built page at {}: run `cargo xtask build`, or set GLOSSATOR_DIST",
        dist.display()
    );
    dist
}

/// The checker of accessibility, as published to npm.
fn axe() -> PathBuf {
    let axe = std::env::var_os("GLOSSATOR_AXE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js"),
        PathBuf::from,
    );
    assert!(axe.is_file(), "no axe-core at {}: run `cargo xtask test`, or set GLOSSATOR_AXE", axe.display());
    axe
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header of plain words")
}

fn kind(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
