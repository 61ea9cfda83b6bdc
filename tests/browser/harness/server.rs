//! A static web server for the built page. Each has a port, and so an origin and a storage, of its own.

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

/// Where the page is served. It is not the root, so that a wrong absolute address is noticed as a missing file.
const FOLDER: &str = "/some/where/";

/// A request of a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) host: String,
}

/// The state that the server's threads share.
struct Site {
    root: PathBuf,
    injected: Mutex<Option<String>>,
    missing: Mutex<BTreeSet<String>>,
    requests: Mutex<Vec<Request>>,
    closed: AtomicBool,
    messages: Sender<Message>,
}

/// A message that a script in the page posted to `messages`. The script waits for the answer until this is dropped.
pub(crate) struct Message {
    pub(crate) body: Value,
    answer: SyncSender<Value>,
}

impl Message {
    /// Answers the script. Nothing happens if the page is gone.
    pub(crate) fn answer(self, answer: Value) {
        let _ = self.answer.send(answer);
    }
}

/// A server on the loopback interface. Dropping it ends it.
pub(crate) struct Server {
    address: SocketAddr,
    site: Arc<Site>,
    messages: Receiver<Message>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the files of `root`.
    pub(super) fn start(root: PathBuf) -> Self {
        let (listener, address) = fresh_port();
        let (sender, messages) = mpsc::channel();
        let site = Arc::new(Site {
            root,
            injected: Mutex::default(),
            missing: Mutex::default(),
            requests: Mutex::default(),
            closed: AtomicBool::default(),
            messages: sender,
        });
        let thread = thread::spawn({
            let site = Arc::clone(&site);
            move || {
                for connection in listener.incoming().flatten() {
                    if site.closed.load(Ordering::Acquire) {
                        break;
                    }
                    let site = Arc::clone(&site);
                    // A thread for each, since browsers also open connections that they may never use.
                    thread::spawn(move || {
                        // Fails if the browser is gone.
                        let _ = site.answer(connection);
                    });
                }
            }
        });
        Self { address, site, messages, thread: Some(thread) }
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.address)
    }

    /// Serves the page with these scripts from now on, which run before its own. Without any, it serves the page as
    /// built.
    pub(super) fn inject(&self, scripts: &[&str]) {
        let injected = (!scripts.is_empty()).then(|| joined(scripts));
        *self.site.injected.lock().unwrap_or_else(PoisonError::into_inner) = injected;
    }

    /// The next message from a page, if one arrives in time.
    pub(super) fn next_message(&self, timeout: Duration) -> Option<Message> {
        self.messages.recv_timeout(timeout).ok()
    }

    /// All requests so far, in their order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.site.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The requested paths that do not exist or are outside the folder.
    pub(super) fn missing(&self) -> Vec<String> {
        self.site.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.site.closed.store(true, Ordering::Release);
        // The listener checks whether it is closed with the next connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has already made a page fail to load.
            let _ = thread.join();
        }
    }
}

impl Site {
    /// Answers one request and closes the connection, as the simplest static hosts do.
    fn answer(&self, mut connection: TcpStream) -> Result<()> {
        connection.set_read_timeout(Some(Duration::from_mins(1)))?;
        let mut reader = BufReader::new(connection.try_clone()?);
        let mut request = String::new();
        reader.read_line(&mut request)?;
        let Head { host, length } = Head::read(&mut reader)?;
        let mut words = request.split(' ');
        let method = words.next().unwrap_or_default();
        let whole = words.next().unwrap_or_default();
        // A connection that the browser opened in advance may stay unused.
        if !method.is_empty() {
            let request = Request { method: method.to_owned(), path: whole.to_owned(), host };
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        }
        let path = whole.split(['?', '#']).next().unwrap_or_default();
        let (status, kind, bytes) = if method == "POST" && path.strip_prefix(FOLDER) == Some("messages") {
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            ("200 OK", content_type("json"), self.deliver(&body).to_string().into_bytes())
        } else if let Some((bytes, kind)) = path.strip_prefix(FOLDER).and_then(|name| self.read(name)) {
            ("200 OK", kind, bytes)
        } else {
            // Browsers request this one by themselves, at the root of every host.
            if !path.is_empty() && path != "/favicon.ico" {
                self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
            }
            ("404 Not Found", "text/plain; charset=utf-8", b"not here".to_vec())
        };
        // Not cached, since the same address is served with and without injected scripts.
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
            bytes.len()
        );
        connection.write_all(head.as_bytes())?;
        connection.write_all(&bytes)?;
        connection.flush()
    }

    /// Delivers a message from a page, and waits for the answer, which is null if nobody listens.
    fn deliver(&self, body: &[u8]) -> Value {
        let (answer, answered) = mpsc::sync_channel(1);
        let body = serde_json::from_slice(body).unwrap_or_default();
        let _ = self.messages.send(Message { body, answer });
        answered.recv().unwrap_or_default()
    }

    fn read(&self, name: &str) -> Option<(Vec<u8>, &'static str)> {
        let injected = self.injected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let (true, Some(script)) = (name.ends_with("injected.js"), injected) {
            return Some((script.into_bytes(), content_type("js")));
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
        Some((bytes, content_type(path.extension()?.to_str()?)))
    }
}

/// Joins scripts into one, each in a block of its own, so that their names do not clash.
pub(super) fn joined(scripts: &[&str]) -> String {
    scripts.iter().fold(String::new(), |all, script| all + "{\n" + script + "\n}\n")
}

/// The headers of a request that matter here.
#[derive(Default)]
struct Head {
    host: String,
    /// The length of the body in bytes.
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

/// A listener on a port that no server of this run has had. Scenarios may share a browser, and a port used twice would
/// be the same origin, with the same storage.
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

/// The folder of the built page.
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

fn content_type(extension: &str) -> &'static str {
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
