//! What the page asks of the browser besides drawing: the time, chance, files to save and files to read.

use std::{
    cell::Cell,
    task::{Context, Waker},
};

use js_sys::{Array, Date, Function, JsString, Number, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlElement, HtmlFormElement,
    HtmlInputElement, HtmlTextAreaElement, MessageChannel, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition, StorageManager, TextDecoder, TextDecoderOptions, TreeWalker, Url, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

use crate::{
    annotation::{ReplicaId, Timestamp},
    session::Moment,
    storage::{Items, LocalStorage},
    text::{ArticleId, Display, Letters},
};

/// The wall clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit")]
pub(super) fn now() -> Timestamp {
    Timestamp(Date::now().max(0.0) as u64)
}

/// The wall clock and fresh random bytes.
pub(super) fn moment() -> Moment {
    Moment { now: now(), entropy: random() }
}

/// A name for this opening of the page that no other has.
pub(super) fn replica() -> ReplicaId {
    ReplicaId(u64::from_le_bytes(random()))
}

/// Random bytes from the browser's generator, or from `Math.random` where it refuses.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = web_sys::window()
        .and_then(|it| it.crypto().ok())
        .is_some_and(|it| it.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let chance = (js_sys::Math::random() * 255.9) as u8;
            *byte = chance;
        }
    }
    bytes
}

/// The person's calendar date as `2026-11-21`.
pub(super) fn today() -> String {
    let date = Date::new_0();
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Milliseconds since the page was opened, whatever becomes of the wall clock.
pub(super) fn milliseconds() -> f64 {
    web_sys::window().and_then(|it| it.performance()).map_or_else(Date::now, |it| it.now())
}

/// Begins a task at once, and goes on with it when there is time: what it shows first is in the page when that is drawn, which
/// is then not drawn twice.
pub(super) fn begin(task: impl Future<Output = ()> + 'static) {
    let mut task = Box::pin(task);
    if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        spawn_local(task);
    }
}

/// Lets the browser do what else it has to do. A message to oneself and not a timer, which browsers hold back.
pub(super) async fn give_way() {
    let next = Promise::new(&mut |resolve, _| {
        let sent = MessageChannel::new().and_then(|channel| {
            channel.port1().set_onmessage(Some(&resolve));
            channel.port2().post_message(&JsValue::NULL)
        });
        if sent.is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(next).await;
}

/// Lets other tasks of the page begin that wait for nothing any more, before the browser draws or tells of anything.
pub(super) async fn stand_back() {
    /// A task goes on in the turn after the one in which what it waited for was there.
    const TURNS: usize = 4;
    for _ in 0..TURNS {
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
    }
}

/// Waits until the browser has drawn what was changed. In a page that nobody sees nothing is drawn, and nothing waited for; where
/// a browser draws late for another reason, it is not waited for long.
pub(super) async fn drawn() {
    /// Three frames, in milliseconds.
    const LATE: i32 = 50;
    let window = gloo::utils::window();
    if gloo::utils::document().hidden() {
        return;
    }
    let frame = Promise::new(&mut |resolve, _| {
        let asked = window.request_animation_frame(&resolve).map(|_| ());
        let late = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, LATE);
        if asked.and(late).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(frame).await;
    give_way().await;
}

/// The bytes of a file from `start` to `end`.
pub(super) async fn bytes_of(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let piece = file.slice_with_f64_and_f64(start, end)?;
    Ok(Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?))
}

/// Bytes as a text in the encoding that is named so; nothing where there is none of that name, or where it is `exact` and not
/// all of them are of it.
pub(super) fn decode(bytes: &[u8], label: &str, exact: bool) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(exact);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// The markup of a web page as a document of its own, in which nothing runs and for which nothing is loaded.
///
/// By a request for what the page itself has at hand: it gives no more than a document, so no trusted type is needed, and
/// none could be had.
pub(super) async fn parse_page(markup: &str) -> Result<Document, JsValue> {
    let options = BlobPropertyBag::new();
    // What the request says of the encoding holds, whatever the page says.
    options.set_type("text/html;charset=utf-8");
    let bytes = Uint8Array::from(markup.as_bytes());
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let request = XmlHttpRequest::new()?;
    request.open("GET", &address)?;
    request.set_response_type(XmlHttpRequestResponseType::Document);
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    let sent = request.send();
    if sent.is_ok() {
        let _ = JsFuture::from(ended).await;
    }
    let _ = Url::revoke_object_url(&address);
    sent?;
    request.response_xml()?.ok_or(JsValue::NULL)
}

/// A way through the nodes of a web page.
///
/// In a page that somebody else made, the properties of the document and of its forms may be those of elements that have
/// these names. A walker asks none of them.
pub(super) fn walk(root: &Node) -> Result<TreeWalker, JsValue> {
    gloo::utils::document().create_tree_walker(root)
}

/// The name of an element of a web page in lower case; empty for what is no element.
pub(super) fn node_name(node: &Node) -> String {
    if node.is_instance_of::<HtmlFormElement>() {
        return "form".to_owned();
    }
    node.dyn_ref::<Element>().map_or_else(String::new, |it| it.tag_name().to_lowercase())
}

/// What the markup of an element of a web page says about whether a reader sees it. A style sheet may say otherwise.
pub(super) fn display_of(node: &Node) -> Display {
    let Some(element) = node.dyn_ref::<Element>() else { return Display::default() };
    let says = |name: &str| attribute(element, name);
    let closed = || node_name(element) == "dialog" && says("open").is_none();
    if says("hidden").or_else(|| says("popover")).is_some()
        || says("aria-hidden").as_deref() == Some("true")
        || closed()
    {
        return Display::None;
    }
    says("style").map_or(Display::default(), |it| Display::of_style(&it))
}

/// An attribute of an element of a web page.
fn attribute(element: &Element, name: &str) -> Option<String> {
    if !element.is_instance_of::<HtmlFormElement>() {
        return element.get_attribute(name);
    }
    // A field of a form hides the form's method of the same name, so the method comes from an element of this page.
    let method = Reflect::get(&gloo::utils::body(), &"getAttribute".into()).ok()?;
    method.dyn_ref::<Function>()?.call1(element, &name.into()).ok()?.as_string()
}

/// A time in the words of the person's language and zone.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(super) fn date_and_time(time: Timestamp) -> String {
    let options = Object::new();
    for part in ["dateStyle", "timeStyle"] {
        let _ =
            Reflect::set(&options, &part.into(), &if part == "dateStyle" { "long" } else { "short" }.into());
    }
    Date::new(&JsValue::from_f64(time.0 as f64)).to_locale_string("en-GB", &options).into()
}

/// The time of day, and the date where it is not today's, in the words of the person's zone.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(super) fn time_of_day(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    let day = short_date(time);
    if day == today() { clock } else { format!("{day} {clock}") }
}

