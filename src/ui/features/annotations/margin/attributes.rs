//! The fields for the attributes of the focused annotation, which the codebook defines for its tag.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::edits::set_attribute;
use crate::{
    annotation::{
        ATTRIBUTE_LIMIT, Annotation, AnnotationId, Attribute, AttributeId, AttributeKind, BANDS, Codebook,
        Tag, UNQUANTIFIED, YES_NO, likelihood_words,
    },
    session::Command,
    ui::{
        Store,
        features::{announcements, document},
        use_store, use_view,
    },
};

/// The option that lets a person type a number. No attribute value has this name.
const NUMBER: &str = "number";

/// The attributes of an annotation in one line: the values alone, and with the names of the attributes.
pub(crate) fn summary(annotation: &Annotation, codebook: &Codebook) -> Option<(String, String)> {
    let values = annotation.attributes.of(codebook.tag(annotation.tag)?);
    let values: Vec<_> = values.map(|(it, value)| (&*it.name, it.shown(value))).collect();
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
    /// Its tag, if the codebook has it.
    pub(crate) tag: Option<Rc<Tag>>,
}

/// A row for each attribute of the annotation's tag.
#[component]
pub(crate) fn Attributes(props: &Props) -> Html {
    let Props { id, annotation, tag } = props;
    html! {
        <div class="attributes">
            { for tag.iter().flat_map(|it| &it.attributes).filter(|it| !it.removed).map(|attribute| {
                let value = annotation.attributes.get(attribute.id).map(|it| AttrValue::from(Rc::clone(it)));
                html! { <Row key={attribute.id.as_str()} id={*id} attribute={Rc::clone(attribute)} {value} /> }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: Rc<Attribute>,
    pub(super) value: Option<AttrValue>,
}

/// The attribute's name and its field.
#[component]
fn Row(props: &RowProps) -> Html {
    let (attribute, id) = (&props.attribute, props.id);
    let (name, hint) =
        (AttrValue::from(Rc::clone(&attribute.name)), AttrValue::from(Rc::clone(&attribute.hint)));
    let field = match &attribute.kind {
        AttributeKind::Choice(_) | AttributeKind::Several(_) | AttributeKind::YesNo => {
            return html! {
                <div class="attribute" role="group" aria-label={name.clone()} title={hint}>
                    <span class="attribute-name" aria-hidden="true">{ name }</span>
                    <Choices {id} attribute={Rc::clone(attribute)} value={props.value.clone()} />
                </div>
            };
        }
        AttributeKind::Text => html! { <Text {id} attribute={Rc::clone(attribute)} /> },
        AttributeKind::Number { unit, .. } => {
            html! { <Checked {id} attribute={Rc::clone(attribute)} sample={Rc::clone(unit)} /> }
        }
        AttributeKind::Date => html! {
            <Checked {id} attribute={Rc::clone(attribute)} sample="YYYY-MM-DD, YYYY-MM or YYYY" />
        },
        AttributeKind::Likelihood => html! { <Likelihood {id} attribute={Rc::clone(attribute)} /> },
    };
    html! {
        <div class="attribute" title={hint}>
            <label class="attribute-name" for={format!("attribute-{}", attribute.id.as_str())}>{ name }</label>
            { field }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChoicesProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: Rc<Attribute>,
    pub(super) value: Option<AttrValue>,
}

/// A button for each value. Pressing a chosen one removes the value.
#[component]
fn Choices(props: &ChoicesProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, &props.attribute);
    html! {
        <span class="choices">
            { for buttons(attribute, props.value.as_deref()).into_iter().map(|(value, name, chosen, next)| {
                let (store, attribute) = (store.clone(), Rc::clone(attribute));
                let name_of = attribute.id.as_str();
                let onclick = move |_| set_attribute(&store, id, &attribute, &next);
                html! {
                    <button type="button" class="value" data-attribute={name_of} data-value={value}
                        aria-pressed={chosen.to_string()} {onclick}>
                        { name }
                    </button>
                }
            }) }
        </span>
    }
}

/// The choices of an attribute: the value and name of each, whether it is chosen, and the attribute's value once it is
/// pressed. Retired ones are there only while they are chosen.
fn buttons(attribute: &Attribute, value: Option<&str>) -> Vec<(Rc<str>, Rc<str>, bool, String)> {
    let is_several = matches!(attribute.kind, AttributeKind::Several(_));
    let here: Vec<&str> = value.into_iter().flat_map(|it| it.split(' ')).collect();
    let next = |id: &str, chosen: bool| {
        let kept = here.iter().copied().filter(|it| is_several && *it != id);
        kept.chain((!chosen).then_some(id)).collect::<Vec<_>>().join(" ")
    };
    let button = |(id, name): (Rc<str>, Rc<str>)| {
        let chosen = here.contains(&&*id);
        let next = next(&id, chosen);
        (id, name, chosen, next)
    };
    if attribute.kind == AttributeKind::YesNo {
        return YES_NO.map(|(id, name)| button((id.into(), name.into()))).into();
    }
    let choices = attribute.kind.choices().iter().filter(|it| !it.retired || here.contains(&&*it.id));
    choices.map(|it| button((Rc::clone(&it.id), Rc::clone(&it.name)))).collect()
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: Rc<Attribute>,
}

/// The current value of the attribute. A property could be out of date, and would undo a letter typed since.
#[hook]
fn use_value(id: AnnotationId, attribute: AttributeId) -> Option<AttrValue> {
    use_view(move |state| {
        let annotation = state.document.session().annotation(id)?;
        annotation.attributes.get(attribute).map(|it| AttrValue::from(Rc::clone(it)))
    })
}

/// A text field, saved as it is typed.
#[component]
fn Text(props: &FieldProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, props.attribute.id);
    let value = use_value(id, attribute);
    let (name, hint) = (attribute.as_str(), Rc::clone(&props.attribute.hint));
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(text) = typed(&event) {
                document::execute(&store, &Command::Attribute(id, attribute, text.into()));
            }
        }
    };
    html! {
        <input type="text" id={format!("attribute-{name}")} {name} data-attribute={name}
            dir="auto" autocomplete="off" placeholder={hint} maxlength={ATTRIBUTE_LIMIT.to_string()}
            value={value.unwrap_or_default()} {oninput} onblur={end_step_on_blur(&store)} />
    }
}

#[derive(Properties, PartialEq)]
struct CheckedProps {
    pub(super) id: AnnotationId,
    pub(super) attribute: Rc<Attribute>,
    /// What the empty field shows.
    pub(super) sample: AttrValue,
}

/// A field for a number or a date, saved once it is left. What is not valid is announced and taken back.
#[component]
fn Checked(props: &CheckedProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, &props.attribute);
    let value = use_value(id, attribute.id).unwrap_or_default();
    let name = attribute.id.as_str();
    let onchange = {
        let (store, attribute, value) = (store, Rc::clone(attribute), value.clone());
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let text = field.value().trim().to_owned();
            if text.is_empty() || attribute.entered(&text).is_some() {
                set_attribute(&store, id, &attribute, &text);
            } else {
                field.set_value(&value);
                announcements::announce(
                    &store,
                    format!("{}: “{text}” does not fit. It was not changed.", attribute.name),
                );
            }
        }
    };
    html! {
        <input type="text" id={format!("attribute-{name}")} {name} data-attribute={name} dir="auto" autocomplete="off"
            placeholder={props.sample.clone()} {value} {onchange} />
    }
}

