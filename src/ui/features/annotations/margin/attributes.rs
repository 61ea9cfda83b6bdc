//! What the codebook asks of the focused annotation, below its tags.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::edits::set_attribute;
use crate::{
    annotation::{
        ATTRIBUTE_LIMIT, Annotation, AnnotationId, Attribute, AttributeKind, BANDS, Choice, UNQUANTIFIED,
    },
    session::Command,
    ui::{
        Store,
        features::{announcements, document},
        use_store, use_view,
    },
};

/// The choice that asks for a number. No value has such a name.
const NUMBER: &str = "number";

/// What is said of an annotation beyond its tag, in a line.
pub(crate) fn line(annotation: &Annotation) -> Option<(String, String)> {
    let values: Vec<_> =
        annotation.attributes.of(annotation.tag).map(|(it, value)| (it.name, it.shown(value))).collect();
    let joined = |parts: Vec<String>, between| parts.join(between);
    (!values.is_empty()).then(|| {
        let named = values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        (joined(values.into_iter().map(|(_, value)| value).collect(), " · "), joined(named, "; "))
    })
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) id: AnnotationId,
    pub(crate) annotation: Rc<Annotation>,
}

/// A row for each attribute of the annotation's tag.
#[component]
pub(crate) fn Attributes(props: &Props) -> Html {
    let Props { id, annotation } = props;
    html! {
        <div class="attributes">
            { for annotation.tag.attributes().iter().map(|attribute| {
                let value = annotation.attributes.get(attribute).map(|it| AttrValue::from(Rc::clone(it)));
                html! { <Row key={attribute.id} id={*id} {attribute} {value} /> }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: &'static Attribute,
    pub(super) value: Option<AttrValue>,
}

/// The attribute's name and what gives it a value.
#[component]
fn Row(props: &RowProps) -> Html {
    let attribute = props.attribute;
    let field = format!("attribute-{}", attribute.id);
    match &attribute.kind {
        AttributeKind::Choice(choices) => html! {
            <div class="attribute" role="group" aria-label={attribute.name} title={attribute.hint}>
                <span class="attribute-name" aria-hidden="true">{ attribute.name }</span>
                <Choices id={props.id} {attribute} value={props.value.clone()} {choices} />
            </div>
        },
        AttributeKind::Text => html! {
            <div class="attribute" title={attribute.hint}>
                <label class="attribute-name" for={field}>{ attribute.name }</label>
                <Text id={props.id} {attribute} />
            </div>
        },
        AttributeKind::Likelihood => html! {
            <div class="attribute" title={attribute.hint}>
                <label class="attribute-name" for={field}>{ attribute.name }</label>
                <Likelihood id={props.id} {attribute} />
            </div>
        },
    }
}

#[derive(Properties, PartialEq)]
struct ChoicesProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: &'static Attribute,
    pub(super) value: Option<AttrValue>,
    pub(super) choices: &'static [Choice],
}

/// A button for each value; the one that is pressed takes it away again.
#[component]
fn Choices(props: &ChoicesProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, props.attribute);
    html! {
        <span class="choices">
            { for props.choices.iter().map(|choice| {
                let store = store.clone();
                let chosen = props.value.as_deref() == Some(choice.id);
                let onclick = move |_| set_attribute(&store, id, attribute, if chosen { "" } else { choice.id });
                html! {
                    <button type="button" class="value" data-attribute={attribute.id} data-value={choice.id}
                        aria-pressed={chosen.to_string()} {onclick}>
                        { choice.name }
                    </button>
                }
            }) }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: &'static Attribute,
}

/// The attribute's value as it is when its field is drawn: a property may be older, and would take back a letter typed since.
#[hook]
fn use_value(id: AnnotationId, attribute: &'static Attribute) -> Option<AttrValue> {
    use_view(move |state| {
        let annotation = state.document.session().annotation(id)?;
        annotation.attributes.get(attribute).map(|it| AttrValue::from(Rc::clone(it)))
    })
}

/// The annotator's words, kept as they are typed.
#[component]
fn Text(props: &FieldProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, props.attribute);
    let value = use_value(id, attribute);
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(text) = typed(&event) {
                document::execute(&store, &Command::Attribute(id, attribute, text.into()));
            }
        }
    };
    html! {
        <input type="text" id={format!("attribute-{}", attribute.id)} name={attribute.id} data-attribute={attribute.id}
            dir="auto" autocomplete="off" placeholder={attribute.hint} maxlength={ATTRIBUTE_LIMIT.to_string()}
            value={value.unwrap_or_default()} {oninput} onblur={ends(&store)} />
    }
}

