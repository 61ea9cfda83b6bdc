//! Adding, changing, sorting and removing the attributes of a tag and their values.

use std::rc::Rc;

use super::{
    actions::{change, change_once},
    kinds::Kind,
};
use crate::{
    annotation::{Attribute, AttributeId, AttributeKind, Choice, Tag, TagId},
    session::TagCommand,
    ui::{
        Store,
        features::{announcements, document, history, notices},
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// Shows the fields of an attribute, or of none.
pub(super) fn show(store: &Store, attribute: Option<AttributeId>) {
    store.update(|state| state.codebook.attribute = attribute);
}

/// Adds an attribute, and shows its fields. Returns why it was not added.
pub(super) fn add(store: &Store, tag: &Tag, name: &str, kind: Kind) -> Result<(), &'static str> {
    if name.trim().is_empty() {
        return Err("A name is needed.");
    }
    let moment = platform::moment();
    let id = AttributeId::mint(moment.now, moment.entropy);
    let (name, hint, kind) = (name.trim().into(), "".into(), kind.empty());
    let has_values = matches!(kind, AttributeKind::Choice(_) | AttributeKind::Several(_));
    let new = Attribute { id, name, hint, kind, asked: false, removed: false };
    if !change_once(store, TagCommand::Attribute(tag.id, new)) {
        return Err("It was not added: the name is taken, or there are too many.");
    }
    show(store, Some(id));
    announcements::announce(store, "Attribute added");
    if has_values {
        store.update(|state| state.codebook.listing = Some(id));
    }
    Ok(())
}

/// The `id` of the field for a new value.
pub(super) fn new_value_field(attribute: AttributeId) -> String {
    format!("new-value-{}", attribute.as_str())
}

/// The tag as it is now, which may be newer than what is shown.
fn tag_now(store: &Store, id: TagId) -> Option<Rc<Tag>> {
    store.read(|state| document::codebook(state).tag(id).cloned())
}

fn command(
    store: &Store,
    tag: TagId,
    id: AttributeId,
    to: impl FnOnce(&Attribute) -> Option<Attribute>,
) -> Option<TagCommand> {
    let attribute = to(tag_now(store, tag)?.attribute(id.as_str())?)?;
    Some(TagCommand::Attribute(tag, attribute))
}

/// Changes an attribute while a person types. Returns true if it was kept.
pub(super) fn edit(
    store: &Store,
    tag: TagId,
    id: AttributeId,
    to: impl FnOnce(&Attribute) -> Option<Attribute>,
) -> bool {
    command(store, tag, id, to).is_some_and(|it| change(store, it))
}

/// Changes an attribute as a step of its own. Returns true if it was kept.
pub(super) fn set(
    store: &Store,
    tag: TagId,
    id: AttributeId,
    to: impl FnOnce(&Attribute) -> Option<Attribute>,
) -> bool {
    command(store, tag, id, to).is_some_and(|it| change_once(store, it))
}

/// Moves an attribute up or down.
pub(super) fn shift(store: &Store, tag: TagId, id: AttributeId, is_up: bool) {
    let Some(tag) = tag_now(store, tag) else { return };
    let ids: Vec<AttributeId> = tag.attributes.iter().map(|it| it.id).collect();
    let is_shown = |id: &AttributeId| tag.attributes.iter().any(|it| it.id == *id && !it.removed);
    if let Some(ids) = shifted(ids, |it| *it == id, is_shown, is_up)
        && change_once(store, TagCommand::OrderAttributes(tag.id, ids))
    {
        announcements::announce(store, if is_up { "Moved up" } else { "Moved down" });
    }
}

/// The list with one item beyond the next one that is shown.
fn shifted<T>(
    mut list: Vec<T>,
    is_it: impl Fn(&T) -> bool,
    is_shown: impl Fn(&T) -> bool,
    is_up: bool,
) -> Option<Vec<T>> {
    let at = list.iter().position(is_it)?;
    let to = if is_up {
        list[..at].iter().rposition(is_shown)?
    } else {
        at + 1 + list[at + 1..].iter().position(is_shown)?
    };
    let item = list.remove(at);
    list.insert(to, item);
    Some(list)
}

/// Removes an attribute, and says how many annotations have a value of it.
pub(super) fn remove(store: &Store, tag: TagId, attribute: &Attribute) {
    let number = uses(store, tag, attribute.id, None);
    if !set(store, tag, attribute.id, |it| Some(Attribute { removed: true, ..it.clone() })) {
        return;
    }
    let text = match number {
        0 => format!("“{}” was removed. No annotation had a value of it.", attribute.name),
        _ => format!(
            "“{}” was removed. {} had a value of it, which comes back with it.",
            attribute.name,
            count(number, "annotation", "annotations")
        ),
    };
    say(store, text);
    platform::focus_first("#new-attribute");
}

/// Brings a removed attribute back. Returns true if that was possible.
pub(super) fn bring_back(store: &Store, tag: TagId, id: AttributeId) -> bool {
    let back = set(store, tag, id, |it| Some(Attribute { removed: false, ..it.clone() }));
    let words =
        if back { "The attribute is back" } else { "An attribute has its name now. Rename that first." };
    announcements::announce(store, words);
    back
}

/// Adds a value to choose. Returns why it was not added.
pub(super) fn add_value(store: &Store, tag: TagId, id: AttributeId, name: &str) -> Result<(), &'static str> {
    let now = tag_now(store, tag);
    let choices =
        now.as_ref().and_then(|it| it.attribute(id.as_str())).map_or(&[][..], |it| it.kind.choices());
    let name = name.trim();
    if name.is_empty() {
        return Err("A name is needed.");
    }
    if is_taken(choices, name, None) {
        return Err("This name is taken.");
    }
    let moment = platform::moment();
    let minted = || AttributeId::mint(moment.now, moment.entropy).as_str().replace("attribute-", "value-");
    let new_id = free_id(choices, name).unwrap_or_else(minted);
    let new = Choice { id: new_id.into(), name: name.into(), retired: false };
    let all = choices.iter().cloned().chain([new]).collect();
    if set(store, tag, id, |it| Some(with_choices(it, all))) {
        announcements::announce(store, format!("Value added: {name}"));
        Ok(())
    } else {
        Err("It was not added: the tag has too many texts.")
    }
}