/// A likelihood: one of the verbal bands, or a number in percent.
#[component]
fn Likelihood(props: &FieldProps) -> Html {
    let store = use_store();
    let (id, attribute) = (props.id, &props.attribute);
    let value = use_value(id, attribute.id);
    let name = attribute.id.as_str();
    // The text being typed, and the value saved before it. An invalid text saves the earlier value again: “72.” is not
    // saved yet, and the “13” of “130” is taken back.
    let typing = use_state(|| None::<(String, Rc<str>)>);
    let words = likelihood_words().find(|it| value.as_deref() == Some(it.id));
    let number = value.clone().filter(|_| words.is_none());
    let is_number = words.is_none() && (number.is_some() || typing.is_some());
    let chosen = words.map_or(if is_number { NUMBER } else { "" }, |it| it.id);

    let onchange = {
        let (store, typing, attribute) = (store.clone(), typing.clone(), Rc::clone(attribute));
        move |event: Event| {
            let choice = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let Some(choice) = choice.map(|it| it.value()) else { return };
            typing.set((choice == NUMBER).then(Default::default));
            set_attribute(&store, id, &attribute, if choice == NUMBER { "" } else { &choice });
        }
    };
    let oninput = {
        let (store, typing, now) = (store.clone(), typing.clone(), value.clone().unwrap_or_default());
        let attribute = Rc::clone(attribute);
        move |event: InputEvent| {
            let Some(text) = typed(&event) else { return };
            let normalized = normalized_percent(&text);
            let before = typing.as_ref().map_or_else(|| Rc::from(&*now), |(_, before)| Rc::clone(before));
            let is_valid = normalized.is_empty() || attribute.value(&normalized).is_some();
            let value = if is_valid { normalized.into() } else { Rc::clone(&before) };
            document::execute(&store, &Command::Attribute(id, attribute.id, value));
            typing.set(Some((text, before)));
        }
    };
    let shown = typing.as_ref().map(|it| it.0.clone());
    let shown = shown.or_else(|| number.as_deref().map(str::to_owned)).unwrap_or_default();
    let normalized = normalized_percent(&shown);
    let is_invalid = !normalized.is_empty() && attribute.value(&normalized).is_none();
    let onblur = {
        let (store, end, typing) = (store.clone(), end_step_on_blur(&store), typing.clone());
        // An invalid text is dropped, and the earlier value is shown again.
        move |event: FocusEvent| {
            if is_invalid {
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
            <select id={format!("attribute-{name}")} {name} data-attribute={name} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ "Not set" }</option>
                { for BANDS.iter().map(|band| html! {
                    <option value={band.words.id} selected={chosen == band.words.id}>
                        { format!("{} ({}–{} %)", band.words.name, band.from, band.to) }
                    </option>
                }) }
                <option value={UNQUANTIFIED.id} selected={chosen == UNQUANTIFIED.id}>{ UNQUANTIFIED.name }</option>
                <option value={NUMBER} selected={chosen == NUMBER}>{ "Number …" }</option>
            </select>
            if is_number {
                <label class="percent">
                    <input type="text" inputmode="decimal" name="percent" data-attribute={name} maxlength="6"
                        autocomplete="off" aria-label="Likelihood in percent, 0 to 100" aria-invalid={is_invalid.then_some("true")}
                        value={shown} {oninput} {onblur} />
                    <span aria-hidden="true">{ if is_invalid { "%: 0 to 100" } else { "%" } }</span>
                </label>
            }
        </span>
    }
}

/// A percentage without its sign, with a decimal point instead of a comma.
fn normalized_percent(text: &str) -> String {
    text.trim().trim_end_matches('%').trim_end().replace(',', ".")
}

fn typed(event: &InputEvent) -> Option<String> {
    event.target()?.dyn_into::<HtmlInputElement>().ok().map(|it| it.value())
}

/// Ends the step of the history on blur, so that the next edit is a step of its own.
fn end_step_on_blur(store: &Store) -> Callback<FocusEvent> {
    let store = store.clone();
    Callback::from(move |_| document::end_step(&store))
}
