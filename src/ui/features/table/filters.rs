//! The filters above the table: words, article, tag, attribute, and grouping.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{actions::change_options, rows::Grouping};
use crate::{
    annotation::{Attribute, AttributeKind, Tag, likelihood_words},
    text::ArticleId,
    ui::{use_store, use_view},
};

/// A filter for an attribute with any value, or with one certain value.
struct AttributeFilter {
    attribute: &'static Attribute,
    value: Option<&'static str>,
    name: String,
}

impl AttributeFilter {
    /// The identifier in attributes of the page.
    fn id(&self) -> String {
        match self.value {
            Some(value) => format!("{}={value}", self.attribute.id),
            None => self.attribute.id.to_owned(),
        }
    }

    /// All filters for the attributes of a tag.
    fn all(tag: Tag) -> Vec<Self> {
        let mut all = Vec::new();
        for attribute in tag.attributes() {
            all.push(Self { attribute, value: None, name: format!("{}: any", attribute.name) });
            let choices: Vec<_> = match attribute.kind {
                AttributeKind::Choice(choices) => choices.iter().collect(),
                AttributeKind::Likelihood => likelihood_words().collect(),
                AttributeKind::Text => Vec::new(),
            };
            all.extend(choices.into_iter().map(|it| Self {
                attribute,
                value: Some(it.id),
                name: format!("{}: {}", attribute.name, it.name),
            }));
        }
        all
    }
}

/// The fields of all filters.
#[component]
pub(super) fn Filters() -> Html {
    let store = use_store();
    let options = use_view(|state| state.table.options.clone());
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
        let store = store.clone();
        move |event: Event| {
            let tag = Tag::from_id(&value_of(&event));
            change_options(&store, |it| it.tag = tag);
        }
    };
    let onchange_attribute = {
        let store = store.clone();
        move |event: Event| {
            let id = value_of(&event);
            let filter = Tag::ALL.into_iter().flat_map(AttributeFilter::all).find(|it| it.id() == id);
            change_options(&store, |it| {
                it.attribute = filter.map(|it| (it.attribute, it.value.map(Rc::from)));
            });
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
    let attribute = options.attribute.as_ref().map(|(attribute, value)| match value {
        Some(value) => format!("{}={value}", attribute.id),
        None => attribute.id.to_owned(),
    });
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
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <option value={tag.id()} selected={options.tag == Some(tag)}>{ tag.name() }</option>
                }) }
            </select>
            <select name="filter-attribute" aria-label="Attribute" onchange={onchange_attribute}>
                <option value="" selected={attribute.is_none()}>{ "Any attributes" }</option>
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <optgroup label={tag.name()}>
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