/// Renames a value while a person types, unless its name is taken.
pub(super) fn rename_value(store: &Store, tag: TagId, id: AttributeId, value: &str, name: &str) {
    edit(store, tag, id, |it| {
        let choices = it.kind.choices();
        let is_possible = !name.trim().is_empty() && !is_taken(choices, name, Some(value));
        let renamed = |it: &Choice| {
            let name = if *it.id == *value { name.trim().into() } else { Rc::clone(&it.name) };
            Choice { name, ..it.clone() }
        };
        is_possible.then(|| with_choices(it, choices.iter().map(renamed).collect()))
    });
}

/// True if another value has this name.
fn is_taken(choices: &[Choice], name: &str, except: Option<&str>) -> bool {
    let name = name.trim().to_lowercase();
    choices.iter().any(|it| Some(&*it.id) != except && it.name.to_lowercase() == name)
}

/// An id that reads like the name, if the name has Latin letters or digits only, and no value has that id.
fn free_id(choices: &[Choice], name: &str) -> Option<String> {
    let id = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let fits = id.len() <= 48 && id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    (fits && choices.iter().all(|it| *it.id != *id)).then_some(id)
}

/// The attribute with other values to choose.
fn with_choices(attribute: &Attribute, choices: Vec<Choice>) -> Attribute {
    let kind = match attribute.kind {
        AttributeKind::Several(_) => AttributeKind::Several(choices),
        _ => AttributeKind::Choice(choices),
    };
    Attribute { kind, ..attribute.clone() }
}

/// Retires a value, and says how many annotations have it; or offers it again.
pub(super) fn retire_value(store: &Store, tag: TagId, attribute: &Attribute, value: &Choice, retired: bool) {
    let change = |it: &Choice| {
        let retired = if it.id == value.id { retired } else { it.retired };
        Choice { retired, ..it.clone() }
    };
    let choices = |it: &Attribute| it.kind.choices().iter().map(change).collect();
    if !set(store, tag, attribute.id, |it| Some(with_choices(it, choices(it)))) {
        return;
    }
    let name = &value.name;
    if !retired {
        announcements::announce(store, format!("{name} is offered again"));
        return;
    }
    let text = match uses(store, tag, attribute.id, Some(&value.id)) {
        0 => format!("“{name}” was retired. No annotation has it."),
        number => {
            format!("“{name}” was retired. {} it.", count(number, "annotation keeps", "annotations keep"))
        }
    };
    say(store, text);
    platform::focus_first(&format!("#{}", new_value_field(attribute.id)));
}

/// Moves a value up or down.
pub(super) fn shift_value(store: &Store, tag: TagId, id: AttributeId, value: &str, is_up: bool) {
    let is_moved = set(store, tag, id, |it| {
        let choices = it.kind.choices().to_vec();
        Some(with_choices(it, shifted(choices, |it| *it.id == *value, |it| !it.retired, is_up)?))
    });
    if is_moved {
        announcements::announce(store, if is_up { "Moved up" } else { "Moved down" });
    }
}

fn uses(store: &Store, tag: TagId, attribute: AttributeId, value: Option<&str>) -> usize {
    store.read(|state| state.document.session().uses_of_attribute(tag, attribute, value))
}

/// Shows what was removed, with a button that undoes it.
fn say(store: &Store, text: String) {
    let notice = Notice::new("attribute-removed", text).with("undo", "Undo", history::undo).until_next_step();
    store.update(|state| notices::announce(state, notice));
}

#[cfg(test)]
mod tests {
    use super::{free_id, is_taken, shifted};
    use crate::annotation::Choice;

    fn choice(id: &str, name: &str) -> Choice {
        Choice { id: id.into(), name: name.into(), retired: false }
    }

    #[test]
    fn an_item_is_moved_beyond_the_next_one_that_is_shown() {
        let go = |it: char, is_up| {
            let moved = shifted("aBcd".chars().collect(), |at| *at == it, |at| at.is_lowercase(), is_up);
            moved.map(String::from_iter)
        };
        assert_eq!(go('c', true).as_deref(), Some("caBd"));
        assert_eq!(go('a', false).as_deref(), Some("Bcad"));
        assert_eq!((go('a', true), go('d', false), go('x', true)), (None, None, None));
    }

    #[test]
    fn a_value_gets_an_id_that_reads_like_its_name_if_possible() {
        let all = [choice("pro", "For"), choice("con", "Against")];
        assert_eq!(free_id(&all, "Quite  Neutral 2").as_deref(), Some("quite-neutral-2"));
        assert_eq!((free_id(&all, "Pro"), free_id(&all, "für"), free_id(&all, "a/b")), (None, None, None));
        assert!(is_taken(&all, " for ", None) && !is_taken(&all, "FOR", Some("pro")));
    }
}
