//! What the table shows and how: words, article, tag, attribute, and groups.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{actions::arrange, rows::Grouping};
use crate::{
    annotation::{Attribute, AttributeKind, Tag, likelihood_words},
    text::ArticleId,
    ui::{use_store, use_view},
};

/// An attribute, or one of its values, as it can be asked for.
struct Asked {
    attribute: &'static Attribute,
    value: Option<&'static str>,
    name: String,
}

impl Asked {
    /// The name in the page.
    fn id(&self) -> String {
        match self.value {
            Some(value) => format!("{}={value}", self.attribute.id),
            None => self.attribute.id.to_owned(),
        }
    }

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

/// The line above the table.
#[component]
pub(super) fn Filters() -> Html {
    let store = use_store();
    let now = use_view(|state| state.table.arrangement.clone());
    let articles: Vec<(ArticleId, String)> = use_view(|state| {
        state.document.session().library().iter().map(|it| (it.id().clone(), it.title().to_owned())).collect()
    });
    let words = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                arrange(&store, |it| it.words = field.value());
            }
        }
    };
    let chosen =
        |event: &Event| event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default();
    let by_article = {
        let store = store.clone();
        move |event: Event| {
            let id = chosen(&event);
            arrange(&store, |it| it.article = (!id.is_empty()).then(|| ArticleId::new(&id)));
        }
    };
    let by_tag = {
        let store = store.clone();
        move |event: Event| {
            let tag = Tag::from_id(&chosen(&event));
            arrange(&store, |it| it.tag = tag);
        }
    };
    let by_attribute = {
        let store = store.clone();
        move |event: Event| {
            let id = chosen(&event);
            let asked = Tag::ALL.into_iter().flat_map(Asked::all).find(|it| it.id() == id);
            arrange(&store, |it| it.attribute = asked.map(|it| (it.attribute, it.value.map(Rc::from))));
        }
    };
    let grouped = {
        let store = store.clone();
        move |event: Event| {
            let id = chosen(&event);
            let grouping = Grouping::ALL.into_iter().find(|it| it.id() == id);
            arrange(&store, |it| it.grouping = grouping.unwrap_or_default());
        }
    };
    let attribute = now.attribute.as_ref().map(|(attribute, value)| match value {
        Some(value) => format!("{}={value}", attribute.id),
        None => attribute.id.to_owned(),
    });
    html! {
        <div class="table-filters" role="group" aria-label="Filters">
            <input type="search" name="filter-words" autocomplete="off" dir="auto" placeholder="Words in text, note or attributes"
                aria-label="Words in text, note or attributes" value={now.words.clone()} oninput={words} />
            <select name="filter-article" aria-label="Article" onchange={by_article}>
                <option value="" selected={now.article.is_none()}>{ "All articles" }</option>
                { for articles.iter().map(|(id, title)| html! {
                    <option value={id.as_str().to_owned()} selected={now.article.as_ref() == Some(id)}>{ title }</option>
                }) }
            </select>
            <select name="filter-tag" aria-label="Tag" onchange={by_tag}>
                <option value="" selected={now.tag.is_none()}>{ "All tags" }</option>
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <option value={tag.id()} selected={now.tag == Some(tag)}>{ tag.name() }</option>
                }) }
            </select>
            <select name="filter-attribute" aria-label="Attribute" onchange={by_attribute}>
                <option value="" selected={attribute.is_none()}>{ "Any attributes" }</option>
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <optgroup label={tag.name()}>
                        { for Asked::all(tag).into_iter().map(|it| html! {
                            <option value={it.id()} selected={attribute.as_ref() == Some(&it.id())}>{ it.name.clone() }</option>
                        }) }
                    </optgroup>
                }) }
            </select>
            <select name="grouping" aria-label="Group by" onchange={grouped}>
                { for Grouping::ALL.into_iter().map(|it| html! {
                    <option value={it.id()} selected={now.grouping == it}>{ it.name() }</option>
                }) }
            </select>
        </div>
    }
}
