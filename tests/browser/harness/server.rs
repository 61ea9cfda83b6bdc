//! A static host like any other: it serves the built page below a sub-path, on a port (so a storage) of its own.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Result, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender, SyncSender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::Value;

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
struct Shelf {
    root: PathBuf,
    injected: Mutex<Option<String>>,
    missing: Mutex<BTreeSet<String>>,
    requests: Mutex<Vec<Request>>,
    closed: AtomicBool,
    told: Sender<Told>,
}

/// What a script in the page sent to `told`. It waits for the answer until this is dropped.
pub(crate) struct Told {
    pub(crate) words: Value,
    answer: SyncSender<Value>,
}

impl Told {
    /// Answers; a page that is gone meanwhile does not hear it.
    pub(crate) fn answer(self, answer: Value) {
        let _ = self.answer.send(answer);
    }
}

/// A server on the loopback that ends when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    told: Receiver<Told>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the files of `root`.
    pub(super) fn start(root: PathBuf) -> Self {
        let (listener, address) = fresh_port();
        let (sender, told) = mpsc::channel();
        let shelf = Arc::new(Shelf {
            root,
            injected: Mutex::default(),
            missing: Mutex::default(),
            requests: Mutex::default(),
            closed: AtomicBool::default(),
            told: sender,
        });
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
        Self { address, shelf, told, thread: Some(thread) }
    }

    /// Where the page is.
    pub(crate) fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.address)
    }

    /// From now on the page is served with these scripts as the first that it runs; with none it is the page as built.
    pub(super) fn inject(&self, scripts: &[&str]) {
        let injected = (!scripts.is_empty()).then(|| joined(scripts));
        *self.shelf.injected.lock().unwrap_or_else(PoisonError::into_inner) = injected;
    }

    /// The next thing that a page tells, if one does within this time.
    pub(super) fn told(&self, patience: Duration) -> Option<Told> {
        self.told.recv_timeout(patience).ok()
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
        let mut reader = BufReader::new(connection.try_clone()?);
        let mut request = String::new();
        reader.read_line(&mut request)?;
        let Head { host, length } = Head::read(&mut reader)?;
        let mut words = request.split(' ');
        let method = words.next().unwrap_or_default();
        let whole = words.next().unwrap_or_default();
        // A connection that was opened ahead of need and never used asks for nothing.
        if !method.is_empty() {
            let request = Request { method: method.to_owned(), path: whole.to_owned(), host };
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        }
        let path = whole.split(['?', '#']).next().unwrap_or_default();
        let (status, kind, bytes) = if method == "POST" && path.strip_prefix(FOLDER) == Some("told") {
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            ("200 OK", kind("json"), self.hear(&body).to_string().into_bytes())
        } else if let Some((bytes, kind)) = path.strip_prefix(FOLDER).and_then(|name| self.read(name)) {
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

    /// Passes on what a page tells, and waits for the answer; nothing where nobody listens.
    fn hear(&self, body: &[u8]) -> Value {
        let (answer, answered) = mpsc::sync_channel(1);
        let words = serde_json::from_slice(body).unwrap_or_default();
        let _ = self.told.send(Told { words, answer });
        answered.recv().unwrap_or_default()
    }

    fn read(&self, name: &str) -> Option<(Vec<u8>, &'static str)> {
        let injected = self.injected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let (true, Some(script)) = (name.ends_with("injected.js"), injected) {
            return Some((script.into_bytes(), kind("js")));
        }
        let whole = format!("{name}index.html");
        let name = if name.is_empty() || name.ends_with('/') { &whole } else { name };
        if name.split('/').any(|part| part == "..") {
            return None;
        }
        let path = self.root.join(name);
        let mut bytes = fs::read(&path).ok()?;
        if name.ends_with("index.html")
            && self.injected.lock().unwrap_or_else(PoisonError::into_inner).is_some()
        {
            let page = String::from_utf8(bytes).ok()?;
            let head =
                page.find("<head").and_then(|at| page[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
            bytes = format!("{}<script src=\"injected.js\"></script>{}", &page[..head], &page[head..])
                .into_bytes();
        }
        Some((bytes, kind(path.extension()?.to_str()?)))
    }
}

/// Scripts as one, each in a block of its own, so that their names do not meet.
pub(super) fn joined(scripts: &[&str]) -> String {
    scripts.iter().fold(String::new(), |all, script| all + "{\n" + script + "\n}\n")
}

/// What is to be known of a request besides its first line.
#[derive(Default)]
struct Head {
    host: String,
    /// The bytes that follow the head.
    length: usize,
}

impl Head {
    fn read(lines: &mut impl BufRead) -> Result<Self> {
        let mut head = Self::default();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
                return Ok(head);
            }
            match line.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("host") => {
                    value.trim().clone_into(&mut head.host);
                }
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    head.length = value.trim().parse().unwrap_or(0);
                }
                _ => {}
            }
        }
    }
}

/// A listener on a port that no server of these tests ever had: a browser may serve several scenarios, and a port is a storage.
fn fresh_port() -> (TcpListener, SocketAddr) {
    static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback");
        let address = listener.local_addr().expect("a bound listener has an address");
        if TAKEN.lock().unwrap_or_else(PoisonError::into_inner).insert(address.port()) {
            return (listener, address);
        }
    }
}

/// The built page.
pub(crate) fn dist() -> PathBuf {
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