/// A day in the person's zone, in as few words as there can be.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(super) fn short_date(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Hands a file to the browser's downloads; a long one takes a while, in which the browser has its turn.
pub(super) async fn download(name: &str, contents: &str) -> Result<(), JsValue> {
    /// So many bytes are handed over at once.
    const PIECE: usize = 1 << 20;
    let pieces = Array::new();
    for piece in contents.as_bytes().chunks(PIECE) {
        if pieces.length() > 0 {
            give_way().await;
        }
        // Bytes and not a string: lone characters and line ends arrive as they are.
        let piece = Array::of1(&Uint8Array::from(piece));
        pieces.push(&Blob::new_with_u8_array_sequence(&piece)?.into());
    }
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_blob_sequence_and_options(&pieces, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = gloo::utils::document();
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    gloo::utils::body().append_child(&link)?;
    link.click();
    link.remove();
    // The browser reads the blob after this returns.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// What the browser knows of characters.
pub(super) struct Alphabet;

impl Letters for Alphabet {
    fn plain(&self, character: char) -> String {
        let decomposed = JsString::from(character.to_string()).normalize("NFKD");
        decomposed.to_lower_case().to_upper_case().to_lower_case().normalize("NFKD").into()
    }
}

/// Puts words on the clipboard; whether the browser let the page do that. Must come of a click or a key.
pub(super) async fn copy(words: &str) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Not on a page that did not come by a safe way.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(words)).await.is_ok()
}

/// The element with this id, where it is in the page.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(id)?.dyn_into().ok()
}

/// Clicks the element with this id, as a person would.
pub(super) fn click(id: &str) {
    if let Some(element) = element(id) {
        element.click();
    }
}

/// Puts the focus on the first element found.
pub(super) fn focus_first(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Closes a menu that is open.
pub(super) fn hide_popover(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.hide_popover();
    }
}

/// Scrolls what an element is in no more than it takes to see all of it.
pub(super) fn keep_in_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts the focus on an article's entry in the list, once it is drawn.
pub(super) fn focus_article(id: &ArticleId) {
    let selector = format!(".doc[data-article='{id}']");
    gloo::timers::callback::Timeout::new(0, move || {
        let entry = gloo::utils::document().query_selector(&selector).ok().flatten();
        if let Some(entry) = entry.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = entry.focus();
        }
    })
    .forget();
}

/// Whether the page is too narrow for the margin to stand beside the text; as in the style sheet.
pub(super) fn is_narrow() -> bool {
    let query = web_sys::window().and_then(|it| it.match_media("(max-width: 899.98px)").ok().flatten());
    query.is_some_and(|it| it.matches())
}

/// Where the page's crash script finds what could not be kept.
const UNSAVED: &str = "glossatorUnsaved";