/// Words for a likelihood, or a number in percent.
#[component]
fn Likelihood(props: &FieldProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, props.attribute);
    let value = use_value(id, attribute);
    // A number that is still being typed, as it is typed, and what was kept before: “72.” is not kept yet, and of “130”
    // the “13” no longer.
    let typing = use_state(|| None::<(String, Rc<str>)>);
    let words =
        BANDS.iter().map(|it| &it.choice).chain([&UNQUANTIFIED]).find(|it| value.as_deref() == Some(it.id));
    let number = value.clone().filter(|_| words.is_none());
    let is_number = words.is_none() && (number.is_some() || typing.is_some());
    let chosen = words.map_or(if is_number { NUMBER } else { "" }, |it| it.id);

    let onchange = {
        let (store, typing) = (store.clone(), typing.clone());
        move |event: Event| {
            let choice = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let Some(choice) = choice.map(|it| it.value()) else { return };
            typing.set((choice == NUMBER).then(Default::default));
            set_attribute(&store, id, attribute, if choice == NUMBER { "" } else { &choice });
        }
    };
    let oninput = {
        let (store, typing, now) = (store.clone(), typing.clone(), value.clone().unwrap_or_default());
        move |event: InputEvent| {
            let Some(text) = typed(&event) else { return };
            let spelled = percent(&text);
            let before = typing.as_ref().map_or_else(|| Rc::from(&*now), |(_, before)| Rc::clone(before));
            let is_good = spelled.is_empty() || attribute.value(&spelled).is_some();
            let value = if is_good { spelled.into() } else { Rc::clone(&before) };
            document::execute(&store, &Command::Attribute(id, attribute, value));
            typing.set(Some((text, before)));
        }
    };
    let shown = typing.as_ref().map(|it| it.0.clone());
    let shown = shown.or_else(|| number.as_deref().map(str::to_owned)).unwrap_or_default();
    let spelled = percent(&shown);
    let wrong = !spelled.is_empty() && attribute.value(&spelled).is_none();
    let onblur = {
        let (store, end, typing) = (store.clone(), ends(&store), typing.clone());
        // What is no number goes; what was kept before is there again.
        move |event: FocusEvent| {
            if wrong {
                announcements::announce(
                    &store,
                    "A likelihood is a number from 0 to 100. It was not changed.",
                );
            }
            typing.set(None);
            end.emit(event);
        }
    };
    html! {
        <span class="likelihood">
            <select id={format!("attribute-{}", attribute.id)} name={attribute.id} data-attribute={attribute.id} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ "Not set" }</option>
                { for BANDS.iter().map(|band| html! {
                    <option value={band.choice.id} selected={chosen == band.choice.id}>
                        { format!("{} ({}–{} %)", band.choice.name, band.from, band.to) }
                    </option>
                }) }
                <option value={UNQUANTIFIED.id} selected={chosen == UNQUANTIFIED.id}>{ UNQUANTIFIED.name }</option>
                <option value={NUMBER} selected={chosen == NUMBER}>{ "Number …" }</option>
            </select>
            if is_number {
                <label class="percent">
                    <input type="text" inputmode="decimal" name="percent" data-attribute="likelihood" maxlength="6"
                        autocomplete="off" aria-label="Likelihood in percent, 0 to 100" aria-invalid={wrong.then_some("true")}
                        value={shown} {oninput} {onblur} />
                    <span aria-hidden="true">{ if wrong { "%: 0 to 100" } else { "%" } }</span>
                </label>
            }
        </span>
    }
}

/// A number as it is spelled in most of the world, or in all of it.
fn percent(text: &str) -> String {
    text.trim().trim_end_matches('%').trim_end().replace(',', ".")
}

fn typed(event: &InputEvent) -> Option<String> {
    event.target()?.dyn_into::<HtmlInputElement>().ok().map(|it| it.value())
}

/// What comes next is a step of its own.
fn ends(store: &Store) -> Callback<FocusEvent> {
    let store = store.clone();
    Callback::from(move |_| document::end_step(&store))
}
