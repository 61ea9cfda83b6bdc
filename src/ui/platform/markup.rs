//! Parses the markup of web pages without running or loading any of it.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlFormElement, Node, TreeWalker, Url, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

use crate::text::Display;

/// Parses markup as a separate document, in which no script runs and for which nothing is loaded.
///
/// Uses a request for a blob, which returns an inert document. Unlike `DOMParser`, it needs no trusted type.
pub(crate) async fn parse_page(markup: &str) -> Result<Document, JsValue> {
    let options = BlobPropertyBag::new();
    // The encoding of the request takes precedence over that of the markup.
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

/// Walks the nodes of a web page.
///
/// In a foreign page, elements with names like `children` can hide the properties of the document and of forms. A
/// walker does not use these properties.
pub(crate) fn walk(root: &Node) -> Result<TreeWalker, JsValue> {
    gloo::utils::document().create_tree_walker(root)
}

/// The name of an element in lower case, or empty if the node is not an element.
pub(crate) fn node_name(node: &Node) -> String {
    if node.is_instance_of::<HtmlFormElement>() {
        return "form".to_owned();
    }
    node.dyn_ref::<Element>().map_or_else(String::new, |it| it.tag_name().to_lowercase())
}

/// How an element is displayed according to its markup. Style sheets are not considered.
pub(crate) fn display_of(node: &Node) -> Display {
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

/// An attribute of an element.
fn attribute(element: &Element, name: &str) -> Option<String> {
    if !element.is_instance_of::<HtmlFormElement>() {
        return element.get_attribute(name);
    }
    // A field of a form hides the form's method of the same name, so the method comes from an element of this page.
    let method = Reflect::get(&gloo::utils::body(), &"getAttribute".into()).ok()?;
    method.dyn_ref::<Function>()?.call1(element, &name.into()).ok()?.as_string()
}
