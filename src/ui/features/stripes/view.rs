//! The stripes beside the text.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::pack::{Extent, at, columns};
use crate::{
    annotation::{AnnotationId, LANES, Tag, depth},
    text::ArticleId,
    text::Span,
    ui::{
        State,
        features::{document, navigation, settings::StripesShown, viewport},
        parts::{look::look, words::excerpt},
        use_store, use_view,
    },
};

/// The maximum number of stripes near the viewport. More could not be told apart.
const MAX_STRIPES: usize = 200;

/// The space between two stripes in a column, in CSS pixels.
const GAP: f64 = 3.0;

/// How far from a stripe a click may be, in CSS pixels.
const REACH: f64 = 6.0;

/// The space between two columns, in CSS pixels.
const BETWEEN_COLUMNS: f64 = 2.0;

/// In narrower columns, a click cannot choose one, in CSS pixels.
const MIN_WIDTH: f64 = 12.0;

/// With more columns, a stripe is too narrow for its label.
const MAX_LABELLED: usize = 12;

/// A stripe: an annotation near the viewport.
#[derive(Clone, PartialEq)]
struct Stripe {
    id: AnnotationId,
    span: Span,
    tag: Option<Rc<Tag>>,
    words: AttrValue,
    focused: bool,
}

/// The stripes near the viewport with their article, in text order.
fn stripes(state: &State) -> Option<(ArticleId, Vec<Stripe>)> {
    let (article, set) = document::opened(state)?;
    let near = state.viewport.near()?;
    let shown = |window| state.highlights.shown_in(set, window);
    let mut entries = shown(near);
    if state.settings.stripes == StripesShown::WhereDeep {
        if entries.len() <= LANES {
            return None;
        }
        let deep: Vec<Span> = article
            .paragraphs_of(near)
            .filter_map(|it| article.window(article.paragraph(it)))
            .filter(|it| depth(&shown(*it)) > LANES)
            .collect();
        entries.retain(|(_, it)| deep.iter().any(|paragraph| paragraph.overlaps(it.span)));
    }
    if entries.is_empty() {
        return None;
    }
    entries.truncate(MAX_STRIPES);
    let codebook = document::codebook(state);
    let stripe = |(id, it): crate::annotation::Entry| Stripe {
        id,
        span: it.span.intersection(near).unwrap_or(it.span),
        tag: codebook.tag(it.tag).cloned(),
        words: format!("{}: {}", codebook.name_of(it.tag), excerpt(article.slice(it.span))).into(),
        focused: state.location.focus() == Some(id),
    };
    Some((article.id().clone(), entries.into_iter().map(stripe).collect()))
}

/// The stripes. Hidden from screen readers, which have the cards; the keys that go through annotations reach all of them.
#[component]
pub(crate) fn Stripes() -> Html {
    let store = use_store();
    let shown = use_view(stripes);
    // The passages move when the page is resized.
    use_view(|state| state.viewport.layout());
    {
        let store = store.clone();
        use_effect_with(shown.as_ref().map(|(article, _)| article.clone()), move |article| {
            if let Some(article) = article.clone() {
                store.update(|state| state.stripes.article = Some(article));
            }
        });
    }
    let root = use_node_ref();
    let Some((_, stripes)) = shown else { return html! {} };
    let extents: Vec<Extent> = stripes
        .iter()
        .map(|it| {
            let ends = viewport::with_surface(&store, |surface| surface.end_rects(it.span));
            ends.map_or((0.0, 0.0), |(first, last)| (first.top, last.bottom.max(first.bottom)))
        })
        .collect();
    let columns = columns(&extents, GAP);
    let count = columns.iter().max().map_or(1, |it| it + 1);
    let onclick = {
        let (store, root) = (store.clone(), root.clone());
        let ids: Vec<AnnotationId> = stripes.iter().map(|it| it.id).collect();
        let (extents, columns) = (extents.clone(), columns.clone());
        move |event: MouseEvent| {
            let Some(root) = root.cast::<HtmlElement>() else { return };
            let found = clicked(&root, &event, &extents, &columns);
            let ids: Vec<String> =
                found.into_iter().filter_map(|it| ids.get(it)).map(ToString::to_string).collect();
            if !ids.is_empty() {
                navigation::focus_clicked(&store, &ids);
            }
        }
    };
    html! {
        <div id="stripes" ref={root} class={classes!((count > MAX_LABELLED).then_some("narrow"))} aria-hidden="true"
            ~style={format!("--columns:{count}")} {onclick}>
            { for stripes.iter().zip(extents.iter().zip(&columns)).map(|(stripe, ((top, bottom), column))| {
                let name = stripe.tag.as_ref().map_or("Unknown tag", |it| &*it.name);
                html! {
                    <div key={stripe.id.to_string()} class={classes!(look("stripe", stripe.tag.as_ref()), stripe.focused.then_some("focused"))}
                        title={stripe.words.clone()}
                        ~style={format!("--column:{column};top:{top:.1}px;height:{:.1}px", bottom - top)}>
                        <span>{ name.to_owned() }</span>
                    </div>
                }
            }) }
        </div>
    }
}

/// The stripe at a click; where stripes are narrow, also those nearby, among which further clicks go on.
fn clicked(root: &HtmlElement, event: &MouseEvent, extents: &[Extent], columns: &[usize]) -> Vec<usize> {
    let stripe = root.first_element_child().map(|it| it.get_bounding_client_rect());
    let (Some(stripe), Some((top, _)), Some(column)) = (stripe, extents.first(), columns.first()) else {
        return Vec::new();
    };
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let first = *column as f64;
    let width = stripe.width() + BETWEEN_COLUMNS;
    let column = first + (stripe.right() - f64::from(event.client_x())) / width - 0.5;
    let height = f64::from(event.client_y()) - stripe.top() + top;
    let mut found = at(extents, columns, column, height, REACH);
    if width >= MIN_WIDTH {
        found.truncate(1);
    }
    found
}
