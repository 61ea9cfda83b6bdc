//! The bounds and the unit of a number.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    attribute_actions::edit,
    field::{Field, of_attribute, text},
    text_kind::TextKind,
};
use crate::{
    annotation::{Attribute, AttributeKind, TagId, normal_number},
    ui::{Store, use_store},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: TagId,
    pub(super) attribute: Rc<Attribute>,
}

/// The fields for the least and the greatest number, and for the unit.
#[component]
pub(super) fn Bounds(props: &Props) -> Html {
    let store = use_store();
    let Props { tag, attribute } = props;
    let id = attribute.id.as_str();
    let field = |name: &str| format!("attribute-{name}-{id}");
    let now = |get: fn(&Number) -> AttrValue| {
        of_attribute(&store, *tag, attribute.id, move |it| number(it).map(|it| get(&it)).unwrap_or_default())
    };
    let bound =
        |is_least: bool| typing(&store, *tag, attribute, move |now, text| bounded(now, is_least, text));
    html! {
        <div class="field-row">
            <Field id={field("least")} label="Least" placeholder="none" now={now(|it| it.least.as_ref().map(text).unwrap_or_default())} kind={TextKind::Bound} ontype={bound(true)} />
            <Field id={field("most")} label="Most" placeholder="none" now={now(|it| it.most.as_ref().map(text).unwrap_or_default())} kind={TextKind::Bound} ontype={bound(false)} />
            <Field id={field("unit")} label="Unit" placeholder="none" now={now(|it| text(&it.unit))}
                ontype={typing(&store, *tag, attribute, |now, text| Some(Number { unit: text.into(), ..now }))} />
        </div>
    }
}

/// What belongs to the kind of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    least: Option<Rc<str>>,
    most: Option<Rc<str>>,
    unit: Rc<str>,
}

fn number(attribute: &Attribute) -> Option<Number> {
    match attribute.kind.clone() {
        AttributeKind::Number { least, most, unit } => Some(Number { least, most, unit }),
        _ => None,
    }
}

fn typing(
    store: &Store,
    tag: TagId,
    attribute: &Attribute,
    to: impl Fn(Number, &str) -> Option<Number> + 'static,
) -> Callback<String> {
    let (store, id) = (store.clone(), attribute.id);
    Callback::from(move |text: String| {
        edit(&store, tag, id, |it| {
            let Number { least, most, unit } = to(number(it)?, &text)?;
            Some(Attribute { kind: AttributeKind::Number { least, most, unit }, ..it.clone() })
        });
    })
}

/// The number with another bound, if that is a number and leaves some numbers between both.
fn bounded(now: Number, is_least: bool, text: &str) -> Option<Number> {
    let text = text.trim();
    let bound = if text.is_empty() { None } else { Some(Rc::from(normal_number(text)?)) };
    let new = if is_least { Number { least: bound, ..now } } else { Number { most: bound, ..now } };
    let kind = AttributeKind::Number {
        least: new.least.clone(),
        most: new.most.clone(),
        unit: Rc::clone(&new.unit),
    };
    let fits = new.least.as_deref().is_none_or(|it| kind.is_within_bounds(it));
    fits.then_some(new)
}

#[cfg(test)]
mod tests {
    use super::{Number, bounded};

    #[test]
    fn a_bound_is_a_number_and_the_least_is_not_more_than_the_most() {
        let now = || Number { least: None, most: Some("10".into()), unit: "km".into() };
        let set = |is_least, text| bounded(now(), is_least, text);
        assert_eq!(set(true, " 02.50 ").map(|it| it.least), Some(Some("2.5".into())));
        assert_eq!(set(true, "10").map(|it| it.most), Some(Some("10".into())));
        assert_eq!((set(true, "11"), set(true, "1,5"), set(false, "ten")), (None, None, None));
        assert_eq!(set(false, "").map(|it| it.most), Some(None));
    }
}
