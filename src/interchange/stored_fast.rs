//! A fast path for stored annotations in exactly the form that this program writes.
//!
//! Opening the page reads every annotation. Anything unusual goes through the general reader, which explains errors.

use std::{borrow::Cow, rc::Rc};

use serde::{Deserialize, de::IgnoredAny};

use super::{entry, format::STORED_VERSION, problem::Reason, time};
use crate::{
    annotation::{Annotation, Attributes, Context, Record, Version},
    text::ArticleId,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<'a> {
    v: u64,
    id: &'a str,
    #[serde(borrow)]
    document: Cow<'a, str>,
    tag: &'a str,
    start: u64,
    end: u64,
    #[serde(borrow)]
    quote: Cow<'a, str>,
    #[serde(rename = "prefix")]
    _prefix: IgnoredAny,
    #[serde(rename = "suffix")]
    _suffix: IgnoredAny,
    #[serde(borrow)]
    note: Cow<'a, str>,
    created: &'a str,
    modified: &'a str,
    version: VersionForm<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionForm<'a> {
    counter: u64,
    replica: &'a str,
}

/// Reads a stored annotation, or returns the error that its article is not in the library; `None` if the form is unusual.
pub(super) fn read(text: &str, context: &Context) -> Option<Result<Record, Reason>> {
    let form: Form<'_> = serde_json::from_str(text).ok()?;
    let known = 1..=STORED_VERSION;
    if !known.contains(&form.v) || form.version.counter > Version::LAST {
        return None;
    }
    let id = form.id.parse().ok()?;
    let replica = entry::replica(form.version.replica)?;
    let (modified, created) = (time::parse(form.modified)?, time::parse(form.created)?);
    let tag = context.codebook.find(form.tag)?.id;
    let article = ArticleId::new(&form.document);
    let Some(found) = context.library.known(&article) else {
        return Some(Err(Reason::Article { found: entry::shorten(article.as_str()) }));
    };
    let span = entry::passage(form.start, form.end, &form.quote, found).ok()?;
    let annotation =
        Annotation { article, span, tag, note: form.note.into(), attributes: Attributes::default(), created };
    let version = Version { counter: form.version.counter, replica };
    Some(Ok(Record { id, version, modified, content: Some(Rc::new(annotation)) }))
}
