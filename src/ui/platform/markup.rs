//! Reading the markup of a web page without running or loading anything of it.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlFormElement, Node, TreeWalker, Url, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

/// The markup of a web page as a document of its own, in which nothing runs and for which nothing is loaded.
///
/// By a request for what the page itself has at hand: it gives no more than a document, so no trusted type is needed, and
/// none could be had.
pub(crate) async fn parse_page(markup: &str) -> Result<Document, JsValue> {
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
pub(crate) fn walk(root: &Node) -> Result<TreeWalker, JsValue> {
    gloo::utils::document().create_tree_walker(root)
}

/// The name of an element of a web page in lower case; empty for what is no element.
pub(crate) fn node_name(node: &Node) -> String {
    if node.is_instance_of::<HtmlFormElement>() {
        return "form".to_owned();
    }
    node.dyn_ref::<Element>().map_or_else(String::new, |it| it.tag_name().to_lowercase())
}

/// Whether an element of a web page is kept from its readers.
pub(crate) fn is_hidden(node: &Node) -> bool {
    let element = node.dyn_ref::<Element>().filter(|it| !it.is_instance_of::<HtmlFormElement>());
    element.is_some_and(|it| {
        it.has_attribute("hidden") || it.get_attribute("aria-hidden").as_deref() == Some("true")
    })
}
