//! A static host like any other: it serves the built page below a sub-path, on a port (so a storage) of its own.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Result, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Not the root: an address that the page got wrong shows as a missing file.
const FOLDER: &str = "/some/where/";

/// What a browser asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) host: String,
}

/// What the requests are answered from, and what was asked for.
#[derive(Default)]
struct Shelf {
    root: PathBuf,
    injected: Mutex<Option<String>>,
    missing: Mutex<BTreeSet<String>>,
    requests: Mutex<Vec<Request>>,
    closed: AtomicBool,
}

/// A server on the loopback that ends when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the files of `root`.
    pub(super) fn start(root: PathBuf) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shelf = Arc::new(Shelf { root, ..Shelf::default() });
        let thread = thread::spawn({
            let shelf = Arc::clone(&shelf);
            move || {
                for connection in listener.incoming().flatten() {
                    if shelf.closed.load(Ordering::Acquire) {
                        break;
                    }
                    let shelf = Arc::clone(&shelf);
                    // Each by itself: browsers open connections ahead of need, and one of those must not hold up the rest.
                    thread::spawn(move || {
                        // A browser that has gone meanwhile is no failure of the server.
                        let _ = shelf.answer(connection);
                    });
                }
            }
        });
        Self { address, shelf, thread: Some(thread) }
    }

    /// Where the page is.
    pub(crate) fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.address)
    }

    /// From now on the page is served with this script as the first thing that it runs; `None` is the page as built.
    pub(super) fn inject(&self, script: Option<String>) {
        *self.shelf.injected.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }

    /// Everything that was asked for, in the order in which it was.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shelf.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was asked for and was not there, or was outside the folder.
    pub(super) fn missing(&self) -> Vec<String> {
        self.shelf.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shelf.closed.store(true, Ordering::Release);
        // The listener looks at the word only when somebody comes.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            // A panic of the serving thread has shown itself already as a page that does not load.
            let _ = thread.join();
        }
    }
}

impl Shelf {
    /// One request and its answer; then the connection is closed, as the plainest of static hosts do.
    fn answer(&self, mut connection: TcpStream) -> Result<()> {
        connection.set_read_timeout(Some(Duration::from_mins(1)))?;
        let mut lines = BufReader::new(connection.try_clone()?).lines();
        let request = lines.next().transpose()?.unwrap_or_default();
        let mut host = String::new();
        for line in lines {
            let line = line?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                value.trim().clone_into(&mut host);
            }
        }
        let mut words = request.split(' ');
        let method = words.next().unwrap_or_default();
        let whole = words.next().unwrap_or_default();
        // A connection that was opened ahead of need and never used asks for nothing.
        if !method.is_empty() {
            let request = Request { method: method.to_owned(), path: whole.to_owned(), host };
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        }
        let path = whole.split(['?', '#']).next().unwrap_or_default();
        let (status, kind, bytes) =
            if let Some((bytes, kind)) = path.strip_prefix(FOLDER).and_then(|name| self.read(name)) {
                ("200 OK", kind, bytes)
            } else {
                // Browsers ask for this one of their own accord, at the root of every host.
                if !path.is_empty() && path != "/favicon.ico" {
                    self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
                }
                ("404 Not Found", "text/plain; charset=utf-8", b"not here".to_vec())
            };
        // Nothing is kept by the browser: the same address is served with and without an injected script.
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
            bytes.len()
        );
        connection.write_all(head.as_bytes())?;
        connection.write_all(&bytes)?;
        connection.flush()
    }

    fn read(&self, name: &str) -> Option<(Vec<u8>, &'static str)> {
        let injected = self.injected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let ("injected.js", Some(script)) = (name, injected) {
            return Some((script.into_bytes(), kind("js")));
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