/// Puts what could not be kept where the page's crash script finds it, under the key and in the form in which it is kept; or
/// takes it from there.
pub(super) fn offer_for_rescue(key: &str, item: Option<&str>) {
    if let Ok(all) = Reflect::get(&gloo::utils::window(), &UNSAVED.into())
        && let Some(all) = all.dyn_ref::<Object>()
    {
        let _ = match item {
            Some(text) => Reflect::set(all, &key.into(), &text.into()),
            None => Reflect::delete_property(all, &key.into()),
        };
    }
}

/// Loads the page again.
pub(super) fn reload() {
    let _ = gloo::utils::window().location().reload();
}

/// Asks the browser, once, never to clear what the page keeps when it runs short of room.
pub(super) fn ask_to_persist() {
    const ASKED: &str = "glossator:persist";
    thread_local! {
        static DONE: Cell<bool> = const { Cell::new(false) };
    }
    if DONE.replace(true) {
        return;
    }
    let storage = LocalStorage::open();
    // Some browsers ask the person: not again on each visit.
    if storage.get(ASKED).is_ok_and(|it| it.is_none()) {
        let _ = storage.set(ASKED, "asked");
        spawn_local(persist());
    }
}

/// How much room the page has in this browser, and whether the browser may clear it by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// In bytes.
    pub(super) used: f64,
    /// In bytes.
    pub(super) quota: f64,
    pub(super) persisted: bool,
}

/// Asks the browser about the room; nothing where it does not tell.
pub(super) async fn room() -> Option<Room> {
    let manager = storage_manager()?;
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let number = |field: &str| Reflect::get(&estimate, &field.into()).ok()?.as_f64();
    let persisted = match manager.persisted() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|it| it.is_truthy()),
        Err(_) => false,
    };
    Some(Room { used: number("usage")?, quota: number("quota")?, persisted })
}

/// Asks the browser never to clear by itself what the page keeps.
pub(super) async fn persist() {
    if let Some(promise) = storage_manager().and_then(|it| it.persist().ok()) {
        // What came of it is told by [`room`].
        let _ = JsFuture::from(promise).await;
    }
}

/// Where the browser tells about its storage; not on a page that did not come by a safe way.
fn storage_manager() -> Option<StorageManager> {
    let manager = gloo::utils::window().navigator().storage();
    (!manager.is_undefined()).then_some(manager)
}

/// Has a panic shown by the page's crash script, which works without the program.
pub(super) fn show_panics() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        let message = panic.to_string();
        web_sys::console::error_1(&message.as_str().into());
        tell_script("glossatorStopped", &message.into());
    }));
}

/// The `id` of what `static/glimpse.js` shows.
const GLIMPSE: &str = "glimpse";

/// Has the page's script keep what is in view, to show it as the page is opened the next time.
pub(super) fn keep_glimpse() {
    tell_script("glossatorGlimpse", &JsValue::UNDEFINED);
}

/// Whether the script shows what was in view the last time, in a page that is seen: in another no frame would ever end it.
pub(super) fn has_glimpse() -> bool {
    element(GLIMPSE).is_some() && !gloo::utils::document().hidden()
}

/// Takes that away.
pub(super) fn lift_glimpse() {
    if let Some(glimpse) = element(GLIMPSE) {
        glimpse.remove();
    }
}

/// Calls a function that one of the page's own scripts has put there.
fn tell_script(name: &str, what: &JsValue) {
    let function = Reflect::get(&gloo::utils::window(), &name.into());
    if let Ok(Ok(function)) = function.map(JsCast::dyn_into::<Function>) {
        let _ = function.call1(&JsValue::NULL, what);
    }
}

/// What is being written on the focused card.
pub(super) struct Written {
    /// What stands in the field that the cursor is in.
    pub(super) text: String,
    /// The attribute that the field is for; a note's field is for none.
    pub(super) attribute: Option<String>,
}

/// A number with so many digits behind the point. The standard library's tables and code for that are 7 kB of the download.
pub(super) fn fixed(number: f64, digits: u8) -> String {
    Number::from(number).to_fixed(digits).map_or_else(|_| String::new(), String::from)
}

/// The number within two bounds. `f64::clamp` prints them when they are wrong, and so brings in what [`fixed`] spares.
pub(super) fn clamp(number: f64, least: f64, most: f64) -> f64 {
    number.max(least).min(most)
}

/// What is being written on the focused card, while the cursor is in one of its fields.
pub(super) fn written() -> Option<Written> {
    let field = gloo::utils::document().active_element()?;
    if !field.matches(".tools :is(textarea, input)").unwrap_or(false) {
        return None;
    }
    let attribute = field.get_attribute("data-attribute");
    let text = match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(note) => note.value(),
        Err(field) => field.dyn_into::<HtmlInputElement>().ok()?.value(),
    };
    Some(Written { text, attribute })
}
