//! The filters above the table: words, article, tag, attribute, and grouping.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{actions::change_options, rows::Grouping};
use crate::{
    annotation::{AttributeId, AttributeKind, Codebook, Tag, YES_NO, likelihood_words},
    text::ArticleId,
    ui::{features::document, use_store, use_view},
};

/// A filter for an attribute with any value, or with one certain value.
struct AttributeFilter {
    attribute: AttributeId,
    value: Option<Rc<str>>,
    name: String,
}

impl AttributeFilter {
    /// The identifier in attributes of the page.
    fn id(&self) -> String {
        filter_id(self.attribute, self.value.as_deref())
    }

    /// All filters for the attributes of a tag.
    fn all(tag: &Tag) -> Vec<Self> {
        let mut all = Vec::new();
        for attribute in &tag.attributes {
            let mut add = |value: Option<&str>, name: &str| {
                let name = format!("{}: {name}", attribute.name);
                all.push(Self { attribute: attribute.id, value: value.map(Rc::from), name });
            };
            add(None, "any");
            match &attribute.kind {
                AttributeKind::Choice(choices) => choices.iter().for_each(|it| add(Some(&it.id), &it.name)),
                AttributeKind::Likelihood => likelihood_words().for_each(|it| add(Some(it.id), it.name)),
                AttributeKind::YesNo => YES_NO.iter().for_each(|it| add(Some(it.0), it.1)),
                AttributeKind::Several(_)
                | AttributeKind::Text
                | AttributeKind::Number { .. }
                | AttributeKind::Date => {}
            }
        }
        all
    }

    /// The filter with this identifier.
    fn find(codebook: &Codebook, id: &str) -> Option<Self> {
        codebook.tags().iter().flat_map(|it| Self::all(it)).find(|it| it.id() == id)
    }
}

fn filter_id(attribute: AttributeId, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("{}={value}", attribute.as_str()),
        None => attribute.as_str().to_owned(),
    }
}

/// The fields of all filters.
#[component]
pub(super) fn Filters() -> Html {
    let store = use_store();
    let options = use_view(|state| state.table.options.clone());
    let codebook = document::use_codebook();
    let tags = use_view(document::listed_tags);
    let articles: Vec<(ArticleId, String)> = use_view(|state| {
        state.document.session().library().iter().map(|it| (it.id().clone(), it.title().to_owned())).collect()
    });
    let oninput_words = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                change_options(&store, |it| it.words = field.value());
            }
        }
    };
    let value_of =
        |event: &Event| event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default();
    let onchange_article = {
        let store = store.clone();
        move |event: Event| {
            let id = value_of(&event);
            change_options(&store, |it| it.article = (!id.is_empty()).then(|| ArticleId::new(&id)));
        }
    };
    let onchange_tag = {
        let (store, codebook) = (store.clone(), codebook.clone());
        move |event: Event| {
            let tag = codebook.find(&value_of(&event)).map(|it| it.id);
            change_options(&store, |it| it.tag = tag);
        }
    };
    let onchange_attribute = {
        let (store, codebook) = (store.clone(), codebook.clone());
        move |event: Event| {
            let filter = AttributeFilter::find(&codebook, &value_of(&event));
            change_options(&store, |it| it.attribute = filter.map(|it| (it.attribute, it.value)));
        }
    };
    let onchange_grouping = {
        let store = store.clone();
        move |event: Event| {
            let id = value_of(&event);
            let grouping = Grouping::ALL.into_iter().find(|it| it.id() == id);
            change_options(&store, |it| it.grouping = grouping.unwrap_or_default());
        }
    };
    let attribute =
        options.attribute.as_ref().map(|(attribute, value)| filter_id(*attribute, value.as_deref()));
    html! {
        <div class="table-filters" role="group" aria-label="Filters">
            <input type="search" name="filter-words" autocomplete="off" dir="auto" placeholder="Words in text, note or attributes"
                aria-label="Words in text, note or attributes" value={options.words.clone()} oninput={oninput_words} />
            <select name="filter-article" aria-label="Article" onchange={onchange_article}>
                <option value="" selected={options.article.is_none()}>{ "All articles" }</option>
                { for articles.iter().map(|(id, title)| html! {
                    <option value={id.as_str().to_owned()} selected={options.article.as_ref() == Some(id)}>{ title }</option>
                }) }
            </select>
            <select name="filter-tag" aria-label="Tag" onchange={onchange_tag}>
                <option value="" selected={options.tag.is_none()}>{ "All tags" }</option>
                { for tags.iter().map(|tag| html! {
                    <option value={tag.id.as_str()} selected={options.tag == Some(tag.id)}>{ &*tag.name }</option>
                }) }
            </select>
            <select name="filter-attribute" aria-label="Attribute" onchange={onchange_attribute}>
                <option value="" selected={attribute.is_none()}>{ "Any attributes" }</option>
                { for tags.iter().map(|tag| html! {
                    <optgroup label={Rc::clone(&tag.name)}>
                        { for AttributeFilter::all(tag).into_iter().map(|it| html! {
                            <option value={it.id()} selected={attribute.as_ref() == Some(&it.id())}>{ it.name.clone() }</option>
                        }) }
                    </optgroup>
                }) }
            </select>
            <select name="grouping" aria-label="Group by" onchange={onchange_grouping}>
                { for Grouping::ALL.into_iter().map(|it| html! {
                    <option value={it.id()} selected={options.grouping == it}>{ it.name() }</option>
                }) }
            </select>
        </div>
    }
}
